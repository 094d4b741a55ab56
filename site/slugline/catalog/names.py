"""The names that stories give to what they are listed under: reads for the checks of names, which nothing records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from slugline.catalog.store import State

__all__ = ["Labelled", "labels", "labels_of", "named_by", "spellings"]


class Labelled(NamedTuple):
    """A story, live or not, and the name that it gives to a list."""

    key: str
    label: str


def labels(db: State) -> dict[str, list[str]]:
    """The names that stories, live or not, give to each list."""
    found: dict[str, list[str]] = {}
    for name, label in db.execute("SELECT list, label FROM label ORDER BY list, label"):
        found.setdefault(name, []).append(label)
    return found


def labels_of(db: State, name: str) -> list[str]:
    """What :func:`labels` says of one list."""
    return [label for (label,) in db.execute("SELECT label FROM label WHERE list = ? ORDER BY label", (name,))]


def named_by(db: State, name: str) -> Iterator[Labelled]:
    """The stories, live or not, that give a name to a list, oldest first. A walk through all: for what is seldom asked."""
    start = f"{name}\t"
    for key, lists in db.execute("SELECT key, lists FROM article WHERE instr(lists, ?) ORDER BY place", (start,)):
        for line in lists.split("\n"):
            if line.startswith(start):
                yield Labelled(key, line[len(start) :])


def spellings(db: State) -> Iterator[tuple[str, Labelled]]:
    """Every name that a story, live or not, gives to a list that has several, with the list; oldest first."""
    several = {name for (name,) in db.execute("SELECT list FROM label GROUP BY list HAVING count(*) > 1")}
    several |= {f"{kind}:{slug}" for kind, slug in db.execute("SELECT kind, slug FROM item")}
    for key, lists in db.execute("SELECT key, lists FROM article ORDER BY place"):
        for line in lists.split("\n"):
            name, _, label = line.partition("\t")
            if label and name in several:
                yield name, Labelled(key, label)
