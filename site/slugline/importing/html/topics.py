"""Section, tags and language of a story, from the page's data, its trail of crumbs, and the links that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from slugline.importing.html.furniture import tokens
from slugline.importing.html.saying import Saying
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import text_of
from slugline.languages import language_problem
from slugline.urls import label_signs, slugify

__all__ = ["language_said", "sections_of", "tags_of"]

_MAX_TAGS = 30
_CRUMBS = frozenset({"breadcrumb", "breadcrumbs", "pathway"})
_NO_SECTION = names("p post posts blog article articles story stories node item archive index entry amp content")


def sections_of(body: Element, sayings: Iterable[Saying], address: str) -> tuple[str, ...]:
    """What may be the story's section, the most likely first."""
    found = [name for saying in sayings for name in saying.sections]
    for element in body.iter():
        if not isinstance(element.tag, str) or element is body:
            continue
        words = tokens(element)
        if words & _CRUMBS and not any(tokens(one) & _CRUMBS for one in element.iterancestors()):
            found += [text_of(link) for link in element.iter("a") if not _leads_home(link)][::-1]
        elif element.tag == "a" and ("category" in (element.get("rel") or "") or words & {"kicker", "eyebrow"}):
            found.append(text_of(element))
        elif "articleSection" in (element.get("itemprop") or "") or {"cat", "links"} <= words:
            found += [text_of(link) for link in element.iter("a")] or [text_of(element)]
    path = [part for part in urlsplit(address).path.split("/") if part]
    found += [part for part in path[:-1][:1] if not part.isdigit() and "." not in part and part not in _NO_SECTION]
    named: dict[str, str] = {}
    for name in found:
        if name and len(name) < 40 and not name.isdigit():
            named.setdefault(slugify(name) or name, name)
    return tuple(named.values())


def _leads_home(link: Element) -> bool:
    target = (link.get("href") or "").strip()
    return urlsplit(target).path in ("", "/") or target.split("/")[-1] in ("index.html", "index.php", "index.htm")


def tags_of(body: Element, sayings: Iterable[Saying], lines: Sequence[str], sections: Iterable[str]) -> list[str]:
    """The story's tags, each once, without its sections."""
    said: list[str] = []
    for saying in sayings:
        said = said or list(saying.tags)
    shown = list(_shown(body))
    known = {slugify(name) for name in sections}
    tags: dict[tuple[str, str], str] = {}
    for tag in [*(said or []), *shown, *lines]:
        text = tag.strip(" \"'").lstrip("# ")
        if (slug := slugify(text)) and len(text) <= 60 and slug not in known:
            tags.setdefault((slug, label_signs(text)), text)
    return list(tags.values())[:_MAX_TAGS]


def language_said(sayings: Iterable[Saying]) -> str:
    """The language tag that the page gives itself; empty if it gives none that can be one."""
    for saying in sayings:
        said = saying.language.replace("_", "-").strip()
        if said and not language_problem(said):
            return said
    return ""


def _shown(body: Element) -> Iterator[str]:
    for link in body.iter("a"):
        rel = (link.get("rel") or "").split()
        if ("tag" in rel and "category" not in rel) or (
            any({"tags"} & tokens(around) for around in list(link.iterancestors())[:3]) and "category" not in rel
        ):
            yield text_of(link)
