"""Which stories count as news: those of the last two days, by the build's clock.

The news sitemap shows them. Because it changes when a story grows old, and not only when a source does, the set is worked out
once a build and kept as a fact: the sitemap is rendered again only when the set is another.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from slugline.catalog.clock import Clock
from slugline.catalog.sync import key_of_place

__all__ = ["NEWS_FACT", "NEWS_TIME", "news_keys", "next_to_age"]

NEWS_FACT = "news window"
NEWS_TIME = timedelta(days=2)
NEWS_LIMIT = 1000
"""Both as https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap says."""


def news_keys(db: sqlite3.Connection, clock: Clock, zone: ZoneInfo) -> list[str]:
    """The keys of the public stories of the last two days, newest first, at most 1,000."""
    return [key_of_place(place) for place in _places(db, clock, zone, "DESC", NEWS_LIMIT)]


def next_to_age(db: sqlite3.Connection, clock: Clock, zone: ZoneInfo) -> tuple[datetime, str] | None:
    """When the oldest of them stops being news, and its key; None where there are none."""
    for place in _places(db, clock, zone, "ASC", 1):
        _, sort, key = place.split(" ", 2)
        published = datetime.strptime(sort, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        # It is news up to and including that second.
        return published + NEWS_TIME + timedelta(seconds=1), key
    return None


def _places(db: sqlite3.Connection, clock: Clock, zone: ZoneInfo, order: str, limit: int) -> list[str]:
    moment = clock.moment
    since = moment - NEWS_TIME
    # Places begin with the month where the publication stands, and go on with the moment in UTC.
    low = f"{since.astimezone(zone):%Y-%m} {since:%Y%m%d%H%M%S}"
    high = f"{moment.astimezone(zone):%Y-%m} {clock.now}!"
    sql = (
        "SELECT e.place FROM entry e JOIN article a ON a.id = e.id "
        f"WHERE e.list = '' AND e.place >= ? AND e.place < ? AND NOT a.draft ORDER BY e.place {order} LIMIT ?"
    )
    return [place for (place,) in db.execute(sql, (low, high, limit))]
