"""The result as a picture: bars, written as SVG by hand, in the reader's light or dark colours."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from bench.results import Line, Result, lines

__all__ = ["svg"]

WIDTH, LABELS, VALUES = 760, 250, 90
ROW, BAR, PANEL_HEAD, GAP, MARGIN = 26, 16, 34, 18, 16

NAMES = {
    "slugline": "Slugline",
    "slugline-full": "Slugline, default theme, all pages",
    "hugo": "Hugo",
    "pelican": "Pelican",
    "eleventy": "Eleventy",
}

STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1f2328; }
.head { font-weight: 600; font-size: 15px; }
.own { fill: #a3232b; }
.peer { fill: #8c959f; }
.ground { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .own { fill: #e5616a; }
  .peer { fill: #6e7681; }
  .ground { fill: #0d1117; }
}
"""


class Panel(NamedTuple):
    """Bars that share a scale."""

    title: str
    bars: Sequence[tuple[str, float]]


def svg(result: Result) -> str:
    """A panel for the clean build, one for an edit, and the same for the large corpus where there is one."""
    panels = [panel for panel in _panels(result) if panel.bars]
    height = 2 * MARGIN + sum(PANEL_HEAD + ROW * len(panel.bars) + GAP for panel in panels) - GAP
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        '<title id="title">Build times of Slugline and its peers</title>',
        f'<desc id="desc">{escape(_described(panels))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
    ]
    top = MARGIN
    for panel in panels:
        parts += _drawn(panel, top)
        top += PANEL_HEAD + ROW * len(panel.bars) + GAP
    return "\n".join((*parts, "</svg>")) + "\n"


def _panels(result: Result) -> list[Panel]:
    measured = [line for line in lines(result) if line.candidate in NAMES]
    titles = {"clean": "{} stories, clean build", "body": "{} stories, one body edited, new process"}
    return [
        Panel(title.format(f"{size:,}"), _bars(measured, size, work))
        for size in (result.stories, result.large)
        if size
        for work, title in titles.items()
    ]


def _bars(measured: list[Line], size: int, work: str) -> list[tuple[str, float]]:
    found = [(line.candidate, line.wall.median) for line in measured if (line.stories, line.work) == (size, work)]
    return sorted(found, key=lambda bar: bar[1])


def _drawn(panel: Panel, top: int) -> list[str]:
    longest = max(value for _, value in panel.bars)
    room = WIDTH - 2 * MARGIN - LABELS - VALUES
    parts = [f'<text class="head" x="{MARGIN}" y="{top + 18}">{escape(panel.title)}</text>']
    for at, (candidate, value) in enumerate(panel.bars):
        middle = top + PANEL_HEAD + ROW * at + ROW // 2
        length = max(1.0, room * value / longest)
        kind = "own" if candidate.startswith("slugline") else "peer"
        start = MARGIN + LABELS
        parts += [
            f'<text x="{start - 10}" y="{middle + 5}" text-anchor="end">{escape(NAMES[candidate])}</text>',
            f'<rect class="{kind}" x="{start}" y="{middle - BAR // 2}" width="{length:.1f}" height="{BAR}"/>',
            f'<text x="{start + length + 8:.1f}" y="{middle + 5}">{_seconds(value)}</text>',
        ]
    return parts


def _described(panels: Sequence[Panel]) -> str:
    return " ".join(
        f"{panel.title}: {', '.join(f'{NAMES[name]} {_seconds(value)}' for name, value in panel.bars)}."
        for panel in panels
    )


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def main() -> None:
    """Draw a result file."""
    parser = argparse.ArgumentParser(description="Draw a result of the benchmark as SVG.")
    parser.add_argument("result", type=Path, help="the JSON file that bench.run wrote")
    parser.add_argument("picture", type=Path, help="the SVG file to write")
    chosen = parser.parse_args()
    chosen.picture.write_text(svg(Result.load(chosen.result)), encoding="utf-8")


if __name__ == "__main__":
    main()
