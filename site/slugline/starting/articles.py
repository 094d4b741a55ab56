"""Start a story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from slugline.content import dump
from slugline.errors import UsageError, did_you_mean
from slugline.files import safe_join, write_atomic
from slugline.settings.load import load_settings
from slugline.starting.sections import known_sections
from slugline.urls import slug_or_name, slugify

__all__ = ["local_moment", "new_article"]


def new_article(root: Path, headline: str, section: str | None, authors: Sequence[str], now: datetime | None) -> Path:
    """Write a file to start a story from: front matter with a date, marked as a draft.

    Args:
        root: the publication's folder.
        headline: the story's.
        section: its section; the first of the menu if None.
        authors: slugs of author files, or plain names.
        now: its date; the present moment if None.

    Returns:
        The new file.

    Raises:
        UsageError: the headline has no word in it, an author or the section does not exist, or the file already does.
        PublicationError: the settings have errors.
    """
    settings = load_settings(root)
    content = root / "content"
    slug = slugify(headline)
    if not slug:
        raise UsageError("the headline has no word to name the file after")
    sections = known_sections(content)
    chosen = section or (sections[0] if sections else "news")
    if slugify(chosen) != chosen:
        raise UsageError(f"`{chosen}` is no section's slug; write `{slugify(chosen)}`")
    if section and sections and section not in sections:
        close = did_you_mean(section, sections) or f"there are {', '.join(sections)}."
        raise UsageError(f"there is no section `{section}`; {close} `slugline new section {section}` makes it")
    known = sorted(path.stem for path in (content / "authors").glob("*.md"))
    for author in authors:
        named, plain = slug_or_name(author)
        if not plain and named not in known:
            close = did_you_mean(author, known) or 'a person without a file is written as a name, "Jane Doe".'
            raise UsageError(f"there is no author `{author}`; {close} `slugline new author {author}` makes a file")
    path = safe_join(content, f"articles/{chosen}/{slug}.md")
    if path.exists():
        raise UsageError(f"{path} is there already")
    front = {
        "title": headline,
        "dek": "",
        "date": local_moment(now, settings.publication.timezone),
        "authors": list(authors),
        "tags": [],
        "draft": True,
    }
    write_atomic(path, dump(front, "").encode())
    return path


def local_moment(now: datetime | None, timezone: str) -> str:
    """A moment, the present one if None, as front matter has it: in the publication's time zone, to the second."""
    return (now or datetime.now(UTC)).astimezone(ZoneInfo(timezone)).replace(microsecond=0).isoformat()
