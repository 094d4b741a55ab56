"""Where on a page the story is: the element around the lines that the chosen reader has found in it.

The readers give plain text. A line of the page is the story's if its words stand in that text in the same order; the smallest
element around nearly all of such lines is the story's. What a class or an id is called takes no line of the story away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from slugline.importing.html.furniture import furniture_kind, hidden, is_embed
from slugline.importing.html.lines import Line, lines_in
from slugline.importing.html.readers import Choice
from slugline.importing.markdown.model import Element, names
from slugline.importing.rules import words_of
from slugline.importing.units import ends_sentence

__all__ = ["WRAPS", "Covered", "Prose", "find_story", "measure"]

WRAPS = names(
    "li ul ol figure figcaption blockquote pre table tbody thead tr td th dl dt dd details summary p h1 h2 h3 h4 h5 h6"
)
"""Blocks that stand in a container, and contain none of the page's own."""

_NUMBERS = re.compile(r"\w*\d\w*")
_RUN = 4
_ENOUGH = 0.6
_NEARLY_ALL = 0.95
_MOST, _NOT_LITTLE, _SMALL_SHARE = 0.5, 0.03, 0.3


class Covered:
    """Which lines stand in a text."""

    def __init__(self, text: str) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._lines: set[tuple[str, ...]] = set()
        words: list[str] = []
        for line in text.split("\n"):
            found = words_of(line.casefold())
            self._lines.add(tuple(found))
            words += found
        self._runs.update(zip(words, words[1:], words[2:], words[3:], strict=False))

    def __contains__(self, text: str) -> bool:
        """Whether a line's words stand in the text: most runs of four, or, of a shorter line, all of it as a line."""
        words = words_of(text.casefold())
        if len(words) < _RUN:
            return bool(words) and tuple(words) in self._lines
        runs = list(zip(words, words[1:], words[2:], words[3:], strict=False))
        return sum(run in self._runs for run in runs) >= _ENOUGH * len(runs)


class Prose(NamedTuple):
    """How many words of the story each element holds, which elements are furniture, and which lines are the story's."""

    words: dict[Element, int]
    furniture: dict[Element, str]
    blocks: dict[Element, set[str]]

    def tells(self, line: Line) -> bool:
        """Whether a line is the story's."""
        return line.text in self.blocks.get(line.block, ())


def measure(body: Element, choice: Choice, *, sure: bool) -> Prose:
    """Find the lines of the chosen text in a page.

    Where another reader has lines besides, in containers called as those of the chosen text are, these are the story's, too:
    a story is often in several containers. Where the readers are not ``sure``, lines apart from most others that not all of
    them have are none.
    """
    lines = lines_in(body)
    texts = [Covered(choice.text), *map(Covered, choice.others)]
    found = [[line.text in text for text in texts] for line in lines]
    counts = [len(words_of(line.text)) for line in lines]
    homes: dict[Element, int] = {}
    for line, (chosen, *_), count in zip(lines, found, counts, strict=True):
        if chosen:
            homes[_home(line)] = homes.get(_home(line), 0) + count
    main = max(homes, key=homes.__getitem__, default=body)
    called = {_called(home) for home, count in homes.items() if count >= _SMALL_SHARE * homes[main]} - {""}
    words: dict[Element, int] = {}
    whole: dict[Element, int] = {}
    blocks: dict[Element, set[str]] = {}
    for line, (chosen, *others), count in zip(lines, found, counts, strict=True):
        home, told = _home(line), bool(chosen)
        if not chosen and any(others):
            told = _called(home) in called and ends_sentence(line.text)
        elif chosen and not sure and home is not main and not all(others):
            told = _called(home) == _called(main) != "" or main in home.iterancestors() or home in main.iterancestors()
        if told:
            blocks.setdefault(line.block, set()).add(line.text)
        for element in _around(line.block, body):
            whole[element] = whole.get(element, 0) + count
            words[element] = words.get(element, 0) + (count if told else 0)
    furniture: dict[Element, str] = {}
    for element in body.iter():
        if element is body or not isinstance(element.tag, str) or not (kind := furniture_kind(element)) or is_embed(element):
            continue
        share = words.get(element, 0) / (words.get(body, 0) or 1)
        within = words.get(element, 0) / (whole.get(element, 0) or 1)
        if share > _MOST or (share > _NOT_LITTLE and within > _SMALL_SHARE and not hidden(element)):
            # Whatever it is called: the story is in it.
            continue
        furniture[element] = kind
    for element in furniture:
        if lost := words.get(element, 0):
            for inner in element.iter():
                blocks.pop(inner, None)
                if inner in words:
                    words[inner] = 0
            for around in element.iterancestors():
                if around in words:
                    words[around] -= lost
    return Prose(words, furniture, blocks)


def find_story(body: Element, prose: Prose) -> Element | None:
    """The smallest element that holds nearly all lines of the story; None if there are none."""
    most = prose.words.get(body, 0)
    if not most:
        return None
    story = body
    while True:
        inner = next((child for child in story if prose.words.get(child, 0) >= _NEARLY_ALL * most), None)
        if inner is None or inner.tag in ("p", "ul", "ol", "blockquote", "li"):
            return story
        story = inner


def _home(line: Line) -> Element:
    """The container of a line: what its paragraph or list stands in."""
    return next((around for around in line.block.iterancestors() if around.tag not in WRAPS), line.block)


def _called(element: Element) -> str:
    """The tag and the classes of an element, without numbers; empty where it has no class."""
    classes = (_NUMBERS.sub("", name) for name in (element.get("class") or "").lower().split())
    said = " ".join(name for name in classes if len(name) > 1)
    return f"{element.tag} {said}" if said else ""


def _around(element: Element, body: Element) -> Iterable[Element]:
    yield element
    if element is not body:
        for around in element.iterancestors():
            yield around
            if around is body:
                return
