"""Changed sources, parsed and written into the catalog with what they touch; loaded by builds in which something changed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from slugline.build.cross_checks import ChangeNotes, cross_check, deletions, unread_files
from slugline.build.locate import located
from slugline.build.logo import missing_logo
from slugline.build.missing_files import missing_files
from slugline.build.parse_sources import ParsedSource, parse_sources
from slugline.build.scan.changes import BESIDE, Changes, theme_label
from slugline.build.scan.listings import Scan, closed_folder, store
from slugline.build.session import Session
from slugline.build.signs import sign_problems
from slugline.catalog.inventory import record_warnings
from slugline.catalog.lookup import authors_of, lists_of, section_slugs
from slugline.catalog.rows import ArticleRow, ItemRow
from slugline.catalog.store import State, set_fact
from slugline.catalog.sync import CatalogUpdate
from slugline.errors import Problem, PublicationError
from slugline.files import digest_file, relative_path

__all__ = ["sync_sources"]


def sync_sources(session: Session, changes: Changes) -> set[str]:
    """Write changed sources into the catalog, inside the caller's transaction; the topics that this touched.

    Raises:
        PublicationError: sources have errors, all of which it carries.
        WorkerDied: a source ends the process that parses it.
    """
    touched = _sync_content(session, changes)
    for folder, theme in zip(session.chain, changes.themes, strict=True):
        _store_files(session.db, theme_label(folder.shown), str(folder.folder), theme)
    for label, found in zip(BESIDE, changes.beside, strict=True):
        _store_files(session.db, label, session.beside(label), found)
    set_fact(session.db, "parse", changes.parse_digest)
    return touched


def _sync_content(session: Session, changes: Changes) -> set[str]:
    db, found = session.db, changes.content
    total = len(found.candidates)
    update = CatalogUpdate(db, session.clock, total + len(found.removed))
    authors: list[str] = []
    dropped: list[str] = []
    sections = section_slugs(db)
    notes = ChangeNotes()
    digests = []
    problems = changes.problems
    problems += deletions(db, found)
    reread = [f"content/{relative_path(path)}" for path in found.removed]
    warnings: list[Problem] = []
    for path in found.removed:
        authors += authors_of(db, relative_path(path))
        dropped += lists_of(db, relative_path(path))
        update.remove(relative_path(path))
    for number, source in enumerate(_parsed(session, found), 1):
        session.progress("parse", number, total)
        problems += source.problems
        if not source.same:
            reread.append(f"content/{source.path}")
            warnings += source.problems
        digests.append((source.path, source.digest))
        notes.add(source)
        if isinstance(source.row, ArticleRow):
            update.put_article(source.row)
        elif isinstance(source.row, ItemRow):
            authors += authors_of(db, source.path)
            dropped += lists_of(db, source.path)
            update.put_item(source.row)
        elif source.row is not None:
            update.put_media(source.row)
        elif not source.same:
            # What the file was before it was emptied or broken is no longer true.
            dropped += lists_of(db, source.path)
            update.remove(source.path)
    touched = update.finish()
    crossed, needles = cross_check(db, notes, update.replaced, authors, sections)
    signed, more = sign_problems(db, notes, dropped, spell=session.settings.urls.spell_out_signs)
    problems += located(str(session.root), [*crossed, *signed], {**needles, **more})
    problems += [*missing_logo(session), *unread_files(db, [path for path, _ in digests])]
    failed = any(problem.severity == "error" for problem in problems)
    problems += located(str(session.root), *missing_files(session, notes.failed, everywhere=failed))
    if any(problem.severity == "error" for problem in problems):
        # Whoever mends the stories wants to know of the theme's mistakes in the same run.
        from slugline.theme.theme import theme_problems  # noqa: PLC0415

        raise PublicationError([*problems, *theme_problems(session.chain, session.site)])
    session.problems.extend(problems)
    store(db, "content", found, digests)
    record_warnings(db, reread, warnings)
    return touched


def _parsed(session: Session, found: Scan) -> Iterator[ParsedSource]:
    return parse_sources(session.content, session.settings, session.added, found.candidates, session.jobs, session.cache)


def _store_files(db: State, label: str, folder: str, found: Scan) -> None:
    digests = []
    for path, _ in found.candidates:
        try:
            digests.append((relative_path(path), digest_file(os.path.join(folder, path))[0]))
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise PublicationError([closed_folder(f"{label}/{path}", error.strerror or "no permission")]) from error
    store(db, label, found, digests)
