"""Items → files in the content folder: where each goes, whether it may be written, and what became of it.

The rules that keep an editor's work safe, in this order: a story that is there already, under whatever file name, is
not written twice; a file that was edited is left; a file that was removed stays away; only then is anything written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from slugline.content import dump, load_front, split
from slugline.errors import Problem, UsageError
from slugline.fields import Moment, read_moment
from slugline.files import digest, write_atomic
from slugline.importing.authors import AuthorBook
from slugline.importing.ledger import Entry, Ledger
from slugline.importing.model import Imported, Item, Refused
from slugline.importing.prose import shown
from slugline.importing.report import Action, AuthorOutcome, Outcome
from slugline.importing.rules import fold
from slugline.importing.settings import ImportSettings
from slugline.text import decode
from slugline.urls import slugify

__all__ = ["Writer", "option_date"]

_SAVE_EVERY = 500
_MAX_SLUG = 80
_DATE_HINT = "give the date with --date, or write it into the file"


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
        self._zone = ZoneInfo(settings.timezone)
        self._day, self._section = day, section
        self._now = now.astimezone(self._zone)
        self._force, self._dry_run = force, dry_run
        self._ledger = Ledger(content)
        self._authors = AuthorBook(self._ledger, force=force)
        self._known = _sections(content, settings.sections)
        self._unsaved = 0

    @property
    def sections(self) -> frozenset[str]:
        """Slugs of the sections that the publication had when the import began."""
        return self._known

    def write(self, item: Item) -> Outcome:
        """Write one item, if it is to be written."""
        if isinstance(item, Refused):
            return Outcome(_seed(item.source, item.key), "refused", problems=(item.problem,))
        if item.kind == "author":
            slug = self._authors.add_author(item)
            return self._outcome(item, "written" if slug else "refused", f"authors/{slug}.md", [])
        outcome = self._place(item)
        if self._unsaved >= _SAVE_EVERY:
            self._save_ledger()
        return outcome

    def finish(self) -> tuple[list[AuthorOutcome], list[Problem]]:
        """Write the authors and the record of the import; what became of the authors, and further problems."""
        authors = self._authors.save(dry_run=self._dry_run)
        problems = []
        if self._ledger.damaged:
            what = "lines of the record of imports could not be read; what they stood for was found again by its words"
            problems.append(Problem(f"content/{os.path.basename(self._ledger.path)}", 0, what, "", "warning"))
        self._save_ledger()
        return authors, problems

    def _save_ledger(self) -> None:
        if not self._dry_run:
            self._ledger.save()
        self._unsaved = 0

    def _place(self, item: Imported) -> Outcome:
        """What is to become of an article or a page."""
        seed = _seed(item.source, item.key)
        entry = self._ledger.by_seed.get(seed)
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
        folder = f"articles/{section}" if item.kind == "article" else "pages"
        slug = _short(item.slug or slugify(item.title)) or f"story-{item.story[:8]}"
        output = f"{folder}/{slug}.md"
        number = 1
        # A page called index would lend its folder's name to its address.
        while slug == "index" or output in self._ledger.outputs or os.path.exists(os.path.join(self._content, output)):
            found = self._found(output) if slug != "index" and output not in self._ledger.outputs else None
            if found is not None and fold(found[0]) == fold(item.title):
                return self._adopt(item, seed, output, found, problems)
            number += 1
            slug = "" if slug == "index" else slug
            output = f"{folder}/{_short(item.slug or slugify(item.title)) or f'story-{item.story[:8]}'}-{number}.md"
        if number > 1:
            what = f"another story with the same headline is in {folder}; this one is written to {output}"
            problems.append(Problem(item.source, 1, what, "is it the same story?", "warning"))
        return self._write(item, output, "written", None, problems)

    def _adopt(self, item: Imported, seed: str, output: str, found: tuple[str, list[str]], problems: list[Problem]) -> Outcome:
        """A file that is there and was never recorded: of an import that was killed, or an editor's own."""
        entry = Entry(output, "", item.story, {seed: item.digest})
        content, entry.date, entry.date_source = self._content_of(item, None, problems)
        with open(os.path.join(self._content, output), "rb") as file:
            there = file.read()
        if there == content or (found[1] == shown(item.body) and not self._force):
            entry.written = digest(there).hex() if there == content else ""
            self._ledger.record(entry)
            return self._outcome(item, "unchanged", output, problems, entry)
        if self._force:
            return self._write(item, output, "overwritten", None, problems)
        what = f"{output} has the same headline and other words, and was not written by an import; it is left as it is"
        problems.append(Problem(item.source, 1, what, "rename one of them, or import with --force", "warning"))
        return self._outcome(item, "kept", output, problems)

    def _again(self, item: Imported, seed: str, entry: Entry) -> Outcome:
        """A seed that was imported before."""
        problems: list[Problem] = []
        content, _, _ = self._content_of(item, entry, problems)
        state = self._ledger.state(entry.output)
        if state == "removed" and not self._force:
            return self._outcome(item, "removed", entry.output, problems, entry)
        if state == "edited" and not self._force:
            if entry.seeds[seed] != item.digest:
                what = f"the seed has changed since, and so has {entry.output} by an editor's hand; it is left as it is"
                problems.append(Problem(item.source, 1, what, "compare the two, or import with --force", "warning"))
            return self._outcome(item, "kept", entry.output, problems, entry)
        if state == "ours" and digest(content).hex() == entry.written:
            self._ledger.alias(entry, seed, item.digest)
            self._note_people(item, problems, needed=False)
            return self._outcome(item, "unchanged", entry.output, problems, entry)
        action: Action = {"ours": "updated", "edited": "overwritten"}.get(state, "written")  # type: ignore[assignment]
        return self._write(item, entry.output, action, entry, problems)

    def _write(self, item: Imported, output: str, action: Action, entry: Entry | None, problems: list[Problem]) -> Outcome:
        seed = _seed(item.source, item.key)
        self._note_people(item, problems, needed=True)
        content, day, source = self._content_of(item, entry, problems)
        new = Entry(output, digest(content).hex(), item.story, dict(entry.seeds) if entry else {}, day, source)
        new.seeds[seed] = item.digest
        if not self._dry_run:
            write_atomic(os.path.join(self._content, output), content)
            for media in item.media:
                self._copy(media.source, f"{os.path.dirname(output)}/{media.target}")
        self._ledger.record(new)
        if item.comments:
            self._write_comments(item, output)
        self._unsaved += 1
        return self._outcome(item, action, output, problems, new)

    def _same(self, item: Imported, entry: Entry) -> Outcome:
        problems: list[Problem] = []
        self._note_people(item, problems, needed=False)
        return self._outcome(item, "same", entry.output, problems, entry)

    def _note_people(self, item: Imported, problems: list[Problem], *, needed: bool) -> None:
        for person in item.people:
            problems.extend(self._authors.add(person, item.source, needed=needed))

    def _content_of(self, item: Imported, entry: Entry | None, problems: list[Problem]) -> tuple[bytes, str, str]:
        """The file's bytes, the date in it, and where the date comes from."""
        if item.kind == "page":
            return dump({"title": item.title, **item.meta}, item.body).encode(), "", ""
        day, source = self._date_of(item, entry, problems)
        meta: dict[str, object] = {"title": item.title}
        rest = dict(item.meta)
        if dek := rest.pop("dek", None):
            meta["dek"] = dek
        meta["date"] = day
        if source == "import":
            meta["date_source"] = "import"
        if updated := self._updated_of(item, day, problems):
            meta["updated"] = updated
        if byline := self._credits(item, problems):
            meta["authors"] = byline
        return dump({**meta, **rest}, item.body).encode(), day, source

    def _credits(self, item: Imported, problems: list[Problem]) -> list[object]:
        found: dict[str, object] = {}
        for person in item.people:
            slug = self._authors.slug_of(person)
            if not slug:
                what = f"the author `{person.name}` has no letter to make an address of, and is left out"
                problems.append(Problem(item.source, person.line, what, "", "warning"))
                continue
            known = self._authors.role_of(slug)
            role = person.task or (person.role if person.role != known else "")
            found.setdefault(slug, {"author": slug, "role": role} if role and (known or person.task) else slug)
        return list(found.values())

    def _date_of(self, item: Imported, entry: Entry | None, problems: list[Problem]) -> tuple[str, str]:
        """The date: the text's, else the option's, else the one of the import before, else today's, with a warning."""
        if item.date and (moment := self._moment(item.date.iso, item.source, item.date.line, problems)):
            if moment.local > self._now:
                what = f"the story is dated {item.date.iso}, in the future: it stays under embargo until then"
                problems.append(Problem(item.source, item.date.line, what, "", "warning"))
            return item.date.iso, "text"
        if self._day:
            return self._day, "option"
        if entry and entry.date and entry.date_source != "text":
            day, source = entry.date, entry.date_source
        else:
            day, source = self._now.date().isoformat(), "import"
        if source == "import":
            what = f"the seed names no date; {day}, the day of the import, stands in its place"
            problems.append(Problem(item.source, 0, what, _DATE_HINT, "warning"))
        return day, source

    def _updated_of(self, item: Imported, day: str, problems: list[Problem]) -> str:
        if item.updated is None:
            return ""
        moment = self._moment(item.updated.iso, item.source, item.updated.line, problems)
        if moment is None:
            return ""
        if moment.sort < read_moment(day, self._zone).sort:
            what = f"the update of {item.updated.iso} is before the story's date, {day}; it is left out"
            problems.append(Problem(item.source, item.updated.line, what, _DATE_HINT, "warning"))
            return ""
        return item.updated.iso

    def _moment(self, iso: str, source: str, line: int, problems: list[Problem]) -> Moment | None:
        try:
            return read_moment(iso, self._zone)
        except ValueError as error:
            problems.append(Problem(source, line, f"`{iso}` is not used: {error}", _DATE_HINT, "warning"))
            return None

    def _section_of(self, item: Imported) -> tuple[str, list[Problem]]:
        if self._section:
            return self._section, []
        for name in item.sections:
            if (slug := slugify(name)) in self._known:
                return slug, []
        section = slugify(self._settings.section) or "news"
        if not item.sections or item.kind != "article":
            return section, []
        what = f"the section `{item.sections[0]}` is none of the publication's; the story goes to {section}"
        hint = f"make content/sections/{slugify(item.sections[0]) or 'name'}.md before the import, or give --section"
        return section, [Problem(item.source, 0, what, hint, "warning")]

    def _retold(self, item: Imported, entry: Entry) -> bool:
        """Whether a seed with other words than before still tells the story of an output, not a new one."""
        found = self._found(entry.output)
        if found is None:
            return False
        if fold(found[0]) == fold(item.title):
            return True
        old, new = _phrases(found[1]), _phrases(shown(item.body))
        return len(old & new) * 2 >= min(len(old), len(new)) > 0

    def _found(self, output: str) -> tuple[str, list[str]] | None:
        """The headline and the words of a file that is there; None where there is none that can be read."""
        try:
            with open(os.path.join(self._content, output), "rb") as file:
                text, problems = decode(file.read(), output)
        except OSError:
            return None
        meta, more = load_front(text, output)
        return None if problems or more else (str(meta.get("title") or ""), shown(split(text).body))

    def _write_comments(self, item: Imported, output: str) -> None:
        """Readers' comments as a data file of their own; one that was edited or removed is left."""
        target = f"data/comments/{output.removeprefix('articles/').removesuffix('.md')}.json"
        listed = [{"name": one.name, "date": one.date, "text": one.text} for one in item.comments]
        content = (json.dumps({"article": output, "comments": listed}, ensure_ascii=False, indent=1) + "\n").encode()
        state = self._ledger.state(target)
        if state in ("edited", "foreign") and not self._force:
            return
        if not self._dry_run:
            write_atomic(os.path.join(self._content, target), content)
        self._ledger.record(Entry(target, digest(content).hex()))

    def _copy(self, source: str, target: str) -> None:
        with open(source, "rb") as file:
            content = file.read()
        if self._ledger.state(target) == "removed":
            write_atomic(os.path.join(self._content, target), content)

    def _outcome(
        self, item: Imported, action: Action, output: str, problems: Iterable[Problem], entry: Entry | None = None
    ) -> Outcome:
        parts = output.split("/")
        return Outcome(
            source=_seed(item.source, item.key),
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


def _seed(source: str, key: str) -> str:
    return f"{source}#{key}" if key else source


def _short(slug: str) -> str:
    """A slug that can be a file's name everywhere: cut between words."""
    if len(slug) <= _MAX_SLUG and len(slug.encode()) <= 200:
        return slug
    words = slug[:_MAX_SLUG].encode()[:200].decode("utf-8", "ignore").split("-")
    return "-".join(words[:-1] if len(words) > 1 else words)


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
