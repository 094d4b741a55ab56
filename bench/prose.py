"""Sentences, paragraphs and headlines: a small grammar over the words and patterns of ``lexicon.toml``.

Only ``random.Random.random`` is drawn from: it is the one method whose sequence Python promises to keep from release to
release, so a corpus is the same everywhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from bench.lexicon import LEXICON, Beat

__all__ = ["Voice", "count_words", "curl", "pick", "visible"]

T = TypeVar("T")

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven")

_SLOT = re.compile(r"\{(\w+)\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"^(?:#+|>|[-*]|\d+\.) +|[*]+|(?<!\w)_|_(?!\w)", re.MULTILINE)
_WORD = re.compile(r"\S*\w\S*")
_OPENING = re.compile(r"(^|[\s(\[])([\"'])", re.MULTILINE)
_NOTHING: Mapping[str, str] = {}
_CURLY_OPEN = {'"': "“", "'": "‘"}


def pick(rng: random.Random, choices: Sequence[T]) -> T:
    """One of the choices, all equally likely."""
    return choices[int(rng.random() * len(choices))]


def visible(markdown: str) -> str:
    """What a reader sees of the corpus's Markdown: link texts without addresses, no markers."""
    return _MARK.sub("", _LINK.sub(r"\1", markdown))


def count_words(markdown: str) -> int:
    """Words of the visible text: runs without a space that hold a letter or a digit."""
    return len(_WORD.findall(visible(markdown)))


def curl(text: str) -> str:
    """Straight quotes and apostrophes made curly, as some editors' programs do while they type."""
    opened = _OPENING.sub(lambda match: match[1] + _CURLY_OPEN[match[2]], text)
    return opened.replace('"', "”").replace("'", "’")


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> tuple[str, ...]:
    """Literal texts at even places, slot names at odd ones."""
    return tuple(_SLOT.split(pattern))


class Voice:
    """Fills patterns for one story: the places, people and subject stay the same from its headline to its end."""

    def __init__(self, rng: random.Random, beat: Beat) -> None:
        self.rng = rng
        full, short = pick(rng, beat.subjects)
        body, place, matter = pick(rng, beat.bodies), pick(rng, LEXICON.places), pick(rng, beat.matters)
        self.fixed: dict[str, str] = {
            "body": body,
            "bare": body.removeprefix("the "),
            "full": full,
            "short": short,
            "place": place,
            "place2": pick(rng, [other for other in LEXICON.places if other != place]),
            "matter": matter,
            "matter2": pick(rng, [other for other in beat.matters if other != matter]),
        }
        for number in "123":
            last, job = pick(rng, LEXICON.last_names), pick(rng, LEXICON.words["job"])
            self.fixed[f"p{number}"] = f"{pick(rng, LEXICON.first_names)} {last}"
            self.fixed[f"l{number}"] = last
            self.fixed[f"job{number}"] = job
            self.fixed[f"a_job{number}"] = f"an {job}" if job[0] in "aeio" else f"a {job}"
        self._decks: dict[str, list[str]] = {}

    def say(self, kind: str, **given: str) -> str:
        """A sentence of a kind (a key of the lexicon's patterns); none comes twice before all have come once."""
        deck = self._decks.get(kind)
        if not deck:
            deck = self._decks[kind] = list(LEXICON.patterns[kind])
        return self.fill(deck.pop(int(self.rng.random() * len(deck))), given)

    def fill(self, pattern: str, given: Mapping[str, str] = _NOTHING) -> str:
        """The pattern with every slot filled; a slot with a capital is filled with a capital."""
        parts = list(_compiled(pattern))
        for place in range(1, len(parts), 2):
            slot = parts[place]
            lower = slot.lower()
            value = given.get(lower) or self.fixed.get(lower) or self._drawn(lower)
            parts[place] = value if slot == lower else value[0].upper() + value[1:]
        return "".join(parts)

    def _drawn(self, slot: str) -> str:
        rng = self.rng
        if slot in LEXICON.words:
            value = pick(rng, LEXICON.words[slot])
            return self.fill(value) if "{" in value else value
        match slot:
            case "n":
                return str(12 + int(rng.random() * 86))
            case "small":
                return str(2 + int(rng.random() * 10))
            case "big":
                return f"{100 + int(rng.random() * 890)}"
            case "pct" | "pct2":
                return f"{2 + int(rng.random() * 93)}{' per cent' if rng.random() < 0.5 else '%'}"
            case "money":
                return f"£{1 + int(rng.random() * 98)}.{1 + int(rng.random() * 9)}m"
            case "year":
                return str(1987 + int(rng.random() * 36))
            case "year2":
                return str(2027 + int(rng.random() * 14))
        # trend2: another draw from the same list.
        return pick(rng, LEXICON.words[slot.rstrip("2")])
