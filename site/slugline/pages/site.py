"""What every template knows of the publication: `site`, made once a build from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from slugline.config import Settings
from slugline.urls import base_path, href, media_url

__all__ = ["RENDER_SECTIONS", "Feed", "Site", "text_direction"]

RENDER_SECTIONS = ("publication", "urls", "theme", "comments", "share", "archives")
"""The sections of the settings that pages may show; a change of another renders nothing again."""

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))


class Feed(NamedTuple):
    """A feed to announce: its title, where it stands, its media type."""

    title: str
    href: str
    mime: str


class Site:
    """The publication as templates see it."""

    def __init__(self, settings: Settings, options: Mapping[str, Any], feeds: tuple[Feed, ...] = ()) -> None:
        publication = settings.publication
        self.settings = settings
        self.options = options
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
        self.feeds = feeds

    def href(self, url: str) -> str:
        """A URL of this site as it stands in a link; other addresses stay as they are."""
        return href(url, self.prefix) if url.startswith("/") and not url.startswith("//") else url

    def absolute(self, link: str) -> str:
        """A link of this site as an absolute address; other addresses stay as they are."""
        return self._origin + link if link.startswith("/") and not link.startswith("//") else link


def text_direction(lang: str) -> str:
    """The direction in which a language is written: "rtl" or "ltr"."""
    primary, _, rest = lang.lower().partition("-")
    return "rtl" if primary in _RIGHT_TO_LEFT or "arab" in rest or "hebr" in rest else "ltr"
