"""Checks of what stories are listed under: authors, tags, sections."""

from __future__ import annotations

from collections.abc import Iterator

from slugline.catalog.rows import item_value
from slugline.checks.findings import Archive, Check, Finding

__all__ = ["LIST_CHECKS"]


def orphan_author(archive: Archive) -> Iterator[Finding]:
    """Authors that no story names."""
    credited = {credit.author for row in archive.stories for credit in row.teaser.credits}
    for slug, source in archive.db.execute("SELECT slug, source FROM item WHERE kind = 'author' ORDER BY slug"):
        if slug not in credited:
            hint = "delete the file, or credit the author"
            yield Finding("orphan-author", f"content/{source}", f"no story names the author `{slug}`", hint, line=1)


def author_without_file(archive: Archive) -> Iterator[Finding]:
    """Names in bylines that no file describes: they have a page, and nothing on it but stories."""
    known = {slug for (slug,) in archive.db.execute("SELECT slug FROM item WHERE kind = 'author'")}
    reported: set[str] = set()
    for row in archive.stories:
        for credit in row.teaser.credits:
            if credit.author not in known and credit.author not in reported:
                reported.add(credit.author)
                name = credit.name or credit.author
                hint = f"write content/authors/{credit.author}.md"
                yield Finding("unknown-author", row.path, f"the author {name} has no file", hint, name)


def tag_once(archive: Archive) -> Iterator[Finding]:
    """Tags that one story has: often another spelling of one that many have."""
    first: dict[str, str] = {}
    more: set[str] = set()
    for row in archive.stories:
        for tag in row.teaser.tags:
            if tag in first:
                more.add(tag)
            first.setdefault(tag, row.path)
    for tag in sorted(first.keys() - more):
        yield Finding("tag-once", first[tag], f"the tag `{tag}` is used once", "use one that others have", "tags:")


def undescribed(archive: Archive) -> Iterator[Finding]:
    """Sections and pages without a description for search engines and previews."""
    sql = "SELECT kind, source, value FROM item WHERE kind IN ('section', 'page') ORDER BY source"
    for kind, source, text in archive.db.execute(sql):
        if not item_value(kind, text).description:
            message = f"the {kind} has no description, and no text to take one from"
            yield Finding("missing-description", f"content/{source}", message, "add a line `description: …`", line=1)


LIST_CHECKS: tuple[Check, ...] = (orphan_author, author_without_file, tag_once, undescribed)
