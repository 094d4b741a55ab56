"""A table as a story shows it: which columns are numbers, in which order the rows stand."""

from __future__ import annotations

from typing import NamedTuple

from slugline.tabular import Table, number_of

__all__ = ["Cell", "ShownTable", "shown_table"]


_EMPTY = ("", "–", "-", "—", "n/a")  # as tables have them


class Cell(NamedTuple):
    """A cell: as it is written, and as a number where its column is one of numbers."""

    text: str
    number: float | None = None


class ShownTable(NamedTuple):
    """A table to be shown.

    Attributes:
        heads: of the columns; ``number`` is not None where the column is one of numbers.
        rows: of cells.
    """

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def shown_table(table: Table, order: str = "") -> ShownTable:
    """A table, in the order of a column (``-Votes``: the greatest first), or as it is.

    Raises:
        LookupError: there is no such column.
    """
    columns = list(zip(*table.rows, strict=True)) if table.rows else [() for _ in table.heads]
    numbers = [_numbers(column) for column in columns]
    rows = [
        tuple(Cell(text, values[at] if values else None) for text, values in zip(row, numbers, strict=True))
        for at, row in enumerate(table.rows)
    ]
    if order:
        name, descending = order.removeprefix("-"), order.startswith("-")
        if name not in table.heads:
            raise LookupError(name)
        place = table.heads.index(name)
        if numbers[place]:
            empty = float("-inf") if descending else float("inf")
            values = {row: empty if row[place].number is None else row[place].number or 0.0 for row in rows}
            rows.sort(key=values.__getitem__, reverse=descending)
        else:
            rows.sort(key=lambda row: row[place].text.casefold(), reverse=descending)
    heads = tuple(Cell(text, 0.0 if values else None) for text, values in zip(table.heads, numbers, strict=True))
    return ShownTable(heads, tuple(rows))


def _numbers(column: tuple[str, ...]) -> list[float | None]:
    """The numbers of a column; none where a cell that is not empty is no number."""
    found = [number_of(cell) for cell in column]
    if all(number is None for number in found):
        return []
    whole = all(number is not None or cell in _EMPTY for cell, number in zip(column, found, strict=True))
    return found if whole else []
