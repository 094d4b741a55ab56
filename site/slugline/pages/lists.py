"""Which sections, authors, tags and series have a page."""

from __future__ import annotations

from slugline.catalog.queries import AskQuery, Items, Lists

__all__ = ["list_slugs"]


def list_slugs(kind: str, ask: AskQuery) -> list[str]:
    """The slugs of a kind's pages, in order; ``kind`` is one of :data:`slugline.urls.LIST_KINDS`.

    A section or an author that a file describes has a page before the first story; a tag or a series has not.
    """
    described = ask(Items(kind)) if kind in ("section", "author") else ()
    return sorted({*described, *ask(Lists(kind))})
