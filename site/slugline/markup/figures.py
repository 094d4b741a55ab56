"""Paragraphs that are only images, made figures with caption and credit.

The caption is the title of the Markdown image, the credit comes from an attribute list::

    ![Workers at the gate](gate.jpg "The gate on Monday"){credit="Photo: Jane Doe"}

Both are lines of inline Markdown, so that a licence can be linked. A credit is published without a caption too; with neither,
there is no ``figcaption``. Several images in one paragraph make a group of figures, each with a caption of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

from slugline.markup.attributes import check_attribute
from slugline.markup.body import ImageRef
from slugline.markup.inline_text import InlineText, inline_text
from slugline.markup.signs import FIGURE, LITERAL
from slugline.markup.tags import attributes, write_tag

__all__ = ["Figure", "Resolve", "image", "take_figures"]

Resolve = Callable[[str], str]
"""Makes a link target what the HTML has."""

_LIST = r"""\{:?\s*(?:(?:[\w-]+=(?:"[^"{}<>]*"|'[^'{}<>]*')|\.[\w-]+)\s*)*\}"""
_IMAGE = rf"\s*(?:(<a [^>]*>)(<img [^>]*>)</a>|(<img [^>]*>))(\s*{_LIST})?\s*"
_ONE = re.compile(_IMAGE)
_ONLY_IMAGES = re.compile(rf"(<p(?: [^>]*)?>)((?:{_IMAGE})++)</p>")
_PAIR = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)')|\.([\w-]+)""")


_WRITTEN_MARK = re.compile(r"&#(?:0*(?:42|9[1-356])|x0*(?:2a|5[bcdf]|60));", re.IGNORECASE)
_KEPT_MARK = re.compile(LITERAL + r"(?=[\\*_`\[\]()])")


class Figure(NamedTuple):
    """A figure's HTML, and the images and link targets in it."""

    html: str
    images: list[ImageRef]
    links: list[str]


def take_figures(html: str, resolve: Resolve, typeset: Callable[[str], str] | None) -> tuple[str, list[Figure]]:
    """The HTML with one character for each paragraph that was only images, and the figures in order.

    Args:
        html: as Markdown was converted to it, without raw HTML.
        resolve: for the targets of images and of links around them.
        typeset: makes captions typographic.
    """
    figures: list[Figure] = []
    by_hand = "<figure" in html

    def replace(match: re.Match[str]) -> str:
        start = match.start()
        if by_hand and html.rfind("<figure", 0, start) > html.rfind("</figure", 0, start):
            return match.group()  # the author has made a figure around it already
        figures.append(_figure(match.group(1), match.group(2), resolve, typeset))
        return FIGURE

    return _ONLY_IMAGES.sub(replace, html), figures


def _figure(paragraph: str, text: str, resolve: Resolve, typeset: Callable[[str], str] | None) -> Figure:
    """The figure for a paragraph; its class and id go to the figure, and its credit counts for the image."""
    outer = attributes(paragraph)
    group: dict[str, str] = {key: outer[key] for key in ("class", "id") if key in outer}
    images = list(_ONE.finditer(text))
    figures: list[str] = []
    found: list[ImageRef] = []
    links: list[str] = []
    for match in images:
        link, linked, alone, listed = match.groups()
        given = attributes(linked or alone) | _listed(listed or "")
        caption = _line(given.pop("title", ""), resolve, typeset)
        credit = _line(given.pop("credit", outer.get("credit", "")), resolve, typeset)
        links += (*caption.links, *credit.links)
        own = group if len(images) == 1 else {}
        for key in ("class", "id"):
            if key in given:
                own = {**own, key: f"{own[key]} {given.pop(key)}" if key in own and key == "class" else given.pop(key)}
        given["src"] = resolve(given.get("src", ""))
        html = write_tag("img", given)
        if link:
            around = attributes(link)
            around["href"] = resolve(around.get("href", ""))
            links.append(around["href"])
            html = f"{write_tag('a', around)}{html}</a>"
        label = caption.html or escape(caption.text, quote=False)
        if credit.text:
            by = credit.html or escape(credit.text, quote=False)
            label += (" " if label else "") + f'<span class="credit">{by}</span>'
        note = f"\n<figcaption>{label}</figcaption>" if label else ""
        figures.append(f"{write_tag('figure', own)}\n{html}{note}\n</figure>")
        found.append(_reference(given, caption.text, credit.text))
    if len(figures) == 1:
        return Figure(figures[0], found, links)
    group["class"] = f"{group['class']} group" if "class" in group else "group"
    return Figure("\n".join((write_tag("figure", group), *figures, "</figure>")), found, links)


def image(tag: str, resolve: Resolve) -> tuple[str, ImageRef]:
    """An image in running text: its tag, resolved, and what is known of it."""
    given = attributes(tag)
    credit = given.pop("credit", "")
    if credit:
        given["data-credit"] = credit
    if "src" in given:
        given["src"] = resolve(given["src"])
    return write_tag("img", given), _reference(given, unescape(given.get("title", "")), unescape(credit))


def _reference(given: dict[str, str], caption: str, credit: str) -> ImageRef:
    alt = unescape(given.get("alt", ""))
    return ImageRef(given.get("src", ""), *(text.replace(LITERAL, "") for text in (alt, caption, credit)))


def _listed(text: str) -> dict[str, str]:
    """An attribute list that Python-Markdown has left as text, because of a space before it."""
    found: dict[str, str] = {}
    for key, double, single, name in _PAIR.findall(text):
        if name:
            found["class"] = f"{found['class']} {name}" if "class" in found else name
        else:
            check_attribute(key, text.strip(" \n{:}"))
            found[key.lower()] = double or single
    return found


def _line(value: str, resolve: Resolve, typeset: Callable[[str], str] | None) -> InlineText:
    # Its marks were kept from being read before; one that is written as a character reference is none.
    line = _WRITTEN_MARK.sub(lambda found: f"\\{unescape(found[0])}", _KEPT_MARK.sub("", value))
    return inline_text(unescape(line).strip(), resolve, typeset)
