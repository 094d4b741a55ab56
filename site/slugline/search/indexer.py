"""Pagefind: documents → the files of an index."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from slugline.errors import SluglineError
from slugline.search.documents import Document

__all__ = ["SearchFailed", "engine_version", "make_index"]

_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.", "pagefind-playground")
"""Interfaces that Pagefind brings along; a theme has its own."""

_ENTRY = "pagefind-entry.json"


class SearchFailed(SluglineError):
    """The index could not be made."""


def engine_version() -> str:
    """What makes the index, "pagefind 1.5.2"; empty where it is not installed."""
    if find_spec("pagefind") is None or find_spec("pagefind_bin") is None:
        return ""
    # Only a publication with a search index pays for loading what reads the packages' metadata.
    from importlib.metadata import version  # noqa: PLC0415

    return f"pagefind {version('pagefind_bin')}"


def make_index(documents: Iterable[Document], language: str) -> dict[str, bytes]:
    """The files of an index, by path.

    The same documents in the same order give the same bytes; that holds because no filters are used, which Pagefind
    writes in an order of its own.

    Args:
        documents: in a fixed order.
        language: of the publication, for the endings of words; stories in others are found word by word.

    Raises:
        SearchFailed: the indexer ended with an error.
    """
    # Only who makes an index pays for loading what talks to the indexer.
    import asyncio  # noqa: PLC0415

    try:
        files = asyncio.run(_index(documents, language))
    except Exception as error:  # whatever the indexer's process does wrong
        raise SearchFailed(f"the search index could not be made: {error}; is Pagefind well installed?") from error
    wanted = {path: content for path, content in files.items() if not path.startswith(_UNUSED)}
    languages = json.loads(wanted[_ENTRY])["languages"].values()
    if all(entry.get("wasm") for entry in languages):
        wanted.pop("wasm.unknown.pagefind", None)
    return dict(sorted(wanted.items()))


async def _index(documents: Iterable[Document], language: str) -> dict[str, bytes]:
    from pagefind.index import IndexConfig, PagefindIndex  # noqa: PLC0415  # an optional package

    primary = language.lower().partition("-")[0]
    async with PagefindIndex(config=IndexConfig(force_language=primary)) as index:
        for one in documents:
            await index.add_html_file(content=one.html, url=one.url)
        found: list[Any] = await index.get_files()
    return {str(file["path"]): bytes(file["content"]) for file in found}
