"""SVG: measured, and refused where it could do more than be drawn.

An SVG file that a reader opens by itself is a document of the publication's site: a script in it could do whatever a script of
the site can. Files are not cleaned, because a cleaned drawing may look different without a warning; they are refused, with the
line to correct.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

__all__ = ["SvgFile", "read_svg"]

_ACTIVE = frozenset(("script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener"))
_OUTWARD = re.compile(r"url\(\s*['\"]?\s*(?!['\"]?\s*(?:#|data:image/))|@import", re.IGNORECASE)
_RUNS = re.compile(r"^\s*(?:javascript|vbscript|data:text|data:application)", re.IGNORECASE)
_INWARD = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif)[;,])", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(px|pt|pc|mm|cm|in|em|ex|rem)?\s*\Z")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_DEFAULT_SIZE = (300, 150)
"""What CSS gives to a replaced element of unknown size, in pixels."""


class SvgFile(NamedTuple):
    """An SVG file: its size in CSS pixels, and what forbids to publish it, if anything does."""

    width: int
    height: int
    problem: str = ""


def read_svg(raw: bytes) -> SvgFile:
    """Read an SVG file; never raises for what it holds."""
    reader = _Reader()
    try:
        reader.parser.Parse(raw, True)
    except ExpatError as error:
        return SvgFile(0, 0, f"is not well-formed XML (line {error.lineno})")
    except _Refused as refused:
        return SvgFile(0, 0, str(refused))
    if reader.root is None or reader.root[0] != "svg":
        return SvgFile(0, 0, "is not an SVG drawing")
    return SvgFile(*_size(reader.root[1]))


class _Refused(Exception):
    """The drawing holds something that is not to be published."""


class _Reader:
    def __init__(self) -> None:
        self.root: tuple[str, dict[str, str]] | None = None
        self.in_style = False
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction

    def refuse(self, what: str) -> None:
        raise _Refused(f"{what} (line {self.parser.CurrentLineNumber})")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if self.root is None:
            self.root = local, attributes
        if local in _ACTIVE:
            self.refuse(f"holds <{name}>, which can run or load something")
        self.in_style = local == "style"
        for key, value in attributes.items():
            plain = key.rpartition(":")[2].lower()
            if plain.startswith("on"):
                self.refuse(f"holds `{key}`, which runs a script")
            if _RUNS.search(value) or (plain in ("to", "from", "values", "by") and "script:" in value.lower()):
                self.refuse(f"holds `{key}`, which runs a script")
            if plain in ("href", "src") and local != "a" and not _INWARD.match(value):
                self.refuse(f"loads `{value[:60]}` from elsewhere")
            if not key.startswith("xmlns") and _OUTWARD.search(value):
                self.refuse(f"loads something from elsewhere in `{key}`")

    def end(self, _: str) -> None:
        self.in_style = False

    def text(self, text: str) -> None:
        if self.in_style and _OUTWARD.search(text):
            self.refuse("loads something from elsewhere in its style")

    def entity(self, *_: object) -> None:
        self.refuse("declares entities of its own")

    def instruction(self, target: str, _: str) -> None:
        self.refuse(f"holds the instruction <?{target}?>")


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    try:
        wide, high = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        wide = high = 0.0
    if not (0 < wide < 1e6 and 0 < high < 1e6):
        wide, high = _DEFAULT_SIZE
    if width and not height:
        height = width * high / wide
    elif height and not width:
        width = height * wide / high
    elif not width:
        width, height = wide, high
    return max(1, round(width)), max(1, round(height))


def _pixels(length: str) -> float:
    match = _LENGTH.match(length)
    scale = _PIXELS.get(match[2]) if match else None
    value = float(match[1]) * scale if match and scale else 0.0
    return value if value < 1e6 else 0.0
