"""What three libraries that were made for it read as a page's story, and which of the three texts is to be believed.

Each goes about it in another way, and each is wrong on other pages: the one that is nearest to the two others is seldom so.
Nearness is the F1 of the two bags of words, from 0 to 1.
"""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from slugline.importing.markdown.model import Element, names
from slugline.importing.rules import words_of

__all__ = ["AGREED", "Choice", "ask", "nearness"]

AGREED = 0.8
"""Below this, a person should look at what was read."""

_BREAKS = names(
    "address article aside blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section table "
    "td th tr ul"
)


class Choice(NamedTuple):
    """The text that was chosen.

    Attributes:
        text: paragraphs on lines of their own; empty where no reader found a story.
        others: those that were not chosen.
        agreement: how near it is to the others, 0 to 1; 1 only if all found the same words.
    """

    text: str
    others: tuple[str, ...]
    agreement: float


def nearness(one: Counter[str], other: Counter[str]) -> float:
    """The F1 of two bags of words; 0 where either is empty."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if one and other else 0.0


def ask(html: str) -> Choice:
    """Ask the readers for the story of a page."""
    texts = [text for read in (_trafilatura, _readability, _resiliparse) if (text := _quietly(read, html)).strip()]
    if not texts:
        return Choice("", (), 0.0)
    bags = [Counter(words_of(text.casefold())) for text in texts]
    scores = [
        sum(nearness(bag, other) for other in bags if other is not bag) / max(len(bags) - 1, 1) for bag in bags
    ]
    best = max(range(len(texts)), key=scores.__getitem__)
    # A reader that found nothing agrees with nobody.
    return Choice(texts[best], tuple(texts[:best] + texts[best + 1 :]), scores[best] * (len(texts) - 1) / 2)


def _quietly(read: Callable[[str], str], html: str) -> str:
    """What a reader finds; nothing where it fails: what it raises is anything, and the others go on."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.suppress(Exception):
            return read(html)
        return ""
    finally:
        logging.disable(before)


def _trafilatura(html: str) -> str:
    import trafilatura  # noqa: PLC0415

    return trafilatura.extract(html, include_comments=False, include_tables=True, favor_precision=True) or ""


def _readability(html: str) -> str:
    import lxml.html  # noqa: PLC0415
    import readability  # noqa: PLC0415

    return _lines(lxml.html.fromstring(readability.Document(html).summary()))


def _resiliparse(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return str(extract_plain_text(html, main_content=True, alt_texts=False, links=False, form_fields=False, noscript=False))


def _lines(root: Element) -> str:
    """The text of a tree with its blocks on lines of their own."""
    parts: list[str] = []
    for element, ends in _walked(root):
        broken = element.tag in _BREAKS
        if broken:
            parts.append("\n")
        text = element.tail if ends else element.text if isinstance(element.tag, str) else ""
        parts.append(" ".join((text or "").split(" ")))
    return "".join(parts)


def _walked(root: Element) -> list[tuple[Element, bool]]:
    """Each element where it begins, and again where it ends."""
    found: list[tuple[Element, bool]] = []
    stack = [(root, False)]
    while stack:
        element, ends = stack.pop()
        found.append((element, ends))
        if not ends:
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
    return found
