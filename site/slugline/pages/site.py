"""`site` in templates: the publication, as the settings describe it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from slugline.settings.schema import Settings
from slugline.settings.traced import setting_facts, traced_options, traced_settings
from slugline.urls import base_path, feed_url, href, media_url

__all__ = ["FEED_KINDS", "Feed", "FeedKind", "Site", "text_direction"]

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))


T = TypeVar("T")


class Feed(NamedTuple):
    """A feed to announce: its title, its address, its media type, and its format as people call it."""

    title: str
    href: str
    mime: str
    name: str


class FeedKind(NamedTuple):
    """A format of feeds: the kind of its pages, what people call it, its media type."""

    kind: str
    name: str
    mime: str


FEED_KINDS: Mapping[str, FeedKind] = {
    "rss": FeedKind("rss", "RSS", "application/rss+xml"),
    "atom": FeedKind("atom", "Atom", "application/atom+xml"),
    "json": FeedKind("jsonfeed", "JSON Feed", "application/feed+json"),
}
"""The formats of feeds, as the settings name them."""


def feed_formats(settings: Settings, kind: str) -> tuple[str, ...]:
    """The formats of the feeds that each list of a kind has, in order, each once; "" is the publication itself."""
    feeds = settings.feeds
    if not feeds.enabled or (kind and kind not in feeds.lists):
        return ()
    formats = {"": feeds.formats, "section": feeds.section_formats}.get(kind, feeds.list_formats)
    return tuple(dict.fromkeys(formats))


class _made_once(Generic[T]):  # noqa: N801  # used like a property
    """An attribute that is the same for all pages: worked out once, together with the names of the facts read for it."""

    def __init__(self, make: Callable[[Site], T]) -> None:
        self.make = make
        self.name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, site: Site, owner: object = None) -> T:
        if site is None:
            return cast("T", self)
        known = site.plain.made.get(self.name)
        if known is None:
            facts: set[str] = set()
            known = site.plain.made[self.name] = self.make(site.plain.traced(facts)), facts
        site.read.update(known[1])
        value: T = known[0]
        if site is not site.plain:
            # Found at once the next time; what is read of the plain one must not be there for those that are made of it.
            vars(site)[self.name] = value
        return value


class Site:
    """The publication as templates see it.

    Its address, language and time zone are known at once, and every page depends on them; all else is read from the settings
    when a page asks for it.

    Args:
        settings: of the publication.
        options: of the theme.
        staging: whether this build shows others what is not public.
    """

    always = frozenset((*(f"setting publication.{name}" for name in ("base_url", "language", "timezone")), "staging"))
    """The facts that every page depends on."""

    def __init__(self, settings: Settings, options: Mapping[str, Any], *, staging: bool = False) -> None:
        publication = settings.publication
        self.settings = settings
        self.options = options
        self.staging = staging
        self.zone = ZoneInfo(publication.timezone)
        self.lang = publication.language
        self.dir = text_direction(publication.language)
        self.base_url = publication.base_url
        self.prefix = base_path(publication.base_url)
        parts = urlsplit(publication.base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self.url = self.href("/")
        self.plain = self
        self.read: set[str] = set()
        self.made: dict[str, tuple[Any, set[str]]] = {}

    def traced(self, facts: set[str]) -> Site:
        """The same, which adds the name of each fact that is read; see :mod:`slugline.settings.traced`."""
        site = object.__new__(Site)
        vars(site).update(vars(self))
        site.plain = self
        site.read = facts
        site.settings = traced_settings(self.settings, facts.add)
        site.options = traced_options(self.options, facts.add)
        return site

    def facts(self) -> dict[str, str]:
        """All that pages may depend on, by name."""
        return {**setting_facts(self.settings, self.options), "staging": repr(self.staging)}

    @_made_once
    def name(self) -> str:
        """What it is called."""
        return self.settings.publication.name

    @_made_once
    def tagline(self) -> str:
        """The line under the name."""
        return self.settings.publication.tagline

    @_made_once
    def description(self) -> str:
        """One or two sentences."""
        return self.settings.publication.description or self.tagline

    @_made_once
    def copyright(self) -> str:
        """The line at the foot of each page."""
        return self.settings.publication.copyright

    @_made_once
    def logo(self) -> str:
        """A link to the picture of the masthead, or ""."""
        logo = self.settings.publication.logo
        return self.href(media_url(logo)) if logo else ""

    @_made_once
    def share(self) -> tuple[str, ...]:
        """The services of the share footer."""
        return self.settings.share.services

    @_made_once
    def comments_endpoint(self) -> str:
        """Where the comment form posts to; empty where there is no form."""
        return self.settings.comments.endpoint if self.settings.comments.enabled else ""

    @_made_once
    def search(self) -> bool:
        """Whether there is a search page."""
        return self.settings.search.enabled

    @_made_once
    def searchable(self) -> bool:
        """Whether stories can be searched on it."""
        return self.settings.search.enabled and self.settings.search.index

    @_made_once
    def manifest(self) -> str:
        """A link to the web manifest, or ""."""
        return self.href("/manifest.webmanifest") if self.settings.metadata.manifest else ""

    @_made_once
    def twitter(self) -> str:
        """The publication's account on X."""
        return self.settings.metadata.twitter

    @_made_once
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds of all stories."""
        return self.feeds_of("", self.name, "/")

    def menu(self, name: str = "main") -> tuple[Any, ...]:
        """The entries of a menu. A page that is rendered has its own function here, which records what it asks."""
        raise LookupError(f"the menu `{name}` can be asked for where a page is rendered")

    def feeds_of(self, name: str, title: str, url: str) -> tuple[Feed, ...]:
        """The feeds of a list ("" or "section:world") whose page has that title and URL."""
        kinds = ((form, FEED_KINDS[form]) for form in feed_formats(self.settings, name.partition(":")[0]))
        return tuple(
            Feed(f"{title} ({kind.name})", self.href(feed_url(url, form)), kind.mime, kind.name) for form, kind in kinds
        )

    def href(self, url: str) -> str:
        """A URL of this site for a link, below the base path; other addresses are returned unchanged."""
        return href(url, self.prefix) if url.startswith("/") and not url.startswith("//") else url

    def written(self, address: str) -> str:
        """An address that a person wrote, with a query or a part behind it: as :meth:`href`, these unchanged."""
        at = min((place for sign in "?#" if (place := address.find(sign)) >= 0), default=len(address))
        return self.href(address[:at]) + address[at:]

    def absolute(self, link: str) -> str:
        """A link of this site as an absolute address; other addresses are returned unchanged."""
        return self._origin + link if link.startswith("/") and not link.startswith("//") else link


def text_direction(lang: str) -> str:
    """The direction in which a language is written: "rtl" or "ltr"."""
    primary, _, rest = lang.lower().partition("-")
    return "rtl" if primary in _RIGHT_TO_LEFT or "arab" in rest or "hebr" in rest else "ltr"
