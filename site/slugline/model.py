"""The nouns of a publication, as frozen values.

Moments are ISO 8601 texts with an offset (``2026-01-24T09:00:00+00:00``): they go through the catalog and a digest as
they are, and become :class:`datetime.datetime` only where a page formats them. Sort keys are in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = [
    "Article",
    "Author",
    "Correction",
    "Credit",
    "Image",
    "ListEntry",
    "PlainPage",
    "Teaser",
    "Visibility",
]


class Visibility(NamedTuple):
    """Who may see a source, and when; read the same way for every kind of source (:mod:`slugline.visibility`).

    Attributes:
        draft: it is in no output, unless drafts are asked for.
        expires: when it leaves every output, in UTC as articles sort (``20260124090000``); empty: never.
        unlisted: its page exists; no list, menu, feed, sitemap or search index names it.
        noindex: search engines are asked to leave its page out, and no sitemap names it.
        public: an author has a page before the first public story.
        aliases: old addresses that lead to its page.
        broken: a draft that cannot be rendered as it is: not even a build with drafts has a page of it.
    """

    draft: bool = False
    expires: str = ""
    unlisted: bool = False
    noindex: bool = False
    public: bool = False
    aliases: tuple[str, ...] = ()
    broken: bool = False


class Credit(NamedTuple):
    """One name of a byline.

    Attributes:
        author: the author's slug.
        role: what the author did or was for this story ("Photographs"); empty: the role of the author's own page.
        name: the name as the story gives it, where it names no author's file; empty otherwise.
    """

    author: str
    role: str = ""
    name: str = ""


class Image(NamedTuple):
    """A picture that leads a story or a page; ``src`` is a path below the content folder, or an absolute URL.

    ``focus`` is the point that must stay in sight when the picture is cut, from the left and from the top: ``30% 45%``.
    ``caption_html`` and ``credit_html`` are empty where they would be the same words.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focus: str = ""
    caption_html: str = ""
    credit_html: str = ""


class Correction(NamedTuple):
    """A correction, dated, in the editor's words; ``html`` is empty where it would be the same words."""

    date: str
    text: str
    html: str = ""


class Teaser(NamedTuple):
    """The part of an article that listings render: the narrow row. Fields of tuples are slugs in the editor's order."""

    key: str
    url: str
    title: str
    dek: str
    kicker: str
    summary: str
    section: str
    date: str
    updated: str
    credits: tuple[Credit, ...]
    tags: tuple[str, ...]
    series: str
    image: Image | None
    minutes: int
    lang: str
    type: str
    draft: bool
    unlisted: bool
    noindex: bool
    dek_html: str
    embargo: bool


class Article(NamedTuple):
    """An article as its front matter gives it, validated; what the body gives is beside it, not in it.

    Attributes:
        source: path below the content folder; the article's identity.
        date, updated: see the module; ``updated`` is empty where the story never was.
        sort: the date in UTC, to order by; ties are broken by ``source``.
        month: ``2026-01``, in the publication's time zone.
        tags: (slug, label) in the editor's order.
        translation_of: the source of the story that this one says in another language.
        type: one of the kinds of story (news, analysis, opinion, review, reportage…).
        layout: the theme's template that renders it, in ``layouts/``; empty: the one of all stories.
        extra: unknown front matter, passed on to the theme.
    """

    source: str
    slug: str
    url: str
    title: str
    date: str
    sort: str
    month: str
    section: str
    credits: tuple[Credit, ...] = ()
    dek: str = ""
    dek_html: str = ""
    summary: str = ""
    kicker: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    series: tuple[str, str] = ("", "")
    updated: str = ""
    visibility: Visibility = Visibility()
    image: Image | None = None
    corrections: tuple[Correction, ...] = ()
    canonical: str = ""
    translation_of: str = ""
    comments: bool = True
    lang: str = ""
    type: str = "news"
    layout: str = ""
    extra: Mapping[str, Any] = {}


class Author(NamedTuple):
    """A person who writes; ``html`` is the bio. ``links`` are (label, URL)."""

    slug: str
    name: str
    role: str = ""
    html: str = ""
    excerpt: str = ""
    image: Image | None = None
    email: str = ""
    links: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, Any] = {}
    visibility: Visibility = Visibility()


class ListEntry(NamedTuple):
    """A section, tag or series: something that stories are listed under. ``html`` is its description."""

    slug: str
    title: str
    html: str = ""
    description: str = ""
    order: int = 0
    image: Image | None = None
    extra: Mapping[str, Any] = {}
    visibility: Visibility = Visibility()


class PlainPage(NamedTuple):
    """A page beside the news: Terms of Service, About. ``menu`` says where themes link it ("legal", "about", "")."""

    slug: str
    url: str
    title: str
    html: str = ""
    description: str = ""
    menu: str = ""
    order: int = 0
    lang: str = ""
    updated: str = ""
    extra: Mapping[str, Any] = {}
    visibility: Visibility = Visibility()
    layout: str = ""
