"""Readers' comments below a story, as data."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from slugline.importing.html.furniture import tokens
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import removed, text_of
from slugline.importing.model import Comment

__all__ = ["comment_elements", "comments_of", "without_comments"]

_SHORT = 6
_WORDS = re.compile(
    r"\b(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties|komentarz\w*|yorumlar|komentar|комментарии)\b|"
    r"التعليقات|コメント|评论|評論|टिप्पणियाँ",
    re.IGNORECASE,
)
"""What a heading over readers' comments says."""

_TEXT = names("content text body message")
_NAME = names("fn author name username")


def comments_of(body: Element) -> tuple[Comment, ...]:
    """The comments on a page, in its order; replies are comments of their own."""
    found = [(one, comment) for one in body.iter("li", "div", "article") if (comment := _comment(one)) is not None]
    marked = {one for one, _ in found}
    for section in _sections(body):
        items = [item for item in _items(section) if not marked & {item, *item.iterdescendants()}]
        found += [(item, comment) for item in items if (comment := _unmarked(item)) is not None]
    places = {element: place for place, element in enumerate(body.iter())}
    return tuple(comment for _, comment in sorted(found, key=lambda pair: places[pair[0]]))


def without_comments(tree: Element) -> str:
    """The page without its readers' comments, which are longer than many a story; the tree stays as it is."""
    from lxml import html as lxml_html  # noqa: PLC0415

    copied = copy.deepcopy(tree)
    for element in comment_elements(copied):
        if element.getparent() is not None:
            removed(element)
    return str(lxml_html.tostring(copied, encoding="unicode"))


def comment_elements(tree: Element) -> list[Element]:
    """The elements that hold a page's comments, their headings and forms."""
    found = [one for section in _sections(tree) for one in section]
    for element in tree.iter("li", "div", "article", "section", "ol", "ul"):
        if any(one.tag == "h1" for one in element.iter()):
            continue
        if _comment(element) is not None or {"comments", "commentlist", "disqus", "respond"} & _first_words(element):
            found.append(element)
    return found


def _sections(tree: Element) -> Iterator[list[Element]]:
    """What stands below a heading of comments, with that heading: two or more items of a kind, up to the next heading."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6")):
        text = text_of(heading)
        if heading.getparent() is None or len(text.split()) > _SHORT or not _WORDS.search(text):
            continue
        section = [heading]
        for later in heading.itersiblings():
            if later.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and later.tag <= heading.tag:
                break
            section.append(later)
        if len(_items(section)) > 1:
            yield section


def _items(section: Sequence[Element]) -> list[Element]:
    """The items of a section: elements of one tag and class, below its heading or in a list there."""
    below = [one for one in section[1:] if isinstance(one.tag, str)]
    rows = [below, *([inner for inner in one if isinstance(inner.tag, str)] for one in below)]
    kinds = Counter((one.tag, one.get("class")) for row in rows for one in row if one.tag in ("li", "div", "article"))
    kind, count = max(kinds.items(), key=lambda pair: pair[1], default=(None, 0))
    return [one for row in rows for one in row if (one.tag, one.get("class")) == kind] if count > 1 else []


def _unmarked(item: Element) -> Comment | None:
    """A comment of which no class tells what is what: its first bold or linked words are the name, its paragraphs the text."""
    text = "\n\n".join(text_of(one) for one in item.iter("p") if text_of(one))
    name = next((text_of(one) for one in item.iter("b", "strong", "cite", "a") if text_of(one)), "")
    if not text or not name:
        return None
    rest = text_of(item).removeprefix(name).strip()
    time = next((one.get("datetime") or text_of(one) for one in item.iter("time")), "")
    return Comment(name, time or rest.partition(text.split("\n")[0])[0].strip(" ·|,–-"), text, item.sourceline or 0)


def _first_words(element: Element) -> set[str]:
    """The first word of an element's id, and of each of its classes."""
    said = [*(element.get("class") or "").split(), element.get("id") or ""]
    return {re.split(r"[-_]", name.lower(), maxsplit=1)[0] for name in said}


def _comment(element: Element) -> Comment | None:
    said = f" {(element.get('class') or '').lower()} "
    marked = "Comment" in (element.get("itemtype") or "").rsplit("/", 1)[-1]
    if not (marked or " comment " in said or (element.get("id") or "").startswith(("comment-", "li-comment-"))):
        return None
    text = name = date = ""
    line = element.sourceline or 0
    for one in _own(element):
        words = tokens(one)
        prop = one.get("itemprop") or ""
        if not text and (prop == "text" or ("comment" in words and words & _TEXT)) and not words & _NAME:
            inner = [text_of(part) for part in one.iter("p") if text_of(part)]
            text = "\n\n".join(inner) or text_of(one)
        if not name and (
            prop in ("author", "creator") or words & {"fn"} or ("comment" in words and words & {"author", "name"})
        ):
            name = _name(one)
        if not date and one.tag == "time":
            date = one.get("datetime") or text_of(one)
    return Comment(name, date, text, line) if text else None


def _own(element: Element) -> Iterator[Element]:
    """What is in a comment, without the replies to it."""
    pending = list(element)[::-1]
    while pending:
        one = pending.pop()
        if not isinstance(one.tag, str) or one.tag in ("ul", "ol") or " comment " in f" {(one.get('class') or '').lower()} ":
            continue
        yield one
        pending.extend(list(one)[::-1])


def _name(element: Element) -> str:
    for one in element.iter():
        if isinstance(one.tag, str) and "fn" in (one.get("class") or "").split():
            return text_of(one)
    text = text_of(element)
    for ending in (" says:", " says", " wrote:", " a écrit :", " sagt:", " dice:", " diz:"):
        text = text.removesuffix(ending)
    return text
