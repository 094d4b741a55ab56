"""The last stage: HTML as Markdown was converted to it → HTML as it is stored, and all that is known of it.

One walk over the tags resolves links, makes figures, gives headings their ids and gathers the facts; the text between
the tags is made typographic and counted as one running text. Bodies of nothing but prose take a shorter way to the same
outcome, ``prose/finishing.py``.

A body with HTML of its author's own is parsed at the end, and written anew in the same form as all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from operator import itemgetter

from slugline.markup.body import Body
from slugline.markup.counting import excerpt, words
from slugline.markup.directives import Pending
from slugline.markup.facts import Facts
from slugline.markup.figures import Figure, take_figures
from slugline.markup.prose.finishing import PLAIN_TAGS, finish_prose
from slugline.markup.quotes import Typesetter
from slugline.markup.raw_html import finish_zone, take_zones
from slugline.markup.shortcodes import placed, with_marks
from slugline.markup.signs import (
    BREAK,
    FIGURE,
    JOINT,
    LITERAL,
    OPAQUE,
    OWN,
    RAW_OPEN,
    SHORTCODE,
    SHORTCODE_BEGIN,
    SHORTCODE_END,
    ZONE,
)
from slugline.markup.tags import BLOCK_TAG, TAG, TOKEN, name_of, plain_text

__all__ = ["finish", "finish_any"]

_ID = re.compile(r"""id=(?<=[\s"']id=)["']?([^"'\s>]+)""")
_IMAGE = re.compile(r"<img")  # found quicker so than as a string
_HEADING = re.compile(r"<h[1-6][^>]*>")
_NOTE_MARK = '<sup id="fnref'

_BLOCK = BREAK + JOINT
_LINE = BREAK + BREAK + JOINT  # a line end inside a block

_SEPARATORS = {
    **{token: _BLOCK if mark == BREAK else mark for token, mark in PLAIN_TAGS.items()},
    **dict.fromkeys(("<br>", "<br/>", "<br />"), _LINE),
}
"""What replaces, in the running text, tags of which nothing else is to be noted."""

_BEFORE_HEADING = frozenset(("<h2>", "</p>\n<h2>", "</p>\n<h3>", "</ul>\n<h2>", "</blockquote>\n<h2>", "</h2>\n<h3>"))
_QUOTATION = {"</p>\n<blockquote>\n<p>": 1, "</p>\n</blockquote>\n<p>": -1}
_UNREAD = frozenset(("code", "kbd", "samp", "tt", "script", "style", "textarea", "math", "svg", "template", "iframe"))
_SHORTCODES = {SHORTCODE: 0, SHORTCODE_BEGIN: 1, SHORTCODE_END: -1}
_ASIDE = frozenset(("blockquote", "figure", "table", "aside"))
"""Blocks whose paragraphs make no excerpt, if there is another."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def finish(
    html: str,
    *,
    folder: str,
    typesetter: Typesetter | None,
    trusted: bool = True,
    text: str = "",
    shortcodes: Sequence[Pending] = (),
) -> Body:
    """Finish a body.

    Args:
        html: as Markdown was converted to it.
        folder: of the source, relative to the content folder, for relative links.
        typesetter: of the text's language; none leaves all characters as they were typed.
        trusted: if not, targets that would run a script are made harmless.
        text: the Markdown, in which the lines of remarks are found.
        shortcodes: in the order of their places in the HTML.

    Raises:
        ShortcodeError: a shortcode stands where it cannot be read, or names what it may not.
    """
    facts = Facts(folder, trusted=trusted)
    if shortcodes:
        html = placed(html, shortcodes)
    if ids := _ID.findall(html):
        facts.ids.update(ids)
    own = OWN in html
    body = _finished(html.replace(OWN, "") if own else html, facts, typesetter)
    if shortcodes:
        body = with_marks(body, shortcodes, facts, typesetter)
    if own and trusted:
        body = _parsed(body, facts, text)
    if ids or own or "<!--" in text:
        from slugline.markup.remarks import id_remarks, open_comment  # noqa: PLC0415

        body = body._replace(remarks=(*body.remarks, *id_remarks(body.html, text), *open_comment(text)))
    return body


def _finished(html: str, facts: Facts, typesetter: Typesetter | None) -> Body:
    zones: list[str] = []
    figures: list[Figure] = []
    raw = RAW_OPEN in html
    if raw:
        html, zones = take_zones(html)
    if _IMAGE.search(html):
        html, figures = take_figures(html, facts.resolve, typesetter.text if typesetter else None)
    if not raw and (body := finish_prose(html, facts, typesetter, figures)):
        return body
    return finish_any(html, facts, typesetter, figures, zones)


def _parsed(body: Body, facts: Facts, text: str) -> Body:
    """A body with HTML of its author's own, every element closed, in the form of the engine's."""
    # Only such a body pays for the parser.
    from slugline.markup.own_html import parse_own_html  # noqa: PLC0415
    from slugline.markup.remarks import open_elements  # noqa: PLC0415

    found = parse_own_html(body.html, facts.resolve)
    return body._replace(html=found.html, files=(*body.files, *found.files), remarks=tuple(open_elements(body.html, text)))


def finish_any(
    html: str, facts: Facts, typesetter: Typesetter | None, figures: Iterable[Figure], zones: Iterable[str] = ()
) -> Body:
    """Finish a body of any kind.

    Args:
        html: with a sign for each figure and each zone.
        facts: of the body, with the ids that are in it.
        typesetter: of the text's language; none leaves all characters as they were typed.
        figures: in order.
        zones: the stretches of raw HTML, in order.
    """
    walk = _Walk(facts)
    walk.figures = iter(figures)
    walk.zones = iter(zones)
    return walk.run(html, typesetter)


class _Walk:
    """One walk over a body.

    ``parts`` are texts and the tokens between them, in turn; ``running`` is the same with what replaces the tokens.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.zones: Iterator[str] = iter(())
        self.figures: Iterator[Figure] = iter(())
        self.zone_prose: list[str] = []
        self.zone_paragraphs: dict[int, str] = {}  # place of a token with raw HTML → the first paragraph in it
        self.headings: list[int] = []  # places of tokens that hold a heading's start tag
        self.unread: dict[int, str] = {}  # place of a text that is not to be touched → that text
        self.marks: set[int] = set()  # places of texts that are footnote marks
        self.depth = 0  # of blocks in `_ASIDE`
        self.asides: list[int] = []  # places of texts inside them
        self.until = ""  # the end tag of what is not to be read
        self.notes_from = 0  # place from which on there are only footnotes

    def run(self, html: str, typesetter: Typesetter | None) -> Body:
        """Walk over the body."""
        parts = TOKEN.split(html)
        running = parts[:]
        for at in range(1, len(parts), 2):
            separator = _SEPARATORS.get(parts[at])
            running[at] = separator if separator and not self.until else self.token(parts, running, at)
            if self.depth:
                self.asides.append(at + 1)
        text = "".join(running)
        if typesetter:
            text = typesetter.text(text)
        parts[::2] = text.split(JOINT)
        for at, typed in self.unread.items():
            parts[at] = typed
        for at in dict.fromkeys(self.headings):
            self.heading(parts, running, at)
        first = excerpt(self.first_paragraph(parts, running))
        done = "".join(parts).replace(BREAK, "").strip()
        prose = text.replace(JOINT, "").replace(BREAK, " ") + " ".join(self.zone_prose)
        facts = self.facts
        return Body(
            done.replace(LITERAL, "") if LITERAL in done else done,
            words(unescape(prose) if "&" in prose else prose),
            first,
            tuple([heading for _, heading in sorted(facts.headings, key=itemgetter(0))]),
            tuple(facts.links),
            tuple(facts.images),
        )

    def token(self, parts: list[str], running: list[str], at: int) -> str:
        """Tags of which something is to be noted; returns what replaces them in the running text."""
        token = parts[at]
        if not self.until:
            if token.startswith("<a ") and "\n" not in token:
                parts[at] = self.facts.link(token)
                return JOINT
            if token in _QUOTATION:
                self.depth += _QUOTATION[token]
                return _BLOCK
            if token in _BEFORE_HEADING:
                self.headings.append(at)
                return _BLOCK
        is_block = False
        pieces = TAG.split(token)
        for n in range(1, len(pieces), 2):
            is_block = self.tag(pieces, n, parts, at) or is_block
        parts[at] = "".join(pieces)
        if self.until:
            self.unread[at + 1] = parts[at + 1]
            running[at + 1] = OPAQUE
            if self.until == "</sup":
                self.marks.add(at + 1)
        return _BLOCK if is_block else _LINE if len(pieces) > 3 else JOINT

    def tag(self, pieces: list[str], n: int, parts: list[str], at: int) -> bool:
        """One tag of a token; says whether it is a block's."""
        tag = pieces[n]
        name = name_of(tag)
        closing = tag[1] == "/"
        if self.until:
            if closing and tag.startswith(self.until):
                self.until = ""
            elif name == "a" and not closing and self.until == "</sup":
                pieces[n] = self.facts.link(tag)
            return BLOCK_TAG.match(tag) is not None
        if tag == ZONE:
            pieces[n], text, paragraph = finish_zone(next(self.zones), self.facts, at)
            self.zone_prose.append(text)
            if paragraph:
                self.zone_paragraphs.setdefault(at, paragraph)
        elif tag in _SHORTCODES:
            self.depth += _SHORTCODES[tag]
            return True
        elif tag == FIGURE:
            pieces[n] = self.facts.figure(next(self.figures))
            return True
        elif name == "a":
            if not closing:
                pieces[n] = self.facts.link(tag)
        elif name == "img":
            pieces[n] = self.facts.image(tag)
        elif name == "pre" or name in _UNREAD or tag.startswith(_NOTE_MARK):
            self.until = "" if closing else f"</{name}"
            return name == "pre"
        elif name in _HEADINGS:
            if not closing:
                self.headings.append(at)
            elif name == "h1":
                pieces[n] = "</h2>"
            return True
        elif name in _ASIDE:
            self.depth += -1 if closing else 1
            if name == "table":
                pieces[n] = f"{tag}</div>" if closing else _scrolling(tag, parts, at)
            return True
        elif name == "div" and 'class="footnote"' in tag:
            self.notes_from = at
        return BLOCK_TAG.match(tag) is not None

    def heading(self, parts: list[str], running: list[str], at: int) -> None:
        """The heading that begins in the token at a place."""
        inner = self.reading(parts, running, at)
        token = parts[at]
        if token[-4:-2] == "<h":  # nearly always: the tag is last and has no attributes
            parts[at] = token[:-4] + self.facts.heading(token[-4:], inner, at)
        else:
            parts[at] = _HEADING.sub(lambda match: self.facts.heading(match.group(), inner, at), token)

    def first_paragraph(self, parts: list[str], running: list[str]) -> str:
        """The text of the first paragraph that has text, one outside quotations, tables and figures if there is."""
        asides = frozenset(self.asides)
        second = ""
        for at in range(1, self.notes_from or len(parts), 2):
            token = parts[at]
            if at in self.zone_paragraphs:
                return self.zone_paragraphs[at]
            if token.endswith("<p>") or ("<p " in token and running[at] == _BLOCK):
                text = plain_text(self.reading(parts, running, at)).replace(LITERAL, "").strip()
                if text and at + 1 not in asides:
                    return text
                second = second or text
        return second

    def reading(self, parts: list[str], running: list[str], at: int) -> str:
        """The text from a token to the end of the block, with code and without footnote marks."""
        found = [parts[at + 1]]
        at += 2
        while at < len(parts) and running[at] != _BLOCK:
            if running[at] == _LINE:
                found.append(" ")
            if at + 1 not in self.marks:
                found.append(parts[at + 1])
            at += 2
        return "".join(found).replace(BREAK, " ")


def _scrolling(tag: str, parts: list[str], at: int) -> str:
    """A table's start tag in a frame that scrolls sideways, reachable by keyboard, named after its columns."""
    heads: list[str] = []
    while at < len(parts) - 2 and "</thead>" not in parts[at] and "</table>" not in parts[at]:
        if "<th" in parts[at]:
            heads.append("")
        if heads:
            heads[-1] += parts[at + 1]
        at += 2
    label = escape(", ".join(text for head in heads if (text := plain_text(head).replace(LITERAL, "").strip())))
    name = f' aria-label="{label}"' if label else ""
    return f'<div class="table" role="region" tabindex="0"{name}>{tag}'
