"""Who may ask: only people who address this machine, and only pages of this site.

A page somewhere on the web can make its own host name point at this machine (DNS rebinding), and could then read drafts under
embargo. The name that it has to use gives it away: a request is answered only if its ``Host`` is a number, ``localhost``, the
name that was given to `--host` or one that was given to `--allow-host`. Requests that a page of another origin makes are
refused as well, and :mod:`slugline.serve.app` forbids pages of other origins to frame what it serves.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from slugline.errors import UsageError

__all__ = ["HostCheck"]

_FOREIGN = "this is a development server; it does not answer pages of other sites"


class HostCheck:
    """Which requests are answered.

    Args:
        host: the name or number that the server listens on.
        allowed: further names; one that begins with a dot includes every name below it.

    Raises:
        UsageError: one of them is no name, or every name.
    """

    def __init__(self, host: str, allowed: Iterable[str] = ()) -> None:
        self._names = {host.lower()}
        self._domains: list[str] = []
        for given in allowed:
            name = given.lower()
            if not name.strip(".") or _name(name.removeprefix(".")) != name.removeprefix(".").rstrip(".") or "*" in name:
                raise UsageError(f"`{given}` is no name to allow; give a host without scheme and port, such as desk.example")
            self._names.add(name.removeprefix(".").rstrip("."))
            if name.startswith("."):
                self._domains.append(name.rstrip("."))

    def refusal(self, headers: Mapping[bytes, bytes]) -> str:
        """Why a request is not answered, or "".

        Args:
            headers: of the request, names in lower case.
        """
        asked = headers.get(b"host", b"").decode("latin-1")
        name = _name(asked)
        if name is None or not self._answers_to(name):
            return (
                f"this is a development server; it does not answer to the name {name or asked!r} "
                "(to allow it, start `slugline serve` with --allow-host and the name)"
            )
        origin = headers.get(b"origin", b"").decode("latin-1")
        if origin and urlsplit(origin).netloc.lower() != asked.lower():
            return _FOREIGN
        # A link that leads here is a person's own doing; a picture or a script from here in another page is not.
        foreign = headers.get(b"sec-fetch-site") in (b"cross-site", b"same-site")
        if foreign and headers.get(b"sec-fetch-mode") != b"navigate":
            return _FOREIGN
        # A frame navigates too; what is in it is a part of the page around it.
        if foreign and headers.get(b"sec-fetch-dest", b"document") not in (b"document", b""):
            return _FOREIGN
        return ""

    def _answers_to(self, name: str) -> bool:
        return _local(name) or name in self._names or any(name.endswith(domain) for domain in self._domains)


def _name(asked: str) -> str | None:
    """The host of a ``Host`` header, without its port; None where it is no host."""
    try:
        parts = urlsplit(f"//{asked}")
        _ = parts.port
        name = parts.hostname
    except ValueError:
        return None
    if not name or parts.path or parts.query or parts.fragment or "@" in asked:
        return None
    return name.rstrip(".")


def _local(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    # A number cannot be rebound: a page served from one has that number as its own origin.
    return True
