"""The rules of the text importer: phrases of furniture, labels and vocabularies, read from ``rules.toml``.

The file's head says how a phrase is written. Here phrases become what is quick to compare: a line is *folded* (no
capitals, accents, punctuation; every number is ``#``), then it is a key of a dictionary, or it is tried against the
few phrases with a gap that begin with its first word.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any, NamedTuple

from slugline.errors import did_you_mean

__all__ = [
    "MARKS",
    "MAX_FURNITURE",
    "Label",
    "Rules",
    "fold",
    "headline_key",
    "load_rules",
    "pattern_problems",
    "plain_words",
    "words_of",
]

MAX_FURNITURE = 300
"""Characters; a longer line is never furniture."""

_WORTH_REMEMBERING = 100
_ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]+")
_APOSTROPHE = re.compile("['’‘ʼ`´]")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*(?:\s?[-–]\s?(?:19|20)\d\d)?(?:[km](?![^\W\d_]))?")
MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
"""Signs of Devanagari that are written on a letter, and are no letters to a regular expression; the inside of a class."""

_NO_WORD = re.compile(rf"[^\w#©&@…{MARKS}]+|_+")
_DIGIT = re.compile(r"\d")
# Most lines are plain ASCII but for these signs, which are no part of a word; such a line is folded in two steps, not seven.
_QUOTED = ("’", "‘")
_TYPOGRAPHIC = ("“", "”", "–", "—", "\u00a0", "£")
_NO_LETTERS = (*_QUOTED, *_TYPOGRAPHIC, "…", "©", "›", "»", "«", "•", "·", "€")
_FOLDED: dict[int, str | None] = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "#&@")}
_FOLDED |= {ord("'"): None, ord("`"): None}
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
_BRACES = re.compile(r"\{([^{}]*)\}")
_GAP = "…"
# Kinds whose lines are labels and links: a gap in their phrases never stands for a sentence.
_NO_SENTENCES = frozenset(
    {"share", "social", "navigation", "reading", "related_list", "about_author", "comments", "legal", "relative_date"}
)
# Kinds that begin as sentences of a story may; a sentence counts as one of them if this many words of it are known.
_INVITING = frozenset({"newsletter", "promo", "advertisement", "feedback", "reading", "comment_form"})
_ENOUGH = 4
_COLONS = ":：|»›–—-"
_SIGNS = "»›>→▶►•·*[|–—- \t"
_DOTTED = re.compile(r"([^\W\d_]{4,12})\.\.\.(?=\w)")
_CLOSERS = "\"'”’»›)"
_QUOTES = ("“", '"', "«", "„", "‘", "'", "»", "‹")

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_HAS_CJK = re.compile(f"[{_CJK}]")
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
_WORD_OR_SIGN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")


def plain_words(text: str) -> str:
    """A text without capitals and accents, its spaces single."""
    return _plain_word(text) if len(text) < _WORTH_REMEMBERING else _plain(text)


def _plain(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return " ".join(folded.split())


# Names, words of jobs, labels: the same few are asked about again and again.
_plain_word = functools.lru_cache(maxsize=8192)(_plain)


def fold(text: str) -> str:
    """A line as phrases are compared with it; see the module."""
    return _fold_line(text) if len(text) < _WORTH_REMEMBERING else _fold(text)


def _fold(text: str) -> str:
    plain = text
    if not plain.isascii():
        for sign in _QUOTED:
            plain = plain.replace(sign, "")
        for sign in _TYPOGRAPHIC:
            plain = plain.replace(sign, " ")
    if plain.isascii():
        plain = plain.lower()
        if "(c)" not in plain and not _DIGIT.search(plain):
            return " ".join(plain.translate(_FOLDED).split())
    folded = _NUMBER.sub("#", _APOSTROPHE.sub("", plain_words(text).replace("(c)", "©")))
    return " ".join(_NO_WORD.sub(" ", folded).split())


_fold_line = functools.lru_cache(maxsize=8192)(_fold)


def words_of(text: str) -> list[str]:
    """The words of a text as the report counts them: runs of letters and digits; each CJK character is one."""
    plain = text
    if not plain.isascii():
        for sign in _NO_LETTERS:
            plain = plain.replace(sign, " ")
    if plain.isascii():
        return plain.translate(_APART).split()
    return (_WORD_OR_SIGN if _HAS_CJK.search(text) else _WORD).findall(text)


def headline_key(text: str) -> str:
    """What two spellings of one headline share: its words and numbers, without capitals and accents."""
    return " ".join(words_of(plain_words(text)))


class Label(NamedTuple):
    """A line that says itself what it is: the kinds its first words stand for, those words, and the rest."""

    kinds: tuple[str, ...]
    lead: str
    value: str


class Rules:
    """What is known about scraped pages; made by :func:`load_rules`, and not changed after.

    Attributes:
        words: vocabularies by name, folded like :func:`plain_words`, of all languages together.
        by_language: the same apart, for the languages that have them.
        zones: hours from UTC, or the IANA name, of abbreviated time zones.
    """

    def __init__(self, data: Mapping[str, Any], patterns: Mapping[str, Iterable[str]]) -> None:
        lines: dict[str, dict[str, None]] = defaultdict(dict)
        gaps: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        labels: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        words: dict[str, dict[str, None]] = defaultdict(dict)
        self.by_language: dict[str, dict[str, tuple[str, ...]]] = {}
        self.zones: dict[str, float | str] = {plain_words(name): zone for name, zone in data["zones"].items()}
        for language, tables in data.items():
            if language == "zones":
                continue
            for kind, phrases in tables.get("lines", {}).items():
                _add_lines(kind, phrases, lines, gaps)
            for kind, phrases in tables.get("labels", {}).items():
                for phrase in phrases:
                    _add_label(kind, phrase, labels)
            own: dict[str, tuple[str, ...]] = {}
            for name, items in tables["words"].items():
                own[name] = tuple(plain_words(item) for item in items)
                words[name].update(dict.fromkeys(own[name]))
            self.by_language[language] = own
        for kind, phrases in patterns.items():
            if kind in data["en"]["labels"]:
                for phrase in phrases:
                    _add_label(kind, phrase, labels)
            else:
                _add_lines(kind, phrases, lines, gaps)
        self.words = {name: frozenset(items) for name, items in words.items()}
        self._lines = {phrase: tuple(kinds) for phrase, kinds in lines.items()}
        self._gaps = dict(gaps)
        self._remembered = functools.lru_cache(maxsize=4096)(self._kinds)
        self._after_gap = frozenset(key[1:] for key in gaps if key.startswith(_GAP))
        self._labels = {lead: tuple(kinds) for lead, kinds in labels.items()}
        counts: dict[str, set[int]] = defaultdict(set)
        for lead in self._labels:
            # A sign on its own between the label's words, as in "Crédit photo :", counts as one of them.
            counts[lead.partition(" ")[0]] |= {lead.count(" ") + 1, lead.count(" ") + 2}
        self._leads = {first: tuple(sorted(found, reverse=True)) for first, found in counts.items()}
        self._second: dict[str, set[str]] = defaultdict(set)
        for lead in self._labels:
            first, _, rest = lead.partition(" ")
            self._second[first].add(rest.partition(" ")[0])
        self._links = frozenset(
            phrase for phrase, kinds in self._lines.items() if not {"legal", "social", "navigation", "share"}.isdisjoint(kinds)
        )
        self._first_of_links = frozenset(phrase.partition(" ")[0] for phrase in (*self._links, *self.words["section"]))

    def kinds(self, text: str) -> tuple[str, ...]:
        """The kinds of furniture that a whole line can be; none for a line of the story."""
        if len(text) > MAX_FURNITURE or text.startswith(_QUOTES):
            return ()
        # The same furniture stands around every story of a site.
        return self._remembered(text) if len(text) < _WORTH_REMEMBERING else self._kinds(text)

    def _kinds(self, text: str) -> tuple[str, ...]:
        folded = fold(text)
        if not folded:
            return ()
        if found := self._lines.get(folded):
            return found
        words = folded.split(" ")
        padded = f" {folded} "
        sentence = text.rstrip(_CLOSERS).endswith((".", "。", "!", "…") if text[-1:] in _CLOSERS else (".", "。"))
        # A phrase with a gap is found by its first word; one that begins with the gap by the first word behind it.
        keys = words[:1]
        if not self._after_gap.isdisjoint(words):
            keys += [f"{_GAP}{word}" for word in dict.fromkeys(words) if word in self._after_gap]
        for key in keys:
            fitting = dict.fromkeys(
                kind
                for kind, chunks in self._gaps.get(key, ())
                # Its ends tell of most phrases that they do not fit.
                if padded.startswith(chunks[0])
                and padded.endswith(chunks[-1])
                and not (sentence and (kind in _NO_SENTENCES or _is_thin(kind, chunks)))
                and _fits(padded, chunks)
            )
            if fitting:
                return tuple(fitting)
        return self._link_row(words)

    def label(self, text: str) -> Label | None:
        """The label that a line begins with, the longest that fits."""
        text = text.lstrip(_SIGNS)
        if "：" in text[:40]:
            text = text.replace("：", ": ", 1)
        head = text[:80]
        if "..." in head and (dotted := _DOTTED.match(head)):
            # "Credit...Jane Doe": dots for the colon.
            text = f"{dotted[1]}: {text[dotted.end() :]}"
            head = text[:80]
        colon = head.find(":")
        timed = head[colon - 1 : colon].isdigit() and head[colon + 1 : colon + 2].isdigit()
        if 0 < colon < 40 and not (head[colon + 1 : colon + 2].isspace() or head[colon + 1 : colon + 3] == "//" or timed):
            text = f"{text[: colon + 1]} {text[colon + 1 :]}"
        first = text.split(" ", 1)[0].lower()
        if first not in self._leads:
            # Most lines end here, so the plain case comes before the careful one.
            if first.isascii() and first.isalpha():
                return None
            first = fold(first).partition(" ")[0]
        counts = self._leads.get(first)
        if not counts:
            return None
        words = text.split(" ", counts[0])
        second = words[1] if len(words) > 1 else ""
        if words[0].isalpha() and second.isascii() and second.isalpha() and second.lower() not in self._second[first]:
            # "The harbour …" begins as a label does, and goes on as none.
            if "" not in self._second[first]:
                return None
            counts = (1,)
        for count in counts:
            lead = " ".join(words[:count])
            bare = lead.rstrip(_COLONS + ",، ")
            known = self._labels.get(fold(bare))
            if not known or count > len(words):
                continue
            rest = " ".join(words[count:])
            behind = lead[len(bare) :].strip() or (rest[:1] if rest[:1] in _COLONS else "")
            kinds = tuple(dict.fromkeys(kind for kind, needs in known if _separated(needs, behind)))
            if kinds:
                return Label(kinds, bare, rest.lstrip(_COLONS + " "))
        return None

    def _link_row(self, words: list[str]) -> tuple[str, ...]:
        """A row of links on one line: nothing but known links, two or more of them."""
        words = [word for word in words if word not in ("&", "and")]
        if not words or words[0] not in self._first_of_links:
            return ()
        kinds: dict[str, None] = {}
        start = found = 0
        while start < len(words):
            for end in range(min(start + 6, len(words)), start, -1):
                phrase = " ".join(words[start:end])
                if phrase in self._links:
                    kinds.update(dict.fromkeys(self._lines[phrase]))
                    break
                if phrase in self.words["section"]:
                    kinds["navigation"] = None
                    break
            else:
                return ()
            start, found = end, found + 1
        enough = found > 2 or (found == 2 and not all(word in self.words["section"] for word in words))
        return tuple(kinds) if enough else ()


@functools.cache
def load_rules(patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Rules:
    """The rules of the package with a publication's own patterns added; see :func:`pattern_problems`."""
    data = tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text("utf-8"))
    return Rules(data, dict(patterns))


def pattern_problems(patterns: Mapping[str, Iterable[str]]) -> tuple[tuple[str, str, str], ...]:
    """What is wrong with a publication's own patterns: (kind, what, how to mend it) for each."""
    data = tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text("utf-8"))
    known = [*data["en"]["lines"], *data["en"]["labels"]]
    found = []
    for kind, phrases in patterns.items():
        if kind not in known:
            hint = did_you_mean(kind, known) or f"kinds are {', '.join(sorted(set(known)))}"
            found.append((kind, f"`{kind}` is no kind of furniture", hint))
        for phrase in phrases:
            if not fold(phrase.replace(_GAP, "").replace("{text}", "")):
                found.append((kind, f"the pattern `{phrase}` would fit any line", "write some of the line's words"))
            elif phrase.count("{") != phrase.count("}"):
                found.append((kind, f"the pattern `{phrase}` has a brace too many", "close each `{` with a `}`"))
    return tuple(found)


def _expanded(phrase: str) -> Iterator[str]:
    """The phrases that one with alternatives in braces stands for."""
    plain = phrase.replace("{n}", "1").replace("{year}", "2000").replace("{text}", _GAP)
    parts = _BRACES.split(plain)
    for choice in itertools.product(*(part.split("|") if place % 2 else (part,) for place, part in enumerate(parts))):
        yield "".join(choice)


def _add_lines(
    kind: str,
    phrases: Iterable[str],
    lines: dict[str, dict[str, None]],
    gaps: dict[str, list[tuple[str, tuple[str, ...]]]],
) -> None:
    for phrase in phrases:
        for one in _expanded(phrase):
            if _GAP not in one:
                lines[fold(one)][kind] = None
                continue
            chunks = [fold(chunk) for chunk in one.split(_GAP)]
            word = next(chunk for chunk in chunks if chunk).partition(" ")[0]
            gaps[word if chunks[0] else f"{_GAP}{word}"].append(
                (kind, tuple(f" {chunk} " if chunk else " " for chunk in chunks))
            )


def _add_label(kind: str, phrase: str, labels: dict[str, dict[tuple[str, str], None]]) -> None:
    last = phrase.rstrip()[-1:]
    needs = "," if last in ",،" else "" if last.isalnum() else ":"
    labels[fold(phrase)][kind, needs] = None


def _fits(line: str, chunks: tuple[str, ...]) -> bool:
    """Whether a folded line consists of the chunks in their order, with any words in the gaps between.

    Line and chunks have a space before and after, so that only whole words are equal; neighbours share one.
    """
    if not line.startswith(chunks[0]) or not line.endswith(chunks[-1]):
        return False
    place, end = len(chunks[0]) - 1, len(line) - len(chunks[-1]) + 1
    for chunk in chunks[1:-1]:
        place = line.find(chunk, place, end)
        if place < 0:
            return False
        place += len(chunk) - 1
    return place < end


def _is_thin(kind: str, chunks: tuple[str, ...]) -> bool:
    """Whether a phrase says too little to make furniture of a whole sentence: "Click here, the sign said."."""
    return kind in _INVITING and sum(chunk.count(" ") - 1 for chunk in chunks if chunk.strip()) < _ENOUGH


def _separated(needs: str, behind: str) -> bool:
    if needs == ":":
        return behind[:1] != "" and behind[:1] in _COLONS
    return behind.startswith((",", "،")) if needs == "," else True
