"""The shortcode `chart`: a table beside the text, drawn. Loaded by pages that have one."""

from __future__ import annotations

from typing import Any

from slugline.pages.shortcodes.charts import ChartError, ChartSeries, draw
from slugline.pages.shortcodes.elements import Asked, shown, table_of
from slugline.shortcodes.marks import Use

__all__ = ["chart"]


def chart(asked: Asked, use: Use) -> dict[str, Any]:
    """The variables of a chart: its table, the drawings for a narrow and a wide column, the names of its series."""
    table = shown(asked, use, table_of(asked, use))
    if table is None:
        return {"table": None, "drawings": (), "series": ()}
    columns = [at for at, head in enumerate(table.heads) if at and head.number is not None]
    labels = tuple(row[0].text for row in table.rows)
    series = [ChartSeries(table.heads[at].text, tuple(row[at].number for row in table.rows)) for at in columns]
    unit = use.values["unit"]
    unit = f"\u00a0{unit}" if unit and (unit[0].isalnum() or unit == "%") else unit
    lines = max(1, len(series)) * len(labels) if use.values["type"] == "bar" else 0
    drawings: list[str] = []
    try:
        for width, height in ((340, 280), (620, 380)):
            size = (width, max(height, lines * 26 + 40) if lines > 8 else height)
            drawings.append(draw(use.values["type"], labels, series, size=size, lang=asked.lang, unit=unit))
    except ChartError as error:
        asked.report(use, f"the chart of content/{use.values['file']}: {error}", error.hint)
    return {"table": table, "drawings": tuple(drawings), "series": tuple(one.name for one in series)}
