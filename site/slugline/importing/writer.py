"""Items → files in the content folder: where each goes, whether it may be written, and what became of it.

The rules that keep an editor's work safe, in this order: a story that is there already, under whatever file name, is
not written twice; a file that was edited is left; a file that was removed stays away; only then is anything written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from slugline.content import load_front, split
from slugline.errors import Problem, UsageError
from slugline.files import digest, write_atomic
from slugline.importing.authors import AuthorBook
from slugline.importing.beside import bring_files, write_comments
from slugline.importing.composing import Composer
from slugline.importing.describing import describe
from slugline.importing.ledger import Entry, Ledger
from slugline.importing.model import Imported, Item, Noted, Refused
from slugline.importing.places import RESERVED, Places, is_hidden, page_folder, short
from slugline.importing.prose import shown
from slugline.importing.report import Action, AuthorOutcome, Outcome
from slugline.importing.rules import headline_key
from slugline.importing.settings import ImportSettings
from slugline.importing.signed_tags import describe_tags
from slugline.moments import read_moment
from slugline.starter_pages import is_starter_page
from slugline.text import decode
from slugline.urls import slugify
from slugline.written import as_written

__all__ = ["Writer", "option_date"]

_SAVE_EVERY = 500


class Writer:
    """Writes the items of one import; see the module.

    Raises on writing:
        OutputError: a file cannot be written; what was written before it is recorded.
    """

    def __init__(
        self,
        content: str,
        settings: ImportSettings,
        *,
        day: str,
        section: str | None,
        now: datetime,
        force: bool,
        dry_run: bool,
    ) -> None:
        self._content, self._settings = content, settings
        self._section = section
        self._force, self._dry_run = force, dry_run
        self._ledger = Ledger(content)
        self._authors = AuthorBook(self._ledger, force=force)
        zone = ZoneInfo(settings.timezone)
        self._places = Places(content, settings.article_url, _sections(content, settings.sections))
        self._described = _described(content)
        self._composer = Composer(self._authors, self._places, zone=zone, day=day, now=now.astimezone(zone))
        self._unsaved = 0
        self._numbers: dict[str, int] = {}
        self._notes: list[Problem] = []

    @property
    def sections(self) -> frozenset[str]:
        """Slugs of the sections that the publication had when the import began."""
        return self._places.sections

    def write(self, item: Item) -> Outcome | None:
        """Write one item, if it is to be written; None for what is no item but a note, which :meth:`finish` hands out."""
        if isinstance(item, Noted):
            self._notes.append(item.problem)
            return None
        if isinstance(item, Refused):
            action: Action = "refused" if item.problem.severity == "error" else "left"
            return Outcome(_shown(item), action, title=item.title, problems=(item.problem,))
        if item.kind in ("section", "tag"):
            if item.kind == "section":
                self._places.sections |= {item.slug}
                if self._section is None:
                    self._described.add(item.slug)
            needed = item.kind == "tag" or self._section is None
            action, output = describe(item, self._ledger, needed=needed, force=self._force, dry_run=self._dry_run)
            return self._outcome(item, action, output, [])
        if item.kind == "author":
            slug = self._authors.add_author(item)
            return self._outcome(item, "written" if slug else "refused", f"authors/{slug}.md", [])
        outcome = self._place(item)
        # Seldomer as it grows, so that writing it stays a small part of the whole; what a kill leaves unrecorded is found
        # again by its words.
        if self._unsaved >= max(_SAVE_EVERY, len(self._ledger.by_story) // 2):
            self.save_record()
        return outcome

    def finish(self) -> tuple[list[AuthorOutcome], list[Problem]]:
        """Write the authors and the record of the import; what became of the authors, and further problems."""
        authors = self._authors.save(dry_run=self._dry_run)
        problems = list(self._notes)
        if self._ledger.damaged:
            what = "lines of the record of imports could not be read; what they stood for was found again by its words"
            problems.append(Problem(f"content/{os.path.basename(self._ledger.path)}", 0, what, "", "warning"))
        self.save_record()
        return authors, problems

    def save_record(self) -> None:
        """Write the record of what was imported so far."""
        if not self._dry_run:
            self._ledger.save()
        self._unsaved = 0

    def _place(self, item: Imported) -> Outcome:
        """What is to become of an article or a page."""
        seed = _seed(item)
        entry = self._ledger.by_seed.get(seed)
        if entry is not None and is_hidden(entry.output) != (page_folder(item) != "pages") and item.kind == "page":
            # A page that was published, or taken back, since: it belongs elsewhere now; the old file is an editor's to remove.
            what = f"it was imported as {entry.output} before, which stands as it is"
            self._notes.append(Problem(item.source, 0, f"`{item.title}`: {what}", "remove one of the two", "warning"))
            return self._new(item, seed)
        if entry is None or entry.story != item.story:
            twin = self._ledger.by_story.get(item.story)
            if twin is not None:
                self._ledger.alias(twin, seed, item.digest)
                return self._same(item, twin)
            if entry is not None and not self._retold(item, entry):
                entry = None
        if entry is None:
            return self._new(item, seed)
        if next(iter(entry.seeds)) != seed:
            return self._same(item, entry)
        return self._again(item, seed, entry)

    def _new(self, item: Imported, seed: str) -> Outcome:
        section, problems = self._section_of(item)
        if item.kind == "article":
            self._describe_section(section, item)
        folder = f"articles/{section}" if item.kind == "article" else page_folder(item)
        slug = "/".join(map(short, (item.slug or slugify(item.title)).split("/"))) or f"story-{item.story[:8]}"
        base = f"{folder}/{slug}"
        # A page called index would lend its folder's name to its address; one with a section's name would share its address.
        taken = slug.rpartition("/")[2] == "index"
        if item.kind == "page" and (slug in self._places.sections or slug in RESERVED):
            taken = True
        number = self._numbers.get(base, 2 if taken else 1)
        output = _numbered(base, number)
        while output in self._ledger.outputs or os.path.exists(os.path.join(self._content, output)):
            found = None if output in self._ledger.outputs else self._found(output)
            if found is not None and headline_key(found[0]) == headline_key(item.title):
                return self._adopt(item, seed, output, found, problems)
            number += 1
            output = _numbered(base, number)
        self._numbers[base] = number
        if taken and item.kind == "page":
            what = f"the address /{slug}/ is taken; the page is written to {output}"
            problems.append(Problem(item.source, _line(item), what, "", "warning"))
        elif number > 1 and not taken:
            what = f"another story with the same headline is in {folder}; this one is written to {output}"
            problems.append(Problem(item.source, _line(item), what, "is it the same story?", "warning"))
        return self._write(item, output, "written", None, problems)

    def _adopt(self, item: Imported, seed: str, output: str, found: tuple[str, list[str]], problems: list[Problem]) -> Outcome:
        """A file that is there and was never recorded: of an import that was killed, or an editor's own."""
        if self._force or (item.kind == "page" and self._is_starters(output)):
            return self._write(item, output, "overwritten", None, problems)
        if found[1] == shown(item.body):
            self._note_people(item, problems, needed=False)
            made = self._composer.compose(item, output, None)
            entry = Entry(output, digest(made.content).hex(), item.story, {seed: item.digest}, made.date, made.date_source)
            self._ledger.record(entry)
            self._comment(item, output)
            action: Action = "unchanged" if self._ledger.state(output) == "ours" else "kept"
            return self._outcome(item, action, output, [*problems, *made.problems], entry)
        what = f"{output} has the same headline and other words, and was not written by an import; it is left as it is"
        problems.append(Problem(item.source, _line(item), what, "rename one of them, or import with --force", "warning"))
        return self._outcome(item, "kept", output, problems)

    def _again(self, item: Imported, seed: str, entry: Entry) -> Outcome:
        """A seed that was imported before."""
        made = self._composer.compose(item, entry.output, entry)
        problems = made.problems
        state = self._ledger.state(entry.output)
        if state == "removed" and not self._force:
            return self._outcome(item, "removed", entry.output, problems, entry)
        if state == "edited" and not self._force:
            if entry.seeds[seed] != item.digest:
                what = f"the seed has changed since, and so has {entry.output} by an editor's hand; it is left as it is"
                problems.append(Problem(item.source, _line(item), what, "compare the two, or import with --force", "warning"))
            return self._outcome(item, "kept", entry.output, problems, entry)
        if state == "ours" and digest(made.content).hex() == entry.written:
            if entry.story != item.story:
                entry = replace(entry, story=item.story)
                self._ledger.record(entry)
            if entry.seeds[seed] != item.digest:
                self._comment(item, entry.output)
            self._ledger.alias(entry, seed, item.digest)
            self._note_people(item, problems, needed=False)
            return self._outcome(item, "unchanged", entry.output, problems, entry)
        action: Action = {"ours": "updated", "edited": "overwritten"}.get(state, "written")  # type: ignore[assignment]
        return self._write(item, entry.output, action, entry, [])

    def _write(self, item: Imported, output: str, action: Action, entry: Entry | None, problems: list[Problem]) -> Outcome:
        seed = _seed(item)
        self._note_people(item, problems, needed=True)
        made = self._composer.compose(item, output, entry)
        seeds = dict(entry.seeds) if entry else {}
        new = Entry(output, digest(made.content).hex(), item.story, seeds, made.date, made.date_source)
        new.seeds[seed] = item.digest
        if not self._dry_run:
            # First what belongs to the story: one that is there, after whatever end, has its pictures and its comments.
            problems.extend(bring_files(item, output, self._content))
            if item.kind == "article":
                describe_tags(item.meta.get("tags", ()), self._content)
        self._comment(item, output)
        if not self._dry_run:
            write_atomic(os.path.join(self._content, output), made.content)
        self._ledger.record(new)
        self._unsaved += 1
        return self._outcome(item, action, output, [*problems, *made.problems], new)

    def _same(self, item: Imported, entry: Entry) -> Outcome:
        problems: list[Problem] = []
        if entry.story != item.story:
            what = f"the seed tells the story of {entry.output} in other words; those of {next(iter(entry.seeds))} stand"
            problems.append(Problem(item.source, _line(item), what, "", "warning"))
        self._note_people(item, problems, needed=False)
        return self._outcome(item, "same", entry.output, problems, entry)

    def _note_people(self, item: Imported, problems: list[Problem], *, needed: bool) -> None:
        for person in item.people:
            problems.extend(self._authors.add(person, item.source, needed=needed))

    def _section_of(self, item: Imported) -> tuple[str, list[Problem]]:
        if self._section:
            return self._section, []
        for name in item.sections:
            if (slug := slugify(name)) in self._places.sections:
                return slug, []
        section = slugify(self._settings.section) or "news"
        if not item.sections or item.kind != "article":
            return section, []
        what = f"the section `{item.sections[0]}` is none of the publication's; the story goes to {section}"
        hint = f"make content/sections/{slugify(item.sections[0]) or 'name'}.md before the import, or give --section"
        return section, [Problem(item.source, 0, what, hint, "warning")]

    def _describe_section(self, slug: str, item: Imported) -> None:
        """Write the file of a section that has none: a section is made by being described, not by a folder of stories."""
        if slug in self._described:
            return
        self._described.add(slug)
        title = next((name for name in item.sections if slugify(name) == slug), slug.replace("-", " ").capitalize())
        made = Imported(item.source, "section", title, "", digest(slug).hex(), "", identity=f"section {slug}", slug=slug)
        describe(made, self._ledger, needed=True, force=False, dry_run=self._dry_run)

    def _retold(self, item: Imported, entry: Entry) -> bool:
        """Whether a seed with other words than before still tells the story of an output, not a new one."""
        found = self._found(entry.output)
        if found is None:
            return False
        if headline_key(found[0]) == headline_key(item.title):
            return True
        old, new = _phrases(found[1]), _phrases(shown(item.body))
        return len(old & new) * 2 >= min(len(old), len(new)) > 0

    def _is_starters(self, output: str) -> bool:
        """Whether a page is still the one that the publication began with."""
        with open(os.path.join(self._content, output), "rb") as file:
            return is_starter_page(split(decode(file.read(), output)[0]).body)

    def _found(self, output: str) -> tuple[str, list[str]] | None:
        """The headline and the words of a file that is there; None where there is none that can be read."""
        try:
            with open(os.path.join(self._content, output), "rb") as file:
                text, problems = decode(file.read(), output)
        except OSError:
            return None
        meta, more = load_front(text, output)
        if problems or any(problem.severity == "error" for problem in more):
            return None
        return as_written(meta.get("title") or ""), shown(split(text).body)

    def _comment(self, item: Imported, output: str) -> None:
        if item.comments:
            write_comments(item, output, self._ledger, force=self._force, dry_run=self._dry_run)

    def _outcome(
        self, item: Imported, action: Action, output: str, problems: Iterable[Problem], entry: Entry | None = None
    ) -> Outcome:
        parts = output.split("/")
        return Outcome(
            source=_shown(item),
            action=action,
            output=output,
            title=item.title,
            kind=item.kind,
            section=parts[1] if parts[0] == "articles" else "",
            date=entry.date if entry else "",
            date_source=entry.date_source if entry else "",
            authors=tuple(slug for person in item.people if (slug := self._authors.slug_of(person))),
            words_total=item.words_total,
            words_in=item.words_in,
            words_out=item.words_out,
            comments=len(item.comments),
            parts=item.parts,
            mended=item.mended,
            problems=tuple(sorted({*item.problems, *problems})),
        )


def option_date(text: str, timezone: str) -> str:
    """The date given with ``--date``, as front matter has it.

    Raises:
        UsageError: it is no date.
    """
    try:
        read_moment(text, ZoneInfo(timezone))
    except ValueError as error:
        raise UsageError(f"--date {text} is not a date: {error}; write it as 2026-01-24 or 2026-01-24T09:00") from None
    return text.strip()


def _seed(item: Imported) -> str:
    """What the record calls an item's source: the same for every export that holds the item."""
    return item.identity or _shown(item)


def _line(item: Imported) -> int:
    """Where an item begins in its file."""
    return item.date.line if item.date and item.key else 1


def _shown(item: Imported | Refused) -> str:
    return f"{item.source}#{item.key}" if item.key else item.source


def _numbered(base: str, number: int) -> str:
    return f"{base}.md" if number < 2 else f"{base}-{number}.md"


def _phrases(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _sections(content: str, given: Iterable[str]) -> frozenset[str]:
    found = {slugify(name) for name in given}
    for folder, suffix in (("sections", ".md"), ("articles", "")):
        try:
            with os.scandir(os.path.join(content, folder)) as entries:
                found.update(
                    slugify(entry.name.removesuffix(suffix))
                    for entry in entries
                    if (entry.name.endswith(suffix) and entry.is_file() if suffix else entry.is_dir())
                    and not entry.name.startswith(".")
                )
        except (FileNotFoundError, NotADirectoryError):
            continue
    return frozenset(found - {""})


def _described(content: str) -> set[str]:
    """The slugs of the sections that have a file."""
    found = set()
    folder = os.path.join(content, "sections")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        stem, ending = os.path.splitext(name)
        if ending in (".md", ".markdown") and not name.startswith("."):
            found.add(slugify(stem))
            with open(os.path.join(folder, name), "rb") as file:
                text, _ = decode(file.read(), name)
            found.add(str(load_front(text, name)[0].get("slug") or ""))
    return found
