"""Which element of a page holds the story.

Every block of text gives its words to all elements around it, unless it is furniture or mostly links. Then the places
where stories usually lie are looked at first (``itemprop=articleBody``, the class names of well-known themes), and the
smallest element that holds nearly all prose of the best of them is the story's. Where a page says its own text
(``articleBody`` of JSON-LD), the element whose words are closest to that wins.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from slugline.importing.html.furniture import furniture_kind, tokens
from slugline.importing.markdown.model import Element, names
from slugline.importing.rules import words_of

__all__ = ["Prose", "find_story", "measure"]

_KNOWN = re.compile(
    r"(?:^|\s)(?:entry-content|post-content|article-content|article-body|article__body|article__content|articlebody|story-body|"
    r"story-content|story__body|story__content|post-body|post__content|post__body|post-entry|entry__content|gh-content|"
    r"single-content|content__article-body|article-text|article_body|articletext|body-content|body-copy|bodytext|"
    r"field--name-body|field-name-body|node__content|com-content-article__body|item-page|itemfulltext|itemtext|"
    r"available-content|body\s+markup|markup|sqs-html-content|blog-item-content|e-content|amp-wp-article-content|"
    r"amp-article-body|td-post-content|jeg_post_content|the-content|the_content|c-entry-content|content-body|"
    r"rich-text-article-body|rte|main-content__body|paywall-content|meteredcontent|blog-post-content|textblock|story-text|"
    r"node-content|field-item|postarticle-content|section-inner|wixui-rich-text|article-main|news-content|newsbody)(?=\s|$)"
)
_BLOCKS = names(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header li main nav ol p pre section table tbody td th tr ul"
)
_SKIPPED = names("script style noscript template svg iframe head")
_PARTS = names("p li ul ol blockquote dl dd")
_NO_PROSE = names("caption figcaption standfirst dek deck subtitle subheadline byline credit credits")
_MIN_WORDS = 5


class Prose(NamedTuple):
    """How much prose each element holds, and which elements are furniture."""

    words: dict[Element, int]
    furniture: dict[Element, str]


def measure(body: Element) -> Prose:
    """Weigh every element of a page."""
    own: dict[Element, list[int]] = {}
    furniture: dict[Element, str] = {}
    total = _gather(body, own)
    words = {element: _sum(counted) for element, counted in own.items()}
    enough = max(_sum(total) * 0.5, 1)
    for element in own:
        if element is not body and words[element] < enough and (kind := furniture_kind(element)):
            furniture[element] = kind
    for element in furniture:
        if any(around in furniture for around in element.iterancestors()):
            continue
        for inner in element.iter():
            if inner in words and inner is not element:
                words[inner] = 0
        lost = words[element]
        words[element] = 0
        for around in element.iterancestors():
            if around in words:
                words[around] -= lost
    return Prose(words, furniture)


def find_story(body: Element, prose: Prose, said: str) -> tuple[Element | None, str]:
    """The element that holds the story, and what told; None if no prose is there.

    What told is "said" (the page's data), "marked" (a name), "scope" (``article`` or ``main``), or else "weight" alone.


    ``said``: the story's text as the page's structured data has it, or empty.
    """
    words = prose.words
    most = words.get(body, 0)
    if most < _MIN_WORDS:
        return None, ""
    outside = _outside(prose)
    candidates = [element for element in words if words[element] and element not in outside]
    if said and (best := _closest(candidates, said, prose)) is not None:
        return best, "said"
    marked = [one for one in candidates if _is_marked(one) and words[one] >= most * 0.3]
    if marked:
        tops = [one for one in marked if not any(around in marked for around in one.iterancestors())]
        best = max(tops, key=lambda one: words[one])
        parts = [one for one in tops if one.get("class") == best.get("class") and one.tag == best.tag]
        if len(parts) > 1:
            best = _common(parts) if sum(words[one] for one in parts) > words[best] * 1.1 else best
        if words[best] >= most * 0.55:
            return _narrowed(best, prose), "marked"
    scopes = [one for one in candidates if one.tag in ("article", "main") or one.get("role") in ("main", "article")]
    within = max(scopes, key=lambda one: (words[one], one.tag == "article"), default=body)
    if within is body or words[within] < most * 0.55:
        return _narrowed(body, prose), "weight"
    return _narrowed(within, prose), "scope"


def _gather(body: Element, own: dict[Element, list[int]]) -> list[int]:
    """Words of prose by element: (of blocks that are prose, words in links)."""
    order = [element for element in body.iter() if isinstance(element.tag, str)]
    skipped: set[Element] = set()
    silent: set[Element] = set()
    for element in order:
        parent = element.getparent()
        if element.tag in _SKIPPED or parent in skipped:
            skipped.add(element)
            continue
        if element.tag == "figcaption" or tokens(element) & _NO_PROSE:
            skipped.update(element.iterdescendants())
            if element.tag in _BLOCKS:
                own[element] = [0]
            silent.add(element)
            continue
        if element.tag in _BLOCKS or element is body:
            own[element] = [0]
    for element in order:
        if element not in own or element in silent:
            continue
        text, linked = _own_text(element)
        count = len(words_of(text))
        if count >= _MIN_WORDS and len(words_of(linked)) < count * 0.5:
            place: Element | None = element
            while place is not None and place in own:
                own[place][0] += count
                place = None if place is body else _block_around(place, own)
    return own[body]


def _block_around(element: Element, own: dict[Element, list[int]]) -> Element | None:
    for around in element.iterancestors():
        if around in own:
            return around
    return None


def _sum(counted: list[int]) -> int:
    return counted[0]


def _own_text(element: Element) -> tuple[str, str]:
    """The text of a block without that of blocks inside it, and the part of it that is links."""
    parts: list[str] = [element.text or ""]
    linked: list[str] = []
    pending: list[tuple[Element, bool]] = [(child, False) for child in reversed(element)]
    while pending:
        one, in_link = pending.pop()
        if isinstance(one.tag, str) and one.tag not in _BLOCKS and one.tag not in _SKIPPED:
            inside = in_link or one.tag == "a"
            parts.append(one.text or "")
            if inside:
                linked.append(one.text or "")
            if one.tag == "br":
                parts.append(" ")
            for child in reversed(one):
                pending.append((child, inside))
                if child.tail:
                    parts.append(child.tail)
                    if inside:
                        linked.append(child.tail)
        if one.getparent() is element:
            parts.append(one.tail or "")
            if isinstance(one.tag, str) and one.tag in _BLOCKS:
                parts.append(" ")
    return " ".join(parts), " ".join(linked)


def _outside(prose: Prose) -> set[Element]:
    return {inner for element in prose.furniture for inner in element.iter()}


def _is_marked(element: Element) -> bool:
    if "articleBody" in (element.get("itemprop") or "") or "articleBody" in (element.get("property") or ""):
        return True
    return _KNOWN.search((element.get("class") or "").lower()) is not None


def _closest(candidates: list[Element], said: str, prose: Prose) -> Element | None:
    """The element whose words are closest to those of a text, if they are close enough."""
    wanted = Counter(words_of(said))
    size = wanted.total()
    if size < 40:
        return None
    best, most = None, 0.6
    for element in candidates:
        if not size * 0.5 < prose.words[element] < size * 3:
            continue
        got = Counter(words_of(" ".join(element.itertext())))
        common = (wanted & got).total()
        score = 2 * common / (size + got.total())
        if score > most + 1e-9:
            best, most = element, score
    return best


def _common(elements: list[Element]) -> Element:
    around = [set(one.iterancestors()) for one in elements]
    shared = set.intersection(*around)
    return next(one for one in elements[0].iterancestors() if one in shared)


def _narrowed(element: Element, prose: Prose) -> Element:
    """The smallest element inside that still holds the story's prose, and leaves out only what stands apart from it."""
    words = prose.words
    while True:
        inner = [child for child in element.iterdescendants() if child in words and child.tag not in _PARTS]
        inner = [child for child in inner if child not in prose.furniture and words[child] >= words[element] * 0.6]
        if not inner:
            return element
        # The first in document order is the outermost.
        child = inner[0]
        if words[child] < words[element] * 0.95 and _belongs(element, child, prose):
            return element
        element = child


def _belongs(element: Element, child: Element, prose: Prose) -> bool:
    """Whether prose beside a child is a part of the story: paragraphs right beside it, or a sibling of its kind."""
    for siblings in child.itersiblings(), child.itersiblings(preceding=True):
        for sibling in siblings:
            if not prose.words.get(sibling, 0) or sibling in prose.furniture:
                continue
            said = sibling.get("class")
            alike = sibling.tag == child.tag and said and said == child.get("class")
            paragraphs = sum(one.tag == "p" and prose.words.get(one, 0) > 8 for one in sibling.iter())
            large = paragraphs > 1 and prose.words[sibling] > prose.words[child] * 0.2
            if alike or large or (sibling.tag == "p" and prose.words[sibling] > 12):
                return True
    around = child.getparent()
    return around is not element and around is not None and _belongs(element, around, prose)
