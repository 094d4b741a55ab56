"""Read and parse the sources that changed, alone or on all cores, into rows of the catalog."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slugline.build.cache import BuildCache
from slugline.catalog.rows import ArticleRow, ItemRow, article_row, item_row
from slugline.catalog.sync import MediaRow
from slugline.errors import Problem
from slugline.files import digest, digest_file, relative_path
from slugline.images.probing import is_picture, probe
from slugline.markup import Added
from slugline.parse import Parser
from slugline.placement import kind_of
from slugline.pool import map_shares
from slugline.settings.schema import Settings
from slugline.tabular import ENDINGS
from slugline.text import decode

__all__ = ["ParsedSource", "SourceReader", "parse_sources"]

_ALONE = 48
"""Up to so many files are parsed in this process: starting others takes longer."""

_SHARE = 50

_LARGEST_TABLE = 1 << 20
"""Bytes; a larger one is a file to download, and none to set into a story."""

_BLOCK = 1 << 18
"""Bytes; nearly every story is smaller."""


class ParsedSource(NamedTuple):
    """One source, read.

    Attributes:
        path: below the content folder, in the catalog's form.
        digest: of its bytes; empty where the file went away meanwhile.
        row: None where the bytes are those that the state knows, or where problems prevent a row.
        slug: what a file with errors would describe.
        same: the bytes are those that the state knows.
        problems: errors and warnings.
    """

    path: str
    digest: bytes
    row: ArticleRow | ItemRow | MediaRow | None
    same: bool = False
    problems: tuple[Problem, ...] = ()
    slug: str = ""


class SourceReader:
    """Reads and parses sources, with one Markdown engine for all of them."""

    def __init__(self, root: str, settings: Settings, added: Added) -> None:
        self.root = root
        self.settings = settings
        self.added = added
        self._parser: Parser | None = None

    def read(self, path: str, known: bytes) -> ParsedSource:
        """One source, whose bytes had the digest ``known`` when they were last read."""
        name = relative_path(path)
        full = os.path.join(self.root, path)
        kind = kind_of(name)
        try:
            if kind == "media":
                return self._media(name, full, known)
            raw = _bytes_of(full)
        except OSError as error:
            problem = Problem(f"content/{name}", 0, f"cannot be read: {error.strerror}", "check the file and build again")
            return ParsedSource(name, b"", None, problems=(problem,))
        found = digest(raw)
        if found == known:
            return ParsedSource(name, found, None, same=True)
        if kind == "stray":
            return ParsedSource(name, found, None)
        if self._parser is None:
            self._parser = Parser(self.settings, self.added)
        parsed = self._parser.parse(name, raw)
        if parsed.value is None and any(problem.severity == "error" for problem in parsed.problems):
            return ParsedSource(name, found, None, problems=parsed.problems, slug=parsed.slug)
        if kind == "article":
            row: ArticleRow | ItemRow = article_row(parsed, self.settings.reading.words_per_minute)
        else:
            row = item_row(parsed)
        return ParsedSource(name, found, row, problems=parsed.problems)

    def _media(self, name: str, full: str, known: bytes) -> ParsedSource:
        found, size = digest_file(full)
        if found == known:
            return ParsedSource(name, found, None, same=True)
        if not is_picture(name):
            text = _table_text(full, name) if name.lower().endswith(ENDINGS) and size <= _LARGEST_TABLE else ""
            return ParsedSource(name, found, MediaRow(name, found, size, text=text))
        with open(full, "rb") as file:
            raw = file.read()
        # Between the two looks at the file it may have changed.
        found = digest(raw)
        plan = probe(name, raw, found, self.settings.images)
        return ParsedSource(name, found, MediaRow(name, found, len(raw), plan.to_text()))


def _table_text(path: str, name: str) -> str:
    """The text of a table; empty where it is no text, which whoever shows it finds out."""
    return decode(_bytes_of(path), name)[0]


def _bytes_of(path: str) -> bytes:
    # Python's file objects take as long as the reading of a story does.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        blocks = [os.read(handle, _BLOCK)]
        while blocks[-1]:
            blocks.append(os.read(handle, _BLOCK))
    finally:
        os.close(handle)
    return b"".join(blocks)


def parse_sources(
    root: str,
    settings: Settings,
    added: Added,
    candidates: Sequence[tuple[str, bytes]],
    jobs: int,
    cache: BuildCache,
) -> Iterator[ParsedSource]:
    """The candidates of a scan, (path, known digest) each, read and parsed, in order.

    They are handed out as they come: the bodies of a large archive do not fit into memory at once.

    Raises:
        WorkerDied: a file ends the process that parses it.
    """
    if jobs == 1 or len(candidates) <= _ALONE:
        reader = cache.get(SourceReader)
        if reader is None or (reader.root, reader.settings, reader.added) != (root, settings, added):
            reader = cache.put(SourceReader(root, settings, added))
        for path, known in candidates:
            yield reader.read(path, known)
        return
    for share in map_shares(
        _read_share,
        candidates,
        jobs=jobs,
        size=_SHARE,
        start=_start,
        arguments=(root, settings, added),
        name=lambda candidate: f"content/{candidate[0]}",
    ):
        yield from share


# A worker process has one reader for its whole life: building the Markdown engine takes longer than a story.
_worker: list[SourceReader] = []


def _start(root: str, settings: Settings, added: Added) -> None:
    _worker[:] = [SourceReader(root, settings, added)]


def _read_share(share: Sequence[tuple[str, bytes]]) -> list[ParsedSource]:
    return [_worker[0].read(path, known) for path, known in share]
