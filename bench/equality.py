"""Whether the generators did the same work: the same pages, and the same words, headings and links on them.

What may differ is what readers do not see or what each does in its own way: white space, quotation marks, the ids of
headings, the form of a date's attribute.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

__all__ = ["Seen", "WorkDiffers", "compare_pages", "compare_papers", "html_pages", "same_bytes", "seen"]

_WORD = re.compile(r"[^\W_]+")


class WorkDiffers(Exception):
    """Two outputs that should be equal are not; the message says where."""


class Seen(NamedTuple):
    """What a reader finds in the main part of a page."""

    words: tuple[str, ...]
    headings: tuple[str, ...]
    links: tuple[str, ...]


def html_pages(output: Path) -> set[str]:
    """The HTML files below a folder, relative to it."""
    return {
        os.path.relpath(os.path.join(folder, name), output)
        for folder, _, names in os.walk(output)
        for name in names
        if name.endswith(".html")
    }


def compare_pages(outputs: dict[str, Path], sample: Iterable[str]) -> int:
    """Compare finished sites with the first of them: the set of pages, and what the sampled ones say.

    Returns:
        How many HTML pages each has.

    Raises:
        WorkDiffers: a page is missing or too many, or a sampled page says something else.
    """
    (first, reference), *others = outputs.items()
    pages = html_pages(reference)
    for name, output in others:
        own = html_pages(output)
        if own != pages:
            few = ", ".join(sorted(own ^ pages)[:5])
            raise WorkDiffers(f"{name} wrote {len(own)} pages, {first} {len(pages)}; only one of them has {few}")
    for page in sample:
        wanted = seen((reference / page).read_text(encoding="utf-8"))
        for name, output in others:
            found = seen((output / page).read_text(encoding="utf-8"))
            for what, one, other in zip(Seen._fields, wanted, found, strict=True):
                if one != other:
                    raise WorkDiffers(f"{page}: {what} of {name} differ from {first}'s: {_difference(one, other)}")
    return len(pages)


_COUNTED = {
    "cards": (".html", re.compile(r'<article class="card')),
    "objects of structured data": (".html", re.compile(r'"@type": ?"')),
    "share links": (".html", re.compile(r'rel="nofollow"')),
    "entries in feeds": (".xml .atom .json", re.compile(r'<item>|<entry[ >]|"content_html"')),
    "addresses in sitemaps": (".xml", re.compile(r"<loc>")),
}
_NEAR = 0.05


def compare_papers(outputs: dict[str, Path]) -> dict[str, tuple[int, ...]]:
    """Count what full papers hold: files, HTML pages, cards, structured data, entries in feeds, addresses in sitemaps.

    How lists are cut into pages, and which stories are related, is each generator's own: the counts may differ a little.

    Raises:
        WorkDiffers: a count of one is more than a twentieth off the first one's.
    """
    found = [_paper(output) for output in outputs.values()]
    counted = {what: tuple(one[what] for one in found) for what in found[0]}
    for what, (first, *others) in counted.items():
        if any(abs(other - first) > _NEAR * first for other in others):
            raise WorkDiffers(f"{' and '.join(outputs)} wrote {', '.join(map(str, (first, *others)))} {what}")
    return counted


def _paper(output: Path) -> dict[str, int]:
    counts = {"files": 0, "HTML pages": len(html_pages(output)), "MB": 0, **dict.fromkeys(_COUNTED, 0)}
    size = 0
    for path in output.rglob("*"):
        if not path.is_file():
            continue
        counts["files"] += 1
        size += path.stat().st_size
        wanted = [(what, pattern) for what, (endings, pattern) in _COUNTED.items() if path.suffix in endings.split()]
        text = path.read_text(encoding="utf-8") if wanted else ""
        for what, pattern in wanted:
            counts[what] += len(pattern.findall(text))
    counts["MB"] = round(size / 1e6)
    return counts


def same_bytes(one: Path, other: Path) -> int:
    """Compare two folders byte for byte.

    Returns:
        How many files each has.

    Raises:
        WorkDiffers: a file is missing in one of them, or its bytes differ.
    """
    files = {_relative(one, path) for path in one.rglob("*") if path.is_file()}
    others = {_relative(other, path) for path in other.rglob("*") if path.is_file()}
    if files != others:
        raise WorkDiffers(f"only in one of {one.name} and {other.name}: {', '.join(sorted(files ^ others)[:5])}")
    for name in sorted(files):
        if (one / name).read_bytes() != (other / name).read_bytes():
            raise WorkDiffers(f"{name} is not the same in {one.name} and {other.name}")
    return len(files)


def seen(html: str) -> Seen:
    """The words, headings and links of a page's ``<main>``, without its reading time, which each has a formula for."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = unicodedata.normalize("NFC", re.sub(r"\d+ min read", "", "".join(reader.text)))
    return Seen(tuple(_WORD.findall(text)), tuple("".join(one).strip() for one in reader.headings), tuple(reader.links))


def _relative(base: Path, path: Path) -> str:
    return path.relative_to(base).as_posix()


def _difference(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    found, wanted = " ".join(other[at : at + 4]), " ".join(one[at : at + 4])
    return f"{found!r} instead of {wanted!r} ({len(other)} and {len(one)} in all)"


class _Reader(HTMLParser):
    """Collects what stands inside ``<main>``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.headings: list[list[str]] = []
        self.links: list[str] = []
        self._inside = False
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._inside = True
        if not self._inside:
            return
        if tag not in _INLINE:
            self.text.append(" ")
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = tag
            self.headings.append([f"{tag} "])
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._inside = False
        if tag == self._heading:
            self._heading = ""
        if self._inside and tag not in _INLINE:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            return
        self.text.append(data)
        if self._heading:
            self.headings[-1].append(" ".join(_WORD.findall(data)))


_INLINE = frozenset(("a", "abbr", "b", "cite", "code", "em", "i", "span", "strong", "sub", "sup", "time"))
