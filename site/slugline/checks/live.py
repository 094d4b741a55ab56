"""Addresses that are public now and that the next site does not have: what the sitemap of the site as it is names.

It is read from the host that is named and from no other, or from a file; a sitemap index is followed.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from xml.etree import ElementTree

from slugline.build.lost_addresses import Led
from slugline.checks.findings import Finding
from slugline.errors import UsageError
from slugline.files import relative_path
from slugline.settings.schema import SETTINGS_FILE
from slugline.urls import output_path

__all__ = ["live_addresses", "lost_from_public"]

_AGENT = "slugline-check (a newspaper's link check)"
_TIMEOUT = 15.0
_LARGEST = 50 * 1024 * 1024
_MOST = 10_000
"""Sitemaps that are read, at most."""

Read = Callable[[str], bytes]


def live_addresses(sitemap: str) -> list[str]:
    """The addresses that a sitemap names, in order; ``sitemap`` is an address, or the path of a file.

    Raises:
        UsageError: it, or a part of it, cannot be read.
    """
    read = _from_host(sitemap) if "://" in sitemap else _from_folder(Path(sitemap))
    pending, seen, found = [sitemap], {sitemap}, {}
    while pending:
        place = pending.pop(0)
        kind, addresses = _entries(place, read(place))
        if kind == "urlset":
            found.update(dict.fromkeys(addresses))
            continue
        for address in addresses:
            if address not in seen and len(seen) < _MOST:
                seen.add(address)
                pending.append(address)
    return list(found)


def lost_from_public(addresses: list[str], paths: frozenset[str], led: Led, prefix: str) -> Iterator[Finding]:
    """The addresses at which the next site has nothing, and from which it does not lead on.

    Args:
        addresses: those that are public.
        paths: the output paths of the next site.
        led: what it leads on from, or has declared gone.
        prefix: the path of its base URL.
    """
    for address in addresses:
        path = relative_path(unquote(urlsplit(address).path)) or "/"
        url = path.removeprefix(unquote(prefix)) or "/"
        file = output_path(url)
        if file in paths or f"{file}/index.html" in paths or url in led or f"{url}/" in led:
            continue
        message = f"{address} is public, and the site will have nothing there"
        hint = f"write `aliases: [{url}]` where readers are to be led, or declare it gone: `[urls] gone = [\"{url}\"]`"
        yield Finding("lost-address", SETTINGS_FILE, message, hint)


def _entries(place: str, raw: bytes) -> tuple[str, list[str]]:
    """Whether it is a ``urlset`` or a ``sitemapindex``, and the addresses in it."""
    if raw.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError):
            raw = gzip.decompress(raw)
    try:
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            raise ElementTree.ParseError("a sitemap declares no entities")
        root = ElementTree.fromstring(raw)  # noqa: S314  # without entities there is nothing to expand
    except ElementTree.ParseError as error:
        raise UsageError(f"{place} is no sitemap: {error}") from error
    kind = root.tag.rpartition("}")[2]
    if kind not in ("urlset", "sitemapindex"):
        raise UsageError(f"{place} is no sitemap: it is a <{kind}>")
    locations = [child.text for entry in root for child in entry if child.tag.rpartition("}")[2] == "loc"]
    return kind, [text.strip() for text in locations if text]


def _from_folder(file: Path) -> Read:
    """Reads a sitemap's file; its parts are looked for beside it, by the paths of their addresses."""

    def read(place: str) -> bytes:
        if place == str(file):
            path = file
        else:
            parts = [part for part in unquote(urlsplit(place).path).split("/") if part not in ("", ".", "..")]
            places = [file.parent.joinpath(*parts[start:]) for start in range(len(parts))]
            path = next((one for one in places if one.is_file()), places[0] if places else file)
        try:
            return path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from error

    return read


def _from_host(sitemap: str) -> Read:
    """Reads addresses of one host."""
    host = urlsplit(sitemap).netloc

    def allowed(address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and parts.netloc == host

    class SameHost(HTTPRedirectHandler):
        def redirect_request(
            self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
        ) -> Request | None:
            if not allowed(newurl):
                raise UsageError(f"{req.full_url} leads to another host: {newurl}")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    opener = build_opener(SameHost)

    def read(place: str) -> bytes:
        if not allowed(place):
            raise UsageError(f"{place} is not on {host}, and nothing is read from elsewhere")
        try:
            with opener.open(Request(place, headers={"User-Agent": _AGENT}), timeout=_TIMEOUT) as answer:  # noqa: S310
                raw: bytes = answer.read(_LARGEST + 1)
        except HTTPError as error:
            error.close()
            raise UsageError(f"{place} cannot be read: the server answers {error.code}") from error
        except (URLError, OSError, HTTPException, ValueError) as error:
            raise UsageError(f"{place} cannot be read: {getattr(error, 'reason', error)}") from error
        if len(raw) > _LARGEST:
            raise UsageError(f"{place} is larger than {_LARGEST >> 20} MB")
        return raw

    return read
