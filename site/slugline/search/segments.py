"""The files of each year's index, cached by content: requested by the plan, read by whoever renders them.

A segment is named by a digest of everything that enters it. A cached file is checked when it is read, and made again where it
is missing or damaged; so the folder can be deleted at any time.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress

from slugline.catalog.store import State
from slugline.catalog.texts import year_digests, year_texts
from slugline.files import digest, write_plain
from slugline.search.documents import Document, document
from slugline.search.indexer import make_index

__all__ = ["Segments"]

_FORM = "1"
"""Changes when documents are written otherwise, so that indexes made of earlier ones are not used."""

_LIST = "files.json"


class Segments:
    """The search index, one segment a year.

    Args:
        cache_folder: where segments are cached.
        engine: what makes the index; see :func:`slugline.search.indexer.engine_version`.
        language: of the publication.
        href: makes the address of a page for a link.
    """

    def __init__(self, cache_folder: str, engine: str, language: str, href: Callable[[str], str]) -> None:
        self.cache_folder = cache_folder
        self.engine = engine
        self.language = language
        self.href = href
        self._segments: dict[str, tuple[str, dict[str, str]]] = {}

    def files(self, db: State, year: str) -> tuple[tuple[str, str], ...]:
        """The files of a year's segment: (path, digest in hexadecimal), by path; none for a year without stories.

        Raises:
            SearchFailed: the index could not be made.
        """
        _, found = self._segment(db, year)
        return tuple(sorted(found.items()))

    def read(self, db: State, year: str, path: str) -> bytes:
        """One file of a segment; raises like :meth:`files`."""
        folder, found = self._segment(db, year)
        content = _content(os.path.join(folder, path))
        if content is None or digest(content).hex() != found[path]:
            self._segments.pop(year, None)
            shutil.rmtree(folder, ignore_errors=True)
            folder, found = self._segment(db, year)
            content = _content(os.path.join(folder, path))
            assert content is not None
        return content

    def _segment(self, db: State, year: str) -> tuple[str, dict[str, str]]:
        if year not in self._segments:
            folder = os.path.join(self.cache_folder, year, self._key(db, year))
            listed = _content(os.path.join(folder, _LIST))
            found = json.loads(listed) if listed else self._make(db, year, folder)
            self._segments[year] = folder, found
        return self._segments[year]

    def _key(self, db: State, year: str) -> str:
        parts: list[str | bytes] = [_FORM, self.engine, self.language, self.href("/")]
        for url, teaser, story in year_digests(db, year):
            parts += [url, teaser, story]
        return digest(*parts).hex()

    def _make(self, db: State, year: str, folder: str) -> dict[str, str]:
        documents = list(self._documents(db, year))
        files = make_index(documents, self.language) if documents else {}
        found = {path: digest(content).hex() for path, content in files.items()}
        parent = os.path.dirname(folder)
        os.makedirs(parent, exist_ok=True)
        staged = tempfile.mkdtemp(prefix=".new-", dir=parent)
        for path, content in files.items():
            place = os.path.join(staged, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            write_plain(place, content)
        write_plain(os.path.join(staged, _LIST), json.dumps(found).encode())
        # The first process to finish wins; a year's earlier segments are not needed any more.
        with suppress(OSError):
            os.rename(staged, folder)
        for name in os.listdir(parent):
            if name != os.path.basename(folder):
                shutil.rmtree(os.path.join(parent, name), ignore_errors=True)
        return found

    def _documents(self, db: State, year: str) -> Iterator[Document]:
        for url, teaser, html in year_texts(db, year):
            yield document(teaser, html, self.href(url))


def _content(place: str) -> bytes | None:
    with suppress(OSError), open(place, "rb") as file:
        return file.read()
    return None
