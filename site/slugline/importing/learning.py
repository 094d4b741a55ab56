"""What several pages of one site have in common: lines that stand in many of them are the page's, not the story's.

It is counted first and needs no words of any language. What is learnt has the form of a publication's own patterns
(``[import.patterns]``): lines that repeat, and the labels that stand before names and dates.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from slugline.importing.bylines import Bylines
from slugline.importing.moments import Moments
from slugline.importing.rules import MAX_FURNITURE, Rules, plain_words
from slugline.importing.units import ends_sentence, is_prose

__all__ = ["FEWEST", "MOST", "Learnt", "Patterns", "closest", "joined", "learn"]

FEWEST = 3
"""Pages below which nothing is learnt."""

MOST = 300
"""Pages of which it is learnt; of more, so many evenly chosen."""

_SHARE, _INSIDE_SHARE = 0.3, 0.6
_OUTSIDE = 0.9
_AGREE, _HALF = 0.6, 0.5
_HEAD, _TOLD = 14, 2
_MAX_LABEL = 30
_LABEL = re.compile(rf"(?P<label>[^\s:：][^:：]{{1,{_MAX_LABEL}}})\s*[:：]\s*(?P<rest>\S.*)")
_SIGNS = str.maketrans({"{": " ", "}": " ", "…": " "})

Patterns = tuple[tuple[str, tuple[str, ...]], ...]
"""(kind, phrases), as :class:`~slugline.importing.settings.ImportSettings` holds them."""


class Learnt(NamedTuple):
    """What was learnt.

    Attributes:
        folder: of which files, as people know it.
        files: how many there are.
        patterns: see there.
    """

    folder: str
    files: int
    patterns: Patterns


def learn(texts: Sequence[str], rules: Rules, bylines: Bylines, moments: Moments) -> Patterns:
    """The patterns of pages of one site; none if there are too few of them.

    A line has to stand in three of ten pages, and in six of ten where it stands between the paragraphs of a story, where it
    could be a heading. A sentence counts only outside of them, a paragraph only in six of ten.
    """
    if len(texts) < FEWEST:
        return ()
    pages = [_before_comments(_lines(text), rules) for text in texts]
    enough = max(FEWEST, math.ceil(_SHARE * len(pages)))
    more = max(FEWEST, math.ceil(_INSIDE_SHARE * len(pages)))
    found: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    nameless: Counter[str] = Counter()
    common = Counter(line for lines in pages for line in set(lines) if is_prose(line))
    for lines in pages:
        prose = [place for place, line in enumerate(lines) if is_prose(line) and common[line] < more]
        if len(prose) < _TOLD:
            # Of a page without paragraphs of its own nothing says where its story is.
            prose = [place for place, line in enumerate(lines) if is_prose(line)]
        first, last = (prose[0], prose[-1]) if prose else (0, -1)
        for line, places in _places(lines).items():
            found[line] += 1
            outside[line] += all(place < first or place > last for place in places)
            # Nobody signs on the first line of a page, or between two paragraphs.
            nameless[line] += all(place == 0 or first < place < last for place in places)
    repeated = [
        line.translate(_SIGNS)
        for line, count in found.items()
        if count >= (enough if outside[line] >= _OUTSIDE * count and not is_prose(line) else more)
        and (outside[line] >= _OUTSIDE * count or not ends_sentence(line))
        and _says_nothing(line, rules, bylines, moments, shaped=nameless[line] < _OUTSIDE * count)
    ]
    labels = _labels(pages, enough, rules, bylines, moments)
    patterns = {"repeated": sorted(repeated), **{kind: sorted(names) for kind, names in labels.items()}}
    return tuple((kind, tuple(phrases)) for kind, phrases in patterns.items() if phrases)


def closest(texts: Sequence[str], known: Sequence[Patterns]) -> Patterns:
    """The patterns of the site that a few pages are of: three of its lines, and half of them, stand there; else none."""
    lines = {line.translate(_SIGNS) for text in texts for line in _lines(text)}
    shares = []
    for place, patterns in enumerate(known):
        repeated = set(dict(patterns).get("repeated", ()))
        if len(both := repeated & lines) >= FEWEST:
            shares.append((len(both) / len(repeated), place))
    share, place = max(shares, default=(0.0, 0))
    return known[place] if share >= _HALF else ()


def joined(one: Patterns, other: Patterns) -> Patterns:
    """What either has, so that what was learnt once of a site stays."""
    found: dict[str, dict[str, None]] = {}
    for kind, phrases in (*one, *other):
        found.setdefault(kind, {}).update(dict.fromkeys(phrases))
    return tuple((kind, tuple(sorted(phrases))) for kind, phrases in found.items())


def _lines(text: str) -> list[str]:
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def _before_comments(lines: list[str], rules: Rules) -> list[str]:
    """The lines above the readers' comments: who writes there often is no furniture."""
    told = False
    for place, line in enumerate(lines):
        told = told or is_prose(line)
        if told and "comments" in rules.kinds(line):
            return lines[:place]
    return lines


def _places(lines: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if len(line) <= MAX_FURNITURE and any(char.isalnum() for char in line):
            places[line].append(place)
    return places


def _says_nothing(line: str, rules: Rules, bylines: Bylines, moments: Moments, *, shaped: bool) -> bool:
    """Whether a line that repeats is none that says something of the story, or that the rules know already.

    ``shaped``: whether the shape of a name makes it one where it stands.
    """
    if rules.kinds(line) or moments.read(line) or moments.time(line):
        return False
    label = rules.label(line)
    if label and (label.value or {"byline", "published", "updated", "tags", "section"} & set(label.kinds)):
        return False
    plain = plain_words(line).rstrip(" :")
    if plain in rules.words["section"] or plain.rpartition(" ")[2] in rules.words["comment_says"]:
        return False
    role = len(line.split()) < 8 and bylines.is_role(line)
    return not (role or (shaped and bylines.is_name(line)) or bylines.is_agency(line))


def _labels(
    pages: Sequence[Sequence[str]], enough: int, rules: Rules, bylines: Bylines, moments: Moments
) -> dict[str, list[str]]:
    """The labels that stand before names and dates in the heads of pages, by kind."""
    behind: dict[str, list[str]] = defaultdict(list)
    for lines in pages:
        seen: dict[str, str] = {}
        for line in lines[:_HEAD]:
            if len(line) > 100 or rules.label(line):
                continue
            if found := _LABEL.fullmatch(line):
                seen.setdefault(f"{found['label']}:", found["rest"])
            elif len(words := line.split(" ", 1)) == 2 and words[0].isalpha():
                seen.setdefault(words[0], words[1])
        for label, rest in seen.items():
            behind[label].append(rest)
    kinds: dict[str, list[str]] = defaultdict(list)
    for label, rests in behind.items():
        if len(rests) < enough or len(set(rests)) < min(FEWEST, len(rests)):
            continue
        named = _share(rests, lambda rest: _names(rest, bylines))
        # A first name that many share ("Anna") is no label; one without a colon is written small, or never the same.
        if named >= _AGREE and (label.endswith(":") or label[:1].islower() or len(set(rests)) == len(rests) > enough):
            kinds["byline"].append(label)
        elif label.endswith(":") and _share(rests, lambda rest: moments.read(rest) is not None) >= _AGREE:
            kinds["published"].append(label)
    return kinds


def _names(rest: str, bylines: Bylines) -> bool:
    """Whether words behind a label name people: the first of them, where there are several or a role follows."""
    first = re.split(r"\s*[,;|(]\s*", rest, maxsplit=1)[0]
    return bylines.is_name(first)


def _share(rests: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, rests)) / len(rests)
