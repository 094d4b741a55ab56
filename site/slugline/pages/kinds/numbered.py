"""The older stories of an author or a tag: numbered pages below the newest one, made by its template.

Months would be many with one or two stories each. A numbered page shows no total and is final once the one after it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from slugline.catalog.queries import HasNumbered, Listing, NumberedPages
from slugline.pages.kinds.kind import Ask, Expansion, Grant, Owner, PageKind, Template, Variables
from slugline.pages.kinds.listing import author_page, collection, profile, tag_page
from slugline.pages.page import Page, Route
from slugline.pages.render_context import RenderContext
from slugline.pages.views.card import cards
from slugline.pages.views.numbered import numbered_view
from slugline.settings.schema import Settings
from slugline.urls import numbered_url

__all__ = ["NUMBERED"]

Heading = Callable[[str, Route, RenderContext], Variables]


class _Numbered(NamedTuple):
    slug: str
    number: int

    @classmethod
    def of(cls, page: Page) -> _Numbered:
        slug, number = page.key.rsplit(" ", 1)
        return cls(slug, int(number))


def _of_list(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    return Expansion(grants=(f"numbered {owner.kind}:{owner.key}",) if settings.archives.months else ())


def _pages(name: str, ask: Ask, settings: Settings) -> Expansion:
    kind, _, slug = name.partition(":")
    return Expansion(
        tuple(
            Route.at(Page(f"{kind}page", f"{slug} {number}"), numbered_url(kind, slug, number))
            for number in range(1, ask(NumberedPages(name, settings.archives.length)) + 1)
        )
    )


def _variables(kind: str, heading: Heading, route: Route, context: RenderContext) -> Variables:
    slug, number = _Numbered.of(route.page)
    name, length = f"{kind}:{slug}", context.site.settings.archives.length
    variables = heading(slug, route, context)
    stories = context.ask(Listing(name, oldest=True, limit=length, offset=(number - 1) * length))
    above = number + 1 if context.ask(HasNumbered(name, number + 1, length)) else 0
    return {
        **variables,
        "page": variables["page"]._replace(kind=kind, number=number),
        "stories": cards(context, stories[::-1]),
        "months": (),
        "numbered": number,
        "older": numbered_view(context, kind, slug, number - 1) if number > 1 else None,
        "newer": numbered_view(context, kind, slug, above),
    }


def _kind(kind: str, heading: Heading, node: Callable[..., dict[str, object]], grant: Grant) -> PageKind:
    template = Template(f"{kind}.html", partial(_variables, kind, heading), node)
    return PageKind(f"{kind}page", template, {kind: _of_list}, (grant,))


_GRANT = Grant("numbered", _pages)

NUMBERED = (_kind("author", author_page, profile, _GRANT), _kind("tag", tag_page, collection, _GRANT))
