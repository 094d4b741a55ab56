"""Readers' comments below a story, as data."""

from __future__ import annotations

from collections.abc import Iterator

from slugline.importing.html.furniture import tokens
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import text_of
from slugline.importing.model import Comment

__all__ = ["comments_of"]

_TEXT = names("content text body message")
_NAME = names("fn author name username")


def comments_of(body: Element) -> tuple[Comment, ...]:
    """The comments on a page, in its order; replies are comments of their own."""
    return tuple(comment for element in body.iter("li", "div", "article") if (comment := _comment(element)) is not None)


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
