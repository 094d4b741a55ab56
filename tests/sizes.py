"""How much the long properties, fuzz and load runs try: a fixed sample in ``make test``, all of it in ``make test-long``."""

from __future__ import annotations

import os
from typing import TypeVar

__all__ = ["LONG", "sample"]

Size = TypeVar("Size")

LONG = os.environ.get("SLUGLINE_LONG", "") not in ("", "0")
"""Whether this run is a long one; SLUGLINE_LONG=1 asks for it."""


def sample(short: Size, long: Size) -> Size:
    """The first of the two in ``make test``, the second in ``make test-long``: numbers, or what to try."""
    return long if LONG else short
