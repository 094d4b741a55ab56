"""HTTP: an ASGI application over the site's files, the pages ahead of them, and the streams of events."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from importlib.resources import files as package_files
from typing import Any
from urllib.parse import parse_qs

from slugline.serve.host_check import HostCheck
from slugline.serve.hub import Hub, OpenPage
from slugline.serve.live_script import LIVE, NOT_FOUND, with_script
from slugline.serve.site_files import SiteFile, media_type

__all__ = ["Application", "byte_range"]

RequestScope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]

_BLOCK = 1 << 16
_PAGE_TIMEOUT = 3.0
"""How long to wait for a page that a build under way has yet to render, in seconds."""

_KEEP_ALIVE = 15.0
"""Seconds between comments on a stream of events, so that a client that went away is noticed."""

_SEND_TIMEOUT = 30.0
"""A client that reads nothing for so many seconds is disconnected."""

_ALWAYS: Headers = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"frame-ancestors 'self'"),
    (b"x-frame-options", b"SAMEORIGIN"),
)


class Application:
    """Answers requests.

    Args:
        hub: the open pages.
        host_check: which requests are answered.
    """

    def __init__(self, hub: Hub, host_check: HostCheck) -> None:
        self.hub = hub
        self.host_check = host_check
        self.stopping = asyncio.Event()
        self._script = package_files("slugline.serve").joinpath("live.js").read_bytes()

    async def __call__(self, scope: RequestScope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI calls it."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        head = scope["method"] == "HEAD"
        raw = scope.get("raw_path") or scope["path"].encode()
        if refused := self.host_check.refusal(headers):
            await _text(send, 403, refused)
        elif scope["method"] not in ("GET", "HEAD"):
            await _text(send, 405, "only GET and HEAD are answered", ((b"allow", b"GET, HEAD"),))
        elif raw == f"{LIVE}live.js".encode():
            await _whole(send, 200, "live.js", self._script, head=head)
        elif raw == f"{LIVE}events".encode() and not head:
            await self._events(scope, receive, send)
        else:
            await self._file(raw, scope.get("query_string", b""), headers, send, head=head)

    async def _file(
        self, raw: bytes, query: bytes, headers: Mapping[bytes, bytes], send: Send, *, head: bool
    ) -> None:
        found = self.hub.files.find(raw)
        if found is not None and found.path.endswith(".html") and self.hub.preview.behind(found.path):
            await asyncio.to_thread(self.hub.preview.wait_for, found.path, _PAGE_TIMEOUT)
            found = self.hub.files.find(raw)
        if found is None:
            await self._missing(send, "", head=head)
        elif self.hub.preview.ahead(found.path) is not None or (found.file and found.path.endswith(".html")):
            page = await asyncio.to_thread(self.hub.page, found.path)
            if page is None:
                await self._missing(send, found.path, head=head)
            elif media_type(found.path).startswith("text/html"):
                page = with_script(page, found.path)
                await _whole(send, 200, found.path, page, head=head)
            else:
                await _whole(send, 200, found.path, page, head=head)
        elif found.redirect:
            location = found.redirect.encode("latin-1", "replace") + (b"?" + query if query else b"")
            await _text(send, 302, f"moved to {location.decode('latin-1')}", ((b"location", location),))
        elif found.file:
            await _from_disk(send, found, headers, head=head)
        else:
            await self._missing(send, found.path, head=head)

    async def _missing(self, send: Send, path: str, *, head: bool) -> None:
        page = await asyncio.to_thread(self.hub.page, "404.html")
        body = with_script(page or NOT_FOUND, path, missing=True)
        await _whole(send, 404, "404.html", body, head=head)

    async def _events(self, scope: RequestScope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        first = {name: values[0] for name, values in asked.items()}
        client = OpenPage(first.get("page", ""), first.get("digest", ""), missing=first.get("missing") == "1")
        await _start(send, 200, ((b"content-type", b"text/event-stream"),))
        await _more(send, b"retry: 400\n\n")
        self.hub.join(client)
        gone = asyncio.ensure_future(_gone(receive))
        stopping = asyncio.ensure_future(self.stopping.wait())
        try:
            while not gone.done() and not stopping.done():
                news = asyncio.ensure_future(client.next(_KEEP_ALIVE))
                await asyncio.wait((news, gone, stopping), return_when=asyncio.FIRST_COMPLETED)
                if not news.done():
                    news.cancel()
                    break
                await asyncio.wait_for(_more(send, news.result()), _SEND_TIMEOUT)
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


async def _from_disk(send: Send, found: SiteFile, headers: Mapping[bytes, bytes], *, head: bool) -> None:
    try:
        file = await asyncio.to_thread(open, found.file, "rb")
    except OSError:
        await _text(send, 404, "the file was deleted")
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
