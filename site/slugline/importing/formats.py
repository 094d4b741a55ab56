"""The formats that can be imported: same-shaped readers in a list, asked in turn which of them knows a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from slugline.errors import UsageError, did_you_mean
from slugline.importing import docx, feeds, ghost, html, posts, text, wordpress
from slugline.importing.model import Item
from slugline.importing.settings import ImportSettings

__all__ = ["READERS", "Reader", "reader_for", "reader_named"]


class Reader(NamedTuple):
    """One format.

    Attributes:
        name: what ``--format`` calls it.
        sniff: whether a path holds this format; looks at the name, and into the file only as far as it must.
        read: (path, name for people, settings) → the file's items; what is wrong with a file is a ``Refused`` item.
        many: whether a file holds many items: it is then read as a stream in the parent process, not in a worker.
        alone: whether a file is all that is looked at: while it is the same, so is what it holds.
    """

    name: str
    sniff: Callable[[str], bool]
    read: Callable[[str, str, ImportSettings], Iterable[Item]]
    many: bool = False
    alone: bool = False


READERS: tuple[Reader, ...] = (
    Reader("wordpress", wordpress.sniff, wordpress.read, many=True),
    Reader("feed", feeds.sniff, feeds.read, many=True),
    Reader("ghost", ghost.sniff, ghost.read, many=True),
    Reader("html", html.sniff, html.read),
    Reader("html-archive", html.sniff_archive, html.read_archive, many=True),
    Reader("markdown", posts.sniff, posts.read),
    Reader("docx", docx.sniff, docx.read),
    Reader("text", text.sniff, text.read, alone=True),
)
"""The first that knows a file reads it; plain text comes last, because it refuses in words what no other knows."""


def reader_named(name: str, own: tuple[Reader, ...] = ()) -> Reader | None:
    """The reader that ``--format`` asks for, of those here and a publication's own; None for ``auto``.

    Raises:
        UsageError: there is no such format.
    """
    if name == "auto":
        return None
    readers = (*own, *READERS)
    for reader in readers:
        if reader.name == name:
            return reader
    names = [reader.name for reader in readers]
    raise UsageError(f"no format `{name}`: {did_you_mean(name, names) or 'known are auto, ' + ', '.join(names)}")


def reader_for(path: str, own: tuple[Reader, ...] = ()) -> Reader:
    """The reader of a file, a publication's own first; where none knows it, plain text's, which says what is wrong with it."""
    for reader in (*own, *READERS):
        if reader.sniff(path):
            return reader
    return READERS[-1]
