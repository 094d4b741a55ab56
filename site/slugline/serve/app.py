"""HTTP: what is answered to whom. An ASGI application over the site's files, the pages ahead of them, and the events."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from importlib.resources import files as package_files
from typing import Any
from urllib.parse import parse_qs

from slugline.serve.host_check import refusal
from slugline.serve.hub import Client, Hub
from slugline.serve.site_files import LIVE, NOTHING, Found, media_type, with_script

__all__ = ["Application", "byte_range"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]

_BLOCK = 1 << 16
_BEHIND = 3.0
"""How long a page is waited for that a build under way has yet to render, in seconds."""

_ALIVE = 15.0
"""Seconds between signs of life on a stream of events, so that a client that went away is noticed."""

_UNREAD = 30.0
"""A client that takes nothing for so many seconds is let go."""

_ALWAYS: Headers = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Application:
    """Answers requests.

    Args:
        hub: open pages, and what they see.
        host: what the server listens on, for the check of ``Host``.
    """

    def __init__(self, hub: Hub, host: str) -> None:
        self.hub = hub
        self.host = host
        self.stopping = asyncio.Event()
        self._script = package_files("slugline.serve").joinpath("live.js").read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's one entry."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        head = scope["method"] == "HEAD"
        raw = scope.get("raw_path") or scope["path"].encode()
        if refused := refusal(headers, self.host):
            await _text(send, 403, refused)
        elif scope["method"] not in ("GET", "HEAD"):
            await _text(send, 405, "only GET and HEAD are answered", ((b"allow", b"GET, HEAD"),))
        elif raw == f"{LIVE}live.js".encode():
            await _whole(send, 200, "live.js", self._script, head=head)
        elif raw == f"{LIVE}events".encode() and not head:
            await self._events(scope, receive, send)
        else:
            await self._file(raw, headers, send, head=head)

    async def _file(self, raw: bytes, headers: Mapping[bytes, bytes], send: Send, *, head: bool) -> None:
        found = self.hub.files.find(raw)
        if found is not None and found.path.endswith(".html") and self.hub.view.behind(found.path):
            await asyncio.to_thread(self.hub.view.wait_for, found.path, _BEHIND)
            found = self.hub.files.find(raw)
        if found is None:
            await self._missing(send, "", head=head)
        elif self.hub.view.ahead(found.path) is not None or (found.file and found.path.endswith(".html")):
            page = await asyncio.to_thread(self.hub.page, found.path)
            if page is None:
                await self._missing(send, found.path, head=head)
            elif media_type(found.path).startswith("text/html"):
                page = with_script(page, found.path)
                await _whole(send, 200, found.path, page, head=head)
            else:
                await _whole(send, 200, found.path, page, head=head)
        elif found.redirect:
            await _text(send, 302, "this way", ((b"location", found.redirect.encode("latin-1", "replace")),))
        elif found.file:
            await _from_disk(send, found, headers, head=head)
        else:
            await self._missing(send, found.path, head=head)

    async def _missing(self, send: Send, path: str, *, head: bool) -> None:
        page = await asyncio.to_thread(self.hub.page, "404.html")
        body = with_script(page or NOTHING, path, missing=True)
        await _whole(send, 404, "404.html", body, head=head)

    async def _events(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        first = {name: values[0] for name, values in asked.items()}
        client = Client(first.get("page", ""), first.get("digest", ""), missing=first.get("missing") == "1")
        await _start(send, 200, ((b"content-type", b"text/event-stream"),))
        await _more(send, b"retry: 400\n\n")
        self.hub.join(client)
        gone = asyncio.ensure_future(_gone(receive))
        stopping = asyncio.ensure_future(self.stopping.wait())
        try:
            while not gone.done() and not stopping.done():
                news = asyncio.ensure_future(client.next(_ALIVE))
                await asyncio.wait((news, gone, stopping), return_when=asyncio.FIRST_COMPLETED)
                if not news.done():
                    news.cancel()
                    break
                await asyncio.wait_for(_more(send, news.result()), _UNREAD)
        except TimeoutError:
            pass
        finally:
            gone.cancel()
            stopping.cancel()
            self.hub.leave(client)
        if not self.stopping.is_set() and not gone.done():
            return
        await send({"type": "http.response.body", "body": b""})


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that a ``Range`` header asks for; None where the whole is to be sent.

    More than one range is answered with the whole, as RFC 9110 (14.2) allows.

    Raises:
        ValueError: no byte of the file is in the range.
    """
    unit, _, wanted = header.partition("=")
    first, dash, last = wanted.strip().partition("-")
    if unit.strip().lower() != "bytes" or not dash or "," in wanted:
        return None
    if not all(part == "" or (part.isascii() and part.isdigit()) for part in (first, last)) or first == last == "":
        return None
    if not first:
        begin, end = max(0, size - int(last)), size - 1
        if int(last) == 0 or size == 0:
            raise ValueError(header)
        return begin, end
    begin = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < begin:
        return None
    if begin >= size:
        raise ValueError(header)
    return begin, end


async def _from_disk(send: Send, found: Found, headers: Mapping[bytes, bytes], *, head: bool) -> None:
    try:
        file = await asyncio.to_thread(open, found.file, "rb")
    except OSError:
        await _text(send, 404, "it went away")
        return
    with file:
        size = os.fstat(file.fileno()).st_size
        kind = (b"content-type", media_type(found.path).encode())
        try:
            part = byte_range(headers.get(b"range", b"").decode("latin-1")[:200], size)
        except ValueError:
            await _text(send, 416, "no such range", ((b"content-range", f"bytes */{size}".encode()),))
            return
        begin, end = part or (0, size - 1)
        more = ((b"content-range", f"bytes {begin}-{end}/{size}".encode()),) if part else ()
        length = (b"content-length", str(end - begin + 1).encode())
        await _start(send, 206 if part else 200, (kind, length, (b"accept-ranges", b"bytes"), *more))
        if not head:
            async for block in _blocks(file, begin, end - begin + 1):
                await _more(send, block)
    await send({"type": "http.response.body", "body": b""})


async def _blocks(file: Any, begin: int, left: int) -> AsyncIterator[bytes]:
    file.seek(begin)
    while left > 0:
        block = await asyncio.to_thread(file.read, min(_BLOCK, left))
        if not block:
            # Outputs are replaced, not cut; should one be cut all the same, the connection ends short of its promise.
            return
        left -= len(block)
        yield block


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*_ALWAYS, *headers]})


async def _more(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _whole(send: Send, status: int, path: str, body: bytes, *, head: bool, headers: Headers = ()) -> None:
    kind = (b"content-type", media_type(path).encode())
    await _start(send, status, (kind, (b"content-length", str(len(body)).encode()), *headers))
    await send({"type": "http.response.body", "body": b"" if head else body})


async def _text(send: Send, status: int, text: str, headers: Headers = ()) -> None:
    await _whole(send, status, "a.txt", f"{text}\n".encode(), head=False, headers=headers)
