"""Addresses elsewhere: visited politely, several hosts at a time, and not again within a week if something is there.

A host is asked by one connection at a time, with a pause between two questions; a HEAD first, a GET where a server does not
answer that. Only an answer that says that nothing is there counts as broken: a server that refuses robots may well serve
people the page.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from slugline.checks.findings import Finding
from slugline.files import write_atomic

__all__ = ["check_links"]

_AGENT = "slugline-check (a newspaper's link check)"
_CACHED_FOR = 7 * 24 * 3600.0
"""Seconds for which an answer is taken from the cache."""

_HOSTS = 16
_PAUSE = 0.5
_TIMEOUT = 15.0
_GONE = frozenset((404, 410))


def check_links(links: Mapping[str, list[str]], cache: Path, now: float, pause: float = _PAUSE) -> list[Finding]:
    """Visit addresses and report those that lead nowhere.

    Args:
        links: addresses, each with the files that link to it.
        cache: a JSON file of good answers; an address at which nothing was is visited again, as it may be mended.
        now: seconds since the epoch, for the age of cached answers.
        pause: seconds between two questions to one host.
    """
    known = {url: answer for url, answer in _read(cache).items() if now - answer[0] < _CACHED_FOR and not answer[1]}
    hosts: dict[str, list[str]] = {}
    for url in links:
        if url not in known:
            hosts.setdefault(urlsplit(url).netloc, []).append(url)
    with ThreadPoolExecutor(_HOSTS) as pool:
        for answers in pool.map(lambda urls: _visit(urls, pause), hosts.values()):
            known.update({url: (now, fault) for url, fault in answers.items()})
    if hosts:
        write_atomic(cache, json.dumps(known, sort_keys=True, indent=0).encode())
    hint = "mend the address or the link"
    return [
        Finding("broken-external", path, f"{url} leads nowhere: {known[url][1]}", hint, url, in_text=True)
        for url, paths in links.items()
        if known[url][1]
        for path in paths
    ]


def _read(cache: Path) -> dict[str, tuple[float, str]]:
    with suppress(OSError, ValueError, TypeError):
        return {url: (float(at), str(fault)) for url, (at, fault) in json.loads(cache.read_bytes()).items()}
    return {}


def _visit(urls: Iterable[str], pause: float) -> dict[str, str]:
    """What is wrong with addresses of one host; an empty text where nothing is."""
    faults: dict[str, str] = {}
    for url in urls:
        if faults:
            time.sleep(pause)
        faults[url] = _fault(url)
    return faults


def _fault(url: str) -> str:
    address = quote(url, safe="%/:=&?~#+!$,;'@()*[]-._")
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": _AGENT})  # noqa: S310  # http(s) only
        try:
            with urlopen(request, timeout=_TIMEOUT):  # noqa: S310
                return ""
        except HTTPError as error:
            error.close()
            if method == "GET":
                return f"the server answers {error.code}" if error.code in _GONE else ""
        except (URLError, OSError, HTTPException, ValueError) as error:
            if method == "GET":
                return f"{getattr(error, 'reason', error)}"
    return ""
