"""The decorators of extensions: what a file registers while it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple, TypeVar

__all__ = [
    "Declared",
    "Kind",
    "Page",
    "check",
    "collected",
    "filter",
    "importer",
    "output",
    "pages",
    "query",
    "shortcode",
    "test",
]

Kind = Literal["filter", "test", "query", "output", "shortcode", "pages", "check", "importer"]

Function = TypeVar("Function", bound=Callable[..., Any])


class Declared(NamedTuple):
    """One thing that a file adds.

    Attributes:
        name: the function's, but for an output, which has its path, and an importer, which has the ending of its files.
        template: of pages.
    """

    kind: Kind
    name: str
    function: Callable[..., Any]
    template: str = ""


class Page:
    """A page that a function of pages gives: its address, title and description, and what its template gets besides.

    The values are texts, numbers, true, false, none, lists and mappings of them.
    """

    def __init__(self, path: str, title: str, description: str = "", *, noindex: bool = False, **values: Any) -> None:
        self.path = path
        self.title = title
        self.description = description
        self.noindex = noindex
        self.values = values


_open: list[list[Declared]] = []


@contextmanager
def collected() -> Any:
    """A list that fills with what is declared inside."""
    found: list[Declared] = []
    _open.append(found)
    try:
        yield found
    finally:
        _open.remove(found)


def filter(function: Function) -> Function:  # noqa: A001  # the word that templates have for it
    """Give templates a filter of the function's name; its first argument is what stands before the bar."""
    return _declare("filter", function.__name__, function)


def test(function: Function) -> Function:
    """Give templates a test of the function's name; its first argument is what stands before ``is``."""
    return _declare("test", function.__name__, function)


def query(function: Function) -> Function:
    """Give ``query`` in templates a question of the function's name; its first argument is the :class:`Paper`."""
    return _declare("query", function.__name__, function)


def output(path: str) -> Callable[[Function], Function]:
    """Publish what the function returns at a path of the site, ``/latest.json``.

    The function gets the :class:`Paper` and returns text, bytes, or a value that becomes JSON.
    """

    def declare(function: Function) -> Function:
        return _declare("output", path, function)

    return declare


def shortcode(function: Function) -> Function:
    """Give texts a shortcode of the function's name: ``::name[label]{key=value}``.

    Its first argument is the :class:`Paper`, the others are what a text gives (their types say what can be given); one named
    ``inner`` is the HTML inside. It returns text, which is escaped, or :class:`markupsafe.Markup`; or a mapping, the
    variables of the theme's template ``shortcodes/NAME.html``.
    """
    return _declare("shortcode", function.__name__, function)


def pages(template: str) -> Callable[[Function], Function]:
    """Publish the pages that the function gives, each a :class:`Page`, rendered by a template of the theme.

    The function gets the :class:`Paper`. It runs in every build that renders anything; a page is rendered again where what it
    was given, or what its template asks, has changed.
    """

    def declare(function: Function) -> Function:
        return _declare("pages", function.__name__, function, template)

    return declare


def check(function: Function) -> Function:
    """Let ``slugline check`` run a function; its name is that of the check, with hyphens for underscores.

    It gets the :class:`Paper` and gives what it finds: a card or a path below the publication's folder, what is wrong, and if
    it likes how to mend it.
    """
    return _declare("check", function.__name__.replace("_", "-"), function)


def importer(ending: str) -> Callable[[Function], Function]:
    """Let ``slugline import`` read files of an ending (``".quark"``).

    The function gets the :class:`pathlib.Path` of one and gives its stories: for each a name and its text, Markdown with front
    matter.
    """

    def declare(function: Function) -> Function:
        return _declare("importer", ending.lower(), function)

    return declare


# Pytest collects by this name what is none of its tests.
test.__test__ = False  # type: ignore[attr-defined]


def _declare(kind: Kind, name: str, function: Function, template: str = "") -> Function:
    # Outside of a build (in a test of the newsroom's own) a function is just a function.
    if _open:
        _open[-1].append(Declared(kind, name, function, template))
    return function
