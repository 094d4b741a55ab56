"""The bytes of a page → its text: the encoding that a mark or the page itself names, else what the bytes are."""

from __future__ import annotations

import codecs
import re

from slugline.importing.decoding import MAGIC, MAX_BYTES, NotTextError

__all__ = ["looks_like_html", "page_text"]

_CHARSET = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_MARKUP = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE | re.DOTALL
)
# What pages call Latin-1 is read as Windows-1252 by every browser; likewise the others here.
_READ_AS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"} | {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def looks_like_html(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a web page."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(codec, "ignore").encode()
    return _MARKUP.match(head) is not None


def page_text(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a page, and what was repaired.

    Raises:
        NotTextError: it is empty, too large, or no text.
    """
    if len(raw) > MAX_BYTES:
        raise NotTextError(f"the file is larger than {MAX_BYTES >> 20} MB", "take what is no text out of it")
    if not raw.strip(b"\x00 \t\r\n"):
        raise NotTextError("the file is empty", "delete it, or save the page again")
    for magic, what in MAGIC:
        if raw.startswith(magic):
            raise NotTextError(f"the file is {what}, not a page", "save the page again, as HTML")
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _whole(raw[len(mark) :].decode(codec, "replace"), () if codec == "utf-8" else ("read as UTF-16",))
    head = raw[:4000]
    zeros = head.count(0)
    if zeros > len(head) * 0.3:
        return _whole(raw.decode("utf-16-be" if raw[:1] == b"\x00" else "utf-16-le", "replace"), ("read as UTF-16",))
    if zeros > 2 + len(head) * 0.002:
        raise NotTextError("the file is binary, not a page", "save the page again, as HTML")
    try:
        return _whole(raw.decode("utf-8"), ())
    except UnicodeDecodeError:
        pass
    named = _named(raw)
    for codec in (named, "cp1252"):
        if codec and codec != "utf-8":
            try:
                return _whole(raw.decode(codec), (f"read as {codec}",))
            except (LookupError, UnicodeDecodeError):
                continue
    text = raw.decode("utf-8", "replace")
    return _whole(text, (f"{text.count(chr(0xFFFD))} characters that could not be read stand as �",))


def _named(raw: bytes) -> str:
    head = raw[:8192]
    found = _CHARSET.search(head) or _XML.match(head)
    name = found[1].decode("ascii").lower() if found else ""
    name = _READ_AS.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name


def _whole(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n"), notes
