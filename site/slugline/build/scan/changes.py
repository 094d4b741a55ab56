"""What is not as the last build left it: sources, the theme, the build folder."""

from __future__ import annotations

import os
from collections.abc import Mapping

from slugline.build.scan.hints import glance
from slugline.build.scan.listings import Scan, lines_of, scan
from slugline.build.scan.outputs import begin_altered, same_bytes
from slugline.build.session import Session
from slugline.catalog.inventory import folder_listings
from slugline.catalog.store import fact
from slugline.errors import Problem, PublicationError
from slugline.files import digest
from slugline.frozen import Frozen, fresh
from slugline.markup.options import Added
from slugline.settings.schema import Settings

__all__ = ["BESIDE", "EXTENSIONS", "STATIC", "Changes", "find_changes", "theme_label"]

STATIC = "static"
"""The folder of the files that are published as they are, and under which the state keeps it."""

EXTENSIONS = "extensions"
"""The same of what the publication adds in Python."""

BESIDE = (STATIC, EXTENSIONS)


class Changes(Frozen):
    """What is not as the last build left it.

    Attributes:
        content: the scan of the content folder.
        themes: the scans of the theme's folders, the theme's own first.
        beside: the scans of the folders beside the content, in the order of :data:`BESIDE`.
        lost: ids of outputs that are gone from the build folder, or were altered there.
        retimed: ids of outputs that are as they were written but for the time of their file, with the new one.
        parse_digest: of the settings that parsing depends on.
    """

    content: Scan
    themes: tuple[Scan, ...]
    beside: tuple[Scan, ...]
    lost: frozenset[int]
    parse_digest: str
    retimed: Mapping[int, int] = fresh(dict)

    @property
    def on_disk(self) -> bool:
        """Whether any source or file of the theme changed."""
        return any(part.candidates or part.removed or part.listings or part.problems for part in self._scans())

    def _scans(self) -> tuple[Scan, ...]:
        return (self.content, *self.themes, *self.beside)

    @property
    def problems(self) -> list[Problem]:
        """Files that cannot be part of a publication."""
        return [problem for part in self._scans() for problem in part.problems]


def find_changes(session: Session) -> Changes:
    """Compare the disk with the state; only where the session's hints say so, if it has any.

    With hints the build folder is taken to be as the last build left it.

    Raises:
        PublicationError: there is no content folder; nothing may be taken for deleted then.
    """
    db = session.db
    if not os.path.isdir(session.content):
        what = "is no folder" if os.path.lexists(session.content) else "does not exist"
        hint = "put it back; what was published is unchanged. A new publication begins with `slugline init`"
        raise PublicationError([Problem("content", 0, f"the folder of all sources {what}", hint)])
    parse_digest = _parse_digest(session.settings, session.added)
    reread = fact(db, "parse", parse_digest) != parse_digest
    if session.hints is not None and not reread:
        hints = session.hints
        return Changes(
            glance(db, session.content, "content", hints),
            # A theme is so small that looking through all of it costs less than working out where to look.
            tuple(
                scan(db, str(folder.folder), theme_label(folder.shown))
                if hints.touch(str(folder.folder))
                else Scan([], [], [], 0, [])
                for folder in session.chain
            ),
            tuple(
                _scan_beside(session, label) if hints.touch(session.beside(label)) else Scan([], [], [], 0, [])
                for label in BESIDE
            ),
            # A build that was stopped while it moved files into place may have left some of them behind.
            frozenset(begin_altered(session.output, session.state, session.ledger)() if session.interrupted else ()),
            parse_digest,
        )
    altered = begin_altered(session.output, session.state, session.ledger)
    content = scan(db, session.content, "content", everything=reread)
    themes = tuple(scan(db, str(folder.folder), theme_label(folder.shown)) for folder in session.chain)
    lost = frozenset(altered())
    retimed = same_bytes(session.output, session.ledger, lost) if lost else {}
    beside = tuple(_scan_beside(session, label) for label in BESIDE)
    return Changes(content, themes, beside, lost.difference(retimed), parse_digest, retimed)


def _scan_beside(session: Session, label: str) -> Scan:
    """What changed in a folder that a publication need not have."""
    folder = session.beside(label)
    if not os.path.isdir(folder):
        known = folder_listings(session.db, label)
        files = [f"{key[len(label) + 1 :]}/{name}".lstrip("/") for key, text in known.items() for name in lines_of(text)]
        return Scan([], files, [(key, None) for key in known], 0, [])
    return scan(session.db, folder, label, dotted=label == STATIC)


def theme_label(shown: str) -> str:
    """Under which the state keeps a theme's folder."""
    return f"theme {shown}"


def _parse_digest(settings: Settings, added: Added) -> str:
    publication = settings.publication
    parts = settings.rendered().digest("markdown", "urls", "reading", "images", "embeds")
    return digest(parts, publication.timezone, publication.language, repr(settings.comments.enabled), added.sign()).hex()
