"""When a story was published and updated: what the page's data says, else what its ``time`` elements and lines say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from slugline.importing.html.furniture import tokens
from slugline.importing.html.saying import Saying
from slugline.importing.markdown.model import Element
from slugline.importing.markdown.trees import text_of
from slugline.importing.model import Stated
from slugline.importing.moments import Moments

__all__ = ["dates_of", "iso_of"]

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d|UTC|GMT)?)?\Z", re.IGNORECASE
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?\Z")
_UPDATED = frozenset({"updated", "modified", "update", "datemodified"})
_DATED = frozenset({"date", "time", "published", "pubdate", "timestamp", "dateline", "posted", "datetime", "publish"})
_SAME = 60 * 15
"""Seconds: a change that soon after the story was put up is its putting up."""


def iso_of(text: str, moments: Moments, *, day_first: bool | None = None) -> str:
    """A moment as written anywhere, as front matter has it; empty if it is none."""
    text = " ".join(text.split())
    if found := _ISO.match(text):
        day, time, seconds, zone = found.groups()
        zone = "Z" if (zone or "").upper() in ("Z", "UTC", "GMT") else zone or ""
        if zone and zone != "Z" and ":" not in zone:
            zone = f"{zone[:3]}:{zone[3:]}"
        if zone in ("+00:00", "-00:00"):
            zone = "Z"
        written = f"{day}T{time}{':' + seconds if seconds and seconds != '00' else ''}{zone}" if time else day
        return written if _is_real(written) else ""
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).strftime("%Y-%m-%dT%H:%MZ")
    try:
        stated = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        stated = None
    if stated is not None and re.search(r"\d\d:\d\d", text):
        return iso_of(stated.isoformat(), moments)
    read = moments.read(text, day_first=day_first)
    return (read.published or read.updated) if read else ""


def dates_of(
    head: Sequence[Element],
    sayings: Iterable[Saying],
    lines: Iterable[tuple[int, str]],
    moments: Moments,
    *,
    day_first: bool | None,
) -> tuple[Stated | None, Stated | None, list[tuple[int, str]]]:
    """The dates of publication and of the last update, and doubts.

    Args:
        head: elements that lie around the headline, where a date of the story stands.
        sayings: what the page's data says, the most trustworthy first.
        lines: lines in the story's element that state a date.
        moments: the reader of dates.
        day_first: how the page's language writes ``3/4/2026``.
    """
    doubts: list[tuple[int, str]] = []
    published = updated = None
    for saying in sayings:
        if published is None and (iso := iso_of(saying.published, moments, day_first=day_first)):
            published = Stated(iso)
        if updated is None and (iso := iso_of(saying.updated, moments, day_first=day_first)):
            updated = Stated(iso)
    shown_published, shown_updated = _shown(head, moments, day_first, doubts)
    for line, text in lines:
        found = moments.read(text, day_first=day_first)
        if found:
            shown_published = shown_published or (Stated(found.published, line) if found.published else None)
            shown_updated = shown_updated or (Stated(found.updated, line) if found.updated else None)
            doubts += [(line, doubt) for doubt in found.doubts]
    published, updated = published or shown_published, updated or shown_updated
    if published is None:
        published, updated = updated, None
    if published and updated and _apart(published.iso, updated.iso) < _SAME:
        updated = None
    return published, updated, doubts if published is None else []


def _shown(
    head: Sequence[Element],
    moments: Moments,
    day_first: bool | None,
    doubts: list[tuple[int, str]],
) -> tuple[Stated | None, Stated | None]:
    published = updated = None
    for element in head:
        said = (element.get("property") or "").lower()
        is_time = element.get("datetime") is not None or "date" in said or "created" in said or element.tag == "time"
        words = tokens(element)
        text = text_of(element)
        if not is_time and (not words & (_DATED | _UPDATED) or len(text) > 160):
            continue
        line = element.sourceline or 0
        read = moments.read(text, day_first=day_first)
        titled = (element.get("title") or "") if element.tag == "abbr" else ""
        iso = iso_of(element.get("datetime") or element.get("content") or titled, moments)
        if read and not iso and read.doubts:
            doubts += [(line, doubt) for doubt in read.doubts]
        said_updated = bool(words & _UPDATED) or bool(read and read.updated and not read.published)
        if iso and said_updated and "published" not in words:
            updated = updated or Stated(iso, line)
        elif iso:
            published = published or Stated(iso, line)
        elif read:
            if read.published and not words & _UPDATED:
                published = published or Stated(read.published, line)
            if read.updated or (read.published and words & _UPDATED):
                updated = updated or Stated(read.updated or read.published, line)
    return published, updated


def _is_real(iso: str) -> bool:
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _apart(one: str, other: str) -> float:
    """Seconds from one moment to a later one; below zero if it is earlier. A day alone is its midnight."""
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if (first.tzinfo is None) != (second.tzinfo is None) or "T" not in one or "T" not in other:
        days = (second.date() - first.date()).days
        return days * 86400 if days else _SAME if "T" in other else 0
    return (second - first).total_seconds()
