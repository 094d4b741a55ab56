"""`site` in templates: the publication, made once a build from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from slugline.settings.schema import Settings
from slugline.urls import base_path, feed_url, href, media_url

__all__ = ["FEED_KINDS", "RENDER_SECTIONS", "Feed", "FeedKind", "Site", "text_direction"]

MACHINE_SECTIONS = (
    "search",
    "feeds",
    "sitemaps",
    "robots",
    "metadata",
    "publisher",
    "redirects",
    "well_known",
)

RENDER_SECTIONS = ("publication", "urls", "theme", "comments", "share", "archives", *MACHINE_SECTIONS)
"""The sections of the settings that pages may show; a change of another renders nothing again."""

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))


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


class Site:
    """The publication as templates see it.

    Args:
        settings: of the publication.
        options: of the theme.
        staging: whether this build shows others what is not public.
    """

    def __init__(self, settings: Settings, options: Mapping[str, Any], *, staging: bool = False) -> None:
        publication = settings.publication
        self.settings = settings
        self.options = options
        self.staging = staging
        self.zone = ZoneInfo(publication.timezone)
        self.name = publication.name
        self.tagline = publication.tagline
        self.description = publication.description or publication.tagline
        self.lang = publication.language
        self.dir = text_direction(publication.language)
        self.base_url = publication.base_url
        self.prefix = base_path(publication.base_url)
        parts = urlsplit(publication.base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self.url = self.href("/")
        self.copyright = publication.copyright
        self.logo = self.href(media_url(publication.logo)) if publication.logo else ""
        self.share = settings.share.services
        self.comments_endpoint = settings.comments.endpoint if settings.comments.enabled else ""
        self.search = settings.search.enabled
        self.searchable = settings.search.enabled and settings.search.index
        self.manifest = self.href("/manifest.webmanifest") if settings.metadata.manifest else ""
        self.twitter = settings.metadata.twitter
        self.feeds = self.feeds_of("", self.name, "/")

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
