"""The first half of a build: what changed on disk, and the catalog brought up to date with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from slugline.build.checks import ChangeNotes, cross_check
from slugline.build.ingest import ingest
from slugline.build.output import altered
from slugline.build.scan import Scan, scan, store
from slugline.build.session import Session, clock_from, clock_text
from slugline.catalog.rows import ArticleRow, ItemRow
from slugline.catalog.store import fact, set_fact, transaction
from slugline.catalog.sync import CatalogUpdate, tick
from slugline.config import Settings
from slugline.content import decode
from slugline.errors import Problem, PublicationError
from slugline.files import digest, digest_file, relative_path
from slugline.markup import line_of

__all__ = ["Changes", "find_changes", "located", "sync"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as the last build left it.

    Attributes:
        content: the scan of the content folder.
        themes: the scans of the theme's folders, the theme's own first.
        lost: ids of outputs that are gone from the build folder, or were altered there.
        parse_digest: of the settings that parsing depends on.
    """

    content: Scan
    themes: tuple[Scan, ...]
    lost: frozenset[int]
    parse_digest: str

    @property
    def on_disk(self) -> bool:
        """Whether any source or file of the theme changed."""
        return any(part.candidates or part.removed or part.listings or part.problems for part in self._scans())

    def _scans(self) -> tuple[Scan, ...]:
        return (self.content, *self.themes)

    @property
    def problems(self) -> list[Problem]:
        """Files that cannot be part of a publication."""
        return [problem for part in self._scans() for problem in part.problems]


def find_changes(session: Session) -> Changes:
    """Compare the disk with the state."""
    db = session.db
    parse_digest = _parse_digest(session.settings)
    reread = fact(db, "parse", parse_digest) != parse_digest
    return Changes(
        scan(db, session.content, "content", everything=reread),
        tuple(scan(db, str(folder.folder), theme_label(folder.shown)) for folder in session.chain),
        frozenset(altered(session.output, session.ledger.outputs())),
        parse_digest,
    )


def sync(session: Session, changes: Changes) -> None:
    """Bring the catalog up to date; what that touched is owed by the ledger from then on.

    Raises:
        PublicationError: sources have errors, all of which it carries; the state is as it was.
        WorkerDied: a source ends the process that parses it.
    """
    db, ledger = session.db, session.ledger
    last = clock_from(fact(db, "clock"))
    with transaction(db):
        touched = tick(db, last, session.clock)
        set_fact(db, "clock", clock_text(session.clock))
        if changes.on_disk:
            touched |= _sync_content(session, changes)
            for folder, theme in zip(session.chain, changes.themes, strict=True):
                _store_theme(db, folder.shown, str(folder.folder), theme)
            set_fact(db, "parse", changes.parse_digest)
        ledger.owe(touched)


def located(root: str, problems: Iterable[Problem], needles: dict[Problem, str]) -> list[Problem]:
    """Problems with the lines that their needles stand on, where a line was not known."""
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        needle = needles.get(problem)
        if problem.line or not needle:
            found.append(problem)
            continue
        if problem.path not in texts:
            texts[problem.path] = ""
            with suppress(OSError), open(os.path.join(root, problem.path), "rb") as file:
                texts[problem.path], _ = decode(file.read(), problem.path)
        found.append(problem._replace(line=line_of(texts[problem.path], needle)))
    return found


def theme_label(shown: str) -> str:
    """Under which the state keeps a theme's folder."""
    return f"theme {shown}"


def _sync_content(session: Session, changes: Changes) -> set[str]:
    db, found = session.db, changes.content
    total = len(found.candidates)
    update = CatalogUpdate(db, session.clock, total + len(found.removed))
    authors: list[str] = []
    notes = ChangeNotes()
    digests = []
    problems = changes.problems
    for path in found.removed:
        authors += _authors_of(db, relative_path(path))
        update.remove(relative_path(path))
    for number, source in enumerate(ingest(session.content, session.settings, found.candidates, session.jobs), 1):
        session.progress("parse", number, total)
        problems += source.problems
        digests.append((source.path, source.digest))
        notes.add(source)
        if isinstance(source.row, ArticleRow):
            update.put_article(source.row)
        elif isinstance(source.row, ItemRow):
            authors += _authors_of(db, source.path)
            update.put_item(source.row)
        elif source.row is not None:
            update.put_media(source.row)
        elif not source.same:
            # What the file was before it was emptied or broken is no longer true.
            update.remove(source.path)
    touched = update.finish()
    crossed, needles = cross_check(db, notes, update.replaced, authors)
    problems += located(str(session.root), crossed, needles)
    if any(problem.severity == "error" for problem in problems):
        raise PublicationError(problems)
    session.problems.extend(problems)
    store(db, "content", found, digests)
    return touched


def _store_theme(db: sqlite3.Connection, shown: str, folder: str, theme: Scan) -> None:
    digests = []
    for path, _ in theme.candidates:
        with suppress(FileNotFoundError):
            digests.append((relative_path(path), digest_file(os.path.join(folder, path))[0]))
    store(db, theme_label(shown), theme, digests)


def _authors_of(db: sqlite3.Connection, source: str) -> list[str]:
    sql = "SELECT slug FROM item WHERE source = ? AND kind = 'author'"
    return [slug for (slug,) in db.execute(sql, (source,))]


def _parse_digest(settings: Settings) -> str:
    publication = settings.publication
    parts = settings.digest("markdown", "urls", "reading")
    return digest(parts, publication.timezone, publication.language, repr(settings.comments.enabled)).hex()
