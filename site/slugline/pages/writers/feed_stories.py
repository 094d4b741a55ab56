"""The content of feeds: a story with absolute addresses inside and out, the same for every format."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from html import escape
from mimetypes import MimeTypes
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from slugline.catalog.decoding import present
from slugline.catalog.queries import Listing, Media, StoryOf
from slugline.catalog.rows import Story
from slugline.model import Image, Teaser
from slugline.pages.bodies import body_html, line_html, picture_view
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.pages.views.author import author_view
from slugline.pages.views.entry import entry_view
from slugline.shortcodes.marks import uses
from slugline.urls import base_path, href, media_url

__all__ = [
    "Category",
    "FeedStory",
    "Person",
    "Picture",
    "Sound",
    "absolute_html",
    "feed_id",
    "feed_stories",
    "media_type",
    "public",
]

# The table that comes with Python, not this machine's: the same file must have the same type everywhere.
_TYPES = MimeTypes(filenames=())
_TYPES.add_type("image/avif", ".avif")
_TYPES.add_type("image/webp", ".webp")

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ADDRESS = re.compile(
    r'(\s(?:href|src|poster|data|background|longdesc|xlink:href|action|formaction|cite)=")([/#?][^"]*)'
)
_SET = re.compile(r'(\s(?:srcset|imagesrcset)=")([^"]*)')
_CANDIDATE = re.compile(r"(^|,\s*)/(?!/)")


class Person(NamedTuple):
    """Who wrote a story: name, absolute addresses of their page and their picture ("" for none)."""

    name: str
    url: str
    avatar: str


class Category(NamedTuple):
    """A section or tag that a story is filed under: slug, title, absolute address ("" for none)."""

    slug: str
    title: str
    url: str


class Picture(NamedTuple):
    """The lead picture of a story: absolute address, media type, ``size`` in bytes (0: not known), words, these as HTML."""

    url: str
    type: str
    size: int
    alt: str
    caption: str
    credit: str
    html: Markup


class Sound(NamedTuple):
    """A recording in a story: absolute address, media type, ``size`` in bytes and ``seconds`` (0: not known), title."""

    url: str
    type: str
    size: int
    seconds: int
    title: str


class FeedStory(NamedTuple):
    """A story in a feed.

    Attributes:
        id: never changes, whatever happens to slug and title.
        updated: the last real update; the date where there was none.
        html: the whole story, with absolute addresses; empty where feeds hold summaries.
        sound: the recording to listen to, if it has one.
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
    sound: Sound | None = None


def feed_stories(context: RenderContext, name: str) -> tuple[FeedStory, ...]:
    """The newest stories of a list ("" or "section:world")."""
    found = context.ask(Listing(name, limit=context.site.settings.feeds.length))
    return tuple(_story(context, teaser) for teaser in found if public(teaser))


def public(teaser: Teaser) -> bool:
    """Whether a story may be announced outside: a preview build renders drafts and embargoed stories, and announces none."""
    return not (teaser.draft or teaser.embargo)


def feed_id(site: Site, url: str) -> str:
    """The id of the feed at a URL: its address as it first was, where ids are made of one."""
    base = _id_base(site)
    parts = urlsplit(base)
    if parts.scheme in ("http", "https"):
        return f"{parts.scheme}://{parts.netloc}{href(url, base_path(base))}"
    return uuid5(NAMESPACE_URL, f"{base}{url}").urn


def _id_base(site: Site) -> str:
    """What ids are made of: never the address at which the site is now, which may be another tomorrow."""
    return site.settings.feeds.id_base.rstrip("/") or f"slugline:{site.name}"


def media_type(path: str) -> str:
    """The media type of a file by its name; empty where it is not known."""
    return _TYPES.guess_type(path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])[0] or ""


@lru_cache(maxsize=512)
def absolute_html(html: str, origin: str, url: str) -> str:
    """HTML that can be read elsewhere: addresses of this site are absolute, those within the story lead to its page."""

    def address(match: re.Match[str]) -> str:
        before, target = match.groups()
        if target[0] in "#?":
            return f"{before}{url}{target}"
        return match[0] if target.startswith("//") else f"{before}{origin}{target}"

    def candidates(match: re.Match[str]) -> str:
        return match[1] + _CANDIDATE.sub(lambda found: f"{found[1]}{origin}/", match[2])

    return _TAG.sub(lambda tag: _SET.sub(candidates, _ADDRESS.sub(address, tag[0])), html)


def _story(context: RenderContext, teaser: Teaser) -> FeedStory:
    site = context.site
    story = present(context.ask(StoryOf(teaser.key)), teaser.key)
    url = site.absolute(site.href(teaser.url))
    date = context.moment(teaser.date)
    picture = _picture(context, teaser)
    views = [entry_view(context, "section", teaser.section), *(entry_view(context, "tag", slug) for slug in teaser.tags)]
    return FeedStory(
        str(story.extra.get("guid") or uuid5(NAMESPACE_URL, f"{_id_base(site)}/{teaser.key}").urn),
        url,
        teaser.title,
        teaser.dek or teaser.summary,
        date,
        context.moment(teaser.updated) if teaser.updated else date,
        tuple(_person(context, credit.author) for credit in teaser.credits),
        tuple(Category(view.slug, view.title, site.absolute(view.url)) for view in views),
        picture,
        _html(context, teaser, story, picture, url) if site.settings.feeds.content == "full" else "",
        teaser.lang,
        _sound(context, story),
    )


def _sound(context: RenderContext, story: Story) -> Sound | None:
    """The first recording of a story: what a player of podcasts loads."""
    found = uses(story.html, "audio")
    if not found:
        return None
    values = found[0].values
    path = values["file"]
    if "://" in path:
        return Sound(path, media_type(path), 0, values["seconds"], values["title"])
    media = context.ask(Media(path))
    if media is None:
        return None  # which the story's own page reports
    url = context.site.absolute(context.site.href(media_url(path)))
    return Sound(url, media_type(path), media[1], values["seconds"], values["title"])


def _person(context: RenderContext, slug: str) -> Person:
    author = author_view(context, slug)
    avatar = context.site.absolute(author.image.src) if author.image else ""
    return Person(author.name, context.site.absolute(author.url) if author.url else "", avatar)


def _picture(context: RenderContext, teaser: Teaser) -> Picture | None:
    image: Image | None = teaser.image
    view = picture_view(context, image, teaser.key)
    if image is None or view is None:
        return None
    # The catalog knows the size of the original only; a picture that is published in other sizes has others.
    as_it_is = view.src == context.site.href(media_url(image.src))
    found = context.ask(Media(image.src)) if as_it_is else None
    size = found[1] if found else 0
    words = Markup(" ").join(part for part in (view.caption_html, view.credit_html) if part)
    address = context.site.absolute(view.src)
    return Picture(address, media_type(view.src), size, image.alt, image.caption, image.credit, words)


def _html(context: RenderContext, teaser: Teaser, story: Story, picture: Picture | None, url: str) -> str:
    origin = context.site.absolute("/").rstrip("/")
    parts = [absolute_html(str(body_html(context, story.html, teaser.key, lang=teaser.lang, form="feed")), origin, url)]
    if picture:
        words = absolute_html(str(picture.html), origin, url)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        parts.insert(0, f'<figure><img src="{escape(picture.url)}" alt="{escape(picture.alt)}">{caption}</figure>')
    for correction in story.corrections:
        words = absolute_html(str(line_html(context, correction.text, correction.html, teaser.key)), origin, url)
        parts.append(f"<p><em>{words}</em></p>")
    return "\n".join(parts)
