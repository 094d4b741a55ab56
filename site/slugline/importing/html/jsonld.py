"""JSON-LD → what it says of the story (https://schema.org/NewsArticle), with ``@graph`` and ``@id`` resolved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from slugline.importing.html.saying import ARTICLE_TYPES, LIST_TYPES, PAGE_TYPES, SaidImage, Saying, plain
from slugline.importing.markdown.model import Element
from slugline.importing.model import Person

__all__ = ["json_ld"]

_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MAX_NODES = 2000


def json_ld(tree: Element, problems: list[tuple[int, str]]) -> tuple[Saying | None, frozenset[str]]:
    """What the page's JSON-LD says of its story, and every type that it names; faults go to ``problems``."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                nodes.extend(_nodes(_loaded(script.text or "")))
            except (ValueError, RecursionError):
                problems.append((script.sourceline or 0, "the page's JSON-LD cannot be read and is passed over"))
    nodes = nodes[:_MAX_NODES]
    by_id: dict[str, dict[str, Any]] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(by_id.get(name, ())):
            by_id[name] = node
    types = frozenset(name for node in nodes for name in _types(node))
    articles = [node for node in nodes if not ARTICLE_TYPES.isdisjoint(_types(node)) and ("headline" in node or "name" in node)]
    # A page of a list names many, none of them its own.
    article = max(articles, key=len) if articles and len({str(node.get("headline")) for node in articles}) < 4 else None
    page = next((node for node in nodes if not {"WebPage", *PAGE_TYPES, *LIST_TYPES}.isdisjoint(_types(node))), None)
    crumbs = next((node for node in nodes if "BreadcrumbList" in _types(node)), None)
    if article is None:
        return None, types
    return _saying(article, page or {}, crumbs or {}, by_id), types


def _loaded(text: str) -> Any:
    text = _WRAPPING.sub("", _WRAPPING.sub("", text))
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub(r"\1", text), strict=False)


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    pending = [data]
    while pending:
        one = pending.pop(0)
        if isinstance(one, list):
            pending[:0] = one
        elif isinstance(one, dict):
            if "@type" in one or "@id" in one:
                yield one
            pending.extend(
                value
                for key, value in one.items()
                if key in ("@graph", "mainEntity", "breadcrumb", "mainEntityOfPage", "hasPart")
            )


def _types(node: dict[str, Any]) -> list[str]:
    return [name.rsplit("/", 1)[-1] for name in _many(node.get("@type")) if isinstance(name, str)]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _saying(node: dict[str, Any], page: dict[str, Any], crumbs: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Saying:
    def follow(value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) <= 2:
            return by_id.get(value["@id"], value)
        return value

    def first(key: str, *nodes: dict[str, Any]) -> str:
        return next((text for one in nodes for value in _many(one.get(key)) if (text := plain(_name(follow(value))))), "")

    publisher = follow((_many(node.get("publisher")) or [None])[0])
    site = plain(_name(publisher)) if publisher else ""
    people = [person for value in _many(node.get("author")) + _many(node.get("creator")) for person in _people(follow(value))]
    sections = [plain(_name(value)) for value in _many(node.get("articleSection"))]
    body = node.get("articleBody")
    return Saying(
        types=tuple(_types(node)),
        headline=first("headline", node) or first("name", node),
        dek=first("alternativeHeadline", node) or first("alternateName", node),
        description=first("description", node),
        body=body if isinstance(body, str) else "",
        language=first("inLanguage", node, page),
        url=_address(node.get("url")) or _address(follow(node.get("mainEntityOfPage"))),
        site=site,
        people=tuple(_distinct(people)),
        published=first("datePublished", node, page) or first("dateCreated", node),
        updated=first("dateModified", node, page),
        sections=tuple(filter(None, [*sections, *_crumbs(crumbs)])),
        tags=tuple(_tags(node.get("keywords"))),
        image=_image(follow((_many(node.get("image")) or [None])[0])),
        free=str(node.get("isAccessibleForFree", True)).lower() not in ("false", "no", "http://schema.org/false"),
    )


def _name(value: Any) -> Any:
    return value.get("name") or value.get("headline") or value.get("alternateName") or "" if isinstance(value, dict) else value


def _people(value: Any) -> Iterator[Person]:
    if isinstance(value, dict):
        name = value.get("name")
        for one in _many(name):
            organisation = "Person" not in _types(value) and not {"Organization", "NewsMediaOrganization"}.isdisjoint(
                _types(value)
            )
            job = plain(next((_name(title) for title in _many(value.get("jobTitle"))), ""))
            extra = {"house": True} if organisation else {}
            yield Person(plain(one), job, plain(value.get("description")) if not organisation else "", extra=extra)
    elif isinstance(value, str):
        yield Person(plain(value))


def _distinct(people: Iterable[Person]) -> Iterator[Person]:
    seen: set[str] = set()
    for person in people:
        if person.name and person.name.casefold() not in seen and not person.name.startswith(("http:", "https:")):
            seen.add(person.name.casefold())
            yield person


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and value.strip().startswith(("http://", "https://")) else ""


def _tags(value: Any) -> Iterator[str]:
    for one in _many(value):
        text = plain(_name(one))
        for tag in text.split(",") if not isinstance(value, list) or len(value) == 1 else [text]:
            if tag.strip() and ":" not in tag:
                yield tag.strip()


def _image(value: Any) -> SaidImage | None:
    if isinstance(value, str):
        return SaidImage(value.strip())
    if not isinstance(value, dict):
        return None
    src = next((one for key in ("url", "contentUrl", "@id") if isinstance(one := value.get(key), str)), "")
    credit = plain(value.get("creditText")) or plain(_name(next(iter(_many(value.get("creator"))), "")))
    return SaidImage(src.strip(), "", plain(value.get("caption")), credit) if src else None


def _crumbs(node: dict[str, Any]) -> list[str]:
    """The names of a trail, nearest first, without the start page and the story itself."""
    found: list[tuple[int, str]] = []
    for place, entry in enumerate(_many(node.get("itemListElement"))):
        if isinstance(entry, dict):
            name = plain(entry.get("name")) or plain(_name(entry.get("item")))
            position = entry.get("position")
            found.append((position if isinstance(position, int) else place, name))
    names = [name for _, name in sorted(found)]
    last_is_story = bool(names) and len(names[-1].split()) > 3
    return [name for name in (names[1:-1] if last_is_story else names[1:])[::-1] if name]
