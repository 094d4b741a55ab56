"""Figures: pictures with their captions, recordings, quotations and tables with a caption below."""

from __future__ import annotations

from collections.abc import Callable

from slugline.importing.markdown.addresses import address
from slugline.importing.markdown.inline import line
from slugline.importing.markdown.model import Element, Work, names
from slugline.importing.markdown.pictures import caption_of, figure_line, is_ornament, picture, together
from slugline.importing.markdown.players import recording
from slugline.importing.markdown.tables import rows_of
from slugline.importing.markdown.trees import removed, text_of
from slugline.importing.markdown.walking import Run

__all__ = ["figure", "tabled_picture"]

_BLOCKS = names("blockquote table pre iframe audio video embed object ul ol dl")
_MAX_CAPTION = 600


def figure(element: Element, work: Work, inside: Callable[[Element], list[str]], href: str) -> list[str]:
    """A figure; ``inside`` makes chunks of one that is more than pictures, ``href`` is a link around the whole."""
    inner = [one for one in element.iter("figure") if one is not element]
    caption, credit = _captions(element, work, alone=not inner)
    images = [image for image in element.iter("img") if is_ornament(image) is None]
    words = f"{caption} {credit}".strip()
    plain = not inner and not text_of(element) and not any(one.tag in _BLOCKS for one in element.iterdescendants())
    if images and plain:
        runs = [Run("image", href=_link_around(image, work) or href, element=image) for image in images]
        if made := figure_line(runs, work, caption=caption, credit=credit):
            return [made]
    recordings = list(element.iter("audio", "video"))
    if recordings and not images and not text_of(element):
        return [chunk for one in recordings for chunk in recording(one, work, caption=words if one is recordings[0] else "")]
    if (group := _group(element, inner, work)) is not None:
        return [*group, *([line([Run("text", words, frozenset({"em"}))], work)] if words else [])]
    chunks = [] if images and plain else inside(element)
    return [*chunks, *([line([Run("text", words, frozenset({"em"}))], work)] if words else [])]


def _group(element: Element, inner: list[Element], work: Work) -> list[str] | None:
    """A gallery: figures in a figure and nothing else, in one paragraph; None if the element is something else."""
    if (
        not inner
        or any(one.tag in _BLOCKS for one in element.iterdescendants())
        or any(one.find(".//figure") is not None for one in inner)
    ):
        return None
    images = [image for image in element.iter("img") if is_ornament(image) is None]
    if len(images) != len(inner) or any(len(list(one.iter("img"))) != 1 for one in inner):
        return None
    captioned = [(one, *_captions(one, work, alone=True)) for one in inner]
    if text_of(element):
        return None
    made = [
        picture(image, work, caption=caption, credit=credit, href=_link_around(image, work))
        for (one, caption, credit), image in zip(captioned, images, strict=True)
    ]
    lost = [f"{caption} {credit}".strip() for (_, caption, credit), shown in zip(captioned, made, strict=True) if not shown]
    group = together(made)
    return [*([group] if group else []), *(line([Run("text", text)], work) for text in lost if text)]


def tabled_picture(element: Element, work: Work) -> list[str] | None:
    """A picture with its caption in the row below, as old editors placed them; None if the table is something else."""
    rows = rows_of(element)
    images = [image for image in element.iter("img") if is_ornament(image) is None]
    if len(images) != 1 or len(rows) > 2 or any(len(row) > 1 for row in rows):
        return None
    texts = [row[0] for row in rows if text_of(row[0])]
    if len(texts) > 1 or any(next(one.iterancestors("td", "th"), None) is images[0] for one in texts):
        return None
    if (texts and images[0] in texts[0].iterdescendants()) or any(one.tag in _BLOCKS for one in element.iterdescendants()):
        return None
    if texts and len(text_of(texts[0])) > _MAX_CAPTION:
        return None
    caption, credit = caption_of(texts[0], work) if texts else ("", "")
    made = picture(images[0], work, caption=caption, credit=credit, href=_link_around(images[0], work))
    return [made] if made else [line([Run("text", text)], work) for text in (caption, credit) if text]


def _captions(element: Element, work: Work, *, alone: bool) -> tuple[str, str]:
    """Take the captions of a figure out of it, and the line that names the photographer beside them."""
    caption = credit = ""
    for one in [one for one in element.iter("figcaption") if next(one.iterancestors("figure"), None) is element]:
        words, by = caption_of(one, work)
        caption, credit = f"{caption} {words}".strip(), f"{credit} {by}".strip()
        removed(one)
    for one in list(element.iterdescendants()) if alone else []:
        if not credit and _is_credit(one) and one.find(".//img") is None and one.getparent() is not None:
            credit = text_of(one)
            removed(one)
    return caption, credit


def _is_credit(element: Element) -> bool:
    said = (element.get("class") or "").lower()
    return element.tag in ("p", "div", "span", "small", "cite") and ("credit" in said or "copyright" in said)


def _link_around(image: Element, work: Work) -> str:
    link = next(image.iterancestors("a"), None)
    return address(link.get("href") or "", work.base) if link is not None else ""
