"""The head of a story: the elements around its headline, the dek under it, and the picture over its text."""

from __future__ import annotations

from collections.abc import Sequence

from slugline.importing.html.container import Prose
from slugline.importing.html.furniture import tokens
from slugline.importing.html.lines import lines_in
from slugline.importing.html.saying import Saying
from slugline.importing.markdown.addresses import image_source
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.pictures import caption_of, is_ornament
from slugline.importing.markdown.trees import text_of
from slugline.importing.rules import headline_key

__all__ = ["dek_of", "head_of", "lead_image", "lines_around"]

_DEK = names(
    "dek deck standfirst subtitle subheadline subhead subheading sottotitolo chapo entradilla "
    "summary lede intro sapo tagline strapline "
    "subtitulo bajada copete vorspann untertitel chapeau"
)
_AWAY = (
    "related_list",
    "comments",
    "navigation",
    "footer",
    "advertisement",
    "newsletter",
    "cookies",
    "promo",
    "form",
    "hidden",
    "dialog",
    "tags",
    "share",
)
_DEK_TAGS = names("p h2 h3 div span strong li")
_TOO_LONG = 500


def head_of(body: Element, story: Element, shown: Element | None, prose: Prose) -> list[Element]:
    """The elements of the story's article in which its byline and dates stand: around the headline, and below the text."""
    scope = _scope(body, story, shown)
    away: set[Element] = set()
    found = []
    for element in scope.iter():
        if not isinstance(element.tag, str):
            continue
        if element.getparent() in away or (element in prose.furniture and prose.furniture[element] in _AWAY):
            away.add(element)
            continue
        found.append(element)
    return found


def lines_around(body: Element, story: Element, shown: Element | None, head: Sequence[Element]) -> list[tuple[int, str]]:
    """The lines around the headline that lie outside of the story's own element: (line of source, text)."""
    inside = set(story.iter())
    known = set(head)
    alone = [
        (one.sourceline or 0, text)
        for one in head
        if one.tag in ("span", "a", "div", "p", "li")
        and not len(one)
        and one not in inside
        and (text := text_of(one))
        and len(text) < 200
    ]
    return alone + [
        (line.number, line.text)
        for line in lines_in(_scope(body, story, shown))
        if line.block in known and line.block not in inside and len(line.text) < 200
    ]


def dek_of(head: Sequence[Element], story: Element, shown: Element | None, sayings: Sequence[Saying], title: str) -> str:
    """The line under the headline; empty where the page has none of its own."""
    for element in head:
        words = tokens(element)
        marked = bool(words & _DEK) or bool(words & {"excerpt", "desc"} and words & {"article", "post", "custom", "story"})
        marked = marked or ("lead" in words and story not in element.iterancestors() and element is not story)
        if marked and element.tag in _DEK_TAGS and "site" not in words and element.find(".//img") is None:
            text = text_of(element)
            if 10 < len(text) < _TOO_LONG and headline_key(text) != headline_key(title):
                return text
    if shown is not None:
        later = shown.getnext()
        if (
            later is not None
            and later.tag == "h2"
            and 20 < len(text := text_of(later)) < _TOO_LONG
            and story not in later.iterancestors()
        ):
            return text
    return next((saying.dek for saying in sayings if saying.dek and headline_key(saying.dek) != headline_key(title)), "")


def lead_image(body: Element, story: Element, shown: Element | None, prose: Prose, sayings: Sequence[Saying]) -> dict[str, str]:
    """The picture over the story, outside of its text: ``src``, ``alt``, ``caption``, ``credit``, ``line``."""
    scope = _scope(body, story, shown)
    for image in scope.iter("img"):
        if story in image.iterancestors():
            break
        if is_ornament(image) is not None or not (source := image_source(image)) or source.startswith("data:"):
            continue
        around = list(image.iterancestors())
        if any(one in prose.furniture and prose.furniture[one] not in ("meta", "header") for one in around):
            continue
        if any(tokens(one) & {"avatar", "logo", "author", "byline", "icon", "gravatar"} for one in [image, *around[:3]]):
            continue
        figure = next(
            (one for one in around if one.tag == "figure" or tokens(one) & {"featured", "hero", "lead", "wp-caption"}), None
        )
        caption, credit = _captioned(figure)
        line = str(image.sourceline or 0)
        return {
            "src": source,
            "alt": " ".join((image.get("alt") or "").split()),
            "caption": caption,
            "credit": credit,
            "line": line,
        }
    for saying in sayings:
        if saying.image:
            return {
                "src": saying.image.src,
                "alt": saying.image.alt,
                "caption": saying.image.caption,
                "credit": saying.image.credit,
            }
    return {}


def _captioned(figure: Element | None) -> tuple[str, str]:
    if figure is None:
        return "", ""
    for one in figure.iter():
        if isinstance(one.tag, str) and (one.tag == "figcaption" or tokens(one) & {"caption"}):
            return caption_of(one, Work())
    return "", ""


def _scope(body: Element, story: Element, shown: Element | None) -> Element:
    """The smallest element that holds the headline and the story."""
    around = [story, *story.iterancestors()]
    article = next((one for one in around if one.tag in ("article", "main") or "Article" in (one.get("itemtype") or "")), None)
    if shown is None:
        return article if article is not None else body
    inside = {shown, *shown.iterancestors()}
    shared = next((one for one in around if one in inside), body)
    if article is not None and article in inside:
        return article
    return shared
