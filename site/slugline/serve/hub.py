"""The open pages: each has a stream of events, through which it learns what changed. Used by the server's loop alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slugline.files import digest
from slugline.serve.excerpts import LocatedProblem
from slugline.serve.live_script import NOT_FOUND
from slugline.serve.preview import Preview
from slugline.serve.rebuilder import RebuildResult
from slugline.serve.site_files import SiteFiles

__all__ = ["Hub", "OpenPage"]

_STYLES = (".css", ".woff2", ".woff", ".ttf", ".otf")
_LINKED = (".xml", ".atom", ".json", ".txt", ".webmanifest")
"""What pages link to without using it: a feed changes with every story, and each page names it."""

_MOVES = 1000
"""Addresses that stories left are remembered, up to about so many."""


class OpenPage:
    """A page that is open in a browser.

    Attributes:
        page: its output path.
        digest: of the bytes that it has loaded.
        missing: it is the page for an address that does not exist.
    """

    def __init__(self, page: str, digest: str, *, missing: bool) -> None:
        self.page = page
        self.digest = digest
        self.missing = missing
        # One message of each kind at most: a client that does not read cannot fill the memory.
        self._waiting: dict[str, dict[str, Any]] = {}
        self._queued = asyncio.Event()

    def send(self, kind: str, **values: Any) -> None:
        """Queue a message; it replaces one of its kind that has not been sent."""
        self._waiting.pop(kind, None)
        self._waiting[kind] = {"kind": kind, **values}
        self._queued.set()

    async def next(self, timeout: float) -> bytes:
        """The bytes to send next; a keep-alive comment where there is nothing else for ``timeout`` seconds."""
        if not self._waiting:
            self._queued.clear()
            try:
                await asyncio.wait_for(self._queued.wait(), timeout)
            except TimeoutError:
                return b": alive\n\n"
        messages = list(self._waiting.values())
        self._waiting.clear()
        return b"".join(f"data: {json.dumps(message)}\n\n".encode() for message in messages)


class Hub:
    """All open pages.

    Args:
        files: the site on disk.
        preview: the pages ahead of it.
    """

    def __init__(self, files: SiteFiles) -> None:
        self.files = files
        self.preview = Preview(self.opened, self._updated_from_thread)
        self.clients: set[OpenPage] = set()
        self.problems: tuple[LocatedProblem, ...] = ()
        self._announced: set[str] = set()
        self._moved: dict[str, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """The loop that everything but :meth:`opened` runs in."""
        self._loop = loop

    def opened(self) -> list[str]:
        """Output paths of open pages; for any thread."""
        return [client.page for client in tuple(self.clients)]

    def page(self, path: str) -> bytes | None:
        """The bytes of an output at this moment."""
        ahead = self.preview.ahead(path)
        return self.files.read(path) if ahead is None else ahead

    @property
    def good(self) -> bool:
        """Whether there are pages at all; a publication with errors from the start has none yet. For any thread."""
        return self.page("index.html") is not None or self.page("404.html") is not None

    def join(self, client: OpenPage) -> None:
        """A page was opened, or is back after the connection was lost: it gets what it missed."""
        self.clients.add(client)
        if self.problems:
            self._send_problems([client])
        else:
            client.send("mended")
        self._refresh([client])

    def leave(self, client: OpenPage) -> None:
        """A page was closed."""
        self.clients.discard(client)

    def updated(self, path: str) -> None:
        """A page or an asset is ahead of the site on disk: the pages that it changes load it."""
        if path.endswith(".html"):
            self._refresh([client for client in self.clients if client.page == path])
        else:
            self._announced.add(f"/{path}")
            self._announce([f"/{path}"])

    def built(self, result: RebuildResult, prefix: str) -> None:
        """A build has finished or failed; the site is now below ``prefix``, the path of the base URL."""
        if result.report is None:
            if self._loop is None:
                # The site of an earlier run is served, where the settings say.
                self.files.prefix = prefix
            self.problems = result.problems
            self._send_problems(self.clients)
            return
        if self.problems:
            self.problems = ()
            for client in self.clients:
                client.send("mended")
        # For pages that are open now, and for those that a browser is just loading.
        self._moved = {**self._moved, **result.report.moved} if len(self._moved) < _MOVES else dict(result.report.moved)
        if prefix != self.files.prefix:
            self.files.prefix = prefix
            for client in self.clients:
                client.send("gone", to=self._address(client.page))
        self._announce([url for url in result.report.changed if url not in self._announced])
        self._announced.clear()

    def _send_problems(self, clients: Iterable[OpenPage]) -> None:
        for client in clients:
            client.send("problems", problems=_as_json(self.problems), good=self.good)

    def _announce(self, changed: Sequence[str]) -> None:
        styles = [url for url in changed if url.endswith(_STYLES)]
        if styles:
            for client in self.clients:
                client.send("styles", names=[f"{self.files.prefix}{url}" for url in styles])
        self._refresh(self.clients, [url for url in changed if not url.endswith(("/", ".html", *_STYLES, *_LINKED))])

    def _refresh(self, clients: Iterable[OpenPage], others: Sequence[str] = ()) -> None:
        """Reload the pages whose bytes changed, or that use one of those other files."""
        known: dict[str, bytes | None] = {}
        for client in clients:
            if client.page not in known:
                known[client.page] = self.page(client.page)
            content = known[client.page]
            moved = self._moved.get(client.page, "") if content is None else ""
            if moved or (content is None and not client.missing):
                client.send("gone", to=self._address(moved))
                continue
            loaded = self.page("404.html") or NOT_FOUND if content is None else content
            now = digest(loaded).hex()
            uses = any(url.endswith((".js", ".mjs")) or url.encode() in loaded for url in others)
            if now != client.digest or client.missing != (content is None) or uses:
                client.digest, client.missing = now, content is None
                client.send("reload")

    def _address(self, path: str) -> str:
        return f"{self.files.prefix}/{path.removesuffix('index.html')}"

    def _updated_from_thread(self, path: str) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.updated, path)


def _as_json(problems: Sequence[LocatedProblem]) -> list[Mapping[str, Any]]:
    return [{**located.problem._asdict(), "excerpt": located.excerpt} for located in problems]
