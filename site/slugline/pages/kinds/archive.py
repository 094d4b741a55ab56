"""The archive: a page that lists all months, and pages of each month's stories, for the publication and for its sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from slugline.catalog.queries import AdjacentMonths, BucketPages, Buckets, Listing
from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Grant, Owner, PageKind, Template, Variables
from slugline.pages.page import Page, Route
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.nodes import Node, collection_node
from slugline.pages.views.card import cards
from slugline.pages.views.entry import EntryView, entry_view
from slugline.pages.views.month import month_view, month_views
from slugline.pages.views.page import PageView, page_view
from slugline.settings.schema import Settings
from slugline.theme.filters import format_date
from slugline.urls import archive_url

__all__ = ["ARCHIVES", "BUCKET"]


class _Bucket(NamedTuple):
    """One page of a month; ``owner`` is the list, ``section:world``, or empty for the publication."""

    owner: str
    month: str
    number: int

    @property
    def page(self) -> Page:
        return Page("bucket", f"{self.owner or 'all'} {self.month} {self.number}")

    @classmethod
    def of(cls, page: Page) -> _Bucket:
        owner, month, number = page.key.rsplit(" ", 2)
        return cls("" if owner == "all" else owner, month, int(number))


def _of_publication(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=("archive ",) if settings.archives.months else ())


def _of_list(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=(f"archive {owner.kind}:{owner.key}",) if settings.archives.months else ())


def _months(name: str, ask: Ask, settings: Settings) -> Expansion:
    length = settings.archives.length
    found = ask(Buckets(name, length, length if name else 0))
    return Expansion(
        tuple(
            Route.at(_Bucket(name, month, number).page, archive_url(name, month, number))
            for month, pages in found
            for number in range(1, pages + 1)
        )
    )


def _bucket(route: Route, context: RenderContext) -> Variables:
    name, month, number = _Bucket.of(route.page)
    length = context.site.settings.archives.length
    owner = _owner(name, context)
    stories = context.ask(Listing(name, month=month, oldest=True, limit=length, offset=(number - 1) * length))
    older, newer = context.ask(AdjacentMonths(name, month))
    pages = context.ask(BucketPages(name, month, length))
    title = format_date(context.first_moment(month), "month", context.site.lang)
    if owner is not None:
        title = f"{owner.title}: {title}"
    href = context.site.href
    numbers = ((other, href(archive_url(name, month, other))) for other in range(1, pages + 1))
    return {
        "page": page_view(route, context, title, number=number, visibility=owner.visibility if owner else None),
        "owner": owner,
        "month": month_view(context, name, month),
        "stories": cards(context, stories),
        "newer": month_view(context, name, newer) if newer else None,
        "older": month_view(context, name, older) if older else None,
        "numbers": tuple(numbers) if pages > 1 else (),
    }


def _owner(name: str, context: RenderContext) -> EntryView | None:
    kind, _, slug = name.partition(":")
    return entry_view(context, kind, slug) if name else None


def _node(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:
    return collection_node(context, page, variables["stories"])


def _trail(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    trail = [(context.site.name, context.site.url)]
    owner = variables["owner"]
    if owner is not None:
        trail.append((owner.title, owner.url))
    return [*trail, (variables["month"].month, page.url)]


def _overview(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion((Route.at(Page("archives"), "/archive/"),) if settings.archives.months else ())


def _all_months(route: Route, context: RenderContext) -> Variables:
    return {"page": page_view(route, context, "Archive"), "months": month_views(context, "")}


ARCHIVES = PageKind("archives", Template("archives.html", _all_months), {PUBLICATION: _overview})
BUCKET = PageKind(
    "bucket",
    Template("archive.html", _bucket, _node, _trail),
    {PUBLICATION: _of_publication, "section": _of_list},
    (Grant("archive", _months),),
)
