"""The catalog brought up to date: what the clock lets out, what the sources changed, which stories count as news."""

from __future__ import annotations

import json

from slugline.build.logo import missing_logo
from slugline.build.scan.changes import Changes
from slugline.build.session import Session
from slugline.catalog import topics
from slugline.catalog.clock import Clock
from slugline.catalog.decoding import parsed_clock
from slugline.catalog.news import NEWS_FACT, news_keys
from slugline.catalog.store import fact, set_fact, settle, transaction
from slugline.catalog.sync import tick
from slugline.errors import PublicationError

__all__ = ["sync_catalog"]


def sync_catalog(session: Session, changes: Changes) -> None:
    """Bring the catalog up to date; what that touched is owed by the ledger from then on."""
    db = session.db
    with transaction(db):
        touched = tick(db, _clock_from(fact(db, "clock")), session.clock)
        set_fact(db, "clock", json.dumps(session.clock))
        if changes.on_disk:
            # Only a build in which something changed pays for loading what reads it.
            from slugline.build.sources import sync_sources  # noqa: PLC0415

            touched |= sync_sources(session, changes)
        elif problems := missing_logo(session):
            raise PublicationError(problems)
        if session.has_news:
            news = json.dumps(news_keys(db, session.clock, session.site.zone), ensure_ascii=False)
            if news != fact(db, NEWS_FACT):
                set_fact(db, NEWS_FACT, news)
                touched.add(topics.fact(NEWS_FACT))
        session.ledger.owe(touched)
    settle(db)


def _clock_from(text: str) -> Clock | None:
    """The clock of the last build, as it is stored; None for an empty text."""
    return parsed_clock(text) if text else None
