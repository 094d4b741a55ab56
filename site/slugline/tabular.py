"""Tables as text: CSV, as spreadsheets save it, whatever they put between two cells."""

from __future__ import annotations

import csv
import re
from typing import NamedTuple

__all__ = ["ENDINGS", "Table", "number_of", "read_table", "records"]

ENDINGS = (".csv", ".tsv")

_DELIMITERS = ",;\t|"
_NUMBER = re.compile(
    r"[-+\u2212]?(?:(?:\d{1,3}(?:[ \u00a0\u202f'\u2019]\d{3})+|\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|\d+,\d+)"
)
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


class Table(NamedTuple):
    """A table: the heads of its columns, its rows of as many cells each; or what is wrong with it, and on which line."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    problem: str = ""
    line: int = 0


def read_table(text: str) -> Table:
    """A table from its text, the first line of which are the heads; cells are without spaces around them."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count) if any(one in first for one in _DELIMITERS) else ","
    reader = csv.reader(text.split("\n"), delimiter=delimiter, skipinitialspace=True, strict=True)
    found: list[tuple[str, ...]] = []
    try:
        for cells in reader:
            row = tuple(cell.strip() for cell in cells)
            if not any(row):
                continue
            if found and len(row) != len(found[0]):
                # Spreadsheets leave out empty cells at the end of a row, or write some that no column has.
                row = tuple(list(row) + [""] * (len(found[0]) - len(row)))
                if any(row[len(found[0]) :]):
                    what = f"the row has {len(row)} cells, and the first line has {len(found[0])}"
                    return Table(problem=what, line=reader.line_num)
                row = row[: len(found[0])]
            found.append(row)
    except csv.Error as error:
        return Table(problem=f"not valid CSV: {error}", line=reader.line_num)
    if not found:
        return Table(problem="the table is empty")
    return Table(found[0], tuple(found[1:]))


def records(table: Table) -> list[dict[str, str | int | float]]:
    """The rows as mappings of the heads; what is a plain number is one."""
    return [dict(zip(table.heads, map(_plain, row), strict=True)) for row in table.rows]


def number_of(cell: str) -> float | None:
    """The number that a cell shows, in any of the usual ways; None for anything else.

    ``1,234.5``, ``1 234.5``, ``1234,5``, ``12 %``, ``€ 3.50``; a comma before three digits is one between thousands.
    """
    text = re.sub(r"^[€$£¥]\s*|\s*(?:%|‰|[€$£¥])$", "", cell.strip())
    if not _NUMBER.fullmatch(text):
        return None
    text = text.replace("\u2212", "-")
    text = re.sub(r"[ \u00a0\u202f'\u2019]", "", text)
    text = text.replace(",", "") if "." in text or re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+", text) else text.replace(",", ".")
    return float(text)


def _plain(cell: str) -> str | int | float:
    if not _PLAIN_NUMBER.fullmatch(cell):
        return cell
    return float(cell) if "." in cell else int(cell)
