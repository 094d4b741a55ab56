"""Tags and series whose names differ in signs only: ``C`` and ``C++`` have one slug, and are two topics.

The one that was there first, in a file or in the oldest story, has the address; a story that gives it to another is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from slugline.build.cross_checks import ChangeNotes
from slugline.catalog.lookup import described_items, item_named
from slugline.catalog.names import labels, labels_of, named_by
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.urls import label_signs, label_slug, list_url, spelt_out

__all__ = ["sign_problems"]

_KINDS = ("series", "tag")
_FOLDERS = {"series": "series", "tag": "tags"}

_MANY = 200
"""Stories; after more changes, reading all names once is quicker than asking for each."""


def sign_problems(
    db: State, notes: ChangeNotes, dropped: Iterable[str], *, spell: bool
) -> tuple[list[Problem], dict[Problem, str]]:
    """A problem for each story that gives a list another name, with a text on the line to blame.

    Args:
        db: the state, with the changes in it.
        notes: what changed.
        dropped: the lists that files described before, as they did or do not any more: "tag:c".
        spell: whether slugs have signs in words; see :func:`~slugline.urls.label_slug`.
    """
    if len(notes.articles) > _MANY:
        named = {name: found for name, found in labels(db).items() if name.partition(":")[0] in _KINDS}
        files = {f"{one.kind}:{one.slug}": (one.value.title, one.source) for one in described_items(db, *_KINDS)}
    else:
        lines = [line for _, story in notes.articles for line in story.lists.split("\n") if "\t" in line]
        names = {line.partition("\t")[0] for line in lines}
        names |= {f"{kind}:{slug}" for kind, slug, _ in notes.items} | set(dropped)
        named = {name: labels_of(db, name) for name in names if name.partition(":")[0] in _KINDS}
        files = {name: file for name in named if (file := item_named(db, *name.split(":", 1)))}
    problems: list[Problem] = []
    needles: dict[Problem, str] = {}
    for name, found in sorted(named.items()):
        kind, _, slug = name.partition(":")
        file = files.get(name)
        if len({label_signs(label, spell=spell) for label in (*found, *(file[:1] if file else ()))}) < 2:
            continue
        for problem, label in _of_list(db, kind, slug, file, spell=spell):
            problems.append(problem)
            needles[problem] = label
    return problems, needles


def _of_list(
    db: State, kind: str, slug: str, file: tuple[str, str] | None, *, spell: bool
) -> list[tuple[Problem, str]]:
    """The problems of the stories of one list; ``file``: its title, and the path of the file that describes it."""
    owner, place = "", ""
    if file and label_slug(file[0], spell=spell) == slug:
        owner, place = file[0], f"content/{file[1]}"
    found = []
    for key, label in named_by(db, f"{kind}:{slug}"):
        if file and label == slug:
            # The slug is no name here: it refers to the file.
            continue
        if not owner:
            owner, place = label, f"content/{key}"
        elif label_signs(label, spell=spell) != label_signs(owner, spell=spell):
            message = f"the {kind} `{label}` would have the address of `{owner}` in {place}: {list_url(kind, slug)}"
            found.append((Problem(f"content/{key}", 0, message, _hint(db, kind, label)), label))
    return found


def _hint(db: State, kind: str, label: str) -> str:
    for item in described_items(db, kind):
        if item.value.title == label:
            return f"write `{item.slug}` in its place: so the file content/{item.source} is called"
    slug = spelt_out(label)
    return f"write the file content/{_FOLDERS[kind]}/{slug}.md with `title: {label}`, and `{slug}` in place of `{label}` here"
