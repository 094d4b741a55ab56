"""Where imported things can stand, and where not."""

from __future__ import annotations

import os
import re
from datetime import datetime

from slugline.aliases import as_written, read_alias
from slugline.importing.markdown.model import names
from slugline.importing.model import Imported
from slugline.urls import alias_url, article_url, slugify

__all__ = ["RESERVED", "Places", "fits", "free_section", "is_hidden", "old_address", "page_folder", "short"]

RESERVED = names("archive author feed media search sections series sitemap sitemaps tag tags assets card feed.xml 404 robots")
"""First parts of addresses that pages of the site have, or may come to have; a section or page cannot be called so."""

_MAX_SLUG = 80
_MAX_BYTES = 200
_DRAFTS = "pages/.drafts"
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-(?=.)")
_ARCHIVE = re.compile(r"/\d{4}/(?:\d{2}/)?")


class Places:
    """What stands where in a publication.

    Attributes:
        sections: slugs of the sections that there are; an import adds to them.
    """

    def __init__(self, content: str, pattern: str, sections: frozenset[str]) -> None:
        self._content, self._pattern = content, pattern
        self.sections = sections

    def url_of(self, output: str, date: datetime) -> str:
        """The address of a story whose file is at ``output``, a path below the content folder."""
        parts = output.split("/")
        slug = slugify(_DATED.sub("", parts[-1].removesuffix(".md")))
        return article_url(self._pattern, section=slugify(parts[1]), slug=slug, date=date)

    def taken(self, path: str) -> str:
        """What stands at an old address ("a section"), so that it cannot lead to a story; empty if nothing does."""
        url = alias_url(read_alias(path).address)
        first, _, rest = url.strip("/").partition("/")
        if first in RESERVED or url == "/":
            return "a page that the site makes itself"
        if first in self.sections and not rest:
            return "a section"
        if _ARCHIVE.fullmatch(url):
            return "an archive"
        if os.path.exists(os.path.join(self._content, "pages", *url.strip("/").split("/")) + ".md"):
            return "a page"
        return ""


def short(slug: str) -> str:
    """A slug that can be a file's name everywhere: cut between words."""
    if fits(slug) and len(slug) <= _MAX_SLUG:
        return slug
    words = slug[:_MAX_SLUG].encode()[:_MAX_BYTES].decode("utf-8", "ignore").split("-")
    return "-".join(words[:-1] if len(words) > 1 else words)


def fits(path: str) -> bool:
    """Whether every part of a path can be a file's name."""
    return all(len(part.encode()) <= _MAX_BYTES for part in path.split("/"))


def old_address(path: str) -> str:
    """The path of an old address as an alias is written: readable, and one that a build takes; else empty."""
    address = read_alias(path.partition("#")[0]).address
    return as_written(address) if address and fits(address) and "?" not in address else ""


def page_folder(item: Imported) -> str:
    """Where a page goes. A plain page has no `draft` of its own, so an unpublished one lies where no build looks."""
    return _DRAFTS if item.meta.get("draft") else "pages"


def is_hidden(output: str) -> bool:
    """Whether an output lies where no build looks."""
    return output.startswith(f"{_DRAFTS}/")


def free_section(slug: str) -> str:
    """A section's slug, another one if an address of the site would be the same."""
    return f"{slug}-news" if slug in RESERVED else short(slug)
