"""An author and a byline, as templates see them."""

from __future__ import annotations

from slugline.model import Credit
from slugline.pages.bodies import picture_view
from slugline.pages.pictures import ImageView
from slugline.pages.render_context import RenderContext
from slugline.pages.views.described import Described
from slugline.urls import list_url

__all__ = ["AuthorView", "BylineEntry", "author_view", "byline"]


class AuthorView(Described):
    """An author; without a file of their own a name and a page. ``url`` is empty while there is no page."""

    __slots__ = ("name", "slug", "url")

    def __init__(self, context: RenderContext, slug: str) -> None:
        self._context = context
        self.slug = slug
        self._entry = context.trace.entry("author", slug)
        self.name, public = self._entry.heading()
        self.url = context.site.href(list_url("author", slug)) if public else ""

    @property
    def role(self) -> str:
        """The author's position."""
        role: str = self._part("role")
        return role

    @property
    def excerpt(self) -> str:
        """The beginning of the bio, as text."""
        excerpt: str = self._part("excerpt")
        return excerpt

    @property
    def image(self) -> ImageView | None:
        """The author's picture."""
        return picture_view(self._context, self._part("image"), self._part("source"))

    @property
    def email(self) -> str:
        """An address to write to."""
        email: str = self._part("email")
        return email

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Elsewhere on the web: (label, address)."""
        links: tuple[tuple[str, str], ...] = self._part("links")
        return links



class BylineEntry:
    """One name of a byline; ``role`` is the one of this story where it names one, else the author's own."""

    __slots__ = ("_author", "_role", "name", "url")

    def __init__(self, author: AuthorView, role: str) -> None:
        self._author = author
        self.name = author.name
        self.url = author.url
        self._role = role

    @property
    def role(self) -> str:
        """A position, in this story or at all."""
        return self._role or self._author.role

    @property
    def image(self) -> ImageView | None:
        """The author's picture."""
        return self._author.image


def author_view(context: RenderContext, slug: str) -> AuthorView:
    """An author by slug."""
    view: AuthorView | None = context.views.get(("author", slug))
    if view is None:
        view = context.views["author", slug] = AuthorView(context, slug)
    return view


def byline(context: RenderContext, credited: tuple[Credit, ...]) -> tuple[BylineEntry, ...]:
    """The byline of a story's credits."""
    return tuple(BylineEntry(author_view(context, credit.author), credit.role) for credit in credited)
