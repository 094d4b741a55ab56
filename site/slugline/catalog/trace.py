"""The recorder of what one page asks: handed to the page as an argument, never found through a global."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from slugline.catalog.queries import PASSING, Answer, Catalog, Query, articles_of

__all__ = ["Answers", "Trace"]

T = TypeVar("T")

_KEPT = 20_000


class Answers:
    """Answers of one state of the catalog, shared by the pages that a process renders: each query is asked once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._known: dict[Query[Any], Answer[Any]] = {}
        self._ahead: dict[Query[Any], Answer[Any]] = {}

    def ask(self, query: Query[T]) -> Answer[T]:
        """The answer, from memory if it was asked before."""
        answer: Answer[T] | None = self._known.get(query)
        if answer is None:
            if isinstance(query, PASSING):
                return self._ahead.pop(query, None) or query.answer(self.catalog)
            if len(self._known) >= _KEPT:
                self._known.clear()
            answer = self._known[query] = query.answer(self.catalog)
        return answer

    def prepare(self, keys: Sequence[str]) -> None:
        """Ask for the stories of these keys in one go, because their pages are about to; drops what was prepared before."""
        self._ahead = articles_of(self.catalog, keys)

    def forget(self) -> None:
        """Forget all; for a process that outlives a change of the catalog."""
        self._known.clear()
        self._ahead = {}
        self.catalog.forget()


class Trace:
    """What a page asked: every query with its answer, in the order in which they were first asked."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.reads: dict[Query[Any], Answer[Any]] = {}

    def ask(self, query: Query[T]) -> T:
        """The value that answers a query; that it was asked is recorded."""
        answer: Answer[T] | None = self.reads.get(query)
        if answer is None:
            answer = self.reads[query] = self._answers.ask(query)
        return answer.value

    def take(self, reads: Mapping[Query[Any], Answer[Any]]) -> None:
        """Record what a part of the page asked when it was made."""
        self.reads.update(reads)
