"""Bytes of a seed → clean text: which encoding, and what does not belong into text at all.

The encodings are those that newsroom exports come in: UTF-8 with or without a byte order mark, UTF-16 (and 32)
likewise, and Windows-1252. Anything else would only be a guess, and a wrong guess is a story full of wrong letters: it
is refused.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from typing import NamedTuple

__all__ = ["MAGIC", "MAX_BYTES", "Decoded", "NotTextError", "clean", "decode", "tidy"]

MAX_BYTES = 32 * 1024 * 1024
"""The size that the parser of the finished Markdown accepts, too."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
)
"""What files begin with that are no text: (bytes, what such a file is)."""

_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype\s+html|<html[\s>]|<rss[\s>])", re.IGNORECASE)

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NEWLINE = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_NEWLINES = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# What no reader sees: zero-width spaces, stray marks of byte order, shifts of direction that can hide what a line says,
# characters that are none. Joiners (ZWNJ, ZWJ) and the plain marks of direction are spelling, and stay.
_INVISIBLE = re.compile("[\u200b\u2060-\u2069\u202a-\u202e\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0001-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n?[ \t]*")
_WIDE_SPACE = re.compile("[\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
_UNSEEN = re.compile(f"{_INVISIBLE.pattern[:-1]}{_WIDE_SPACE.pattern[1:]}")
# Where typography wants the space fixed it stays: before French marks, inside guillemets, between groups of digits.
_FIXED_SPACES = "\u00a0\u2007\u202f"
_FIXED_SPACE = re.compile(
    "(?P<kept>(?<=\\S)[\u00a0\u202f](?=[!?;:»%€])|(?<=«)[\u00a0\u202f]|(?<=\\d)[\u00a0\u202f](?=\\d{3}(?!\\d)))"
    "|[\u00a0\u2007\u202f]"
)
_PLAIN_BYTES = b"\t\n" + bytes(range(32, 127))
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32)])
_STRAY = re.compile("[\udc80-\udcff]")
# UTF-8 that was once read as Windows-1252: no language writes these pairs.
_MOJIBAKE = re.compile("â€[\u0080-\uffff]|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|ï»¿")


class Decoded(NamedTuple):
    """The text of a seed.

    Attributes:
        text: with Unix newlines, composed (NFC), without control characters.
        mended: what was repaired, for the report.
        doubts: (line, what), for a person to look at.
    """

    text: str
    mended: tuple[str, ...]
    doubts: tuple[tuple[int, str], ...]


class NotTextError(ValueError):
    """The bytes are no text that can be imported; the message says why, ``hint`` how to mend it."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


def decode(raw: bytes) -> Decoded:
    """The text of a seed's bytes.

    Raises:
        NotTextError: it is empty, too large, binary, a page of markup, or in an encoding that cannot be told.
    """
    if len(raw) > MAX_BYTES:
        raise NotTextError(f"the file is larger than {MAX_BYTES >> 20} MB", "split it into one file a story")
    for magic, what in MAGIC:
        if raw.startswith(magic):
            raise NotTextError(f"the file is {what}, not text", "save the story as plain text")
    text, mended, doubts = _decoded(raw)
    if not text.strip():
        raise NotTextError("the file is empty", "delete it, or put the story in")
    if _MARKUP.match(text):
        raise NotTextError("the file is a page of markup, not plain text", "save the story as plain text")
    text, notes = clean(text)
    if not text.strip():
        raise NotTextError("the file holds nothing that can be read", "delete it, or put the story in")
    if any(sign in text for sign in "âÃÂï") and (found := _MOJIBAKE.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        doubts.append((line, f"`{found[0]}` looks like text that was once decoded wrongly"))
    return Decoded(text, (*mended, *notes), tuple(doubts))


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Text without what does not belong there, and a note of each kind of thing that was repaired."""
    if "&" not in text:
        return tidy(text)
    text, count = _ENTITY.subn(_entity, text)
    text, notes = tidy(text)
    return text, (*_noted(count, "HTML entity", "HTML entities", "decoded"), *notes)


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """Text in which entities have their meaning already, as :func:`clean` gives it."""
    notes: list[str] = []
    if any(newline in text for newline in _NEWLINES):
        text = _NEWLINE.sub("\n", text)
    ascii_only = text.isascii()
    if not ascii_only:
        if "\u00ad" in text:
            text, count = _SOFT_HYPHEN.subn("", text)
            notes += _noted(count, "soft hyphen", "soft hyphens", "removed")
        if any(space in text for space in _FIXED_SPACES):
            count = sum(not found["kept"] for found in _FIXED_SPACE.finditer(text))
            text = _FIXED_SPACE.sub(lambda found: found["kept"] or " ", text)
            notes += _noted(count, "fixed space", "fixed spaces", "made plain")
        if _UNSEEN.search(text):
            text = _WIDE_SPACE.sub(" ", text)
            text, count = _INVISIBLE.subn("", text)
            notes += _noted(count, "invisible character", "invisible characters", "removed")
        text = unicodedata.normalize("NFC", text)
    # Nearly every text is plain, and that is told without looking at it character by character.
    if not ascii_only or text.encode("ascii").translate(None, _PLAIN_BYTES):
        text, count = _CONTROL.subn("", text)
        notes += _noted(count, "control character", "control characters", "removed")
    return text, tuple(notes)


def _noted(count: int, one: str, many: str, done: str) -> list[str]:
    return [f"{count} {one if count == 1 else many} {done}"] if count else []


def _entity(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _decoded(raw: bytes) -> tuple[str, list[str], list[tuple[int, str]]]:
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], codec, name)
    if 0 in raw:
        # UTF-16 without a mark: text in it has its zeros on one side of each pair.
        half, even, odd = len(raw) / 2, raw[0::2].count(0), raw[1::2].count(0)
        if max(even, odd) > 0.25 * half and min(even, odd) < 0.02 * half + 1 and len(raw) % 2 == 0:
            return _strictly(raw, "utf-16-be" if even > odd else "utf-16-le", "UTF-16")
    if len(raw) - len(raw.translate(None, _CONTROL_BYTES)) > len(raw) / 100 + 2:
        raise NotTextError("the file is binary, not text", "save the story as plain text")
    try:
        return raw.decode("utf-8"), [], []
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error)


def _strictly(raw: bytes, codec: str, name: str) -> tuple[str, list[str], list[tuple[int, str]]]:
    try:
        text = raw.decode(codec)
        mended = [f"read as {name}"] if name != "UTF-8" else []
        return text, mended, []
    except UnicodeDecodeError as error:
        text = raw.decode(codec, "replace")
        line = text.count("\n", 0, text.index("\ufffd") if "\ufffd" in text else 0) + 1
        if text.count("\ufffd") > 2 + len(text) / 100:
            raise NotTextError(f"the file says that it is {name} and is not", "save it as UTF-8") from error
        return text, [f"read as {name}"], [(line, f"the file is not whole {name}: � stands where a character was lost")]


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> tuple[str, list[str], list[tuple[int, str]]]:
    line = raw.count(b"\n", 0, error.start) + 1
    if error.end >= len(raw) and error.start > len(raw) - 4 and error.reason == "unexpected end of data":
        return raw[: error.start].decode("utf-8"), [], [(line, "the file ends in the middle of a character")]
    high = len(raw.translate(None, bytes(range(128))))
    mixed = raw.decode("utf-8", "ignore")
    whole = len(mixed.encode("utf-8").translate(None, bytes(range(128))))
    if whole >= 3 * (high - whole):
        # UTF-8 with a few bytes of something else: a page glued together from two sources.
        text = _patched(raw)
        return (
            text,
            ["read as UTF-8 with some Windows-1252"],
            [(line, "bytes that are not UTF-8, read as Windows-1252")],
        )
    if raw.translate(None, b"\x81\x8d\x8f\x90\x9d") != raw:
        raise NotTextError("the file is neither UTF-8 nor UTF-16 nor Windows-1252 text", "save it as UTF-8")
    text = raw.decode("cp1252")
    letters = [char for char in text if char.isalpha()]
    foreign = sum(char > "\x7f" for char in letters)
    if foreign > 0.3 * len(letters):
        hint = "save it as UTF-8"
        raise NotTextError("the file's encoding cannot be told: it is not UTF-8, and as Windows-1252 it is no text", hint)
    return text, ["read as Windows-1252"], []


def _patched(raw: bytes) -> str:
    text = raw.decode("utf-8", "surrogateescape")
    return _STRAY.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text)
