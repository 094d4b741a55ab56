"""The last stage of every engine: HTML as the engine made it → HTML as it is kept, and all that is known of it.

One walk over the blocks resolves links, makes figures and typographic characters, gives headings their ids, and gathers
words, excerpt, headings, links and images on the way. All engines go through it, so that a figure, an id or a quote
looks the same whichever engine read the Markdown.

Raw HTML of the author (between ``RAW_OPEN`` and ``RAW_CLOSE``) is left as it was typed, apart from relative links and
headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape, unescape

from slugline.markup.body import Body, Heading, ImageRef
from slugline.markup.counting import excerpt, words
from slugline.markup.figures import figure, image, write_tag
from slugline.markup.links import content_reference
from slugline.markup.quotes import KEEP, OPAQUE, Typesetter
from slugline.markup.rawhtml import take_zones
from slugline.markup.tags import BLOCK_TAG, INLINE_TAG, RAW_OPEN, ZONE, attributes, name_of, plain_text

__all__ = ["finish"]


_ID = re.compile(r"""\bid=["']?([^"'\s>]+)""")
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_NOT_IN_ID = re.compile(r"[^\w\s-]")
_GAP = re.compile(r"[-\s]+")
_FOOTNOTE_MARK = '<sup id="fnref'

# Tags after which there is nothing but text to be looked for; all others go to `special`.
_PLAIN_TAGS = frozenset(
    (
        *("<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<ol>", "</ol>", "<dl>", "</dl>", "<dt>", "</dt>"),
        *("<dd>", "</dd>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<thead>", "</thead>", "<tbody>"),
        *("</tbody>", "</div>", "<hr>", "<hr />", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"),
    )
)
_UNREAD = frozenset(("code", "kbd", "samp", "tt", "script", "style", "textarea", "math", "svg", "template", "iframe"))
_ASIDE = frozenset(("blockquote", "figure", "table", "aside"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def finish(html: str, *, folder: str, typesetter: Typesetter | None) -> Body:
    """Finish a body.

    Args:
        html: as the engine made it.
        folder: of the source, relative to the content folder, for relative links.
        typesetter: of the text's language; none leaves all characters as they were typed.
    """
    return _Walk(folder, typesetter).run(html)


class _Walk:
    """What one walk over a body gathers."""

    def __init__(self, folder: str, typesetter: Typesetter | None) -> None:
        self.folder = folder
        self.typesetter = typesetter
        self.zones: Iterator[str] = iter(())
        self.ids: set[str] = set()
        self.prose: list[str] = []
        self.headings: list[Heading] = []
        self.links: dict[str, None] = {}
        self.images: list[ImageRef] = []
        self.first = self.second_choice = ""  # paragraphs, for the excerpt
        self.depth = 0  # of blocks whose paragraphs are second choice
        self.until = ""  # the tag that ends what is not to be read
        self.in_caption = False

    def run(self, html: str) -> Body:
        """Walk over the body."""
        if "id=" in html:
            self.ids.update(_ID.findall(html))
        if RAW_OPEN in html:
            html, zones = take_zones(html)
            self.zones = iter(zones)
        # The first piece has no tag before it.
        parts = ["", *BLOCK_TAG.split(html)]
        for at in range(0, len(parts), 2):
            tag = parts[at]
            text = parts[at + 1]
            if tag not in _PLAIN_TAGS and self.special(parts, at, tag):
                continue
            if text and text != "\n" and not self.until:
                self.text(parts, at, tag, text)
        done = "".join(parts)
        if KEEP in done:
            done = done.replace(KEEP, "")
        prose = "\n".join(self.prose)
        return Body(
            done,
            words(unescape(prose) if "&" in prose else prose),
            excerpt((self.first or self.second_choice).replace(KEEP, "")),
            tuple(self.headings),
            tuple(self.links),
            tuple(self.images),
        )

    def text(self, parts: list[str], at: int, tag: str, text: str) -> None:
        """The text after the tag at a place."""
        is_paragraph = tag == "<p>" or tag.startswith("<p ")
        if "<" in text or ZONE in text:
            if is_paragraph and "<img" in text and self.depth == 0:
                made = figure(text, tag, self.resolve, self.typesetter.text if self.typesetter else None)
                if made is not None:
                    parts[at], parts[at + 1], parts[at + 2] = "", made.html, ""
                    self.images.extend(made.images)
                    self.links.update(dict.fromkeys(made.links))
                    return
            parts[at + 1], counted, text = self.inline(text)
        else:
            if self.typesetter:
                text = parts[at + 1] = self.typesetter.text(text)
            counted = text
        if not self.in_caption:
            self.prose.append(counted)
        if is_paragraph and not self.first:
            self.paragraph(text)

    def paragraph(self, text: str) -> None:
        """A paragraph that may be the excerpt."""
        text = (unescape(text) if "&" in text else text).strip()
        if self.depth == 0:
            self.first = text
        elif not self.second_choice:
            self.second_choice = text

    def special(self, parts: list[str], at: int, tag: str) -> bool:
        """A tag that changes how what follows is read; says whether the text after it has been read already."""
        name = name_of(tag)
        closing = tag[1:2] == "/"
        if self.until:
            if tag == self.until:
                self.until = ""
        elif name == "pre":
            self.until = "" if closing else "</pre>"
        elif name in _ASIDE:
            self.depth += -1 if closing else 1
            if name == "table":
                parts[at] = f"{tag}</div>" if closing else _scrolling(parts, at)
        elif name == "figcaption":
            self.in_caption = not closing
        elif name == "div" and 'class="footnote"' in tag:
            self.depth += 1000  # for good: nothing but footnotes comes after
        elif tag == "</h1>":
            parts[at] = "</h2>"
        elif name in _HEADINGS and not closing:
            parts[at + 1], counted, read = self.inline(parts[at + 1])
            self.prose.append(counted)
            parts[at] = self.heading(tag, read)
            return True
        return False

    def heading(self, tag: str, text: str) -> str:
        """The start tag of a heading with its id; the heading is noted."""
        given = attributes(tag)
        level = max(2, int(name_of(tag)[1]))
        text = " ".join(plain_text(text).replace(KEEP, "").split())
        if not given.get("id"):
            given["id"] = self.new_id(text)
        self.headings.append(Heading(level, unescape(given["id"]), text))
        return write_tag(f"h{level}", given)

    def new_id(self, text: str) -> str:
        """An id made of a heading's text, unique in the body."""
        base = slug(text) or "section"
        new, count = base, 0
        while new in self.ids:
            count += 1
            new = f"{base}_{count}"
        self.ids.add(new)
        return new

    def inline(self, text: str) -> tuple[str, str, str]:
        """A run of text with markup in it.

        Returns:
            Its HTML; its text for counting, without code; its text for reading, without footnote marks.
        """
        pieces = INLINE_TAG.split(text)
        run = pieces[::2]
        before: dict[int, str] = {}  # slot → text that stands for the tag before it
        unread: dict[int, str] = {}  # slot → text for reading, of slots that are not to be touched
        until = ""
        for slot in range(1, len(run)):
            at = 2 * slot - 1
            tag = pieces[at]
            if until:
                if tag.startswith(until):
                    until = ""
                elif until == "</sup":
                    pieces[at] = self.tag(tag)
            elif tag == ZONE:
                pieces[at], before[slot] = self.zone(next(self.zones))
            else:
                pieces[at] = self.tag(tag)
                name = name_of(tag)
                if name == "br":
                    before[slot] = " "
                elif tag[1] != "/" and (name in _UNREAD or tag.startswith(_FOOTNOTE_MARK)):
                    until = f"</{name}"
            if until:
                unread[slot] = "" if until == "</sup" else run[slot]
                run[slot] = OPAQUE
        if self.typesetter:
            run = self.typesetter.run(run)
        counted: list[str] = []
        read: list[str] = []
        for slot, shown in enumerate(run):
            if slot in before:
                counted.append(before[slot])
                read.append(before[slot])
            if slot in unread:
                read.append(unread[slot])
            else:
                pieces[2 * slot] = shown
                counted.append(shown)
                read.append(shown)
        return "".join(pieces), "".join(counted), "".join(read)

    def tag(self, tag: str) -> str:
        """A tag inside a text: links and images are resolved and noted."""
        if tag.startswith(("<a ", "<A ")):
            given = attributes(tag)
            if "href" in given:
                target = self.resolve(given["href"])
                self.links[target] = None
                if target != given["href"]:
                    return write_tag("a", given | {"href": target})
        elif name_of(tag) == "img":
            tag, found = image(tag, self.resolve)
            self.images.append(found)
        return tag

    def resolve(self, target: str) -> str:
        """What stands in the HTML for a link target."""
        return content_reference(target.replace(KEEP, ""), self.folder)

    def zone(self, html: str) -> tuple[str, str]:
        """A stretch of the author's own HTML: the HTML with links resolved, and its text for counting."""
        if not self.first:
            for match in _PARAGRAPH.finditer(html):
                self.paragraph(plain_text(match.group(1)))
                if self.first:
                    break
        pieces = INLINE_TAG.split(html)
        counted = [pieces[0]]
        until = ""
        for at in range(1, len(pieces), 2):
            tag = pieces[at]
            name = name_of(tag)
            if until:
                if tag.lower().startswith(until):
                    until = ""
                elif until == "</figcaption":
                    pieces[at] = self.tag(tag)
            elif tag[1] != "/" and (name in _UNREAD or name in ("pre", "figcaption")):
                until = f"</{name}"
            elif name in _HEADINGS:
                if tag[1] == "/":
                    pieces[at] = f"</h{max(2, int(name[1]))}>"
                else:
                    pieces[at] = self.heading(tag, _until(pieces, at, f"</{name}"))
            else:
                pieces[at] = self.tag(tag)
            if not until:
                counted.append("\n" if BLOCK_TAG.match(tag) else "")
                counted.append(pieces[at + 1])
        return "".join(pieces), "".join(counted)


def slug(text: str) -> str:
    """What a heading's id is made of: letters of any script, digits and hyphens, in lower case."""
    return _GAP.sub("-", _NOT_IN_ID.sub("", unicodedata.normalize("NFC", text)).strip().lower()).strip("-")


def _until(pieces: list[str], at: int, closing: str) -> str:
    """The HTML between the tag at a place and the closing tag."""
    end = at + 2
    while end < len(pieces) and not pieces[end].lower().startswith(closing):
        end += 2
    return "".join(pieces[at + 1 : end])


def _scrolling(parts: list[str], at: int) -> str:
    """A table's start tag in a frame that scrolls sideways, reachable by keyboard, named after its columns."""
    end = next((n for n in range(at, len(parts), 2) if parts[n] in ("</thead>", "</table>")), at)
    heads = (plain_text(parts[n + 1]).strip() for n in range(at, end, 2) if parts[n].startswith("<th"))
    label = escape(", ".join(head for head in heads if head))
    name = f' aria-label="{label}"' if label else ""
    return f'<div class="table" role="region" tabindex="0"{name}>{parts[at]}'
