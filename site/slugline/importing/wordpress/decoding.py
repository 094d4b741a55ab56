"""The bytes of an XML file → text that an XML parser accepts, piece by piece, mended on the way.

WordPress writes whatever its database holds between CDATA marks: control characters that XML 1.0 does not allow, bytes
of another encoding. An XML parser would stop at the first of them; here they are mended, and counted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

__all__ = ["EncodingError", "Mends", "pieces"]

_PIECE = 1 << 18
_LONGEST_REFERENCE = 16

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PROLOG = re.compile(r"^(\s*<\?xml[^>]*?)\sencoding\s*=\s*[\"'][^\"']*[\"']")
# Python knows codecs that are no encodings of text files ("idna", "unicode_escape"): only these are asked for.
_KNOWN = re.compile(
    r"(?:utf-?(?:8|16|16-?le|16-?be|32)|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(?:windows-|cp)12\d\d|koi8-[ru]"
    r"|shift[_-]jis|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5)",
    re.IGNORECASE,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRAY = re.compile("[\udc80-\udcff]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A name, a number, or a tag has to follow at once.
_BARE = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)|<(?![A-Za-z_/!?])")
_UNFINISHED = re.compile(r"&[#\w]*\Z|<(?:!(?:\[(?:C(?:D(?:A(?:T(?:A)?)?)?)?)?)?)?\Z|\]{1,2}\Z")
_ILLEGAL_REFERENCE = re.compile(r"&#(?:0{0,6}(?:[0-8]|1[1246-9]|2\d|3[01])|[xX]0{0,6}(?:[0-8bceBCE]|1[0-9a-fA-F]));")


class EncodingError(ValueError):
    """The file names an encoding that is not known, or is not in the one that it names."""


@dataclass(slots=True)
class Mends:
    """How often what was mended; ``line`` is where the first of it stands."""

    illegal: int = 0
    stray: int = 0
    bare: int = 0
    line: int = 0

    def told(self) -> tuple[str, ...]:
        """What was mended, in words."""
        found = []
        if self.illegal:
            found.append(f"{_count(self.illegal, 'character')} that XML does not allow removed")
        if self.stray:
            found.append(
                f"{_count(self.stray, 'byte')} that {'is' if self.stray == 1 else 'are'} not UTF-8 read as Windows-1252"
            )
        if self.bare:
            found.append(f"{self.bare} bare `&` or `<` read as the sign itself")
        return tuple(found)


def pieces(file: BinaryIO, mends: Mends) -> Iterator[str]:
    """The text of an XML file in pieces of bounded size, without a byte order mark and without the name of its encoding.

    Raises:
        EncodingError: see there.
    """
    head = file.read(4096)
    encoding = _encoding(head)
    utf8 = encoding in ("utf-8", "utf-8-sig")
    decoder = codecs.getincrementaldecoder(encoding)(errors="surrogateescape" if utf8 else "replace")
    raw, held, lines, first, inside = head, "", 0, True, False
    while True:
        last = not raw
        try:
            text = held + decoder.decode(raw, final=last)
        except (UnicodeDecodeError, ValueError) as error:
            raise EncodingError(f"the file is not {encoding.upper()}, as it says: {error}") from None
        if first and (text.strip() or last):
            # The text is Unicode from here on, whatever the file was.
            text, first = _PROLOG.sub(r"\1", text.lstrip()), False
        cut = len(text) if last else _cut(text)
        text, held = text[:cut], text[cut:]
        text = _mended(text, mends, lines)
        text, inside = _without_bare_signs(text, inside, mends, lines)
        if "&#" in text:
            text, count = _ILLEGAL_REFERENCE.subn("", text)
            mends.illegal += count
        lines += text.count("\n")
        if text:
            yield text
        if last:
            return
        raw = file.read(_PIECE)


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head[:4] in (b"<\0?\0", b"<\0r\0"):
        return "utf-16-le"
    if head[:4] in (b"\0<\0?", b"\0<\0r"):
        return "utf-16-be"
    declared = _DECLARED.match(head)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if not _KNOWN.fullmatch(name):
        raise EncodingError(f"the file says that its encoding is `{name}`, which is not known")
    if name.startswith(("utf-16", "utf16")):
        return "utf-8"  # it can be read so far, so it is not in two-byte characters
    if name in ("utf8", "us-ascii", "ascii"):
        return "utf-8"
    # Browsers and WordPress write Windows-1252 and call it ISO-8859-1.
    return "cp1252" if re.fullmatch(r"(?:iso-?8859-?1|latin-?1)", name) else codecs.lookup(name).name


def _cut(text: str) -> int:
    """Where a piece may end: not inside a reference, or inside what opens or closes a stretch of plain characters."""
    start = max(len(text) - _LONGEST_REFERENCE, 0)
    found = _UNFINISHED.search(text, start)
    return found.start() if found else len(text)


def _without_bare_signs(text: str, inside: bool, mends: Mends, lines: int) -> tuple[str, bool]:
    """Text in which each sign is written out that begins neither a reference nor a tag; ``inside``: within CDATA marks.

    Returns:
        The text, and whether it ends within such marks.
    """
    parts: list[str] = []
    at = done = 0
    while at < len(text):
        mark = "]]>" if inside else "<![CDATA["
        end = text.find(mark, at)
        end = len(text) if end < 0 else end
        if not inside and (found := _BARE.search(text, at, end)):
            if not mends.line:
                mends.line = lines + text.count("\n", 0, found.start()) + 1
            stretch, count = _BARE.subn(lambda one: "&amp;" if one[0] == "&" else "&lt;", text[at:end])
            mends.bare += count
            parts += (text[done:at], stretch)
            done = end
        if end == len(text):
            break
        at, inside = end + len(mark), not inside
    return ("".join((*parts, text[done:])) if parts else text), inside


def _mended(text: str, mends: Mends, lines: int) -> str:
    if found := _ILLEGAL.search(text):
        if not mends.line:
            mends.line = lines + text.count("\n", 0, found.start()) + 1
        text, count = _STRAY.subn(_as_windows, text)
        mends.stray += count
        text, count = _ILLEGAL.subn("", text)
        mends.illegal += count
    return text


def _as_windows(found: re.Match[str]) -> str:
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
