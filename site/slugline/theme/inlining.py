"""Macros of other templates, set into the template that imports them when it is compiled.

``{% from "partials/byline.html" import byline with context %}`` makes Jinja run the other template anew for every page: a
context of its own, a module, all of its macros. A template that holds macros and imports and nothing else says nothing by
itself, so that the macros which are wanted can stand where the import was, and cost a page nothing but themselves. Macros that
are imported without the context, and use nothing of one, can stand there too.

They see what they saw: the context of the importing template, and what their own template imports, under names that nobody
writes. Whatever could make a difference is left to Jinja: a template that does more than hold macros, one whose macros use a
name that the importing template sets, a macro that is not there.

Lines of macros from elsewhere are counted from a multiple of :data:`LINES`, so that an error finds the right file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import find_undeclared

__all__ = ["LINES", "MARK", "Inliner", "place_of"]

LINES = 10_000
"""More lines than a template has that is inlined."""

_IMPORT = re.compile(r"""\{%[-+]?\s*from\s*(["'])([^"'\\]+)\1\s*import\b""")
_BODIES = ("body", "elif_", "else_")
MARK = "_inlined_"
"""How the names of macros from elsewhere begin; no two macros of an environment have one of them."""


def place_of(name: str, line: int, templates: Sequence[str]) -> tuple[str, int]:
    """The template, and the line of it, that a line of a compiled template is from; ``templates`` as for :class:`Inliner`."""
    index, inside = divmod(line, LINES)
    return (templates[index - 1], inside) if 0 < index <= len(templates) else (name, line)


class _Macros(NamedTuple):
    """What is set into templates for an import: statements, the same in all of them, and every name in them."""

    body: list[nodes.Node]
    names: frozenset[str]


class Inliner:
    """Sets macros into the templates of one environment; what it has read of them is cached.

    Args:
        environment: parses templates.
        templates: the names of all, in one order on every machine.
        read: the source of a template; None if there is none.
    """

    def __init__(self, environment: Environment, templates: Sequence[str], read: Callable[[str], str | None]) -> None:
        self._environment = environment
        self._numbers = {name: number for number, name in enumerate(templates, 1)}
        self._read = read
        self._imported: dict[str, frozenset[str]] = {}
        self._trees: dict[str, dict[str, nodes.Node] | None] = {}
        self._macros: dict[tuple[object, ...], _Macros | None] = {}

    def sources(self, name: str) -> tuple[str, ...]:
        """The templates whose macros may be set into a template, sorted: those that it imports, that they import, and so on."""
        found: set[str] = set()
        pending = [name]
        while pending:
            one = pending.pop()
            if one not in self._imported:
                self._imported[one] = frozenset(match[2] for match in _IMPORT.finditer(self._read(one) or ""))
            pending += self._imported[one] - found
            found |= self._imported[one]
        return tuple(sorted(found - {name}))

    def replace_imports(self, tree: nodes.Template, name: str) -> None:
        """Replace the imports of macros in a template's tree by these macros."""
        if self.sources(name):
            self._replace(tree, (name,))

    def _replace(self, tree: nodes.Template, within: tuple[str, ...]) -> None:
        bound = frozenset(_bound_names(tree))
        for body in _bodies(tree):
            if any(isinstance(node, nodes.FromImport) for node in body):
                body[:] = [new for node in body for new in self._replaced(node, bound, within)]

    def _replaced(self, node: nodes.Node, bound: frozenset[str], within: tuple[str, ...]) -> list[nodes.Node]:
        if not isinstance(node, nodes.FromImport) or not isinstance(node.template, nodes.Const):
            return [node]
        name = node.template.value
        if name not in self._numbers or name in within:
            return [node]
        pairs = [one if isinstance(one, tuple) else (one, one) for one in node.names]
        wanted = tuple(self._own(name, one) for one, _ in pairs)
        key = (name, wanted, within)
        if key not in self._macros:
            self._macros[key] = self._macros_of(name, wanted, (*within, name))
        found = self._macros[key]
        if found is None:
            return [node]
        # Without the context, a macro sees what all templates have; with it, what the importing template gives no other name.
        apart = found.names & bound if node.with_context else found.names.difference(self._environment.globals)
        if any(find_undeclared([one], tuple(apart)) for one in found.body):
            return [node]
        given = [
            nodes.Assign(nodes.Name(alias, "store"), nodes.Name(own, "load")).set_lineno(node.lineno)
            for own, (_, alias) in zip(wanted, pairs, strict=True)
        ]
        return [*found.body, *given]

    def _macros_of(self, name: str, wanted: Iterable[str], within: tuple[str, ...]) -> _Macros | None:
        """Macros of a template by their new names, with all that they use; None if that cannot be."""
        if name not in self._trees:
            self._trees[name] = self._tree(name, within)
        macros = self._trees[name]
        if macros is None or any(not isinstance(macros.get(own), nodes.Macro) for own in wanted):
            return None
        needed = _closure(wanted, macros)
        body = list(dict.fromkeys(node for own, node in macros.items() if own in needed))
        names = {name.name for node in body for name in node.find_all(nodes.Name)}
        return _Macros(body, frozenset(name for name in names if not name.startswith(MARK)))

    def _own(self, name: str, one: str) -> str:
        """The name, in every template, of something at the top of a template of macros."""
        return f"{MARK}{self._numbers[name]}_{one}"

    def _tree(self, name: str, within: tuple[str, ...]) -> dict[str, nodes.Node] | None:
        """What is at the top of a template of macros and imports, by its new name, in order; None for any other template."""
        source = self._read(name)
        if source is None or source.count("\n") >= LINES or MARK in source:
            return None
        try:
            tree = self._environment._parse(source, name, name)
        except TemplateSyntaxError:
            return None  # reported where it is compiled itself
        if not all(isinstance(node, nodes.Macro | nodes.FromImport | nodes.Import) or _is_blank(node) for node in tree.body):
            return None
        base = self._numbers[name] * LINES
        for node in tree.find_all(nodes.Node):
            if node.lineno:
                node.lineno += base
        tree.body = [node for node in tree.body if not _is_blank(node)]
        self._replace(tree, within)
        found: dict[str, nodes.Node] = {}
        for node in tree.body:
            for one in _names_of(node):
                if found.setdefault(one, node) is not node:
                    return None
        # What it has from elsewhere has its name, and is part of other templates too.
        names = {one: self._own(name, one) for one in found if not one.startswith(MARK)}
        own = dict.fromkeys(node for one, node in found.items() if one in names)
        if not all(_rename(node, names) for node in own):
            return None
        return {names.get(one, one): node for one, node in found.items()}


def _bodies(node: nodes.Node) -> Iterator[list[nodes.Node]]:
    """The lists of statements in a statement, its own first."""
    for field in _BODIES:
        body = getattr(node, field, None)
        if isinstance(body, list):
            # Looked at before the caller puts other statements into it.
            inner = list(body)
            yield body
            for one in inner:
                yield from _bodies(one)


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
    )


def _names_of(node: nodes.Node) -> list[str]:
    """The names that a statement at the top of a template of macros gives to what is in it."""
    if isinstance(node, nodes.Macro):
        return [node.name]
    if isinstance(node, nodes.Import):
        return [node.target]
    if isinstance(node, nodes.FromImport):
        return [one[1] if isinstance(one, tuple) else one for one in node.names]
    return [node.target.name] if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name) else []


def _bound_names(tree: nodes.Node) -> Iterator[str]:
    """Every name that a template gives to something anywhere, but for what it imports."""
    for node in tree.find_all((nodes.Name, nodes.Macro)):
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx in ("store", "param")):
            yield node.name


def _closure(wanted: Iterable[str], macros: dict[str, nodes.Node]) -> set[str]:
    """The names among those at the top of a template that others of them need, themselves too."""
    needed: set[str] = set()
    pending = list(wanted)
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending += [found.name for found in macros[name].find_all(nodes.Name) if found.name in macros]
    return needed


def _rename(statement: nodes.Node, names: dict[str, str]) -> bool:
    """Give names at the top of a template their new ones, in one of its statements; false where another thing hides one."""
    if isinstance(statement, nodes.Macro):
        statement.name = names[statement.name]
    elif isinstance(statement, nodes.Import):
        statement.target = names[statement.target]
    elif isinstance(statement, nodes.FromImport):
        pairs = [one if isinstance(one, tuple) else (one, one) for one in statement.names]
        statement.names = [(original, names[alias]) for original, alias in pairs]
    elif isinstance(statement, nodes.Assign) and isinstance(statement.target, nodes.Name):
        statement.target.name = names[statement.target.name]
    for found in statement.find_all((nodes.Name, nodes.Macro, nodes.NSRef)):
        if isinstance(found, nodes.Name) and found.ctx == "load":
            found.name = names.get(found.name, found.name)
        elif getattr(found, "name", None) in names:
            return False
    return True
