"""Old addresses as people and exports write them, brought into the one form in which they are stored and compared.

That form is readable: the path decoded (``/été/``, ``/a b/``), the query, if there is one, as a browser sends it. What no
server's configuration or no file can hold is refused, with the reason.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from urllib.parse import quote, unquote

from slugline.urls import alias_url

__all__ = ["Alias", "as_written", "is_folder", "read_alias", "same_place"]

_PLAIN_QUERY = "-._~/@,"
_UNUSABLE = "\"\\{}<>|^`*?#"
_LONGEST = 255


class Alias(NamedTuple):
    """An old address, or why it is none.

    Attributes:
        address: in its stored form; empty where there is a problem.
        problem: what is wrong with it.
        hint: what to write instead.
    """

    address: str
    problem: str = ""
    hint: str = ""


def read_alias(text: str) -> Alias:
    """An old address in its stored form."""
    if "://" in text.partition("?")[0] or text.startswith("//"):
        return Alias("", "is the address of a whole site", "write what follows the host: /old/address/")
    if not text.startswith("/"):
        return Alias("", "is no path of this site", "write it as /old/address/")
    if "#" in text:
        return Alias("", "holds a `#`, and browsers send nothing of what follows it", f"write `{text.partition('#')[0]}`")
    written, _, query = text.partition("?")
    try:
        path = unicodedata.normalize("NFC", unquote(written, errors="strict"))
        query = _query(query)
    except UnicodeDecodeError:
        return Alias("", "holds percent signs that are no UTF-8 text", "write its letters as they are: /été/")
    if problem := _path_problem(path):
        hint = "write it as /old/address/; a section that moved as a whole names its old address in its own file"
        return Alias("", problem, hint)
    if path == "/" and not query:
        return Alias("", "is the front page", "take it out of `aliases`")
    return Alias(f"{path}?{query}" if query else path)


def as_written(address: str) -> str:
    """A stored address as front matter has it: :func:`read_alias` makes the same of it."""
    path, sign, query = address.partition("?")
    return path.replace("%", "%25") + sign + query


def is_folder(address: str) -> bool:
    """Whether an old address is that of a folder, under which others may lie; ``/old.html`` and ``/?p=3`` are not."""
    return "?" not in address and alias_url(address).endswith("/")


def same_place(address: str, url: str) -> bool:
    """Whether an old address leads to where a page is, but for a query and for upper and lower case."""
    return alias_url(address.partition("?")[0]).casefold() == url.casefold()


def _query(text: str) -> str:
    """The pairs of a query, each percent-encoded in one way; nothing in them means anything to a server's configuration."""
    pairs = [pair.split("=", 1) for pair in text.split("&")]
    encoded = [[quote(unquote(part, errors="strict"), safe=_PLAIN_QUERY) for part in pair] for pair in pairs if pair[0]]
    return "&".join(map("=".join, encoded))


def _path_problem(path: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in path):
        return "holds a character that cannot be seen"
    if wrong := next((char for char in path if char in _UNUSABLE), ""):
        return f"holds a `{wrong}`, which no server can be given as a part of an address"
    parts = path.strip("/").split("/")
    if any(part.startswith(":") for part in parts):
        return "has a part that begins with a colon, which is a pattern to some servers"
    if any(part in ("", ".", "..") for part in parts) and path != "/":
        return "is no plain path"
    if "//" in path:
        return "has two slashes in a row"
    if any(len(part.encode()) > _LONGEST for part in parts):
        return f"has a part of more than {_LONGEST} bytes, which no file can be called"
    return ""
