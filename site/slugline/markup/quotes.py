"""Straight quotes, hyphens and dots made typographic.

Works on the running text of a whole body at once, in which control characters replace the markup: ``BREAK`` between
blocks, ``JOINT`` for a tag inside a block, ``OPAQUE`` for content that is not to be read. Whether a quote opens or
closes is seen from the characters on its two sides, joints ignored. What was typed typographic is left as it is.

Nearly all quotes are certain from their two neighbours alone, and four substitutions over the whole text settle them.
A block in which one is left over (a quote beside another quote, between two letters, at an entity) is gone through
quote by quote from its beginning, with a count of what is open.
"""

from __future__ import annotations

import re
from html import unescape

from slugline.markup.signs import BREAK, JOINT, LITERAL
from slugline.markup.typography import Replacement, Typography

__all__ = ["Typesetter"]

_QUOTE = re.compile(r"""["']""")
_DASHES = re.compile(rf"--(?<![-{LITERAL}]--)-?(?!-)")
_DOTS = re.compile(rf"\.\.\.(?<![.{LITERAL}]\.\.\.)(?!\.)")
_DECADE = re.compile(r"\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")

_SPACES = f" \n\t\u00a0\u202f\u2002\u2003\u2009\u200a\u3000{BREAK}"
_OPENERS = f"{_SPACES}([{{<-–—―/=|“„‘‚«‹「『¿¡…"
_CLOSERS = frozenset(",;:!?)]}.")
_AFTER_DASH = frozenset("-–—―…")


class Typesetter:
    """Makes running text typographic in one language."""

    def __init__(self, rules: Typography) -> None:
        self._rules = rules
        self.keeps_spaces = not rules.last
        """Whether all that is replaced is marks, by marks, so that words can be counted before."""
        # Where the closing mark is the apostrophe, it need not be known which of the two a quote is.
        self._apostrophe_closes = rules.single[1] == "’"
        opening = {mark.strip()[0] for mark in (rules.double[0], rules.single[0])}
        closing = {mark.strip()[-1] for mark in (rules.double[1], rules.single[1])} | {"’"}
        self._openers = frozenset((*_OPENERS, *opening)) - closing
        # A mark that both opens and closes (Swedish) decides nothing; neither does one half of an entity.
        unsure = (opening & closing) | {LITERAL, JOINT, ";", '"', "'"}
        self._certain = _certain_rules(rules, self._openers - unsure, self._openers | unsure)

    def text(self, text: str) -> str:
        """A running text, made typographic."""
        for pattern, replacement in self._rules.first:
            text = pattern.sub(replacement, text)
        if '"' in text or "'" in text:
            text = self.quotes(text)
        text = _DOTS.sub("…", _DASHES.sub(_dash, text))
        for pattern, replacement in self._rules.last:
            text = pattern.sub(replacement, text)
        return text

    def quotes(self, text: str) -> str:
        """The quotes of a running text: those that are certain at once, the others block by block."""
        # The rules look at the neighbours of a quote, so there has to be one at either end.
        ends = "" if text.startswith(BREAK) and text.endswith((BREAK, BREAK + JOINT)) else BREAK
        settled = f"{ends}{text}{ends}"
        for pattern, replacement in self._certain:
            if pattern.pattern[0] in settled:
                settled = pattern.sub(replacement, settled)
        if ends:
            settled = settled[1:-1]
        if '"' not in settled and "'" not in settled:
            return settled
        blocks = settled.split(BREAK)
        typed = text.split(BREAK)
        for at, block in enumerate(blocks):
            if '"' in block or "'" in block:
                blocks[at] = self.one_by_one(typed[at])
        return BREAK.join(blocks)

    def one_by_one(self, text: str) -> str:
        """The quotes of one block, each judged with what was opened before it."""
        out: list[str] = []
        done = 0
        depth = {'"': 0, "'": 0}
        last = -1
        last_opened = False
        for match in _QUOTE.finditer(text):
            at = match.start()
            left = at - 1
            while left >= 0 and text[left] == JOINT:
                left -= 1
            if left >= 0 and text[left] == LITERAL:
                continue
            opens = last_opened if left == last >= 0 else left < 0 or _before(text, left) in self._openers
            replacement, opened = self._judge(text, at, opens=opens, depth=depth[text[at]])
            if replacement:
                depth[text[at]] += 1 if opened else -1 if replacement != "’" or self._apostrophe_closes else 0
                depth[text[at]] = max(0, depth[text[at]])
                out += (text[done:at], replacement)
                done = at + 1
                last, last_opened = at, opened
        out.append(text[done:])
        return "".join(out)

    def _judge(self, text: str, at: int, *, opens: bool, depth: int) -> tuple[str, bool]:
        """What a quote becomes, nothing where that is undecidable; and whether it opens."""
        opening, closing = self._rules.double if text[at] == '"' else self._rules.single
        right = at + 1
        while right < len(text) and text[right] == JOINT:
            right += 1
        after = _after(text, right)
        if opens:
            if after in _SPACES:
                # A closing quote after a dash or a stray space; else a mark by itself: a ditto mark.
                return (closing, False) if depth or (at and text[at - 1] in _AFTER_DASH) else ("", False)
            if text[at] == "'" and self._is_clipped(text, right):
                return "’", False
            if after in _CLOSERS and depth and not text.startswith("..", right):
                return closing, False
            return opening, True
        if text[at] == '"':
            # Between two letters, as in Chinese: whichever is due.
            due = not depth and after.isalnum() and not text[at - 1].isdigit()
            return (opening, True) if due else (closing, False)
        if self._apostrophe_closes or not depth or after.isalnum():
            return "’", False
        return closing, False

    def _is_clipped(self, text: str, right: int) -> bool:
        """Whether an apostrophe, not a quote, begins the word there: '90s, 'tis."""
        if _DECADE.match(text, right):
            return True
        word = _WORD.match(text, right)
        return word is not None and word.group().lower() in self._rules.clipped


def _certain_rules(rules: Typography, openers: frozenset[str], not_closed_after: frozenset[str]) -> list[Replacement]:
    """Substitutions for the quotes that their two neighbours settle.

    Every pattern begins with the quote itself, so that the scan for it is as quick as a plain search.
    """
    o = re.escape("".join(sorted(openers)))
    n = re.escape("".join(sorted(not_closed_after)))
    ends = re.escape("".join(sorted((*_SPACES, *_CLOSERS, "…", "–", "—"))))

    def after(mark: str, characters: str) -> str:
        return f"{mark}(?:(?<=[{characters}]{mark})|(?<=[{characters}]{JOINT}{mark}))"

    clipped = "|".join(sorted(rules.clipped))
    not_clipped = rf"(?!{JOINT}?(?i:{clipped})(?![^\W\d_]))" if clipped else ""
    found = [
        (re.compile(rf"{after(chr(34), o)}(?={JOINT}?[^\W_])"), rules.double[0]),
        (re.compile(rf"{after(chr(34), '^' + n)}(?={JOINT}?[{ends}])"), rules.double[1]),
    ]
    if rules.single[1] == "’":
        found.append((re.compile(after("'", "^" + n)), "’"))
    else:
        found.append((re.compile(r"'(?<=[^\W_]')(?=[^\W_])"), "’"))
    found.append((re.compile(rf"{after(chr(39), o)}(?={JOINT}?[^\W\d_]){not_clipped}"), rules.single[0]))
    return found


def _dash(match: re.Match[str]) -> str:
    return "—" if match.end() - match.start() == 3 else "–"


def _before(text: str, left: int) -> str:
    """The character before a quote, an entity read as its character."""
    if text[left] == ";":
        start = text.rfind("&", max(0, left - 10), left)
        if start >= 0:
            character = unescape(text[start : left + 1])
            return character if len(character) == 1 else ";"
    return text[left]


def _after(text: str, right: int) -> str:
    """The character after a quote, an entity read as its character; a space where the block ends."""
    if right >= len(text):
        return " "
    if text[right] == "&":
        end = text.find(";", right, right + 12)
        if end >= 0:
            character = unescape(text[right : end + 1])
            return character if len(character) == 1 else "&"
    return text[right]
