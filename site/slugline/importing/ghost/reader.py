"""The reader of Ghost exports."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from slugline.errors import Problem
from slugline.importing.exported import plain_line
from slugline.importing.ghost.cards import text_at
from slugline.importing.ghost.export import BrokenExportError, load
from slugline.importing.ghost.story import Desk
from slugline.importing.in_time import read_in_time
from slugline.importing.markdown import require
from slugline.importing.model import Item, Refused
from slugline.importing.settings import ImportSettings

__all__ = ["read", "sniff"]

_HEAD = 1 << 16


def sniff(path: str) -> bool:
    """Whether a file is a Ghost export: JSON that begins with the database, or names its tables."""
    if not path.lower().endswith(".json"):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD).replace(b" ", b"").replace(b"\n", b"")
    except OSError:
        return False
    return b'{"db":[' in head[:200] or (b'"posts":' in head and (b'"exported_on"' in head or b'"mobiledoc"' in head))


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The sections, tags, posts and pages of an export; never raises for what the file holds."""
    require()
    try:
        export = load(path)
    except BrokenExportError as error:
        yield Refused(source, Problem(source, error.line, str(error), error.hint))
        return
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    if not export.posts:
        yield Refused(source, Problem(source, 0, "the export holds no posts and no pages", "export all content"))
        return
    desk = Desk(export, source, settings)
    yield from desk.tags()
    for post in export.posts:
        number = plain_line(text_at(post, "id", "uuid"))
        if not text_at(post, "title") and not text_at(post, "html", "lexical", "mobiledoc"):
            yield Refused(source, Problem(source, 0, "a post without headline and text is left out", "", "warning"), number)
            continue
        try:
            yield from read_in_time(functools.partial(_items, desk, post), source, key=number, title=text_at(post, "title"))
        except (ValueError, RecursionError, TypeError) as error:
            what = f"`{text_at(post, 'title')}` could not be read: {type(error).__name__}: {error}"
            yield Refused(source, Problem(source, 0, what, "report it with the post: it is a mistake of the importer"), number)


def _items(desk: Desk, post: Mapping[str, Any]) -> list[Item]:
    return [desk.item(post)]
