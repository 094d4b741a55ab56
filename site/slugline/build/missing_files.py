"""Files that sources name and that do not exist, found before anything is rendered.

Rendering finds them on every page that it makes. Two kinds of stories are on none: those under embargo, which must not fail the
build of the moment at which they come out; and those of a run that fails for another reason, whose mistakes are all reported at
once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import unescape
from urllib.parse import unquote

from slugline.build.session import Session
from slugline.catalog.lookup import broken_references, draft_sources, waiting_references
from slugline.catalog.texts import source_text
from slugline.errors import Problem, Severity

__all__ = ["missing_files"]


def missing_files(
    session: Session, failed: Collection[str], *, everywhere: bool
) -> tuple[list[Problem], dict[Problem, str]]:
    """What sources point at and does not exist, and for each a text on the line to blame.

    Args:
        session: the build under way, its catalog up to date.
        failed: the sources with errors, below the content folder: they exist, though the catalog does not have them.
        everywhere: look at all sources, not only at stories under embargo.
    """
    db = session.db
    pairs: Iterable[tuple[str, str]] = waiting_references(db, session.clock.now)
    if everywhere:
        pairs = [*pairs, *broken_references(db)]
    pairs = [pair for pair in dict.fromkeys(pairs) if pair[1] not in failed]
    drafts = draft_sources(db, {owner for owner, _ in pairs})
    needles = {}
    for owner, target in pairs:
        html, picture = source_text(db, owner)
        if picture == target:
            message = f"there is no picture `content/{target}`"
            hint = "put the file there, or mend the path in the front matter"
        elif f"content:{target}" in unquote(unescape(html)):
            message = f"`content/{target}` is linked or shown, and does not exist"
            hint = "mend the path, or write a whole address"
        else:
            continue  # an address of the site
        severity: Severity = "warning" if owner in drafts else "error"
        needles[Problem(f"content/{owner}", 0, message, hint, severity)] = target.rpartition("/")[2]
    return list(needles), needles
