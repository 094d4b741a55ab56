"""The graph of a page, as the script element that search engines read.

A graph is made when a template asks for it, so that a theme without it depends on nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.pages.structured_data.nodes import Node, breadcrumbs_node
from slugline.pages.structured_data.organization import publisher_node, site_node
from slugline.pages.views.page import PageView

__all__ = ["NodeOf", "StructuredData", "TrailOf", "trail_from_front"]

NodeOf = Callable[[RenderContext, PageView, Mapping[str, Any]], Node]
"""What a page is, given its view and the names that its template finds."""

TrailOf = Callable[[RenderContext, PageView, Mapping[str, Any]], list[tuple[str, str]]]
"""The way from the front to a page, names and addresses, given the same; the page itself is the last."""


class StructuredData(NamedTuple):
    """The structured data of a page, as one script element; empty where the settings or the kind of page want none.

    Attributes:
        context: the page's.
        page: the page's view.
        variables: the names that its template finds.
        node, trail: see :data:`NodeOf` and :data:`TrailOf`; a page without a node has no structured data.
    """

    context: RenderContext
    page: PageView
    variables: Mapping[str, Any]
    node: NodeOf | None
    trail: TrailOf

    def __html__(self) -> str:
        """The element."""
        if not self.context.site.settings.metadata.structured_data or self.node is None:
            return ""
        common, facts = _common(self.context.site.plain)
        self.context.trace.note(facts)
        nodes = ",".join([common, *map(_text, self._own(self.node))])
        return f'<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{nodes}]}}</script>'

    def __str__(self) -> str:
        return self.__html__()

    def _own(self, node: NodeOf) -> list[Node]:
        context, page, variables, _, trail_of = self
        nodes = [node(context, page, variables)]
        trail = trail_of(context, page, variables)
        if len(trail) > 1:
            nodes.append(breadcrumbs_node(context, trail))
        return nodes


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _text(node: Node) -> str:
    text = _encode(node)
    # "<" is all that could end the element; "&" and ">" are escaped for readers that take it for XML.
    for char, escape in _ESCAPES:
        if char in text:
            text = text.replace(char, escape)
    return text


_ESCAPES = [(char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029"]


@lru_cache(maxsize=8)
def _common(plain: Site) -> tuple[str, frozenset[str]]:
    """The nodes that every page has, and the names of the facts read for them."""
    facts: set[str] = set()
    site = plain.traced(facts)
    return f"{_text(publisher_node(site))},{_text(site_node(site))}", frozenset(facts)


def trail_from_front(
    context: RenderContext, page: PageView, variables: Mapping[str, Any]  # noqa: ARG001
) -> list[tuple[str, str]]:
    """The trail of a page right below the front."""
    return [(context.site.name, context.site.url), (page.title, page.url)]
