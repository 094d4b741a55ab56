"""Authors: one file a person, however many seeds name the person.

The first seed that names someone makes the file; later ones fill in what it lacks. A file that an editor wrote or
changed is left alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from slugline.content import dump, load_front, split
from slugline.errors import Problem
from slugline.files import digest, write_atomic
from slugline.importing.ledger import Entry, Ledger
from slugline.importing.model import Imported, Person
from slugline.importing.places import short
from slugline.importing.report import Action, AuthorOutcome
from slugline.importing.rules import plain_words
from slugline.text import decode
from slugline.urls import slugify
from slugline.written import as_written

__all__ = ["AuthorBook"]


@dataclass(slots=True)
class _Record:
    slug: str
    name: str
    output: str
    role: str = ""
    bio: str = ""
    extra: dict[str, object] = field(default_factory=dict)
    ours: bool = True
    named: bool = False
    needed: bool = False
    warned: bool = False


class AuthorBook:
    """The authors of a content folder, as they are and as the import adds to them."""

    def __init__(self, ledger: Ledger, *, force: bool) -> None:
        self._ledger = ledger
        self._force = force
        self._records: dict[str, _Record] = {}
        self._slugs: dict[str, str] = {}
        folder = os.path.join(ledger.content, "authors")
        try:
            names = sorted(os.listdir(folder))
        except (FileNotFoundError, NotADirectoryError):
            names = []
        for name in names:
            if name.endswith(".md") and not name.startswith("."):
                self._load(f"authors/{name}")

    def slug_of(self, person: Person) -> str:
        """The slug of the file with the same name, or one made of the name; empty if it has no letters."""
        return self._slugs.get(plain_words(person.name)) or short(person.slug or slugify(person.name))

    def role_of(self, slug: str) -> str:
        """The role that the importer has given an author; later stories that name another keep theirs."""
        record = self._records.get(slug)
        if record is None:
            return ""
        entry = self._ledger.outputs.get(record.output)
        return (entry.role if entry else "") or record.role

    def add(self, person: Person, source: str, *, needed: bool) -> list[Problem]:
        """Note what a story says of a person. ``needed``: the story is written now, so its author must have a file."""
        slug = self.slug_of(person)
        if not slug:
            return []
        record = self._records.get(slug)
        if record is None:
            record = self._records[slug] = _Record(slug, person.name, f"authors/{slug}.md")
            self._slugs[plain_words(person.name)] = slug
        record.named = True
        record.needed = record.needed or needed
        record.role = record.role or person.role
        record.extra = {**person.extra, **record.extra}
        if not person.bio or person.bio == record.bio:
            return []
        if not record.bio or person.bio.startswith(record.bio):
            record.bio = person.bio
        elif not record.bio.startswith(person.bio) and record.ours and not record.warned:
            record.warned = True
            what = f"another bio of {record.name} than the one in {record.output}; it is not used"
            return [Problem(source, person.line, what, "merge the two by hand", "warning")]
        return []

    def add_author(self, item: Imported) -> str:
        """Note an author whom an export lists; the slug."""
        person = Person(item.title, str(item.meta.get("role", "")), item.body, slug=item.slug, extra=item.meta)
        self.add(person, item.source, needed=True)
        return self.slug_of(person)

    def save(self, *, dry_run: bool) -> list[AuthorOutcome]:
        """Write the files that are new or have gained something; what became of each author that the import named."""
        named = (record for _, record in sorted(self._records.items()) if record.named)
        return [AuthorOutcome(record.slug, record.name, self._save(record, dry_run), record.output) for record in named]

    def _save(self, record: _Record, dry_run: bool) -> Action:
        output = record.output
        entry, state = self._ledger.outputs.get(output), self._ledger.state(output)
        content = _content(record)
        written = digest(content).hex()
        action: Action
        if state == "removed":
            if entry and not record.needed and not self._force:
                return "removed"
            action = "written"
        elif state == "foreign" or (state == "edited" and not self._force):
            return "kept"
        elif entry and state == "ours" and written == entry.written:
            return "unchanged"
        else:
            action = "overwritten" if state == "edited" else "updated"
        if not dry_run:
            write_atomic(os.path.join(self._ledger.content, output), content)
            self._ledger.record(Entry(output, written, role=record.role))
        return action

    def _load(self, output: str) -> None:
        try:
            with open(os.path.join(self._ledger.content, output), "rb") as file:
                text, problems = decode(file.read(), output)
        except OSError:
            return
        meta, more = load_front(text, output)
        if problems or any(problem.severity == "error" for problem in more):
            return
        stem = os.path.basename(output)[:-3]
        name = as_written(meta.get("name") or stem)
        state = self._ledger.state(output)
        ours = state == "ours"
        slug = as_written(meta.get("slug") or "") or slugify(stem)
        record = _Record(slug, name, output, as_written(meta.get("role") or ""), split(text).body.strip(), ours=ours)
        record.extra = {key: value for key, value in meta.items() if key not in ("name", "role")}
        if self._force and state == "edited":
            # What the editor changed is to go: the seeds say anew what belongs here.
            record = _Record(slug, name, output)
        self._records[slug] = record
        self._slugs.setdefault(plain_words(name), slug)


def _content(record: _Record) -> bytes:
    meta: dict[str, object] = {"name": record.name}
    if record.role:
        meta["role"] = record.role
    meta.update((key, value) for key, value in record.extra.items() if key not in meta and value)
    return dump(meta, record.bio).encode()
