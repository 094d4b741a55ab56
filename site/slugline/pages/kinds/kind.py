"""What a kind of page declares: its name, which pages of it exist and why, how they are made, what they come from.

Pages exist because something *grants* them. A **grant** is computed from queries as a page is, so that the planner knows which
grants to compute again, and a page that nothing grants any more is an orphan: existence is a tracked fact. Most grants list
**owners**: the publication itself, a story, a section, an author. Each kind says of which kinds of owner it has pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from slugline.catalog.queries import AskQuery
from slugline.pages.page import Route, Source
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.graph import NodeOf, TrailOf, trail_from_front
from slugline.pages.structured_data.nodes import web_page_node
from slugline.settings.schema import Settings

__all__ = [
    "PUBLICATION",
    "Ask",
    "Expansion",
    "Grant",
    "Maker",
    "Owner",
    "PageKind",
    "Pages",
    "Template",
    "Variables",
    "Writer",
    "load",
]

PUBLICATION = "publication"
"""The kind of the one owner that has no page of its own; the others' is the kind of their page."""

Ask = AskQuery
Variables = dict[str, Any]
"""The names that a template finds besides those that every template has; ``page`` is always among them."""


class Owner(NamedTuple):
    """Something that pages belong to.

    Attributes:
        kind: :data:`PUBLICATION`, or the kind of its own page.
        key: the key of its own page.
        url: of its own page.
        references: the paths below the content folder that its source refers to.
    """

    kind: str
    key: str = ""
    url: str = "/"
    references: tuple[str, ...] = ()


class Expansion(NamedTuple):
    """The result of a grant: pages, further grants, and owners whose pages belong to the grant too."""

    routes: tuple[Route, ...] = ()
    grants: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()


class Grant(NamedTuple):
    """A grant: ``expand`` takes what follows the name in ``archive section:world``, and asks for all that it depends on."""

    name: str
    expand: Callable[[str, Ask, Settings], Expansion]


Pages = Callable[[Owner, Ask, Settings], Expansion]
"""The pages of one kind that an owner has, and the grants of further ones; a story has no grants."""


class Template(NamedTuple):
    """A page that a template of the theme renders.

    Attributes:
        name: of the template, if the variables name no other: ``template``, whose digest the page then reads as a fact.
        variables: makes the names that it finds.
        node: what the page is in the words of schema.org; None for a page that says nothing of itself.
        trail: the way from the front to the page.
    """

    name: str
    variables: Callable[[Route, RenderContext], Variables]
    node: NodeOf | None = web_page_node
    trail: TrailOf = trail_from_front


class Writer(NamedTuple):
    """A page that is written without a template: ``function`` names a ``(Route, RenderContext) -> bytes``."""

    function: str


class Maker(NamedTuple):
    """An output that is neither: ``function`` names a ``(Page, Workbench) -> Rendered | Copied``."""

    function: str


class PageKind(NamedTuple):
    """A kind of page.

    Functions of writers and makers are named as ``module:function`` and imported when the first page of the kind is made: a
    build that draws no card does not load what draws cards. All others are functions of modules, because a declaration is sent
    to other processes.

    Attributes:
        name: of the kind, as pages carry it.
        made: how the output is made.
        owners: for each kind of owner, the pages of this kind that it has.
        grants: the grants that are there for this kind's sake.
        source: how the key of a page names the source to blame when the page is in the way of another.
        lasting: whether people link to such pages, so that a lost address is worth a warning; those of an archive or a feed
            come and go with the settings.
        slow: whether a page takes so long to make that processes share them few at a time.
    """

    name: str
    made: Template | Writer | Maker
    owners: Mapping[str, Pages] = {}
    grants: tuple[Grant, ...] = ()
    source: Source = Source.NONE
    lasting: bool = False
    slow: bool = False

    @property
    def template(self) -> str:
        """The template that renders such pages; empty where none does."""
        return self.made.name if isinstance(self.made, Template) else ""


@cache
def load(function: str) -> Callable[..., Any]:
    """The function that a writer or a maker names."""
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
