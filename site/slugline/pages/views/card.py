"""A story in a listing, as templates see it."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from slugline.catalog.queries import StoryPart
from slugline.markup.inline_text import without_links
from slugline.model import Teaser
from slugline.pages.bodies import line_html, picture_view
from slugline.pages.lazy import lazy
from slugline.pages.pictures import ImageView
from slugline.pages.render_context import RenderContext
from slugline.pages.site import text_direction
from slugline.pages.views.author import BylineEntry, byline
from slugline.pages.views.entry import EntryView, entry_view
from slugline.pages.views.extra import Extra

__all__ = ["Card", "cards"]


class Card:
    """A story in a listing."""

    def __init__(self, context: RenderContext, teaser: Teaser) -> None:
        self._context = context
        self._teaser = teaser
        self.key = teaser.key
        self.url = context.site.href(teaser.url)
        self.title = teaser.title
        self.dek = teaser.dek
        self.kicker = teaser.kicker
        self.minutes = teaser.minutes
        self.lang = teaser.lang
        self.type = teaser.type
        self.draft = teaser.draft

    @property
    def words(self) -> int:
        """How many words it has."""
        return int(self._context.ask(StoryPart(self.key, "words")) or 0)

    @lazy
    def extra(self) -> Extra:
        """Front matter that Slugline does not know."""
        return Extra(self._context.ask(StoryPart(self.key, "extra")) or {})

    @property
    def summary(self) -> str:
        """Its summary, or its beginning."""
        return self._teaser.summary or str(self._context.ask(StoryPart(self.key, "excerpt")) or "")

    @property
    def dir(self) -> str:
        """The direction of the story's language."""
        return text_direction(self._teaser.lang)

    @property
    def embargo(self) -> datetime | None:
        """When its embargo ends, where it is under one (rendered in dev mode only)."""
        return self.date if self._teaser.embargo else None

    @lazy
    def dek_html(self) -> Markup:
        """Its dek with its emphasis, without its links: a card leads to the story."""
        return line_html(self._context, self.dek, without_links(self._teaser.dek_html), self.key)

    @lazy
    def date(self) -> datetime:
        """When it was, or will be, published."""
        return self._context.moment(self._teaser.date)

    @lazy
    def updated(self) -> datetime | None:
        """When it was really updated, if ever."""
        return self._context.moment(self._teaser.updated) if self._teaser.updated else None

    @lazy
    def section(self) -> EntryView:
        """Its section."""
        return entry_view(self._context, "section", self._teaser.section)

    @lazy
    def byline(self) -> tuple[BylineEntry, ...]:
        """Its authors as credited."""
        return byline(self._context, self._teaser.credits)

    @lazy
    def image(self) -> ImageView | None:
        """Its lead picture."""
        return picture_view(self._context, self._teaser.image, self.key)

    @lazy
    def tags(self) -> tuple[EntryView, ...]:
        """Its tags."""
        return tuple(entry_view(self._context, "tag", slug) for slug in self._teaser.tags)

    @lazy
    def series(self) -> EntryView | None:
        """Its series."""
        return entry_view(self._context, "series", self._teaser.series) if self._teaser.series else None


def cards(context: RenderContext, teasers: tuple[Teaser, ...]) -> tuple[Card, ...]:
    """Cards of teasers."""
    return tuple(Card(context, teaser) for teaser in teasers)
