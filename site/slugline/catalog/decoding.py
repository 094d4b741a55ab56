"""Where the texts of rows become values again: what cannot be read there is damage, and nothing else is."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from slugline.catalog.clock import Clock
from slugline.catalog.store import DamagedState
from slugline.files import digest

__all__ = ["parsed", "parsed_clock", "present", "whole"]

T = TypeVar("T")


def whole(wanted: bytes, *texts: str) -> str:
    """The first of the texts of a row, which have to be those that were written: SQLite does not notice a flipped bit."""
    if digest(*texts) != wanted:
        raise DamagedState("a row of the build state is not as it was written")
    return texts[0]


def present(found: T | None, what: str) -> T:
    """What a page is of, which the catalog has wherever it and the ledger are of one build."""
    if found is None:
        raise DamagedState(f"the build state has a page of {what}, and not what it shows")
    return found


def parsed(text: str) -> Any:
    """The value of a row's JSON."""
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise DamagedState(f"a row of the build state is not JSON: {error}") from error


def parsed_clock(text: str) -> Clock:
    """The clock of a row's JSON."""
    try:
        return Clock(*parsed(text))
    except TypeError as error:
        raise DamagedState(f"the build state has a clock of no form: {error}") from error
