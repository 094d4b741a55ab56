"""The recorder of what one page asks: handed to the page as an argument, never found through a global."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from slugline.catalog.queries import PASSING, Answer, Catalog, Entry, EntryParts, Facts, Named, Query, articles_of

__all__ = ["Answers", "EntryRead", "Trace"]

T = TypeVar("T")

_KEPT = 40_000
"""How much of answers a process remembers, by what they are of: each counts one, and one for each of its stories."""

_HEADING = frozenset(("title", "public"))


class Answers:
    """Answers of one state of the catalog, shared by the pages that a process renders: each query is asked once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._known: dict[Query[Any], Answer[Any]] = {}
        self._weight = 0
        self._ahead: dict[Query[Any], Answer[Any]] = {}
        self._lines: dict[frozenset[str], str] = {}
        self._headings: dict[tuple[str, str], tuple[EntryParts, Answer[Any]]] = {}

    def lines(self, names: AbstractSet[str]) -> str:
        """Names, one a line, in order. Many pages read the same: a text that is there already is quick to compare."""
        known = self._lines.get(group := frozenset(names))
        if known is None:
            known = self._lines[group] = "\n".join(sorted(group))
        return known

    def ask(self, query: Query[T]) -> Answer[T]:
        """The answer, from memory if it was asked before."""
        answer: Answer[T] | None = self._known.get(query)
        if answer is None:
            if isinstance(query, PASSING):
                return self._ahead.pop(query, None) or query.answer(self.catalog)
            answer = query.answer(self.catalog)
            weight = 1 + len(answer.value) if isinstance(answer.value, tuple) else 1
            if self._weight + weight > _KEPT:
                self._known.clear()
                self._weight = 0
            self._known[query] = answer
            self._weight += weight
        return answer

    def heading(self, kind: str, slug: str) -> tuple[EntryParts, Answer[Any]]:
        """The question for an entry's heading, with its answer."""
        known = self._headings.get((kind, slug))
        if known is None:
            query = EntryParts(kind, slug, self.lines(_HEADING))
            known = self._headings[kind, slug] = query, self.ask(query)
        return known

    def prepare(self, keys: Sequence[str]) -> None:
        """Ask for the stories of these keys in one go, because their pages are about to; drops what was prepared before."""
        self._ahead = articles_of(self.catalog, keys)

    def forget(self) -> None:
        """Forget all; for a process that outlives a change of the catalog."""
        self._known.clear()
        self._weight = 0
        self._headings.clear()
        self._ahead = {}
        self.catalog.forget()


class EntryRead:
    """An entry, and the names of those of its parts that a page has read."""

    __slots__ = ("headed", "named", "read")

    def __init__(self, named: Named) -> None:
        self.named = named
        self.read: set[str] = set()
        self.headed = False

    def heading(self) -> tuple[str, bool]:
        """Its title, and whether it has a page: what hardly anybody does without."""
        self.headed = True
        return self.named.title, self.named.public

    def part(self, name: str) -> Any:
        """One of its parts; see :class:`~slugline.catalog.queries.Named`."""
        self.read.add(name)
        return self.named.part(name)


class Trace:
    """What a page asked: every query with its answer, in the order in which they were first asked.

    Attributes:
        reads: the queries so far, with their answers.
        facts: the names of the facts read so far, which become one query when the trace is :meth:`complete`.
        entries: likewise each section, tag, series, author or plain page, by kind and slug.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.reads: dict[Query[Any], Answer[Any]] = {}
        self.facts: set[str] = set()
        self.entries: dict[tuple[str, str], EntryRead] = {}

    def ask(self, query: Query[T]) -> T:
        """The value that answers a query; that it was asked is recorded."""
        answer: Answer[T] | None = self.reads.get(query)
        if answer is None:
            answer = self.reads[query] = self._answers.ask(query)
        return answer.value

    def fact(self, name: str) -> str | None:
        """Something that is not content; None where it is absent. See :class:`~slugline.catalog.queries.Facts`."""
        self.facts.add(name)
        return self._answers.catalog.facts.get(name)

    def note(self, names: Iterable[str]) -> None:
        """Record that facts were read."""
        self.facts.update(names)

    def entry(self, kind: str, slug: str) -> EntryRead:
        """A section, tag, series, author or plain page, to be read part by part."""
        entry = self.entries.get((kind, slug))
        if entry is None:
            entry = self.entries[kind, slug] = EntryRead(self._answers.ask(Entry(kind, slug)).value)
        return entry

    def take(self, part: Trace) -> None:
        """Record what a part of the page asked when it was made."""
        self.reads.update(part.reads)
        self.facts.update(part.facts)
        for (kind, slug), entry in part.entries.items():
            own = self.entry(kind, slug)
            own.read.update(entry.read)
            own.headed = own.headed or entry.headed

    def complete(self) -> Mapping[Query[Any], Answer[Any]]:
        """All that was asked."""
        if self.facts:
            self.ask(Facts(self._answers.lines(self.facts)))
        for (kind, slug), entry in self.entries.items():
            if entry.read:
                names = entry.read.union(_HEADING) if entry.headed else entry.read
                self.ask(EntryParts(kind, slug, self._answers.lines(names)))
            elif entry.headed:
                query, answer = self._answers.heading(kind, slug)
                self.reads[query] = answer
        return self.reads
