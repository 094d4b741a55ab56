"""What feeds tell of a story: the same for every format, with absolute addresses inside and out."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from html import escape
from mimetypes import MimeTypes
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from slugline.catalog.decoding import present
from slugline.catalog.queries import Listing, Media, StoryOf
from slugline.catalog.rows import Story
from slugline.model import Image, Teaser
from slugline.pages.scope import Scope
from slugline.pages.views import ImageView
from slugline.urls import media_url

__all__ = ["Category", "Entry", "Person", "Picture", "absolute_html", "entries", "media_type", "public"]

# The table that comes with Python, not this machine's: the same file must have the same type everywhere.
_TYPES = MimeTypes(filenames=())
_TYPES.add_type("image/avif", ".avif")
_TYPES.add_type("image/webp", ".webp")

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ADDRESS = re.compile(r'(\s(?:href|src|poster|cite)=")([/#][^"]*)')
_SET = re.compile(r'(\ssrcset=")([^"]*)')
_CANDIDATE = re.compile(r"(^|,\s*)/(?!/)")


class Person(NamedTuple):
    """Who wrote a story: name, absolute addresses of their page and their picture ("" for none)."""

    name: str
    url: str
    avatar: str


class Category(NamedTuple):
    """A section or tag that a story is filed under: slug, title, absolute address."""

    slug: str
    title: str
    url: str


class Picture(NamedTuple):
    """The lead picture of a story: absolute address, media type, ``size`` in bytes (0: not known), words."""

    url: str
    type: str
    size: int
    alt: str
    caption: str
    credit: str


class Entry(NamedTuple):
    """A story as feeds tell it.

    Attributes:
        id: never changes, whatever becomes of slug and title.
        updated: the last real update; the date where there was none.
        html: the whole story, with absolute addresses; empty where feeds hold summaries.
    """

    id: str
    url: str
    title: str
    summary: str
    date: datetime
    updated: datetime
    authors: tuple[Person, ...]
    categories: tuple[Category, ...]
    picture: Picture | None
    html: str
    lang: str


def entries(scope: Scope, name: str) -> tuple[Entry, ...]:
    """The newest stories of a list, as feeds tell them."""
    found = scope.ask(Listing(name, limit=scope.site.settings.feeds.length))
    return tuple(_entry(scope, teaser) for teaser in found if public(teaser))


def public(teaser: Teaser) -> bool:
    """Whether a story may be told of outside: a preview build shows drafts and embargoed stories, and tells of none."""
    return not (teaser.draft or teaser.embargo)


def media_type(path: str) -> str:
    """The media type that the name of a file stands for; empty where it stands for none."""
    return _TYPES.guess_type(path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])[0] or ""


@lru_cache(maxsize=512)
def absolute_html(html: str, origin: str, url: str) -> str:
    """HTML that can be read elsewhere: addresses of this site are absolute, those within the story lead to its page."""

    def address(match: re.Match[str]) -> str:
        before, target = match.groups()
        if target.startswith("#"):
            return f"{before}{url}{target}"
        return match[0] if target.startswith("//") else f"{before}{origin}{target}"

    def candidates(match: re.Match[str]) -> str:
        return match[1] + _CANDIDATE.sub(lambda found: f"{found[1]}{origin}/", match[2])

    return _TAG.sub(lambda tag: _SET.sub(candidates, _ADDRESS.sub(address, tag[0])), html)


def _entry(scope: Scope, teaser: Teaser) -> Entry:
    site = scope.site
    story = present(scope.ask(StoryOf(teaser.key)), teaser.key)
    url = site.absolute(site.href(teaser.url))
    date = scope.moment(teaser.date)
    picture = _picture(scope, teaser)
    views = [scope.entry("section", teaser.section), *(scope.entry("tag", slug) for slug in teaser.tags)]
    return Entry(
        str(story.extra.get("guid") or uuid5(NAMESPACE_URL, f"{site.base_url.rstrip('/')}/{teaser.key}").urn),
        url,
        teaser.title,
        teaser.dek or teaser.summary,
        date,
        scope.moment(teaser.updated) if teaser.updated else date,
        tuple(_person(scope, credit.author) for credit in teaser.credits),
        tuple(Category(view.slug, view.title, site.absolute(view.url)) for view in views),
        picture,
        _html(scope, teaser, story, picture, url) if site.settings.feeds.content == "full" else "",
        teaser.lang,
    )


def _person(scope: Scope, slug: str) -> Person:
    author = scope.author(slug)
    avatar = scope.site.absolute(author.image.src) if author.image else ""
    return Person(author.name, scope.site.absolute(author.url), avatar)


def _picture(scope: Scope, teaser: Teaser) -> Picture | None:
    image: Image | None = teaser.image
    view: ImageView | None = scope.image(image, teaser.key)
    if image is None or view is None:
        return None
    # The size is that of the file as it was handed in; a picture that is published in other sizes has others.
    as_it_is = view.src == scope.site.href(media_url(image.src))
    found = scope.ask(Media(image.src)) if as_it_is else None
    size = found[1] if found else 0
    return Picture(scope.site.absolute(view.src), media_type(view.src), size, image.alt, image.caption, image.credit)


def _html(scope: Scope, teaser: Teaser, story: Story, picture: Picture | None, url: str) -> str:
    origin = scope.site.absolute("/").rstrip("/")
    parts = [absolute_html(str(scope.html(story.html, teaser.key)), origin, url)]
    if picture:
        words = " ".join(escape(part) for part in (picture.caption, picture.credit) if part)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        parts.insert(0, f'<figure><img src="{escape(picture.url)}" alt="{escape(picture.alt)}">{caption}</figure>')
    parts += [f"<p><em>{escape(correction.text)}</em></p>" for correction in story.corrections]
    return "\n".join(parts)
