"""Who looks at what, and what they are told: each open page has a stream of events. Used by the server's loop alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slugline.files import digest
from slugline.serve.preview import Preview
from slugline.serve.rebuilder import Outcome, Told
from slugline.serve.site_files import NOTHING, SiteFiles

__all__ = ["Client", "Hub"]

_STYLES = (".css", ".woff2", ".woff", ".ttf", ".otf")
_LINKED = (".xml", ".atom", ".json", ".txt", ".webmanifest")
"""What pages lead to and do not show: a feed changes with every story, and each page names it."""


_MOVES = 1000
"""Addresses that stories left are remembered up to about so many."""


class Client:
    """One open page.

    Attributes:
        page: its output path.
        digest: of the bytes that it shows.
        missing: it shows that nothing stands there.
    """

    def __init__(self, page: str, digest: str, *, missing: bool) -> None:
        self.page = page
        self.digest = digest
        self.missing = missing
        # One message of each kind at most: a client that does not read cannot fill the memory.
        self._waiting: dict[str, dict[str, Any]] = {}
        self._news = asyncio.Event()

    def tell(self, kind: str, **values: Any) -> None:
        """Send a message; it takes the place of one of its kind that has not gone out."""
        self._waiting.pop(kind, None)
        self._waiting[kind] = {"kind": kind, **values}
        self._news.set()

    async def next(self, timeout: float) -> bytes:
        """What is to be sent next; a sign of life where there is nothing else for so many seconds."""
        if not self._waiting:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), timeout)
            except TimeoutError:
                return b": alive\n\n"
        messages = list(self._waiting.values())
        self._waiting.clear()
        return b"".join(f"data: {json.dumps(message)}\n\n".encode() for message in messages)


class Hub:
    """All open pages.

    Args:
        files: the site on disk; replaced when the base URL's path changes.
        view: what stands ahead of it.
    """

    def __init__(self, files: SiteFiles) -> None:
        self.files = files
        self.view = Preview(self.opened, self._shown_from_afar)
        self.clients: set[Client] = set()
        self.problems: tuple[Told, ...] = ()
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
        """The bytes to be seen of an output now."""
        ahead = self.view.ahead(path)
        return self.files.read(path) if ahead is None else ahead

    @property
    def good(self) -> bool:
        """Whether there are pages to see; a publication that was wrong from the start has none yet. For any thread."""
        return self.page("index.html") is not None or self.page("404.html") is not None

    def join(self, client: Client) -> None:
        """A page was opened, or is back after the connection was lost: it is told what it missed."""
        self.clients.add(client)
        if self.problems:
            self._complain([client])
        else:
            client.tell("mended")
        self._refresh([client])

    def leave(self, client: Client) -> None:
        """A page was closed."""
        self.clients.discard(client)

    def shown(self, path: str) -> None:
        """A page or an asset stands ahead of the site on disk: whoever looks at it sees it."""
        if path.endswith(".html"):
            self._refresh([client for client in self.clients if client.page == path])
        else:
            self._announced.add(f"/{path}")
            self._tell_of([f"/{path}"])

    def built(self, outcome: Outcome, prefix: str) -> None:
        """A build has finished or failed; the site now stands below ``prefix``, the path of the base URL."""
        if outcome.report is None:
            if self._loop is None:
                # What an earlier run left is shown, where the settings say.
                self.files.prefix = prefix
            self.problems = outcome.problems
            self._complain(self.clients)
            return
        if self.problems:
            self.problems = ()
            for client in self.clients:
                client.tell("mended")
        # For pages that are open now, and for those that a browser was just asking for.
        self._moved = {**self._moved, **outcome.report.moved} if len(self._moved) < _MOVES else dict(outcome.report.moved)
        if prefix != self.files.prefix:
            self.files.prefix = prefix
            for client in self.clients:
                client.tell("gone", to=self._address(client.page))
        self._tell_of([url for url in outcome.report.changed if url not in self._announced])
        self._announced.clear()

    def _complain(self, clients: Iterable[Client]) -> None:
        for client in clients:
            client.tell("problems", problems=_plain(self.problems), good=self.good)

    def _tell_of(self, changed: Sequence[str]) -> None:
        styles = [url for url in changed if url.endswith(_STYLES)]
        if styles:
            for client in self.clients:
                client.tell("styles", names=[f"{self.files.prefix}{url}" for url in styles])
        self._refresh(self.clients, [url for url in changed if not url.endswith(("/", ".html", *_STYLES, *_LINKED))])

    def _refresh(self, clients: Iterable[Client], others: Sequence[str] = ()) -> None:
        """Have pages loaded again that are not what they were, or that use one of those other files."""
        known: dict[str, bytes | None] = {}
        for client in clients:
            if client.page not in known:
                known[client.page] = self.page(client.page)
            content = known[client.page]
            moved = self._moved.get(client.page, "") if content is None else ""
            if moved or (content is None and not client.missing):
                client.tell("gone", to=self._address(moved))
                continue
            shown = self.page("404.html") or NOTHING if content is None else content
            now = digest(shown).hex()
            uses = any(url.endswith((".js", ".mjs")) or url.encode() in shown for url in others)
            if now != client.digest or client.missing != (content is None) or uses:
                client.digest, client.missing = now, content is None
                client.tell("reload")

    def _address(self, path: str) -> str:
        return f"{self.files.prefix}/{path.removesuffix('index.html')}"

    def _shown_from_afar(self, path: str) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.shown, path)


def _plain(problems: Sequence[Told]) -> list[Mapping[str, Any]]:
    return [{**told.problem._asdict(), "excerpt": told.excerpt} for told in problems]
