"""What an import did, as values: one outcome an item, and the whole as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from slugline.errors import Problem
from slugline.importing.learning import Learnt
from slugline.importing.model import Part

__all__ = ["ACTIONS", "Action", "AuthorOutcome", "ImportReport", "Outcome"]

Action = Literal["written", "updated", "overwritten", "unchanged", "kept", "same", "removed", "left", "refused"]

ACTIONS: Mapping[Action, str] = {
    "written": "new",
    "updated": "written again, because the seed or the rules changed",
    "overwritten": "written over an editor's changes, as --force asked",
    "unchanged": "imported before, nothing to do",
    "kept": "edited since the import: left as the editor has it",
    "same": "tells a story that is there already",
    "removed": "removed by an editor: not brought back",
    "left": "left out on purpose: it was in the trash, or says nothing",
    "refused": "not imported",
}
"""What can become of an item, in words."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item.

    Attributes:
        source: the seed; with ``#`` and the item's key behind it where a file holds many.
        output: the file below the content folder; empty if refused.
        authors: slugs.
        words_total: of the source; every word of it is in the body or in one of the parts.
        words_in: taken for body text. words_out: in the Markdown. They are equal, or the item is refused.
        parts: what of the source is not body text.
        mended: what was repaired or made safe.
        problems: errors and warnings with the line of the source.
    """

    source: str
    action: Action
    output: str = ""
    title: str = ""
    kind: str = "article"
    section: str = ""
    date: str = ""
    date_source: str = ""
    authors: tuple[str, ...] = ()
    words_total: int = 0
    words_in: int = 0
    words_out: int = 0
    comments: int = 0
    parts: tuple[Part, ...] = ()
    mended: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorOutcome:
    """What became of one author's file."""

    slug: str
    name: str
    action: Action
    output: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; ``dry_run``: what it would have done; ``learnt``: what pages of one site have in common."""

    outcomes: tuple[Outcome, ...] = ()
    authors: tuple[AuthorOutcome, ...] = ()
    further: tuple[Problem, ...] = field(default=())
    dry_run: bool = False
    learnt: tuple[Learnt, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of every item, in the order of the items."""
        return (*self.further, *(problem for outcome in self.outcomes for problem in outcome.problems))

    @property
    def counts(self) -> dict[Action, int]:
        """How many items each action befell; every action is there."""
        counted = Counter(outcome.action for outcome in self.outcomes)
        return {action: counted[action] for action in ACTIONS}

    @property
    def words(self) -> dict[str, int]:
        """Words of all items together: ``total``, ``in`` and ``out``; see :class:`Outcome`."""
        return {
            "total": sum(outcome.words_total for outcome in self.outcomes),
            "in": sum(outcome.words_in for outcome in self.outcomes),
            "out": sum(outcome.words_out for outcome in self.outcomes),
        }

    @property
    def exit_code(self) -> int:
        """0 if everything could be imported, 1 if something was refused."""
        return int(any(problem.severity == "error" for problem in self.problems))

    def summary(self) -> str:
        """One line for the terminal."""
        counted = ", ".join(f"{count} {action}" for action, count in self.counts.items() if count) or "nothing to import"
        words = self.words
        told = "" if not words["in"] else f"; {words['in']} words of body text in, {words['out']} out"
        return f"{'would be: ' if self.dry_run else ''}{counted}{told}"

    def to_json(self) -> str:
        """The report for programs; docs/importing.md describes the keys."""
        whole = {
            "dry_run": self.dry_run,
            "counts": self.counts,
            "words": self.words,
            "items": [_item(outcome) for outcome in self.outcomes],
            "authors": [asdict(author) for author in self.authors],
            "problems": [problem._asdict() for problem in self.further],
            "learnt": [{"folder": one.folder, "files": one.files, "patterns": dict(one.patterns)} for one in self.learnt],
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _item(outcome: Outcome) -> dict[str, object]:
    return {
        "source": outcome.source,
        "action": outcome.action,
        "output": outcome.output,
        "kind": outcome.kind,
        "title": outcome.title,
        "section": outcome.section,
        "date": outcome.date,
        "date_source": outcome.date_source,
        "authors": list(outcome.authors),
        "words": {"total": outcome.words_total, "in": outcome.words_in, "out": outcome.words_out},
        "comments": outcome.comments,
        "parts": [part._asdict() for part in outcome.parts],
        "sanitised": list(outcome.mended),
        "problems": [problem._asdict() for problem in outcome.problems],
    }
