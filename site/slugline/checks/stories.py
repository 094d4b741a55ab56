"""Checks of stories one by one, and of stories that are too much alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from slugline.catalog.old_addresses import section_aliases
from slugline.checks.findings import Archive, Check, Finding, StoryRow

__all__ = ["STORY_CHECKS"]

_LONG = 110
"""Characters of a headline that search engines display: Google's limit for `headline`."""

_DATE = re.compile(r"^date\s*:\s*(.*?)\s*$", re.MULTILINE)
_TIME = re.compile(r"\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?:[zZ]|[+-]\d{2}:?(?:\d{2})?)$")
_NUMBER = re.compile(r"-\d{1,2}$")
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"))


def long_headline(archive: Archive) -> Iterator[Finding]:
    """Headlines that search engines cut."""
    for row in archive.stories:
        length = len(row.teaser.title)
        if length > _LONG:
            message = f"the headline has {length} characters; search engines show {_LONG}"
            yield Finding("long-headline", row.path, message, "shorten it, or move a part into the dek", "title:")


def missing_dek(archive: Archive) -> Iterator[Finding]:
    """Stories without a dek."""
    for row in archive.stories:
        if not row.teaser.dek:
            yield Finding("missing-dek", row.path, "the story has no dek", "add a line `dek: …`", line=1)


def missing_description(archive: Archive) -> Iterator[Finding]:
    """Stories without a text for search engines and previews."""
    for row in archive.stories:
        if not (row.teaser.dek or row.teaser.summary):
            message = "the story has no dek, no summary and no first paragraph to show in previews"
            yield Finding("missing-description", row.path, message, "add a line `summary: …`", line=1)


def lead_picture(archive: Archive) -> Iterator[Finding]:
    """Stories without a picture; lead pictures without a file, without words for those who do not see, without a credit."""
    for row in archive.stories:
        image = row.teaser.image
        if image is None:
            yield Finding("no-picture", row.path, "the story has no lead picture", "add `image: {src: …, alt: …}`", line=1)
            continue
        if "://" not in image.src and not image.src.startswith("//") and image.src not in archive.media:
            hint = "put the file there, or mend the path"
            yield Finding("missing-picture", row.path, f"there is no picture content/{image.src}", hint, "image:")
        if not image.alt:
            hint = "say in `alt` what it shows, for those who do not see it"
            yield Finding("missing-alt", row.path, "the lead picture has no alternative text", hint, "image:")
        if not image.credit:
            yield Finding("missing-credit", row.path, "the lead picture has no credit", "add `credit: …`", "image:")


def heading_levels(archive: Archive) -> Iterator[Finding]:
    """Headings that skip a level: readers who hear a page find their way by them."""
    for row in archive.stories:
        level = 1
        for heading in row.story.headings:
            if heading.level > level + 1 and not (level == 1 and heading.level == 2):
                message = f"the heading “{heading.text}” is of level {heading.level} after one of level {level}"
                hint = f"give it {'#' * (level + 1)}"
                yield Finding("heading-levels", row.path, message, hint, heading.text, in_text=True)
            level = heading.level


def duplicate_title(archive: Archive) -> Iterator[Finding]:
    """Stories that have one title."""
    yield from _alike(
        archive.stories,
        lambda row: row.teaser.title.casefold().strip(),
        lambda row, other: Finding(
            "duplicate-title", row.path, f"has the same title as {other.path}", "tell them apart", "title:"
        ),
    )


def near_slug(archive: Archive) -> Iterator[Finding]:
    """Stories of a section whose addresses differ in small words or a number only."""
    yield from _alike(
        archive.stories,
        lambda row: f"{row.teaser.section} {_essence(row.teaser.url)}",
        lambda row, other: Finding(
            "near-duplicate-slug",
            row.path,
            f"its address {row.teaser.url} is nearly that of {other.path}: {other.teaser.url}",
            "give one of them a slug that tells them apart",
            line=1,
        ),
    )


def date_without_zone(archive: Archive) -> Iterator[Finding]:
    """Embargoes whose end is written without a time zone."""
    for row in archive.stories:
        if row.sort <= archive.clock.now:
            continue
        text = (archive.root / row.path).read_text(encoding="utf-8", errors="replace")
        match = _DATE.search(text)
        written = match[1].strip("\"'") if match else ""
        if _TIME.search(written) and not _ZONE.search(written):
            zone = archive.settings.publication.timezone
            message = f"the story comes out at {written} without a time zone; it is read as one of {zone}"
            line = text.count("\n", 0, match.start()) + 1 if match else 0
            yield Finding("date-without-zone", row.path, message, "write the zone: 2026-01-24T09:00:00Z", line=line)


def translation(archive: Archive) -> Iterator[Finding]:
    """Translations of stories that are not there, or that are in the same language."""
    languages = {row.teaser.key: row.teaser.lang for row in archive.stories}
    for row in archive.stories:
        original = row.story.translation_of
        if not original:
            continue
        if original not in languages:
            message = f"translates content/{original}, which does not exist"
            yield Finding("missing-original", row.path, message, "mend the path", "translation_of")
        elif languages[original] == row.teaser.lang:
            message = f"is in the language of the story that it translates: {row.teaser.lang}"
            yield Finding("missing-original", row.path, message, "add a line `lang: …`", "translation_of")


def alias_twice(archive: Archive) -> Iterator[Finding]:
    """Old addresses that two stories claim, or a story and a section; upper and lower case are one."""
    owners = {alias.casefold(): f"the section {slug}" for alias, slug in section_aliases(archive.db)}
    for row in archive.stories:
        for alias in row.story.aliases:
            other = owners.setdefault(alias.casefold(), row.path)
            if other != row.path:
                message = f"the old address {alias} is claimed by {other} too"
                yield Finding("alias-twice", row.path, message, "leave it to one of them", alias)


def expired_security(archive: Archive) -> Iterator[Finding]:
    """A security.txt that has expired or will not hold."""
    known = archive.settings.well_known
    if not known.security_contact:
        return
    line = archive.settings.line("well_known", "security_expires")
    hint = "write a moment within the next year: 2027-01-01T00:00:00Z"
    try:
        moment = datetime.fromisoformat(known.security_expires)
        late = moment.tzinfo is None or moment <= archive.clock.moment
    except ValueError:
        late = True
    if late:
        yield Finding("security-expired", "slugline.toml", "security.txt has expired, or says no moment", hint, line=line)


def _alike(
    rows: Iterable[StoryRow], key: Callable[[StoryRow], str], found: Callable[[StoryRow, StoryRow], Finding]
) -> Iterator[Finding]:
    groups: defaultdict[str, list[StoryRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    for group in groups.values():
        # The older one was there first.
        first, *others = sorted(group, key=lambda row: (row.sort, row.path))
        for row in others:
            if row.teaser.lang == first.teaser.lang:
                yield found(row, first)


def _essence(url: str) -> str:
    """The words of an address that distinguish a story from another, whatever their order."""
    slug = _NUMBER.sub("", url.rstrip("/").rpartition("/")[2])
    return " ".join(sorted(set(slug.split("-")) - _SMALL))


STORY_CHECKS: tuple[Check, ...] = (
    long_headline,
    missing_dek,
    missing_description,
    lead_picture,
    heading_levels,
    duplicate_title,
    near_slug,
    date_without_zone,
    translation,
    alias_twice,
    expired_security,
)
