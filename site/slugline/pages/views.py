"""What templates see of the content: cards, articles, authors, sections, months, pictures.

A view asks the catalog when a template reads it, not before: a page depends on what it shows and on nothing else. What it asks
goes through the :class:`Scope` of the page that is being rendered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from slugline.catalog.queries import (
    Entry,
    Listing,
    Named,
    Related,
    TeaserOf,
    Window,
)
from slugline.catalog.rows import Story
from slugline.errors import UsageError
from slugline.markup import Heading
from slugline.model import Author, Teaser
from slugline.pages.lazy import lazy
from slugline.pages.pictures import ImageView
from slugline.pages.site import text_direction
from slugline.urls import (
    author_url,
    bucket_url,
    card_url,
    month_url,
    section_url,
    series_url,
    tag_url,
)

if TYPE_CHECKING:
    from slugline.pages.scope import Scope

__all__ = [
    "ArticleView",
    "AuthorView",
    "BylineEntry",
    "Card",
    "CorrectionView",
    "EntryView",
    "ImageView",
    "MonthView",
    "PlainPageView",
    "ShareLink",
]

LIST_URLS = {"section": section_url, "author": author_url, "tag": tag_url, "series": series_url}

_SHARE_URLS = {
    "x": "https://x.com/intent/post?url={url}&text={title}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "whatsapp": "https://wa.me/?text={title}%20{url}",
    "telegram": "https://t.me/share/url?url={url}&text={title}",
    "bluesky": "https://bsky.app/intent/compose?text={title}%20{url}",
    "reddit": "https://www.reddit.com/submit?url={url}&title={title}",
    "email": "mailto:?subject={title}&body={url}",
}
_SHARE_NAMES = {
    "x": "X",
    "facebook": "Facebook",
    "linkedin": "LinkedIn",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "bluesky": "Bluesky",
    "reddit": "Reddit",
    "email": "E-mail",
}


class EntryView:
    """A section, tag or series; what describes it is asked for when a template reads it."""

    __slots__ = ("_kind", "_scope", "slug", "title", "url")

    def __init__(self, scope: Scope, kind: str, slug: str, title: str) -> None:
        self._scope = scope
        self._kind = kind
        self.slug = slug
        self.title = title
        self.url = scope.site.href(LIST_URLS[kind](slug))

    @property
    def html(self) -> Markup:
        """The text of its file."""
        found = self._named()
        return self._scope.html(found.value.html, found.source) if found.value else Markup()

    @property
    def description(self) -> str:
        """One or two sentences."""
        value = self._named().value
        return value.description if value else ""

    @property
    def image(self) -> ImageView | None:
        """Its picture."""
        found = self._named()
        return self._scope.image(found.value.image, found.source) if found.value else None

    @property
    def extra(self) -> Mapping[str, Any]:
        """Front matter that Slugline does not know."""
        value = self._named().value
        return value.extra if value else {}

    def _named(self) -> Named:
        return self._scope.ask(Entry(self._kind, self.slug))


class BylineEntry:
    """One name of a byline; ``role`` is the one of this story where it names one, else the author's own."""

    __slots__ = ("_author", "name", "role", "url")

    def __init__(self, author: AuthorView, role: str) -> None:
        self._author = author
        self.name = author.name
        self.url = author.url
        self.role = role or author.role

    @property
    def image(self) -> ImageView | None:
        """The author's picture."""
        return self._author.image


class CorrectionView(NamedTuple):
    """A correction."""

    date: datetime
    text: str


class ShareLink(NamedTuple):
    """A plain link that shares a story; it needs no script and loads nothing."""

    id: str
    name: str
    url: str


class MonthView(NamedTuple):
    """A month of an archive: where it stands, its name ``2026-01``, its first moment."""

    url: str
    month: str
    date: datetime


class AuthorView:
    """An author; without a file of their own a name and a page."""

    __slots__ = ("_scope", "_source", "_value", "name", "slug", "url")

    def __init__(self, scope: Scope, slug: str, named: Named) -> None:
        self._scope = scope
        self._source = named.source
        self._value: Author = named.value or Author(slug, named.title)
        self.slug = slug
        self.name = named.title
        self.url = scope.site.href(author_url(slug))

    @property
    def role(self) -> str:
        """What the author is."""
        return self._value.role

    @property
    def html(self) -> Markup:
        """The bio."""
        return self._scope.html(self._value.html, self._source)

    @property
    def excerpt(self) -> str:
        """The beginning of the bio, as text."""
        return self._value.excerpt

    @property
    def image(self) -> ImageView | None:
        """The author's picture."""
        return self._scope.image(self._value.image, self._source)

    @property
    def email(self) -> str:
        """An address to write to."""
        return self._value.email

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Elsewhere on the web: (label, address)."""
        return self._value.links

    @property
    def extra(self) -> Mapping[str, Any]:
        """Front matter that Slugline does not know."""
        return self._value.extra


class PlainPageView(NamedTuple):
    """A page beside the news."""

    title: str
    url: str
    html: Markup
    description: str
    lang: str
    updated: datetime | None
    extra: Mapping[str, Any]


class Card:
    """A story in a listing."""

    def __init__(self, scope: Scope, teaser: Teaser) -> None:
        self._scope = scope
        self._teaser = teaser
        self.key = teaser.key
        self.url = scope.site.href(teaser.url)
        self.title = teaser.title
        self.dek = teaser.dek
        self.kicker = teaser.kicker
        self.summary = teaser.summary
        self.minutes = teaser.minutes
        self.words = teaser.words
        self.lang = teaser.lang
        self.type = teaser.type
        self.draft = teaser.draft

    @property
    def dir(self) -> str:
        """The direction of the story's language."""
        return text_direction(self._teaser.lang)

    @property
    def embargo(self) -> datetime | None:
        """When its embargo ends, where it is under one (seen in dev mode only)."""
        return self.date if self._teaser.embargo else None

    @lazy
    def date(self) -> datetime:
        """When it was, or will be, published."""
        return self._scope.moment(self._teaser.date)

    @lazy
    def updated(self) -> datetime | None:
        """When it was really updated, if ever."""
        return self._scope.moment(self._teaser.updated) if self._teaser.updated else None

    @lazy
    def section(self) -> EntryView:
        """Its section."""
        return self._scope.entry("section", self._teaser.section)

    @lazy
    def byline(self) -> tuple[BylineEntry, ...]:
        """Its authors as credited."""
        return self._scope.byline(self._teaser.credits)

    @lazy
    def image(self) -> ImageView | None:
        """Its lead picture."""
        return self._scope.image(self._teaser.image, self.key)

    @lazy
    def tags(self) -> tuple[EntryView, ...]:
        """Its tags."""
        return tuple(self._scope.entry("tag", slug) for slug in self._teaser.tags)

    @lazy
    def series(self) -> EntryView | None:
        """Its series."""
        return self._scope.entry("series", self._teaser.series) if self._teaser.series else None


class ArticleView(Card):
    """A story on its own page."""

    def __init__(self, scope: Scope, teaser: Teaser, story: Story) -> None:
        super().__init__(scope, teaser)
        self._story = story

    @lazy
    def html(self) -> Markup:
        """The rendered body."""
        return self._scope.html(self._story.html, self.key)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings: level, id, text."""
        return self._story.headings

    @lazy
    def corrections(self) -> tuple[CorrectionView, ...]:
        """Its corrections, oldest first."""
        return tuple(CorrectionView(self._scope.moment(item.date), item.text) for item in self._story.corrections)

    @property
    def canonical(self) -> str:
        """Where the story stands first: its own absolute address, unless it says otherwise."""
        return self._story.canonical or self._scope.site.absolute(self.url)

    @property
    def comments(self) -> bool:
        """Whether it has a comment form."""
        return self._story.comments and bool(self._scope.site.comments_endpoint)

    @property
    def extra(self) -> Mapping[str, Any]:
        """Front matter that Slugline does not know."""
        return self._story.extra

    @lazy
    def card(self) -> ImageView | None:
        """The share card that is drawn of it, if it has no picture of its own."""
        site = self._scope.site
        if not site.settings.metadata.cards or self._teaser.image is not None:
            return None
        return ImageView(site.href(card_url(self._teaser.url)), self.title, "", "", 1200, 630)

    @lazy
    def crops(self) -> tuple[ImageView, ...]:
        """Its lead picture cut to 16:9, 4:3 and 1:1 for search engines: those of the shapes that the picture has not itself."""
        return self._scope.crops(self._teaser.image, self.key)

    @lazy
    def original(self) -> Card | None:
        """The story that it translates."""
        key = self._story.translation_of
        teaser = self._scope.ask(TeaserOf(key)) if key and key != self.key else None
        return Card(self._scope, teaser) if teaser else None

    @lazy
    def translations(self) -> tuple[Card, ...]:
        """The story in all its languages, itself too, the original first; empty where there is one language only."""
        original = self.original
        first = original or self
        found = self._scope.cards(self._scope.ask(Listing(f"translation:{first.key}", oldest=True)))
        others = tuple(card for card in found if card.key != first.key)
        return (first, *others) if others else ()

    @lazy
    def authors(self) -> tuple[AuthorView, ...]:
        """Its authors with their bios."""
        return tuple(self._scope.author(credit.author) for credit in self._teaser.credits)

    @lazy
    def previous(self) -> Card | None:
        """The story before it in its section."""
        return self._neighbour(newer=False)

    @lazy
    def next(self) -> Card | None:
        """The story after it in its section."""
        return self._neighbour(newer=True)

    @lazy
    def related(self) -> tuple[Card, ...]:
        """Older stories that share tags or the series with it: the archive never changes because of a newer one."""
        lists = [f"tag:{slug}" for slug in self._teaser.tags]
        if self._teaser.series:
            lists.insert(0, f"series:{self._teaser.series}")
        if not lists:
            return ()
        return self._scope.cards(self._scope.ask(Related(self.key, tuple(lists))))

    def more_by(self, author: AuthorView, limit: int = 3) -> tuple[Card, ...]:
        """The stories that one of its authors wrote before this one."""
        if all(credit.author != author.slug for credit in self._teaser.credits):
            # Others' stories are no neighbours of this one, and would change unseen.
            raise UsageError(f"article.more_by takes one of the story's own authors, not `{author.slug}`")
        return self._scope.cards(self._scope.ask(Window(self.key, f"author:{author.slug}", limit=limit)))

    @lazy
    def series_stories(self) -> tuple[Card, ...]:
        """The other stories of its series, oldest first."""
        if not self._teaser.series:
            return ()
        found = self._scope.ask(Listing(f"series:{self._teaser.series}", oldest=True))
        return self._scope.cards(tuple(teaser for teaser in found if teaser.key != self.key))

    @lazy
    def share(self) -> tuple[ShareLink, ...]:
        """Links that share it."""
        values = {"url": quote(self._scope.site.absolute(self.url), safe=""), "title": quote(self.title, safe="")}
        return tuple(
            ShareLink(name, _SHARE_NAMES[name], _SHARE_URLS[name].format_map(values)) for name in self._scope.site.share
        )

    def _neighbour(self, *, newer: bool) -> Card | None:
        found = self._scope.ask(Window(self.key, f"section:{self._teaser.section}", newer))
        return Card(self._scope, found[0]) if found else None


def list_bucket_url(name: str, month: str, number: int) -> str:
    """Where one page of a list's archive stands: ``name`` is "" or "section:world", "tag:…"."""
    if not name:
        return month_url(month) if number == 1 else f"{month_url(month)}page-{number}/"
    kind, _, slug = name.partition(":")
    return bucket_url(LIST_URLS[kind](slug), month, number)
