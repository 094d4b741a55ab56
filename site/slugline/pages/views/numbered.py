"""A page of a list that is numbered, as templates see it."""

from __future__ import annotations

from typing import NamedTuple

from slugline.pages.render_context import RenderContext
from slugline.urls import list_url, numbered_url

__all__ = ["NumberedView", "numbered_view"]


class NumberedView(NamedTuple):
    """One page of a list; the newest has the number 0."""

    url: str
    number: int


def numbered_view(context: RenderContext, kind: str, slug: str, number: int) -> NumberedView:
    """A page of the list of an author or a tag."""
    url = numbered_url(kind, slug, number) if number else list_url(kind, slug)
    return NumberedView(context.site.href(url), number)
