"""Checks of what texts point at: files, stories, parts of them, pages of the site, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, unquote

from slugline.catalog.lookup import broken_references
from slugline.catalog.texts import story_text, texts_linking_out
from slugline.checks.findings import Archive, Check, Finding
from slugline.files import relative_path
from slugline.markup.links import LOCAL_PATH, LOCAL_PATH_HINT, is_local_path
from slugline.markup.third_parties import foreign_addresses
from slugline.urls import output_path

__all__ = ["LINK_CHECKS", "external_links"]

_HREF = re.compile(r'<a\s[^<>]*?href="(content:|/(?!/)|#)([^"]*)"')
_TARGET = re.compile(r"""\s(?:href|src)\s*=\s*["']?([^"'\s<>]+)""")
_EXTERNAL = re.compile(r'<a\s[^<>]*?href="(https?://[^"]+)"')
_SHOWN = re.compile(r'<img\s[^<>]*?src="(/(?!/)[^"]*)"|content:(/[^"\s,]*)')
_PICTURE = re.compile(r"<img\s[^<>]*>")
_ALT = re.compile(r'\salt="([^"]*)"')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')


def broken_link(archive: Archive) -> Iterator[Finding]:
    """Links to, and pictures from, files that are not there."""
    leads = {row.teaser.key: row.teaser.image.src for row in archive.stories if row.teaser.image}
    for owner, target in broken_references(archive.db):
        # A missing lead picture, a path of somebody's own computer and an address of the site have checks of their own.
        known = leads.get(owner) == target or is_local_path(f"/{target}")
        if not known and not _is_address(story_text(archive.db, owner) or "", target):
            message = f"content/{target} is linked or shown, and does not exist"
            yield Finding("broken-link", f"content/{owner}", message, "mend the path", target.rpartition("/")[2], in_text=True)


def _is_address(html: str, target: str) -> bool:
    """Whether HTML of the author's own has a target as an address of the site only: it begins with a slash."""
    written = escape(quote(target, safe="/!$&()*+,;=:@-._~"))
    return f"content:/{written}" in html and f"content:{written}" not in html


def broken_anchor(archive: Archive) -> Iterator[Finding]:
    """Links to a part of a text that it does not have."""

    @lru_cache(maxsize=4096)
    def parts(path: str) -> frozenset[str] | None:
        html = story_text(archive.db, path)
        return None if html is None else frozenset(_ID.findall(html))

    for key, html in archive.texts:
        for scheme, rest in _HREF.findall(html):
            path, _, part = unescape(rest).partition("#")
            known: frozenset[str] | None
            if scheme == "#":
                known, part, shown = frozenset(_ID.findall(html)), path + part, "this text"
            elif scheme == "content:" and part:
                known, shown = parts(unquote(path.partition("?")[0])), f"content/{unquote(path)}"
            else:
                continue
            if known is not None and part and unquote(part) not in known and part not in known:
                message = f"links to the part `#{part}`, which {shown} does not have"
                yield Finding("broken-anchor", f"content/{key}", message, "mend the part after the #", f"#{part}", in_text=True)


def broken_address(archive: Archive) -> Iterator[Finding]:
    """Links to, and pictures at, addresses of the site at which the last build has put nothing."""
    if not archive.addresses:
        return

    def missing(address: str) -> str:
        """The path of an address of the site, if nothing is there."""
        path = unquote(unescape(address).partition("#")[0].partition("?")[0])
        file = output_path(relative_path(path))
        return "" if file in archive.addresses or f"{file}/index.html" in archive.addresses else path

    for key, html in archive.texts:
        for scheme, rest in _HREF.findall(html):
            if scheme == "/" and not is_local_path(f"/{rest}") and (path := missing(f"/{rest}")):
                message = f"links to {path}, where the site has nothing"
                hint = "link to the file instead (`../world/story.md`): that follows it wherever it goes"
                yield Finding("broken-address", f"content/{key}", message, hint, path, in_text=True)
        for source, target in _SHOWN.findall(html):
            address = source or target
            # A picture of content/ is found by its path below it.
            if not is_local_path(address) and (path := missing(address)) and path[1:] not in archive.media:
                message = f"shows {path}, which is neither in content/ nor on the site"
                hint = "name the file by its path from this one: `![A dam](dam.jpg)`"
                yield Finding("broken-address", f"content/{key}", message, hint, path, in_text=True)


def third_party(archive: Archive) -> Iterator[Finding]:
    """Frames and scripts that a page loads from elsewhere as soon as it is opened."""
    for key, html in archive.texts:
        for name, address in foreign_addresses(html):
            message = f"loads a {name} from {address} as soon as the page is opened"
            hint = "embed it as `::embed{url=…}`, which asks nobody before a reader does, or write a link"
            yield Finding("third-party", f"content/{key}", message, hint, address, in_text=True)


def local_path(archive: Archive) -> Iterator[Finding]:
    """Links to, and pictures from, somebody's own computer."""
    for row in archive.stories:
        if row.teaser.image and is_local_path(row.teaser.image.src):
            yield _local(row.path, row.teaser.image.src, in_text=False)
    for key, html in archive.texts:
        for target in dict.fromkeys(_TARGET.findall(html)):
            if is_local_path(target):
                yield _local(f"content/{key}", unescape(target), in_text=True)


def _local(path: str, target: str, *, in_text: bool) -> Finding:
    return Finding("local-path", path, LOCAL_PATH.format(target), LOCAL_PATH_HINT, target, in_text=in_text)


def body_alt(archive: Archive) -> Iterator[Finding]:
    """Pictures in texts without alternative text."""
    for key, html in archive.texts:
        for tag in _PICTURE.findall(html):
            alt = _ALT.search(tag)
            if alt is None or not alt[1].strip():
                source = _SOURCE.search(tag)
                name = unquote(unescape(source[1])).rpartition("/")[2] if source else ""
                hint = "say between the square brackets what it shows: `![A dam](dam.jpg)`"
                message = f"the picture {name} has no alternative text"
                yield Finding("missing-alt", f"content/{key}", message, hint, name, in_text=True)


def external_links(archive: Archive) -> dict[str, list[str]]:
    """Addresses elsewhere that texts link to, each with the files that do, in order."""
    found: dict[str, list[str]] = {}
    for key, html in texts_linking_out(archive.db):
        for url in dict.fromkeys(_EXTERNAL.findall(html)):
            found.setdefault(unescape(url).partition("#")[0], []).append(f"content/{key}")
    return dict(sorted(found.items()))


LINK_CHECKS: tuple[Check, ...] = (broken_link, broken_anchor, broken_address, third_party, local_path, body_alt)
