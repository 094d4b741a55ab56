"""Microdata, and the class names of microformats, → what they say of the story."""

from __future__ import annotations

from collections.abc import Iterator

from slugline.importing.html.saying import ARTICLE_TYPES, SaidImage, Saying, plain
from slugline.importing.markdown.model import Element
from slugline.importing.markdown.trees import text_of
from slugline.importing.model import Person

__all__ = ["microdata", "value_of"]


def microdata(tree: Element) -> Saying | None:
    """What the first item of an article type says; None if the page has none."""
    scopes = [one for one in tree.iter() if isinstance(one.tag, str) and not ARTICLE_TYPES.isdisjoint(_types(one))]
    if not scopes:
        return None
    scope = max(scopes, key=lambda one: len("".join(one.itertext())))
    props: dict[str, list[Element]] = {}
    for element, name in _properties(scope):
        props.setdefault(name, []).append(element)

    def first(*names: str) -> str:
        return next((text for name in names for one in props.get(name, ()) if (text := plain(value_of(one)))), "")

    image = first("image", "thumbnailUrl")
    return Saying(
        types=tuple(_types(scope)),
        headline=first("headline", "name"),
        dek=first("alternativeHeadline"),
        description=first("description"),
        language=first("inLanguage"),
        people=tuple(person for one in props.get("author", []) + props.get("creator", []) if (person := _person(one)).name),
        published=first("datePublished", "dateCreated"),
        updated=first("dateModified"),
        sections=tuple(plain(value_of(one)) for one in props.get("articleSection", [])),
        tags=tuple(tag.strip() for one in props.get("keywords", []) for tag in plain(value_of(one)).split(",") if tag.strip()),
        image=SaidImage(image) if image else None,
    )


def value_of(element: Element) -> str:
    """The value of a property: what a machine is told, else what a reader sees."""
    for name in ("content", "datetime"):
        if value := element.get(name):
            return str(value)
    if element.tag == "abbr" and element.get("title"):
        return str(element.get("title"))
    if element.tag in ("img", "source", "audio", "video", "embed", "iframe"):
        return element.get("src") or ""
    if element.tag == "link":
        return element.get("href") or ""
    return text_of(element)


def _types(element: Element) -> list[str]:
    said = f"{element.get('itemtype') or ''} {element.get('typeof') or ''}"
    return [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in said.split()]


def _properties(scope: Element) -> Iterator[tuple[Element, str]]:
    """The properties of an item, not those of items inside it."""
    pending = list(scope)[::-1]
    while pending:
        element = pending.pop()
        if not isinstance(element.tag, str):
            continue
        for name in f"{element.get('itemprop') or ''} {element.get('property') or ''}".split():
            yield element, name.rsplit(":", 1)[-1]
        if element.get("itemscope") is None and element.get("typeof") is None:
            pending.extend(list(element)[::-1])


def _person(element: Element) -> Person:
    if element.get("itemscope") is None and element.get("typeof") is None:
        return Person(plain(value_of(element)), line=element.sourceline or 0)
    found = {name: plain(value_of(inner)) for inner, name in reversed(list(_properties(element)))}
    return Person(found.get("name") or text_of(element), found.get("jobTitle", ""), line=element.sourceline or 0)
