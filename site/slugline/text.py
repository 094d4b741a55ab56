"""Text files as they arrive: bytes to text, or the reason why they are none."""

from __future__ import annotations

from slugline.errors import Problem

__all__ = ["decode"]


def decode(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    """A source file's text with Unix newlines and without a byte order mark; a problem where it is not UTF-8."""
    try:
        # Not "utf-8-sig", which is written in Python and takes five times as long.
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        return "", [Problem(path, line, "the file is not UTF-8 text", hint)]
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", [Problem(path, line, "the file holds a NUL byte: it is not text", "save the file as UTF-8 text")]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []
