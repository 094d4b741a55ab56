"""The element that holds the story → only the story: what stands in it besides is taken out, and told with its line.

Furniture goes by its tags and class names (:mod:`~slugline.importing.html.furniture`); then the lines that are left are
asked one by one with the rules of the text importer, so that "Advertisement", "Also read: …" or a byline are known by
what they say, in each language that the rules know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from slugline.importing.html.container import Prose
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import removed, text_of
from slugline.importing.model import Part
from slugline.importing.rules import headline_key, words_of
from slugline.importing.sheet import Toolbox
from slugline.importing.units import ends_sentence, is_prose

__all__ = ["Cleaned", "clean_story", "parts_outside"]

_LEAVES = names("p div h1 h2 h3 h4 h5 h6 li span time address section a small strong em")
_BLOCKS = names("p div h1 h2 h3 h4 h5 h6 li ul ol table blockquote pre figure section article dl hr details")
_SHELTERED = names("figure figcaption table blockquote pre dl details")
_KINDS = names(
    "share social advertisement newsletter cookies navigation reading feedback promo related_list comments comment_form legal "
    "copyright read_time relative_date marker about_author form_field"
)
_ONLY_LINES = names("navigation reading social form_field legal marker read_time relative_date share about_author")
_OPENS_LIST = names("related_list comments comment_form about_author newsletter")
_SILENT = names("script style noscript template svg link meta head title")


@dataclass(slots=True)
class Cleaned:
    """What was found in the story's element besides the story.

    Attributes:
        parts: for the report.
        bylines: (line of source, text) of lines that name authors.
        moments: (line of source, text) of lines that state a date.
        tags: as written.
        doubts: (line, what).
    """

    parts: list[Part] = field(default_factory=list)
    bylines: list[tuple[int, str]] = field(default_factory=list)
    moments: list[tuple[int, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)


def clean_story(story: Element, prose: Prose, *, title: str, dek: str, people: frozenset[str], tools: Toolbox) -> Cleaned:
    """Take out of the story's element what is not the story; ``people``: names of the authors as far as they are known."""
    found = Cleaned()
    for element in list(story.iter()):
        if element is story or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in _SILENT:
            if element.tag not in ("noscript",):
                removed(element)
        elif (kind := prose.furniture.get(element)) and story in element.iterancestors():
            _take(element, kind, found)
    leaves = list(_leaves(story))
    texts = [text_of(leaf) for leaf in leaves]
    own = {headline_key(title), headline_key(dek)} - {""}
    prosaic = [is_prose(text) and headline_key(text) not in own for text in texts]
    first = prosaic.index(True) if True in prosaic else len(leaves)
    last = len(leaves) - 1 - prosaic[::-1].index(True) if True in prosaic else -1
    listed = False
    for place, (leaf, text) in enumerate(zip(leaves, texts, strict=True)):
        if leaf.getparent() is None or story not in leaf.iterancestors():
            continue
        if listed and (leaf.tag == "li" or leaf.tag == "a") and _is_link(leaf, text):
            _take(leaf, "related", found)
            continue
        kind = _kind(leaf, text, found, title=title, dek=dek, people=people, tools=tools, edge=place < first or place > last, head=place < first)
        listed = kind in _OPENS_LIST or (listed and leaf.tag == "li" and bool(kind))
        if kind:
            _take(leaf, kind, found)
    _without_empty(story)
    return found


def parts_outside(body: Element, story: Element) -> Iterator[Part]:
    """Every stretch of a page that lies outside of the story's element, in its order."""
    around = set(story.iterancestors())
    place: Element = body
    pending: list[Element] = [place]
    while pending:
        one = pending.pop()
        if one is story or not isinstance(one.tag, str) or one.tag in _SILENT:
            continue
        if one in around:
            if text := " ".join((one.text or "").split()):
                yield _part("page", one.sourceline, text)
            for child in reversed(list(one)):
                pending.append(child)
            tails = " ".join(" ".join((child.tail or "").split()) for child in one).strip()
            if tails:
                yield _part("page", one.sourceline, tails)
        elif text := text_of(one):
            yield _part(_place_of(one), one.sourceline, text)


def _kind(
    leaf: Element,
    text: str,
    found: Cleaned,
    *,
    title: str,
    dek: str,
    people: frozenset[str],
    tools: Toolbox,
    edge: bool,
    head: bool,
) -> str:
    """What a line is besides the story; what it says goes into ``found``."""
    line = leaf.sourceline or 0
    heading = leaf.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
    key = headline_key(text)
    if key and key == headline_key(title) and (edge or heading):
        return "headline"
    if dek and key == headline_key(dek) and head:
        return "dek"
    kinds = [kind for kind in tools.rules.kinds(text) if kind in _KINDS]
    if kinds and not (heading and kinds[0] in _ONLY_LINES):
        return kinds[0]
    label = tools.rules.label(text)
    if label and label.value:
        said = set(label.kinds)
        if {"byline", "contributor"} & said and edge and not is_prose(text) and tools.bylines.read(label.value, line, led=True):
            found.bylines.append((line, text))
            return "byline"
        if {"published", "updated"} & said and tools.moments.read(text):
            found.moments.append((line, text))
            return "date"
        if "tags" in said and edge and not is_prose(text):
            found.tags += [tag.strip() for tag in label.value.split(",") if tag.strip()]
            return "tags"
        if "related" in said and (leaf.find(".//a") is not None) and len(text) < 250:
            return "related"
    if edge and len(text) < 160 and (stated := tools.moments.read(text)) and (stated.published or stated.updated):
        found.moments.append((line, text))
        return "date"
    if edge and len(text) < 120 and not ends_sentence(text) and any(name in text for name in people):
        found.bylines.append((line, text))
        return "byline"
    return ""


def _leaves(story: Element) -> Iterator[Element]:
    """The smallest blocks of text, and links and spans that stand alone between blocks."""
    for element in story.iter():
        if element is story or not isinstance(element.tag, str) or element.tag not in _LEAVES:
            continue
        inner = {child.tag for child in element.iterdescendants() if isinstance(child.tag, str)}
        if inner & _BLOCKS or not text_of(element):
            continue
        if element.tag not in _BLOCKS and not _alone(element):
            continue
        if any(around.tag in _SHELTERED for around in element.iterancestors() if story in around.iterancestors()):
            continue
        yield element


def _alone(element: Element) -> bool:
    """Whether an inline element stands between blocks and not in a line of text."""
    parent = element.getparent()
    if parent.tag in ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "a", "span", "em", "strong", "small"):
        return False
    if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
        return False
    return any(child.tag in _BLOCKS for child in parent)


def _is_link(leaf: Element, text: str) -> bool:
    if leaf.tag == "a":
        return True
    linked = " ".join(" ".join(text_of(link) for link in leaf.iter("a")).split())
    return len(linked) > len(text) * 0.7


def _take(element: Element, kind: str, found: Cleaned) -> None:
    if text := text_of(element):
        found.parts.append(_part(kind, element.sourceline, text))
    removed(element)


def _part(kind: str, line: int | None, text: str) -> Part:
    return Part(kind, line or 0, text, len(words_of(text)))


def _place_of(element: Element) -> str:
    from slugline.importing.html.furniture import furniture_kind  # noqa: PLC0415

    return furniture_kind(element) or {"header": "header", "h1": "headline", "time": "date"}.get(element.tag, "page")


def _without_empty(story: Element) -> None:
    """Take out the lists and containers that are left with nothing in them."""
    for element in list(story.iter("ul", "ol", "div", "section", "aside", "p"))[::-1]:
        if element is story or element.getparent() is None or text_of(element):
            continue
        if not any(one.tag in ("img", "picture", "video", "audio", "iframe", "embed", "object", "hr", "a", "svg") for one in element.iter()):
            removed(element)
