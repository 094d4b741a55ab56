"""White space as Python-Markdown's first processor makes it."""

from __future__ import annotations

import re

__all__ = ["normal_whitespace"]

_INDENT = re.compile(r"\n ")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")
_ENGINE_SIGNS = str.maketrans("", "", "\x02\x03")


def normal_whitespace(text: str) -> str:
    r"""Line ends made ``\n``, tabs made spaces, lines of spaces made empty, and the engine's own signs taken out.

    Each step is taken only where there is something for it to do; the outcome is that of Python-Markdown's
    ``NormalizeWhitespace``, without the two line ends that it adds.
    """
    if "\x02" in text or "\x03" in text:
        text = text.translate(_ENGINE_SIGNS)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in text:
        text = text.expandtabs(4)
    if _INDENT.search(text):
        text = _BLANK_LINE.sub("\n", f"{text}\n\n")[:-2]
    return text
