"""When the site changes next by itself: the end of an embargo, an expiry, a story that is news no longer."""

from __future__ import annotations

from slugline.build.report import NextEvent
from slugline.build.session import Session
from slugline.catalog.events import next_to_age, next_to_come_out, next_to_expire

__all__ = ["next_event"]


def next_event(session: Session) -> NextEvent | None:
    """The first of the events to come; None where there are none."""
    db, clock, zone = session.db, session.clock, session.site.zone
    events = []
    if waiting := next_to_come_out(db, clock):
        events.append((waiting.moment, f"embargo of “{waiting.headline}” ends"))
    if leaving := next_to_expire(db, clock):
        events.append((leaving.moment, f"“{leaving.headline}” expires"))
    if session.has_news and (aging := next_to_age(db, clock, zone)):
        events.append((aging.moment, f"“{aging.headline}” leaves the news sitemap"))
    # The first of those of one moment is the end of an embargo.
    first = min(events, key=lambda event: event[0], default=None)
    return NextEvent(first[0].astimezone(zone).isoformat(), first[1]) if first else None
