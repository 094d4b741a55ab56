"""What the conversion of HTML takes and gives, and what its parts share while they work on one fragment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["Converted", "Element", "FoundImage", "Work", "line_of", "names"]

Element = Any
"""An element of lxml, which brings no types along."""


class FoundImage(NamedTuple):
    """A picture of the fragment, as it was found.

    Attributes:
        src: its address, made absolute where a base was given.
        alt, caption, credit: plain text.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Converted(NamedTuple):
    """A fragment as Markdown.

    Attributes:
        body: Markdown, without a newline at the end.
        images: in their order, each once.
        words_in: words of the fragment that a reader sees, without those that ``notes`` tell of as left out.
        words_out: words that the Markdown shows when it is rendered, without the addresses of embeds and what links to
            pictures say. Another figure than ``words_in`` means that something was lost.
        notes: what was made safe, or has no form in Markdown and how it was kept.
        warnings: (line, what) for a person to look at; the line is the ``data-line`` of the nearest element that has one
            (see :func:`~slugline.importing.markdown.sanitising.numbered`), else 0.
        text: the words that a reader sees, in their order; ``words_in`` counts them.
        linked: addresses of pictures that did not come along, each a link now.
    """

    body: str
    images: tuple[FoundImage, ...] = ()
    words_in: int = 0
    words_out: int = 0
    notes: tuple[str, ...] = ()
    warnings: tuple[tuple[int, str], ...] = ()
    text: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


@dataclass(slots=True)
class Work:
    """The state of one conversion.

    Attributes:
        base: the address of the page, against which relative ones are resolved; may be empty.
        image: a picture's (or recording's) address → the path that it gets in Markdown, None to leave it.
        raw_html: whether the dialect lets HTML through; if not, what has no Markdown form becomes plain text.
        plain: write no emphasis and links, and every sign as an entity: the second try where the first lost a word.
        images: found so far.
        linked: addresses of those that are links.
        counts: what was done how often, for the notes.
        told: notes in full.
        warnings: (line, what).
        added: words that the Markdown shows and the fragment does not: addresses of embeds.
        anchors: ids that links of the fragment lead to.
        notes: number → the element that holds a footnote's text.
        shift: added to the level of each heading.
        depth: how deep in lists and quotations the work is.
    """

    base: str = ""
    image: Callable[[str], str | None] | None = None
    raw_html: bool = True
    plain: bool = False
    images: list[FoundImage] = field(default_factory=list)
    linked: dict[str, None] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: dict[str, None] = field(default_factory=dict)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    anchors: frozenset[str] = frozenset()
    notes: dict[int, Element] = field(default_factory=dict)
    shift: int = 0
    depth: int = 0

    def count(self, one: str, many: str) -> None:
        """Note that something was done once more; ``one`` and ``many`` say it for one and for several."""
        self.counts[one, many] += 1

    def warn(self, element: Element, what: str) -> None:
        """Note something that a person should look at, with the line of the element."""
        self.warnings.append((line_of(element), what))

    def summary(self) -> tuple[str, ...]:
        """All notes."""
        return (*(one if number == 1 else many.format(number) for (one, many), number in self.counts.items()), *self.told)


def line_of(element: Element) -> int:
    """The source line that an element, or the nearest one around it, was marked with; 0 if none was."""
    while element is not None:
        if (line := element.get("data-line", "")).isdecimal():
            return int(line)
        element = element.getparent()
    return 0


def names(text: str) -> frozenset[str]:
    """The names of tags or attributes that a text lists, parted by blanks."""
    return frozenset(text.split())
