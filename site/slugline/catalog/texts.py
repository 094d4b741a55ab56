"""Whole texts: reads for checks of links and for the search index, which nothing records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from slugline.catalog.decoding import whole
from slugline.catalog.lookup import described_items
from slugline.catalog.rows import item_value, teaser_value
from slugline.catalog.store import State
from slugline.model import Teaser

__all__ = ["StoryText", "source_text", "story_text", "texts_linking_out", "texts_to_check", "year_digests", "year_texts"]


class StoryText(NamedTuple):
    """The HTML of a text, and the file below the content folder that it comes from."""

    source: str
    html: str


def story_text(db: State, key: str) -> str | None:
    """The HTML of a story, live or not; None if there is none."""
    sql = "SELECT s.html FROM article a JOIN story s ON s.id = a.id WHERE a.key = ?"
    row = db.execute(sql, (key,)).fetchone()
    return row[0] if row else None


def source_text(db: State, source: str) -> tuple[str, str]:
    """The HTML of a source, public or not, and the path of its lead picture; empty where there is none."""
    row = db.execute("SELECT a.teaser, s.html FROM article a JOIN story s ON s.id = a.id WHERE a.key = ?", (source,)).fetchone()
    if row:
        image = teaser_value(row[0], embargo=False).image
        return row[1], image.src if image else ""
    row = db.execute("SELECT kind, value, digest FROM item WHERE source = ? AND kind != 'data'", (source,)).fetchone()
    if row is None:
        return "", ""
    value = item_value(row[0], whole(row[2], row[1]))
    image = getattr(value, "image", None)
    return value.html, image.src if image else ""


def texts_to_check(db: State) -> list[StoryText]:
    """The texts that hold pictures, frames, scripts, or links to addresses of the site, parts of a text or own files.

    Of other items than stories: all.
    """
    signs = (
        "instr(s.html, '<img')",
        "instr(s.html, 'href=\"/')",
        "instr(s.html, '#') AND instr(s.html, 'href=\"')",
        "instr(s.html, 'file:')",
        "instr(s.html, ':\\')",
        "instr(s.html, '\\\\')",
        "instr(s.html, 'content:/')",
        "instr(s.html, '<iframe')",
        "instr(s.html, '<script')",
        "instr(s.html, '<embed')",
        "instr(s.html, '<object')",
    )
    sql = f"SELECT a.key, s.html FROM article a JOIN story s ON s.id = a.id WHERE {' OR '.join(signs)}"
    found = [StoryText(*row) for row in db.execute(sql)]
    items = described_items(db, "author", "section", "tag", "series", "page")
    found += [StoryText(item.source, item.value.html) for item in items]
    return sorted(found)


def texts_linking_out(db: State) -> Iterator[StoryText]:
    """The texts of stories that link to addresses elsewhere, by key."""
    sql = "SELECT a.key, s.html FROM article a JOIN story s ON s.id = a.id WHERE instr(s.html, 'href=\"http') ORDER BY a.key"
    for row in db.execute(sql):
        yield StoryText(*row)


def year_digests(db: State, year: str) -> Iterator[tuple[str, bytes, bytes]]:
    """The live stories of a year, oldest first: URL, the digests of the narrow row and of the wide one."""
    yield from db.execute(f"SELECT a.url, a.digest, s.digest {_YEAR}", _year_bounds(year))


def year_texts(db: State, year: str) -> Iterator[tuple[str, Teaser, str]]:
    """The live stories of a year, oldest first: URL, teaser, HTML."""
    for url, teaser, html in db.execute(f"SELECT a.url, a.teaser, s.html {_YEAR}", _year_bounds(year)):
        yield url, teaser_value(teaser, embargo=False), html


_YEAR = (
    "FROM entry e JOIN article a ON a.id = e.id JOIN story s ON s.id = a.id "
    "WHERE e.list = '' AND e.place >= ? AND e.place < ? ORDER BY e.place"
)


def _year_bounds(year: str) -> tuple[str, str]:
    # Places begin with their month; "." is the next character after the hyphen.
    return f"{year}-", f"{year}."
