"""Tables: those with data as Markdown's, those that only place things on a page taken apart, the rest kept as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from slugline.importing.markdown.inline import line
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.raw import raw
from slugline.importing.markdown.trees import text_of
from slugline.importing.markdown.walking import Paragraph, Run, pieces

__all__ = ["is_layout", "rows_of", "table"]

_BLOCKS = names("p div ul ol dl table h1 h2 h3 h4 h5 h6 blockquote pre figure hr iframe video audio img section")
_PIECES = names("p h1 h2 h3 table ul blockquote img figure")
_RIGHT = re.compile(r"text-align\s*:\s*(left|right|center)", re.IGNORECASE)


def table(element: Element, work: Work) -> list[str]:
    """A table of data: Markdown's if every cell is one line and a row names the columns, else kept as HTML."""
    rows = rows_of(element)
    caption = element.find("caption")
    title = [line([Run("text", text_of(caption), frozenset({"strong"}))], work)] if caption is not None else []
    found = _header_and_rows(element) if _is_plain(element) and work.depth == 1 else None
    if found is None and not work.raw_html:
        work.warn(element, "a table that Markdown has no form for is written row by row")
        return [*title, *(line([Run("text", " | ".join(map(text_of, row)))], work) for row in rows)]
    if found is None:
        work.count("1 table kept as HTML", "{} tables kept as HTML")
        return [raw(element, work)]
    header, body = found
    rule = "|".join(_alignment(body or [header], place) for place in range(len(header)))
    return [*title, "\n".join([_row(header, work), f"|{rule}|", *(_row(row, work) for row in body)])]


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of a table, row by row, without those of tables in it."""
    rows = ([cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr") if _table_of(row) is table)
    return [row for row in rows if row]


def is_layout(table: Element) -> bool:
    """Whether a table only places things: it has one column or row, or whole pieces of a page in its cells."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = rows_of(table)
    if not rows:
        return True
    cells = [cell for row in rows for cell in row]
    if max(map(len, rows)) == 1:
        return True
    if any(cell.tag == "th" for cell in cells) or table.find("caption") is not None:
        return False
    if len(rows) == 1:
        return True
    return len(rows) < 4 and any(map(_is_heavy, cells))


def _is_plain(table: Element) -> bool:
    """Whether every cell is one line of text in a regular grid."""
    rows = rows_of(table)
    width = len(rows[0])
    for row in rows:
        if len(row) != width:
            return False
        for cell in row:
            if (cell.get("colspan") or "1") != "1" or (cell.get("rowspan") or "1") != "1":
                return False
            blocks = [inner for inner in cell.iter() if inner is not cell and inner.tag in _BLOCKS]
            if any(inner.tag not in ("p", "div", "section") for inner in blocks):
                return False
    return True


def _header_and_rows(table: Element) -> tuple[list[Element], list[list[Element]]] | None:
    """The row of column names and the others; None where no row names the columns."""
    rows = rows_of(table)
    first = rows[0]
    in_head = first[0].getparent().getparent().tag == "thead"
    if in_head or all(cell.tag == "th" for cell in first) or (len(rows) > 1 and all(map(_is_strong, first))):
        return first, rows[1:]
    corner = not "".join(first[0].itertext()).strip()
    return (first, rows[1:]) if corner and len(rows) > 1 and all(cell.tag == "th" for cell in first[1:]) else None


def _alignment(rows: Sequence[Sequence[Element]], column: int) -> str:
    """The rule under a column's name, with its alignment where every cell of the column has the same."""
    found = {_aligned(row[column]) for row in rows}
    return {"left": ":--", "right": "--:", "center": ":-:"}.get(found.pop() if len(found) == 1 else "", "---")


def _row(cells: Sequence[Element], work: Work) -> str:
    texts = []
    for cell in cells:
        runs: list[Run] = []
        for piece in pieces(cell, work):
            if isinstance(piece, Paragraph):
                runs += [Run("break")] * bool(runs)
                runs += piece.runs
        texts.append(line(runs, work, cell=True))
    return f"| {' | '.join(texts)} |"


def _is_heavy(cell: Element) -> bool:
    return sum(inner.tag in _PIECES for inner in cell.iter()) > 1 or len("".join(cell.itertext())) > 400


def _aligned(cell: Element) -> str:
    style = _RIGHT.search(cell.get("style") or "")
    said = style[1] if style else cell.get("align") or ""
    for name in (cell.get("class") or "").split():
        if name.startswith("has-text-align-"):
            said = said or name.removeprefix("has-text-align-")
    return said.lower()


def _is_strong(cell: Element) -> bool:
    text = "".join(cell.itertext()).strip()
    strong = "".join("".join(inner.itertext()) for inner in cell.iter("b", "strong")).strip()
    return bool(text) and text == strong


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors("table"), None)
