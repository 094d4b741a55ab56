"""The annotated seeds of ``tests/seeds/``: each file says which of its lines are the story, and what else is to be found.

Above the line of dashes stands what the importer has to find, one ``key: value`` a line. Below it stands the page as it was
saved, in which ``|p``, ``|h``, ``|l``, ``|n`` and ``|q`` mark paragraphs, headings, items of lists and quotes of the story; the
marks are not part of the seed. ``layout`` says how the seed is saved: wrapped at a width, without blank lines (``tight``),
with other newlines or in another encoding.
"""

from __future__ import annotations

import codecs
import html
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "seeds"

_MARK = re.compile(r"^\|([phlnq]) ")
_SIGN = re.compile(r"^(?:[^\w\s\"“‘'(]|\d{1,3}[.)])\s+")
_LIGHT = str.maketrans({"\u00ad": None, "\u200b": None, "\x07": None, "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Scrape:
    """One annotated seed: ``body`` is (kind of mark, text) in order."""

    name: str
    raw: bytes
    expected: dict[str, str]
    body: tuple[tuple[str, str], ...]

    @property
    def authors(self) -> list[tuple[str, str]]:
        """(name, role) of each author."""
        pairs = (part.partition(", ") for part in self.expected.get("authors", "").split(";") if part.strip())
        return [(name.strip(), role.strip()) for name, _, role in pairs]


def load(path: Path) -> Scrape:
    """An annotated seed from its file."""
    head, _, page = path.read_text("utf-8").partition("\n---\n")
    expected = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        expected[key.strip()] = value.strip()
    layout = {word.split()[0]: word.split()[-1] for word in expected.pop("layout", "").split(", ") if word}
    lines: list[str] = []
    body: list[tuple[str, str]] = []
    for line in page.rstrip("\n").split("\n"):
        mark = _MARK.match(line)
        text = line[3:] if mark else line
        if mark:
            plain = text if mark[1] in "ph" else _SIGN.sub("", text, count=1)
            body.append((mark[1], spaced(html.unescape(plain))))
        if "wrap" in layout and len(text) > int(layout["wrap"]):
            indent = "  " if mark and mark[1] in "ln" else ""
            lines.extend(textwrap.wrap(text, int(layout["wrap"]), subsequent_indent=indent, break_on_hyphens=False))
        else:
            lines.append(text)
    if "tight" in layout:
        lines = [line for line in lines if line]
    text = ("\r\n" if "crlf" in layout else "\n").join(lines) + "\n"
    return Scrape(path.stem, _encoded(text, layout), expected, tuple(body))


def everything() -> list[Scrape]:
    """All annotated seeds, by name."""
    return [load(path) for path in sorted(FOLDER.glob("*.seed"))]


def spaced(text: str) -> str:
    """A text without what is invisible, its spaces plain and single."""
    return " ".join(text.translate(_LIGHT).split())


def _encoded(text: str, layout: dict[str, str]) -> bytes:
    if "cp1252" in layout:
        return text.encode("cp1252")
    if "utf-16" in layout:
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return (codecs.BOM_UTF8 if "bom" in layout else b"") + text.encode()
