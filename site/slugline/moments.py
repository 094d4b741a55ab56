"""Dates as people write them in front matter: which forms there are, and what to write instead of the others.

Read are ``2026-11-25``, ``2026-11-25 18:30``, ``2026-11-25T18:30``, with seconds, and with ``Z`` or an offset such as
``+01:00``; month, day and hour may have one digit. Nothing else is: a form that is read in part ends an embargo at another time
than the one that was written.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

__all__ = ["MOMENT_HINT", "Moment", "MomentError", "in_zone", "read_moment", "whole_minutes"]

MOMENT_HINT = "write it as 2026-01-24, 2026-01-24 09:00 or 2026-01-24T09:00:00Z"

_DATE_ONLY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:T|t| +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r" ?(Z|z|[+-][0-9]{2}:[0-9]{2})?"
)

# The forms that Python reads by itself, and reads as they are meant.
_AS_WRITTEN_BY_MACHINES = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-5][0-9])?)?"
)

# What people write besides: enough of each to say how it would be right.
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[./ ]|-|)([0-9]{1,2})(?:[./ ]|-|)([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([./ -])([0-9]{1,2})[./ -]([0-9]{4})")
_TIME = re.compile(
    r"([0-9]{1,2})(?:[:.,h ]?([0-9]{2})(?:[:.,]([0-9]{2}))?)?\s*(?:Uhr|h|hrs)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*(Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_AT = re.compile(r"[T\s,]+(?:at\s+|um\s+|à\s+)?", re.IGNORECASE)


class MomentError(ValueError):
    """It is no moment, or is not written as one; ``hint`` says how to write it."""

    def __init__(self, message: str, hint: str = MOMENT_HINT) -> None:
        super().__init__(message)
        self.hint = hint


class Moment(NamedTuple):
    """A moment as the catalog stores it.

    Attributes:
        iso: with offset, to the second.
        sort: in UTC and without separators' ambiguity, so that texts sort like moments.
        month: ``2026-01``, in the publication's time zone.
        local: in the publication's time zone.
    """

    iso: str
    sort: str
    month: str
    local: datetime


def read_moment(value: object, zone: ZoneInfo) -> Moment:
    """A moment from front matter: a date is its first second, a time without a zone is in the publication's.

    Raises:
        MomentError: it is no moment, or one that no calendar has, or written in a form that is not read.
    """
    if isinstance(value, datetime):
        parsed = value
    elif isinstance(value, date):
        parsed = datetime(value.year, value.month, value.day)
    elif isinstance(value, str):
        parsed = _parsed(value.strip())
    else:
        raise MomentError("it is not a date", _better(str(value)) or MOMENT_HINT)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=zone)
    if parsed.microsecond:
        parsed = parsed.replace(microsecond=0)
    try:
        if parsed.tzinfo is not UTC:
            offset = parsed.utcoffset()
            if offset is not None and offset.seconds % 60:
                # Local mean time, before zones had whole minutes: ISO 8601 has no way to write it.
                parsed = parsed.astimezone(UTC)
        utc, local = parsed.astimezone(UTC), parsed.astimezone(zone)
    except OverflowError:
        raise MomentError("it is beyond the calendar") from None
    # Not by strftime, which takes longer than all the rest and does not pad years before 1000.
    iso = parsed.isoformat()
    digits = iso if utc is parsed else utc.isoformat()
    sort = digits[:19].replace("-", "").replace("T", "").replace(":", "")
    return Moment(iso, sort, f"{local.year:04d}-{local.month:02d}", local)


def whole_minutes(moment: datetime) -> datetime:
    """The same instant with an offset of whole minutes, the only ones that ISO 8601 and its readers know.

    Before zones had them, a place went by its own sun: Paris was 9 minutes and 21 seconds ahead of Greenwich.
    """
    offset = moment.utcoffset()
    if offset is None or not offset.total_seconds() % 60:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=round(offset.total_seconds() / 60))))


def in_zone(iso: str, zone: ZoneInfo) -> datetime:
    """A moment of the catalog in a time zone, with an offset of whole minutes."""
    return whole_minutes(datetime.fromisoformat(iso).astimezone(zone))


def _parsed(text: str) -> datetime:
    if _AS_WRITTEN_BY_MACHINES.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # what is wrong is reported below
    day = _DATE_ONLY.fullmatch(text)
    try:
        if day:
            return datetime(int(day[1]), int(day[2]), int(day[3]))
        found = _MOMENT.fullmatch(text)
        if found:
            year, month, date_, hour, minute, second, offset = found.groups()
            return datetime(
                int(year), int(month), int(date_), int(hour), int(minute), int(second or 0), tzinfo=_offset(offset)
            )
    except ValueError as error:
        raise MomentError(str(error)) from None
    raise MomentError("it is not written as one", _better(text) or MOMENT_HINT)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59:
        raise ValueError(f"there is no offset {text}")
    found = timedelta(hours=hours, minutes=minutes)
    return timezone(-found if text[0] == "-" else found)


def _better(text: str) -> str:
    """How a moment that is written in another form would be right; empty where that cannot be said."""
    found = _YEAR_FIRST.match(text) or _YEAR_LAST.match(text)
    if not found:
        return ""
    if found.re is _YEAR_FIRST:
        year, month, day = found.groups()
    else:
        first, sign, second, year = found.groups()
        if int(first) <= 12 and int(second) <= 12 and first != second and sign != ".":
            options = f"{year}-{int(second):02d}-{int(first):02d} or {year}-{int(first):02d}-{int(second):02d}"
            return f"which number is the month? write {options}"
        # With dots the day comes first everywhere; else a number over 12 is no month.
        day, month = (second, first) if int(second) > 12 else (first, second)
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    date_ = f"{year}-{int(month):02d}-{int(day):02d}"
    rest = text[found.end() :].strip()
    if not rest:
        return f"write it as {date_}"
    time = _TIME.fullmatch(_AT.sub("", text[found.end() :], count=1).strip())
    better = _time(time) if time else ""
    return f"write it as {date_} {better}" if better else f"write it as {date_}, or with a time as {date_} 09:00"


def _time(found: re.Match[str]) -> str:
    hour, minute, second, half, zone = found.groups()
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return ""
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    if hours > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return ""
    text = f"{hours:02d}:{minute or '00'}" + (f":{second}" if second else "")
    if not zone:
        return text
    if zone in ("Z", "z", "UTC", "GMT"):
        return f"{text}Z"
    digits = zone[1:].replace(":", "")
    return f"{text}{zone[0]}{digits[:2]}:{digits[2:] or '00'}"
