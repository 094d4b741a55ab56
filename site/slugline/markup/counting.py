"""Words and excerpts of plain text."""

from __future__ import annotations

import re

from slugline.markup.signs import BREAK, JOINT

__all__ = ["EXCERPT_LENGTH", "excerpt", "words"]

EXCERPT_LENGTH = 280
"""Characters of an excerpt, the ellipsis included."""

_CJK = (
    "[\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d"
    "\U0001b000-\U0001b16f\U00020000-\U0003fffd]"
)
"""A pattern that takes milliseconds to compile: left to the first text with such characters."""

_LONE_MARK = re.compile(r" [^\w ]+(?= )")
_LONE_MARK_OR_LINE = re.compile(r" (?:[^\w ]|_)+(?= )")
_BREAKS = re.compile(r"[ \t]+")

_ASCII = bytes(range(0x80))
_BELOW_CJK = bytes(range(0xE3))  # first bytes, in UTF-8, of all characters before U+3000
_LETTERS = bytes((*b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", *range(0xC3, 0xCA), 0xD0, 0xD1))
_SPACES = f" \n\t{BREAK}".encode()
_SHAPE = bytes(97 if byte in _LETTERS else 32 if byte in _SPACES else byte for byte in range(256))
_MARKS = bytes({*range(0xC0), 0xC2, 0xE2} - {*_LETTERS, *_SPACES})
_NOT_PLAIN = re.compile(rb"\xc2[\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe]|\xc3[\x97\xb7]|\xe2[^\x80]|[\xca-\xcf\xd2-\xe1\xe3-\xff]")
"""In UTF-8 without ASCII: what `_SHAPE` and `_MARKS` would mistake. They know Latin and Cyrillic letters and the usual
marks of Latin-1 and of general punctuation; all letters that a first byte begins are letters, all marks marks."""


def words(text: str) -> int:
    """How many words a plain or a running text has.

    A word is what is between spaces or line ends and has a letter or a digit; a no-break space joins. Each Chinese,
    Japanese or Korean character (Han, kana, Hangul, bopomofo) is one word by itself.
    """
    coded = text.encode("utf-8", "surrogatepass")
    if not text.isascii() and _NOT_PLAIN.search(coded.translate(None, _ASCII)):
        return _any_words(text, cjk=bool(coded.translate(None, _BELOW_CJK)))
    # With every letter an `a` and every mark gone, a word begins where an `a` follows a space.
    shape = coded.translate(_SHAPE, _MARKS)
    return shape.count(b" a") + shape.startswith(b"a")


def _any_words(text: str, *, cjk: bool) -> int:
    """The words of a text in any script; ``cjk`` if there may be characters that are words by themselves."""
    line = text.replace(JOINT, "").replace(BREAK, " ").replace("\n", " ").replace("\t", " ")
    characters = 0
    if cjk:
        line, characters = re.subn(_CJK, " ", line)
    if "  " in line:
        line = " ".join(filter(None, line.split(" ")))
    line = line.strip(" ")
    if not line:
        return characters
    lone = _LONE_MARK_OR_LINE if "_" in line else _LONE_MARK
    return characters + line.count(" ") + 1 - len(lone.findall(f" {line} "))


def excerpt(text: str) -> str:
    """The text on one line, cut between words to at most 280 characters, with an ellipsis where it was cut."""
    line = text.replace("\n", " ").strip()
    if "  " in line or "\t" in line:
        line = _BREAKS.sub(" ", line)
    if len(line) <= EXCERPT_LENGTH:
        return line
    cut = line.rfind(" ", EXCERPT_LENGTH // 2, EXCERPT_LENGTH)
    if cut < 0:  # no spaces, as in Chinese
        cut = EXCERPT_LENGTH - 1
    return line[:cut].rstrip(" ,;:–—-") + "…"
