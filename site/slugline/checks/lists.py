"""Checks of what stories are listed under: authors, tags, sections."""

from __future__ import annotations

from collections.abc import Iterator

from slugline.catalog.lookup import author_slugs, described_items, item_named
from slugline.catalog.names import spellings
from slugline.checks.findings import Archive, Check, Finding
from slugline.urls import label_slug

__all__ = ["LIST_CHECKS"]


def orphan_author(archive: Archive) -> Iterator[Finding]:
    """Authors that no story names."""
    credited = {credit.author for row in archive.stories for credit in row.teaser.credits}
    for author in described_items(archive.db, "author"):
        if author.slug not in credited:
            hint = "delete the file, or credit the author"
            message = f"no story names the author `{author.slug}`"
            yield Finding("orphan-author", f"content/{author.source}", message, hint, line=1)


def author_without_file(archive: Archive) -> Iterator[Finding]:
    """Names in bylines that no file describes: they have a page, and nothing on it but stories."""
    known = author_slugs(archive.db)
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


def other_spelling(archive: Archive) -> Iterator[Finding]:
    """Tags, series and guests whose name a story spells otherwise than the site does."""
    shown: dict[str, str] = {}
    spell = archive.settings.urls.spell_out_signs
    for name, (key, label) in spellings(archive.db):
        kind, _, slug = name.partition(":")
        if name not in shown:
            file = item_named(archive.db, kind, slug)
            # A file may call it by another word altogether: then its stories name it by its slug, however they write that.
            shown[name] = (file[0] if label_slug(file[0], spell=spell) == slug else "") if file else label
        if shown[name] and label not in (shown[name], slug):
            what = "guest" if kind == "author" else kind
            message = f"spells the {what} “{shown[name]}” as “{label}”; the site shows the first spelling"
            yield Finding("other-spelling", f"content/{key}", message, f"write `{shown[name]}`", label)


def undescribed(archive: Archive) -> Iterator[Finding]:
    """Sections and pages without a description for search engines and previews."""
    for item in described_items(archive.db, "section", "page"):
        if not item.value.description:
            message = f"the {item.kind} has no description, and no text to take one from"
            yield Finding("missing-description", f"content/{item.source}", message, "add a line `description: …`", line=1)


LIST_CHECKS: tuple[Check, ...] = (orphan_author, author_without_file, tag_once, other_spelling, undescribed)
