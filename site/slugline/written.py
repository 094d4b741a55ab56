"""Numbers that remember how they were written, where Python would write them otherwise.

In front matter `007` is a number to whoever counts with it, and a text to whoever prints it as a headline, a tag or a part of
an address. A number that reads back as it was written, as nearly all do, is a plain `int` or `float`.
"""

from __future__ import annotations

__all__ = ["NUMBERS", "as_written", "read_float", "read_int"]

_LONGEST = 4_000
"""Digits; Python refuses to convert longer ones, and nobody counts with them."""


class _Int(int):
    written: str


class _Float(float):
    written: str


NUMBERS: tuple[type, ...] = (_Int, _Float)
"""The types of the numbers that remember; each is a type of its own to a dumper."""


def read_int(text: str) -> int | str:
    """The whole number that a text of digits, with or without a sign, stands for; the text where it is too long for one."""
    if len(text) > _LONGEST:
        return text
    number = int(text)
    if str(number) == text:
        return number
    noted = _Int(number)
    noted.written = text
    return noted


def read_float(text: str) -> float | str:
    """The number that a text with a decimal point stands for; the text where no `float` is so large."""
    number = float(text)
    if str(number) == text:
        return number
    if number in (float("inf"), float("-inf")):
        return text
    noted = _Float(number)
    noted.written = text
    return noted


def as_written(value: object) -> str:
    """A value as its source writes it."""
    return value.written if isinstance(value, _Int | _Float) else str(value)
