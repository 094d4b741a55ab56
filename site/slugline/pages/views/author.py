"""An author and a byline, as templates see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from slugline.catalog.queries import Entry, Named
from slugline.model import Author, Credit, Visibility
from slugline.pages.bodies import body_html, picture_view
from slugline.pages.pictures import ImageView
from slugline.pages.render_context import RenderContext
from slugline.urls import list_url

__all__ = ["AuthorView", "BylineEntry", "author_view", "byline"]


class AuthorView:
    """An author; without a file of their own a name and a page. ``url`` is empty while there is no page."""

    __slots__ = ("_context", "_source", "_value", "name", "slug", "url")

    def __init__(self, context: RenderContext, slug: str, named: Named) -> None:
        self._context = context
        self._source = named.source
        self._value: Author = named.value or Author(slug, named.title)
        self.slug = slug
        self.name = named.title
        self.url = context.site.href(list_url("author", slug)) if named.public else ""

    @property
    def role(self) -> str:
        """The author's position."""
        return self._value.role

    @property
    def html(self) -> Markup:
        """The bio."""
        return body_html(self._context, self._value.html, self._source)

    @property
    def excerpt(self) -> str:
        """The beginning of the bio, as text."""
        return self._value.excerpt

    @property
    def image(self) -> ImageView | None:
        """The author's picture."""
        return picture_view(self._context, self._value.image, self._source)

    @property
    def email(self) -> str:
        """An address to write to."""
        return self._value.email

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Elsewhere on the web: (label, address)."""
        return self._value.links

    @property
    def extra(self) -> Mapping[str, Any]:
        """Front matter that Slugline does not know."""
        return self._value.extra

    @property
    def visibility(self) -> Visibility:
        """Who may see the author's page."""
        return self._value.visibility


class BylineEntry:
    """One name of a byline; ``role`` is the one of this story where it names one, else the author's own."""

    __slots__ = ("_author", "name", "role", "url")

    def __init__(self, author: AuthorView, role: str) -> None:
        self._author = author
        self.name = author.name
        self.url = author.url
        self.role = role or author.role

    @property
    def image(self) -> ImageView | None:
        """The author's picture."""
        return self._author.image


def author_view(context: RenderContext, slug: str) -> AuthorView:
    """An author by slug."""
    view: AuthorView | None = context.views.get(("author", slug))
    if view is None:
        view = context.views["author", slug] = AuthorView(context, slug, context.ask(Entry("author", slug)))
    return view


def byline(context: RenderContext, credited: tuple[Credit, ...]) -> tuple[BylineEntry, ...]:
    """The byline of a story's credits."""
    return tuple(BylineEntry(author_view(context, credit.author), credit.role) for credit in credited)
