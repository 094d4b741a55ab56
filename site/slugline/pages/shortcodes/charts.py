"""A table drawn: columns, bars, lines or slopes as SVG that takes its colours and its letters from the theme.

Scales, ticks and axes are those of ``leather``, which news developers made for such charts (docs/dependencies.md); the shapes
here place several series beside each other and write the values, which its own do not. Nothing in a drawing is a colour or a
font: classes say what is what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

import leather
from leather import theme
from leather.shapes import Shape

from slugline.theme.filters import format_number

__all__ = ["SERIES", "ChartError", "ChartSeries", "draw"]

SERIES = 6
"""So many can be told apart."""

_MOST = 60
"""Values of a series; more cannot be read in a column of text."""

theme.background_color = "none"
theme.margin = 0.02
theme.tick_font_size = 13
theme.tick_font_char_width = 7
theme.tick_font_char_height = 13
theme.legend_font_char_height = 0
theme.legend_gap = 0

_BACKGROUND = re.compile(r'<rect x="0" y="0" width="\d+" height="\d+" fill="none" />')
_ZERO = re.compile(r' stroke="#a8a8a8"')
_LOOKS = re.compile(r' (?:fill="#\w+"|stroke="#\w+"|stroke-width="1"|font-family="[^"]*"|font-size="[^"]*")')
_NEARLY_NOTHING = re.compile(r'"-?\d+(?:\.\d+)?E-\d+"')
_ROOM = 16
"""For the right half of the last label."""

_DECIMALS = re.compile(r"(\d+\.\d)\d+")


class ChartError(Exception):
    """A table cannot be drawn: the message says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class ChartSeries(NamedTuple):
    """A series: its name, and a value for each label, None where there is none."""

    name: str
    values: tuple[float | None, ...]


def draw(
    kind: str, labels: Sequence[str], series: Sequence[ChartSeries], *, size: tuple[int, int], lang: str, unit: str = ""
) -> str:
    """A drawing.

    Args:
        kind: column, bar, line or slope.
        labels: of the values of each series.
        series: one or more.
        size: width and height, in the units of the drawing; letters are 13 of them high.
        lang: language in which numbers are written.
        unit: what stands behind a number.

    Raises:
        ChartError: there is nothing to draw, or more than can be seen.
    """
    if not labels or not any(value is not None for one in series for value in one.values):
        hint = "put labels into its first column, numbers into the others"
        raise ChartError("the table has no column of numbers to draw", hint)
    if len(series) > SERIES or len(labels) > _MOST:
        what = f"the table has {len(series)} columns of numbers and {len(labels)} rows"
        raise ChartError(f"{what}: a chart shows {SERIES} and {_MOST} at most", "leave some out, or show it as a table")
    if kind == "slope" and len(labels) != 2:
        raise ChartError(f"a slope goes from one row to another, and the table has {len(labels)}", "leave two rows")
    values = [value for one in series for value in one.values if value is not None]
    low, high = (min(0.0, *values), max(0.0, *values)) if kind in ("column", "bar") else _range(values)
    if kind == "bar":
        high *= 1.12  # room for the value behind the longest bar
    exact = min(2, max(_decimals(value) for value in values))
    places = _places(low, high)

    def tick(value: Any, *_: Any) -> str:
        return format_number(round(float(value), places), lang) + unit

    def written(value: float) -> str:
        return format_number(round(value, exact), lang) + unit

    chart = leather.Chart()
    upright = kind != "bar"
    numbers = leather.Linear(low, high)
    order = list(range(len(labels))) if upright else list(reversed(range(len(labels))))
    # Two labels may be the same; their places are not.
    scale = leather.Ordinal([f"{at} {labels[at]}" for at in order])
    shown = _few_labels(labels, size[0]) if upright else set(order)
    axis = leather.Axis(tick_formatter=lambda value, *_: labels[at] if (at := int(value.partition(" ")[0])) in shown else "")
    if upright:
        chart.set_x_scale(scale)
        chart.set_x_axis(axis)
        chart.set_y_scale(numbers)
        chart.add_y_axis(tick_formatter=tick)
    else:
        chart.set_y_scale(scale)
        chart.set_y_axis(axis)
        chart.set_x_scale(numbers)
        chart.add_x_axis(ticks=_few(numbers.ticks(), size[0], tick), tick_formatter=tick)
    with_values = len(labels) * len(series) <= (14 if size[0] > 400 else 8)
    for number, one in enumerate(series):
        places_of = [f"{at} {text}" for at, text in enumerate(labels)]
        pairs = zip(places_of, one.values, strict=True)
        points: list[tuple[Any, Any]] = [pair if upright else (pair[1], pair[0]) for pair in pairs]
        shape: Shape
        if kind in ("column", "bar"):
            shape = _Beside(number, len(series), upright=upright, written=written if with_values else None)
        else:
            shape = _Path(number, name=one.name, written=written if kind == "slope" else None)
        chart.add_series(leather.Series(points, name=one.name), shape)
    text = str(chart.to_svg(width=size[0], height=size[1]))
    text = text[text.index("<g>") : text.rindex("</svg>")]
    text = _BACKGROUND.sub("", text, count=1)
    text = _NEARLY_NOTHING.sub('"0"', text)
    text = _DECIMALS.sub(r"\1", _LOOKS.sub("", _ZERO.sub(' class="zero"', text)))
    frame = f'viewBox="0 0 {size[0] + _ROOM} {size[1]}" class="chart-{kind}" aria-hidden="true" focusable="false"'
    return f"<svg {frame}>{text}</svg>"


def _decimals(value: float) -> int:
    """How many figures a number has behind the point."""
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])


def _range(values: Sequence[float]) -> tuple[float, float]:
    """What a line goes up and down in: from nothing, unless all of it is far above."""
    low, high = min(values), max(values)
    if low >= 0 and high - low > 0.35 * high:
        return 0.0, high
    return (low, high) if high > low else (low - 1, high + 1)


def _places(low: float, high: float) -> int:
    """How many places behind the point are of interest."""
    spread = high - low
    return 0 if spread >= 20 else 1 if spread >= 2 else 2


def _few(ticks: Sequence[Any], width: int, written: Any) -> list[Any]:
    """As many of the ticks as have room beside each other."""
    longest = max(len(written(tick)) for tick in ticks)
    step = 1
    while len(ticks) / step * (longest + 2) * 7 > width * 0.8:
        step += 1
    return list(ticks)[::step]


def _few_labels(labels: Sequence[str], width: int) -> set[int]:
    """The places of labels that have room beside each other, the first and as many at the same distance."""
    longest = max(map(len, labels))
    step = 1
    while -(-len(labels) // step) * (longest + 1) * 7 > width * 0.85 and step < len(labels):
        step += 1
    return set(range(0, len(labels), step))


class _Own(Shape):  # type: ignore[misc]  # leather has no types
    """A shape with a class for its looks, and no entry in a legend: that is HTML."""

    def __init__(self, number: int) -> None:
        self.number = number

    def validate_series(self, series: Any) -> None:
        """Any."""

    def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:  # noqa: ARG002
        """Nothing."""
        return []

    def group(self) -> Element:
        """The element of a series."""
        return Element("g", {"class": f"series series-{self.number + 1}"})


class _Beside(_Own):
    """Columns or bars, those of several series beside each other."""

    def __init__(self, number: int, count: int, *, upright: bool, written: Any) -> None:
        super().__init__(number)
        self.count = count
        self.upright = upright
        self.written = written

    def to_svg(self, width: Any, height: Any, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> Element:  # noqa: ARG002
        """The shapes of a series."""
        group = self.group()
        for datum in series.data():
            place, value = (datum.x, datum.y) if self.upright else (datum.y, datum.x)
            if value is None:
                continue
            if self.upright:
                begin, end = x_scale.project_interval(place, 0, width)
                zero, far = y_scale.project(0, height, 0), y_scale.project(value, height, 0)
            else:
                low, high = y_scale.project_interval(place, height, 0)
                begin, end = min(low, high), max(low, high)
                zero, far = x_scale.project(0, 0, width), x_scale.project(value, 0, width)
            share = (end - begin) / self.count
            start = begin + share * self.number
            near, away = min(zero, far), max(zero, far)
            sides = (start, near, share, away - near) if self.upright else (near, start, away - near, share)
            names = ("x", "y", "width", "height")
            SubElement(group, "rect", {name: str(side) for name, side in zip(names, sides, strict=True)})
            if self.written:
                self.number_beside(group, self.written(value), (start + share / 2, far), negative=value < 0)
        return group

    def number_beside(self, group: Element, text: str, place: tuple[Any, Any], *, negative: bool) -> None:
        """A value at the end of its shape."""
        middle, far = place
        if self.upright:
            at = {"x": str(middle), "y": str(far), "dy": "1.1em" if negative else "-0.35em", "text-anchor": "middle"}
        else:
            at = {"x": str(far), "y": str(middle), "dx": "-0.4em" if negative else "0.4em", "dy": "0.34em"}
            at["text-anchor"] = "end" if negative else "start"
        SubElement(group, "text", {"class": "value", **at}).text = text


class _Path(_Own):
    """A line, broken where a value is missing; slopes have their names and values at the ends."""

    def __init__(self, number: int, *, name: str, written: Any) -> None:
        super().__init__(number)
        self.name = name
        self.written = written

    def to_svg(self, width: Any, height: Any, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> Element:  # noqa: ARG002
        """The line of a series."""
        group = self.group()
        steps: list[str] = []
        pen = "M"
        points: list[tuple[Any, Any, float]] = []
        for datum in series.data():
            if datum.y is None:
                pen = "M"
                continue
            x, y = x_scale.project(datum.x, 0, width), y_scale.project(datum.y, height, 0)
            steps.append(f"{pen}{x} {y}")
            points.append((x, y, datum.y))
            pen = "L"
        SubElement(group, "path", {"d": " ".join(steps)})
        for x, y, _ in points if self.written else points[-1:]:
            SubElement(group, "circle", {"cx": str(x), "cy": str(y), "r": "4"})
        if self.written and len(points) == 2:
            for (x, y, value), side, anchor in zip(points, ("-0.7em", "0.7em"), ("end", "start"), strict=True):
                at = {"class": "value", "x": str(x), "y": str(y), "dx": side, "dy": "0.34em", "text-anchor": anchor}
                SubElement(group, "text", at).text = self.written(value)
        return group
