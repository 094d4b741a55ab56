"""The author's own HTML inside Markdown.

The engines put it between ``RAW_OPEN`` and ``RAW_CLOSE``; while the rest of a body is worked on, one character replaces
each such zone. Its text is left as it was typed; relative links are resolved, and headings get ids and, at level one,
become level two. At the end ``own_html.py`` gives the body the form of the engine's own.
"""

from __future__ import annotations

import re

from slugline.markup.errors import MarkdownError
from slugline.markup.facts import Facts
from slugline.markup.signs import OWN, RAW_CLOSE, RAW_OPEN, ZONE
from slugline.markup.tags import BLOCK_TAG, LONE_TAG, TAG, name_of, plain_text

__all__ = ["finish_zone", "mark", "take_zones"]

_CODE = re.compile(r"<pre(?: [^<>]*)?><code(?: [^<>]*)?>[^<>]*</code></pre>\s*")
_FENCE = re.compile(f"[{RAW_OPEN}{RAW_CLOSE}]")
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNCOUNTED = frozenset(("code", "kbd", "samp", "tt", "pre", "figcaption"))
_UNREAD = frozenset(("script", "style", "textarea", "title", "math", "svg", "template", "iframe"))


def mark(html: str) -> str:
    """Raw HTML marked as such.

    There is nothing to protect in an entity or a lone tag, and nothing of the author's own in a block of code.
    """
    if "<" not in html:
        return html
    if LONE_TAG.fullmatch(html):
        return OWN + html
    return f"{'' if _CODE.fullmatch(html) else OWN}{RAW_OPEN}{html}{RAW_CLOSE}"


def take_zones(html: str) -> tuple[str, list[str]]:
    """The HTML with one character for each zone, and the zones in order; zones in zones are dissolved."""
    outside: list[str] = []
    zones: list[str] = []
    depth = start = 0
    for match in _FENCE.finditer(html):
        if match.group() == RAW_OPEN:
            if depth == 0:
                outside.append(html[start : match.start()])
                start = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                zones.append(_FENCE.sub("", html[start : match.start()]))
                outside.append(ZONE)
                start = match.end()
    outside.append(html[start:])
    return _FENCE.sub("", "".join(outside)), zones


def finish_zone(html: str, facts: Facts, place: int) -> tuple[str, str, str]:
    """Resolve and note what is in a zone.

    Args:
        html: the zone.
        facts: of the body.
        place: of the zone in the body.

    Returns:
        The HTML; its text for counting, without code and captions; the text of its first paragraph that has any.

    Raises:
        MarkdownError: a tag takes in the text after it.
    """
    pieces = TAG.split(html)
    counted = [pieces[0]]
    uncounted = ""
    at = 1
    while at < len(pieces):
        tag = pieces[at]
        name = name_of(tag)
        closing = tag[1] == "/"
        if name and "\n\n" in tag:
            begin = tag.partition("\n")[0]
            message = f"a quotation mark in the HTML tag `{begin}` is not closed"
            raise MarkdownError(message, "close it before the `>`", re.compile(re.escape(begin)))
        if name in _UNREAD and not closing:
            at = _find(pieces, at, f"</{name}")
            continue
        if name in _HEADINGS:
            if closing:
                pieces[at] = f"</h{max(2, int(name[1]))}>"
            else:
                end = _find(pieces, at + 2, f"</{name}")
                pieces[at] = facts.heading(tag, "".join(pieces[at + 1 : end]), place)
        elif name == "a" and not closing:
            pieces[at] = facts.link(tag)
        elif name == "img":
            pieces[at] = facts.image(tag)
        elif name in _UNCOUNTED:
            uncounted = "" if closing and name == uncounted else uncounted or ("" if closing else name)
        if not uncounted:
            counted.append("\n" if BLOCK_TAG.match(tag) else "")
            counted.append(pieces[at + 1])
        at += 2
    return "".join(pieces), "".join(counted), _first_paragraph(html)


def _first_paragraph(html: str) -> str:
    for match in _PARAGRAPH.finditer(html):
        end = html.find("</p", match.end())
        if end < 0:
            break
        text = plain_text(html[match.end() : end]).strip()
        if text:
            return text
    return ""


def _find(pieces: list[str], at: int, closing: str) -> int:
    """The place of the first tag from a place on that begins so, or the end."""
    while at < len(pieces) and not pieces[at].lower().startswith(closing):
        at += 2
    return at
