"""Straight quotes, hyphens and dots made typographic, in one reading of a paragraph.

Works on the text of one block, cut where inline markup stands: ``["He said ", "no", "."]`` for ``He said <em>no</em>.``
Whether a quote opens or closes is seen from the characters on its two sides, markup looked through; what was typed
typographic already is left as it is.
"""

from __future__ import annotations

import re
from html import unescape

from slugline.markup.typography import Typography

__all__ = ["JOINT", "KEEP", "OPAQUE", "Typesetter"]

JOINT = "\x11"
"""Stands in the text where inline markup stood."""

OPAQUE = "\x12"
"""Stands in the text for content that is not to be read, such as inline code; it counts as a letter."""

KEEP = "\x10"
"""Stands in the text before a character that was escaped with a backslash, and must stay as it was typed."""

_INWORD = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
_QUOTE = re.compile(r"""["']""")
_DASHES = re.compile(rf"--(?<![-{KEEP}]--)-?(?!-)")
_DOTS = re.compile(rf"\.\.\.(?<![.{KEEP}]\.\.\.)(?!\.)")
_DECADE = re.compile(r"\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")

_SPACES = " \n\t\u00a0\u202f\u2009\u200a\u2002\u2003\u3000"
_BEFORE_OPENING = frozenset(_SPACES + "([{<-–—―/=|“„‘‚«‹「『¿¡…")
_AFTER_CLOSING = frozenset(",;:!?)]}.")


class Typesetter:
    """Makes text typographic in one language."""

    def __init__(self, rules: Typography) -> None:
        self._rules = rules
        self._double = rules.double
        self._single = rules.single
        # Where the closing mark is the apostrophe, it need not be known which of the two a quote is.
        self._apostrophe_closes = rules.single[1] == "’"

    def run(self, texts: list[str]) -> list[str]:
        """The texts of one block, cut where markup stands in it, made typographic; as many as were given."""
        return self.text(JOINT.join(texts)).split(JOINT)

    def text(self, text: str) -> str:
        """One block's text, with ``JOINT`` where inline markup stands."""
        for pattern, replacement in self._rules.first:
            text = pattern.sub(replacement, text)
        if "'" in text:
            text = _INWORD.sub("’", text)
        if '"' in text or "'" in text:
            text = self._quotes(text)
        if "--" in text:
            text = _DASHES.sub(_dash, text)
        if "..." in text:
            text = _DOTS.sub("…", text)
        for pattern, replacement in self._rules.last:
            text = pattern.sub(replacement, text)
        return text

    def _quotes(self, text: str) -> str:
        out: list[str] = []
        done = 0
        depth = {'"': 0, "'": 0}
        last = -1
        last_opened = False
        for match in _QUOTE.finditer(text):
            at = match.start()
            mark = text[at]
            left = at - 1
            while left >= 0 and text[left] == JOINT:
                left -= 1
            right = at + 1
            while right < len(text) and text[right] == JOINT:
                right += 1
            if left >= 0 and text[left] == KEEP:
                continue
            opens = last_opened if left == last >= 0 else left < 0 or _before(text, left) in _BEFORE_OPENING
            replacement = self._mark(text, at, (left, right), opens=opens, depth=depth[mark])
            if replacement is None:
                continue
            last_opened = replacement in (self._double[0], self._single[0])
            if last_opened:
                depth[mark] += 1
            elif depth[mark] and (mark == '"' or replacement != "’" or self._apostrophe_closes):
                depth[mark] -= 1
            out.append(text[done:at])
            out.append(replacement)
            done = at + 1
            last = at
        out.append(text[done:])
        return "".join(out)

    def _mark(self, text: str, at: int, sides: tuple[int, int], *, opens: bool, depth: int) -> str | None:
        """What the quote at a place becomes; nothing where that cannot be told."""
        mark = text[at]
        left, right = sides
        after = _after(text, right)
        opening, closing = self._double if mark == '"' else self._single
        at_end = not after or after in _SPACES
        if opens:
            if at_end:
                # A closing quote after a dash or a stray space; else alone between spaces: a ditto mark.
                return closing if depth or (left >= 0 and text[left] in "-–—…") else None
            if mark == "'" and self._is_clipped(text, right):
                return "’"
            if after in _AFTER_CLOSING and depth and not text.startswith("..", right):
                return closing
            return opening
        if mark == '"':
            # Between two letters, as in Chinese: whichever is due.
            return opening if not depth and after.isalnum() and not text[left].isdigit() else closing
        if self._apostrophe_closes or not depth or after.isalnum():
            return "’"
        return closing

    def _is_clipped(self, text: str, right: int) -> bool:
        """Whether an apostrophe, not a quote, begins the word that stands there: '90s, 'tis."""
        if _DECADE.match(text, right):
            return True
        word = _WORD.match(text, right)
        return word is not None and word.group().lower() in self._rules.clipped


def _dash(match: re.Match[str]) -> str:
    return "—" if match.end() - match.start() == 3 else "–"


def _before(text: str, left: int) -> str:
    if text[left] == ";":
        start = text.rfind("&", max(0, left - 10), left)
        if start >= 0:
            character = unescape(text[start : left + 1])
            return character if len(character) == 1 else ";"
    return text[left]


def _after(text: str, right: int) -> str:
    if right >= len(text):
        return ""
    if text[right] == "&":
        end = text.find(";", right, right + 12)
        if end >= 0:
            character = unescape(text[right : end + 1])
            return character if len(character) == 1 else "&"
    return text[right]
