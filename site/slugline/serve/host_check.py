"""Who may ask: only people who address this machine, and only pages of this site.

A page somewhere on the web can make its own host name point at this machine (DNS rebinding), and would then be let read
drafts under embargo. The name that it has to use gives it away: a request is answered only if its ``Host`` is a number,
``localhost``, or the name that was given to `--host`. Requests that a page of another origin makes are refused as well.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = ["refusal"]


def refusal(headers: Mapping[bytes, bytes], host: str) -> str:
    """Why a request is not answered, or "".

    Args:
        headers: of the request, names in lower case.
        host: the name or number that the server listens on.
    """
    asked = headers.get(b"host", b"").decode("latin-1")
    name = _name(asked)
    if name is None or not (_local(name) or name == host.lower()):
        return f"this is a development server; it does not answer to the name {name or asked!r}"
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin and urlsplit(origin).netloc.lower() != asked.lower():
        return "this is a development server; it does not answer pages of other sites"
    # A link that leads here is a person's own doing; a picture or a script from here in another page is not.
    foreign = headers.get(b"sec-fetch-site") in (b"cross-site", b"same-site")
    if foreign and headers.get(b"sec-fetch-mode") != b"navigate":
        return "this is a development server; it does not answer pages of other sites"
    return ""


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
    # A number is nobody's to rebind: a page served from one has that number as its own origin.
    return True
