"""Which stories count as news: those of the last two days, by the build's clock.

The news sitemap shows them. Because it changes when a story grows old, and not only when a source does, the set is worked out
once a build and kept as a fact: the sitemap is rendered again only when the set is another.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from slugline.catalog.clock import Clock
from slugline.catalog.store import State
from slugline.catalog.sync import key_of_place

__all__ = ["NEWS_FACT", "NEWS_TIME", "news_keys", "news_places"]

NEWS_FACT = "news window"
NEWS_TIME = timedelta(days=2)
NEWS_LIMIT = 1000
"""Both as https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap says."""


def news_keys(db: State, clock: Clock, zone: ZoneInfo) -> list[str]:
    """The keys of the public stories of the last two days, newest first, at most 1,000."""
    return [key_of_place(place) for place in news_places(db, clock, zone, "DESC", NEWS_LIMIT)]


def news_places(db: State, clock: Clock, zone: ZoneInfo, order: str, limit: int) -> list[str]:
    """The places of the first of them in an order (ASC for the oldest, DESC for the newest)."""
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
