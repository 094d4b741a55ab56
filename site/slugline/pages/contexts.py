"""What each kind of page shows: the context of its template, taken through the page's scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from slugline.catalog.decoding import present
from slugline.catalog.queries import AdjacentMonths, ArticleOf, BucketMonths, BucketPages, Fact, Item, Listing, Months
from slugline.model import PlainPage
from slugline.pages.machine.structured import StructuredData
from slugline.pages.page import Route
from slugline.pages.scope import Scope
from slugline.pages.site import Feed, text_direction
from slugline.pages.views import ArticleView, Card, EntryView, MonthView, list_bucket_url
from slugline.theme.filters import format_date
from slugline.urls import segment_url, years

__all__ = ["Front", "PageView", "context", "template_of"]

_TEMPLATES = {
    "404": "404.html",
    "archives": "archives.html",
    "article": "article.html",
    "author": "author.html",
    "bucket": "archive.html",
    "front": "front.html",
    "page": "page.html",
    "search": "search.html",
    "section": "section.html",
    "series": "series.html",
    "tag": "tag.html",
}


class PageView(NamedTuple):
    """The page itself, as templates see it."""

    kind: str
    title: str
    description: str
    url: str
    canonical: str
    lang: str
    dir: str
    number: int = 1
    draft: bool = False
    embargo: Any = None
    feeds: tuple[Feed, ...] = ()
    structured_data: StructuredData | str = ""


class Front(NamedTuple):
    """The front's stories, none of them twice.

    Attributes:
        lead: the newest.
        secondaries, latest: those after it.
        bands: (section, its newest stories that are not above), for sections that have any left.
    """

    lead: Card | None
    secondaries: tuple[Card, ...]
    latest: tuple[Card, ...]
    bands: tuple[tuple[EntryView, tuple[Card, ...]], ...]


_SECONDARIES = 4

Context = dict[str, Any]


def template_of(kind: str) -> str:
    """The template that renders a kind of page; empty for those that are copied."""
    return _TEMPLATES.get(kind, "")


def context(route: Route, scope: Scope) -> Context:
    """The names that a page's template finds, besides those that every template has."""
    shown = _CONTEXTS[route.page.kind](route, scope)
    page = shown["page"]
    return {**shown, "page": page._replace(structured_data=StructuredData(scope, page, shown))}


def _page(route: Route, scope: Scope, title: str, description: str = "", **more: Any) -> PageView:
    url = scope.site.href(route.url)
    more.setdefault("canonical", scope.site.absolute(url))
    lang = more.pop("lang", "") or scope.site.lang
    more.setdefault("feeds", scope.site.feeds)
    return PageView(
        route.page.kind, title, description, url, lang=lang, dir=text_direction(lang), number=route.page.number, **more
    )


def _front(route: Route, scope: Scope) -> Context:
    archives = scope.site.settings.archives
    newest = scope.ask(Listing(limit=archives.front))
    seen = {teaser.key for teaser in newest}
    bands = []
    for section in scope.entries("section", described=True) if archives.band else ():
        found = scope.ask(Listing(f"section:{section.slug}", limit=archives.band + len(newest)))
        kept = tuple(teaser for teaser in found if teaser.key not in seen)[: archives.band]
        if kept:
            bands.append((section, scope.cards(kept)))
    cards = scope.cards(newest)
    front = Front(
        cards[0] if cards else None, cards[1 : 1 + _SECONDARIES], cards[1 + _SECONDARIES :], tuple(bands)
    )
    return {"page": _page(route, scope, scope.site.name, scope.site.description), "front": front}


def _article(route: Route, scope: Scope) -> Context:
    teaser, story = present(scope.ask(ArticleOf(route.page.key)), route.page.key)
    article = ArticleView(scope, teaser, story)
    page = _page(
        route,
        scope,
        teaser.title,
        teaser.dek or teaser.summary,
        canonical=article.canonical,
        lang=teaser.lang,
        draft=teaser.draft,
        embargo=article.embargo,
    )
    return {"page": page, "article": article}


def _listing(kind: str) -> Callable[[Route, Scope], Context]:
    def make(route: Route, scope: Scope) -> Context:
        slug, name = route.page.key, f"{kind}:{route.page.key}"
        length = scope.site.settings.archives.length
        if kind == "author":
            author = scope.author(slug)
            feeds = scope.site.feeds_of(name, author.name, route.url)
            shown: Context = {"author": author, "page": _page(route, scope, author.name, author.excerpt, feeds=feeds)}
        else:
            entry = scope.entry(kind, slug)
            feeds = scope.site.feeds_of(name, entry.title, route.url)
            shown = {kind: entry, "page": _page(route, scope, entry.title, entry.description, feeds=feeds)}
        oldest = kind == "series"
        shown["stories"] = scope.cards(scope.ask(Listing(name, oldest=oldest, limit=0 if oldest else length)))
        shown["months"] = () if oldest else _archive_months(scope, name)
        return shown

    return make


def _archive_months(scope: Scope, name: str) -> tuple[MonthView, ...]:
    archives = scope.site.settings.archives
    if not archives.months:
        return ()
    return tuple(scope.month(name, month) for month in scope.ask(BucketMonths(name, archives.length)))


def _bucket(route: Route, scope: Scope) -> Context:
    _, name, month, number = route.page
    length = scope.site.settings.archives.length
    kind, _, slug = name.partition(":")
    owner: Any = None
    if name:
        owner = scope.author(slug) if kind == "author" else scope.entry(kind, slug)
    stories = scope.ask(Listing(name, month=month, oldest=True, limit=length, offset=(number - 1) * length))
    older, newer = scope.ask(AdjacentMonths(name, month))
    pages = scope.ask(BucketPages(name, month, length))
    title = format_date(scope.first_moment(month), "month", scope.site.lang)
    if owner is not None:
        title = f"{owner.name if kind == 'author' else owner.title}: {title}"
    return {
        "page": _page(route, scope, title),
        "owner": owner,
        "month": scope.month(name, month),
        "stories": scope.cards(stories),
        "newer": scope.month(name, newer) if newer else None,
        "older": scope.month(name, older) if older else None,
        "numbers": tuple(
            (other, scope.site.href(list_bucket_url(name, month, other))) for other in range(1, pages + 1)
        )
        if pages > 1
        else (),
    }


def _plain(route: Route, scope: Scope) -> Context:
    page: PlainPage = present(scope.ask(Item("page", route.page.key)), route.page.key)
    view = _page(route, scope, page.title, page.description, lang=page.lang)
    return {"page": view, "body": scope.plain_page(route.page.key)}


def _archives(route: Route, scope: Scope) -> Context:
    return {"page": _page(route, scope, "Archive"), "months": scope.months("")}


def _bare(title: str) -> Callable[[Route, Scope], Context]:
    return lambda route, scope: {"page": _page(route, scope, title)}


def _search(route: Route, scope: Scope) -> Context:
    indexed = scope.site.search and scope.ask(Fact("search"))
    found = years(scope.ask(Months())) if indexed else ()
    return {"page": _page(route, scope, "Search"), "segments": tuple(scope.site.href(segment_url(year)) for year in found)}


_CONTEXTS: Mapping[str, Callable[[Route, Scope], Context]] = {
    "404": _bare("Page not found"),
    "archives": _archives,
    "article": _article,
    "author": _listing("author"),
    "bucket": _bucket,
    "front": _front,
    "page": _plain,
    "search": _search,
    "section": _listing("section"),
    "series": _listing("series"),
    "tag": _listing("tag"),
}
