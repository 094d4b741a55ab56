"""What the clock alone will change next: the end of an embargo, an expiry, a story that stops being news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from slugline.catalog.clock import Clock
from slugline.catalog.decoding import parsed, whole
from slugline.catalog.news import NEWS_TIME, news_places
from slugline.catalog.store import DamagedState, State

__all__ = ["Event", "next_to_age", "next_to_come_out", "next_to_expire"]

_TITLE = 2
"""Where a teaser's row has its headline: a build in which nothing changed does not load what decodes all of it."""


class Event(NamedTuple):
    """When something happens to a story or another source, and the story's headline or the source's path."""

    moment: datetime
    headline: str


def next_to_come_out(db: State, clock: Clock) -> Event | None:
    """The next story whose embargo ends; None where none waits."""
    # Whatever is to come waits or is shown under embargo: the terms of the index, which keep the archive out of this.
    sql = (
        "SELECT sort, teaser, digest FROM article "
        "WHERE (live = 0 OR embargo = 1) AND NOT draft AND sort > ? ORDER BY sort, key LIMIT 1"
    )
    row = db.execute(sql, (clock.now,)).fetchone()
    return Event(_moment(row[0]), _headline(row[1], row[2])) if row else None


def next_to_expire(db: State, clock: Clock) -> Event | None:
    """The next story, author, section, tag, series or page that goes from the site; None where none does."""
    sql = (
        "SELECT expires, teaser, digest FROM article "
        "WHERE expires != '' AND expires > ? AND live ORDER BY expires, key LIMIT 1"
    )
    row = db.execute(sql, (clock.now,)).fetchone()
    events = [Event(_moment(row[0]), _headline(row[1], row[2]))] if row else []
    sql = "SELECT expires, source FROM item WHERE expires > ? AND live ORDER BY expires, source LIMIT 1"
    item = db.execute(sql, (clock.now,)).fetchone()
    if item:
        events.append(Event(_moment(item[0]), f"content/{item[1]}"))
    return min(events, key=lambda event: event.moment, default=None)


def next_to_age(db: State, clock: Clock, zone: ZoneInfo) -> Event | None:
    """The oldest of the stories that are news: when it stops being news; None where there are none."""
    for place in news_places(db, clock, zone, "ASC", 1):
        _, sort, key = place.split(" ", 2)
        row = db.execute("SELECT teaser, digest FROM article WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise DamagedState(f"the build state lists {key}, and does not have it")
        # It is news up to and including that second.
        return Event(_moment(sort) + NEWS_TIME + timedelta(seconds=1), _headline(*row))
    return None


def _moment(sort: str) -> datetime:
    try:
        return datetime.strptime(sort, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise DamagedState(f"the build state has a story of no date: {error}") from error


def _headline(teaser: str, digest: bytes) -> str:
    return str(parsed(whole(digest, teaser))[_TITLE])
