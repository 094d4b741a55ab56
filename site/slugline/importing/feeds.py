"""The reader of feeds (RSS, Atom) that hold whole stories: each entry becomes a story.

`feedparser <https://feedparser.readthedocs.io/>`_ reads what feeds are in the wild.
"""

from __future__ import annotations

import calendar
import os
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from slugline.errors import Problem, UsageError
from slugline.files import digest
from slugline.importing import snippets
from slugline.importing.exported import plain_line, text_of
from slugline.importing.in_time import read_in_time
from slugline.importing.markdown import require
from slugline.importing.model import Imported, Item, Person, Refused, Stated
from slugline.importing.places import old_address
from slugline.importing.rules import headline_key, words_of
from slugline.importing.settings import ImportSettings
from slugline.urls import label_signs, slugify

__all__ = ["read", "sniff"]

_ENDINGS = (".xml", ".rss", ".atom", ".rdf")
_MAX_BYTES = 128 * 1024 * 1024
_WHOLE = 80
"""Words; an entry with fewer, and with no more than its summary, is only the beginning of a story."""


def sniff(path: str) -> bool:
    """Whether a file is a feed: XML whose first element is one of a feed's."""
    if not path.lower().endswith(_ENDINGS):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(4096).replace(b"\0", b"")
    except OSError:
        return False
    return b"<rss" in head or b"<feed" in head or b"<rdf:RDF" in head


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The stories of a feed; never raises for what the file holds."""
    require()
    try:
        import feedparser  # noqa: PLC0415
    except ImportError:
        what = "feeds cannot be read without `feedparser`: install it with `pip install 'slugline[import]'`"
        raise UsageError(what) from None
    try:
        if os.path.getsize(path) > _MAX_BYTES:
            yield Refused(source, Problem(source, 0, f"the feed is larger than {_MAX_BYTES >> 20} MB", "split it"))
            return
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    found = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        why = f": {found.bozo_exception}" if found.get("bozo") else ""
        yield Refused(source, Problem(source, 0, f"the feed holds no entries{why}", "is it a feed of stories?"))
        return
    site = str(found.feed.get("link") or found.feed.get("title") or source)
    language = str(found.feed.get("language") or "")
    for number, entry in enumerate(found.entries, 1):
        title = plain_line(str(entry.get("title") or ""))

        def one(entry: Mapping[str, Any] = entry, number: int = number) -> list[Item]:
            return [_item(entry, number, site, language, source, settings)]

        yield from read_in_time(one, source, key=str(number), title=title)


def _item(entry: Mapping[str, Any], number: int, site: str, language: str, source: str, settings: ImportSettings) -> Item:
    title = plain_line(str(entry.get("title") or ""))
    link = str(entry.get("link") or "")
    name = str(entry.get("id") or link or title)
    key = str(number)
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    summary = str(entry.get("summary") or "")
    html = max((*contents, summary), key=len)
    doubts: list[tuple[str, str]] = []
    if not title:
        return Refused(source, Problem(source, 0, f"entry {number} of the feed has no headline", "", "warning"), key)
    text = text_of(html + _clips(entry, html), None, base=link or site, link=lambda url: url, raw_html=settings.raw_html)
    if not text.words_in:
        problem = Problem(source, 0, f"`{title}` has no text in the feed", "import its page", "warning")
        return Refused(source, problem, key, title)
    if not contents and text.words_in < _WHOLE:
        doubts.append(("the feed has only the beginning of it", "import its page instead"))
    doubts += text.doubts
    date = _moment(entry.get("published_parsed") or entry.get("created_parsed"))
    updated = _moment(entry.get("updated_parsed") if "updated" in entry else None)
    tags = [plain_line(str(tag.get("label") or tag.get("term") or "")) for tag in entry.get("tags") or ()]
    labels = {(slug, label_signs(tag)): tag for tag in reversed(tags) if (slug := slugify(tag))}
    dek = plain_line(summary) if contents and 0 < len(words_of(summary)) < 60 else ""
    said = str(entry.get("language") or language)
    meta = {
        "dek": dek if dek and headline_key(dek) not in headline_key(text.body) else "",
        "tags": list(labels.values())[::-1],
        "lang": said if said and said[:2].lower() != settings.language[:2].lower() else "",
        "aliases": [alias] if link and (alias := old_address(urlsplit(link).path)) else [],
    }
    people = (plain_line(str(one.get("name") or "")) for one in entry.get("authors") or ())
    return Imported(
        source=source,
        kind="article",
        title=title,
        body=text.body,
        digest=digest(title, html).hex(),
        story=digest("feed", name).hex(),
        key=key,
        identity=f"feed:{site}#{name}",
        meta={key: value for key, value in meta.items() if value},
        date=date or updated,
        updated=updated if date and updated and updated.iso > date.iso else None,
        people=tuple(Person(person) for person in dict.fromkeys(people) if person and "@" not in person),
        sections=tuple(labels.values())[::-1],
        problems=tuple(Problem(source, 0, f"`{title}`: {what}", hint, "warning") for what, hint in doubts),
        words_in=text.words_in,
        words_out=text.words_out,
        words_total=text.words_in,
        mended=text.mended,
    )


def _clips(entry: Mapping[str, Any], html: str) -> str:
    """What a podcast's entry encloses, as links below its text."""
    found = []
    for one in entry.get("enclosures") or ():
        medium, url = str(one.get("type") or "").partition("/")[0], str(one.get("href") or "")
        if medium in ("audio", "video") and url and url not in html:
            found.append(snippets.clip(medium, url))
    return "".join(found)


def _moment(parsed: time.struct_time | None) -> Stated | None:
    if parsed is None:
        return None
    try:
        return Stated(f"{datetime.fromtimestamp(calendar.timegm(parsed), UTC):%Y-%m-%dT%H:%M:%SZ}")
    except (ValueError, OverflowError, OSError):
        return None
