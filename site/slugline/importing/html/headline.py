"""The headline of a page: what it shows in its largest letters, held against what its data and its title say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from slugline.importing.decoding import tidy
from slugline.importing.html.container import Prose
from slugline.importing.html.furniture import hidden, tokens
from slugline.importing.html.saying import Saying, plain
from slugline.importing.markdown.model import Element, names
from slugline.importing.markdown.trees import text_of
from slugline.importing.rules import headline_key

__all__ = ["headline_of", "without_site"]

_PARTED = re.compile(r"\s+(?:[|•·»–—-]|::)\s+|\s*\|\s*")
_NAMES = names("headline headlines title entry post article story page")
_LOGO = names("logo brand branding masthead sitename wordmark")
_SMALL = names("kicker eyebrow overline label flag premium badge category section topic rubric sr-only visually-hidden")
_MAX = 300


def headline_of(
    body: Element, story: Element, prose: Prose, sayings: Sequence[Saying], sites: Iterable[str]
) -> tuple[str, Element | None]:
    """The headline, and the element that shows it; the text is empty if the page has none."""
    known = {headline_key(site) for site in sites} - {""}
    said = [without_site(saying.headline, known) for saying in sayings if saying.headline]
    document = body.getroottree().getroot().find(".//title")
    titled = without_site(plain(document.text), known) if document is not None else ""
    said += [titled] if titled else []
    best, most = None, 2.5
    for element in _candidates(body):
        if (score := _score(element, story, prose, said, known)) > most:
            best, most = element, score
    if best is None:
        return next((text for text in said if text), ""), None
    shown = _shown(best)
    for text in said:
        # "Analysis: ", a flag or a kicker inside of the heading is not in what the page says of itself.
        if text != shown and len(text) > 12 and _flagged(best) and (shown.endswith(text) or shown.startswith(text)):
            return text, best
    return shown, best


def without_site(title: str, sites: Iterable[str]) -> str:
    """A page's title without the publication's name before or behind it."""
    known = set(sites)
    parts = _PARTED.split(title)
    while len(parts) > 1 and headline_key(parts[-1]) in known:
        title = title[: title.rindex(parts[-1])].rstrip(" |•·»–—-:")
        parts.pop()
    if len(parts) > 1 and headline_key(parts[0]) in known:
        title = title[len(parts[0]) :].lstrip(" |•·»–—-:")
    return title


def _candidates(body: Element) -> Iterator[Element]:
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        if (
            element.tag in ("h1", "h2")
            or "headline" in (element.get("itemprop") or "")
            or (element.tag in ("h3", "div", "p", "span", "font", "td", "strong", "b") and _is_named(element))
        ):
            yield element


def _is_named(element: Element) -> bool:
    words = tokens(element)
    return bool(words & {"headline", "title"}) and len(element.findall(".//p")) == 0


def _score(element: Element, story: Element, prose: Prose, said: Sequence[str], sites: set[str]) -> float:
    text = _shown(element)
    key = headline_key(text)
    if not key or len(text) > _MAX or key in sites or hidden(element):
        return -9
    alike = max(
        (_alike(key, headline_key(other)) * (1.0 if place == 0 else 0.95) for place, other in enumerate(said)), default=0
    )
    score = 6 * alike if alike >= 0.5 else 0.0
    words = tokens(element)
    score += {"h1": 3.0, "h2": 0.8}.get(element.tag, 0.0)
    score += 2 if "headline" in (element.get("itemprop") or "") else 0
    score += 1.5 if len(words & _NAMES) > 1 else 0
    around = list(element.iterancestors())
    if any(one in prose.furniture and prose.furniture[one] not in ("header", "meta") for one in [element, *around]):
        score -= 6
    if any(_LOGO & tokens(one) or {"site", "title"} <= tokens(one) for one in [element, *around[:2]]):
        score -= 6
    shared = set(story.iterancestors()) | {story}
    scope = next((one for one in around if one.tag in ("article", "main") or one.get("role") == "main"), None)
    score += 1.5 if scope is not None and (scope in shared or any(one is scope for one in story.iter())) else 0
    if element in story.iter() and element.tag != "h1":
        score -= 1.5
    return score - (1.5 if len(key.split()) < 2 else 0)


def _alike(one: str, other: str) -> float:
    left, right = set(one.split()), set(other.split())
    if not left or not right:
        return 0.0
    return len(left & right) / max(len(left), min(len(right), len(left) + 6))


def _shown(element: Element) -> str:
    if not _flagged(element):
        return plain_text(element)
    for child in element:
        if tokens(child) & _SMALL or (child.get("class") or "") in ("screen-reader-text", "sr-only"):
            child.set("data-flag", "1")
    return " ".join(text_of(element, without="data-flag").split()) or plain_text(element)


def _flagged(element: Element) -> bool:
    return any(isinstance(child.tag, str) and (tokens(child) & _SMALL or "screen" in tokens(child)) for child in element)


def plain_text(element: Element) -> str:
    """The text of a heading on one line."""
    return " ".join(tidy(text_of(element))[0].split())
