"""Where Python-Markdown would lose a part of a text: read as text instead, or refused with what is lost.

* Emphasis whose marks overlap so that characters vanish, and a link whose title is not closed, are text, as in CommonMark.
* ``[Smith]: No.`` is a definition only if an address follows; else it is what Smith said.
* A footnote or a reference that is defined twice, a title that reaches into the next link, an address with spaces, a table row
  with more cells than the head, words in an attribute list, and the
  explanation of an abbreviation that the text does not have are errors.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_RE

from slugline.markup.attributes import FLAGS, check_attribute
from slugline.markup.depth import check_depth
from slugline.markup.errors import MarkdownError

__all__ = ["LosslessFootnotes", "make_lossless"]

_MARKS = str.maketrans("", "", "*_")
_SIZES = {"em": 2, "strong": 4}
"""Characters that the marks of an element take."""

_OPEN_TITLE = re.compile(r"""\s["']""")
_ABSOLUTE_WITH_SPACES = re.compile(r"(?!mailto:)(?:[a-z][a-z0-9+.-]*:|[/?#])\S*\s+\S", re.IGNORECASE)
_SCHEME = re.compile(r"\w+:")
_ADDRESS = re.compile(r"<.*>$|[a-z][a-z0-9+.-]*:\S|[#?]\w|.*/|.*\.[a-z]{1,5}\d?(?:[#?].*)?$", re.IGNORECASE)
_BRACKETED = re.compile(r"\(\s*<")
"""An address between `<` and `>` may have spaces in it."""
_LISTED = re.compile(r"""([^ =}]+)=(?:".*?"|'.*?'|[^ =}]+)|[.#][^ =}]+""")
_WORD = re.compile(r"\w")


def make_lossless(md: markdown.Markdown) -> None:
    """Replace the processors that would lose text, each under its name and at its place."""
    for name in ("em_strong", "em_strong2"):
        if name in md.inlinePatterns:
            _replace(md.inlinePatterns, name, LosslessEmphasis(md.inlinePatterns[name], md))
    _replace(md.inlinePatterns, "link", LosslessLink(LINK_RE, md))
    _replace(md.inlinePatterns, "image_link", LosslessImage(IMAGE_LINK_RE, md))
    _replace(md.parser.blockprocessors, "reference", LosslessReferences(md.parser))
    tables: Any = md.parser.blockprocessors["table"]
    _replace(md.parser.blockprocessors, "table", LosslessTables(md.parser, tables.config))
    _replace(md.treeprocessors, "attr_list", LosslessAttributes(md))
    md.treeprocessors.register(UsedAbbreviations(md), "abbreviations-used", 6)


def _replace(registry: Any, name: str, processor: Any) -> None:
    place = next(item.priority for item in registry._priority if item.name == name)  # no public way to ask
    registry.register(processor, name, place)


def _check_inline_depth(md: Any) -> None:
    check_depth(len(md.treeprocessors["inline"].ancestors))


class LosslessEmphasis(InlineProcessor):
    """Emphasis, unless characters would vanish with it."""

    def __init__(self, inner: Any, md: markdown.Markdown) -> None:
        super().__init__(inner.pattern, md)
        self._inner = inner
        self.ANCESTOR_EXCLUDES = inner.ANCESTOR_EXCLUDES  # type: ignore[misc]  # each pattern has its own

    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802  # Python-Markdown's name
        """The pattern's own expression, which an extension may have changed."""
        return self._inner.getCompiledRegExp()  # type: ignore[no-any-return]

    def handleMatch(  # type: ignore[override]  # noqa: N802  # Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """The element, or nothing where it does not hold all that the text has there."""
        _check_inline_depth(self.md)
        found, start, end = self._inner.handleMatch(m, data)
        if isinstance(found, Element) and start is not None and end is not None and not _is_whole(found, data[start:end]):
            if hasattr(self._inner, "reset"):
                self._inner.reset()  # it has planned what follows by the same mistake
            mark = data[m.start()]
            after = m.start()
            while data.startswith(mark, after):
                after += 1
            return None, m.start(), after
        return found, start, end


def _is_whole(element: Element, source: str) -> bool:
    text = "".join(element.itertext())
    marks = sum(_SIZES.get(part.tag, 0) for part in element.iter())
    return not element.tail and len(text) + marks == len(source) and text.translate(_MARKS) == source.translate(_MARKS)


def _has_link(md: Any, text: str) -> bool:
    """Whether a text has in it a link that was read before."""
    stashed = md.treeprocessors["inline"].stashed_nodes
    found = [stashed.get(number) for number in INLINE_PLACEHOLDER_RE.findall(text)]
    return any(isinstance(node, Element) and next(node.iter("a"), None) is not None for node in found)


class LosslessLink(LinkInlineProcessor):
    """``[text](target "title")``; text where the title is not closed."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802  # Python-Markdown's name
        """The target, the title, where they end, and whether they do.

        Raises:
            MarkdownError: the link takes in what follows it.
        """
        _check_inline_depth(self.md)
        href, title, end, handled = super().getLink(data, index)
        if not handled:
            return href, title, end, False
        if end <= index or data[end - 1] != ")" or (title is None and _OPEN_TITLE.search(href)) or _SCHEME.fullmatch(href):
            return href, None, index, False
        if _has_link(self.md, data[index:end]):
            raise MarkdownError("there is a link in the address of a link", "close the address with `)`")
        if title is not None and "](" in title:
            raise MarkdownError("the title of a link reaches into the next link", 'close it with `")`')
        if _ABSOLUTE_WITH_SPACES.match(href) and not _BRACKETED.match(data, index):
            short = f"{href[:60]}…" if len(href) > 60 else href
            raise MarkdownError(f"the address `{short}` has spaces", "close the link with `)`, or write `%20` for each space")
        return href, title, end, True


class LosslessImage(LosslessLink, ImageInlineProcessor):
    """``![text](target "title")``; text where the title is not closed."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802  # Python-Markdown's name
        """The description, where it ends, and whether it does.

        Raises:
            MarkdownError: there is a link in it, of which the target would be lost.
        """
        text, end, handled = super().getText(data, index)
        if handled and _has_link(self.md, text):
            raise MarkdownError("there is a link in the description of an image", "close the description with `]`")
        return text, end, handled


class LosslessReferences(ReferenceProcessor):
    """``[name]: address "title"``; text where no address follows."""

    def run(self, parent: Element, blocks: list[str]) -> bool:  # noqa: ARG002  # Python-Markdown's signature
        """Take the definitions out of the first block.

        Raises:
            MarkdownError: a name is defined twice, with different addresses.
        """
        block = blocks[0]
        first = next((m for m in self.RE.finditer(block) if _is_definition(m)), None)
        if first is None:
            return False
        blocks.pop(0)
        end = first.start()
        # As in Python-Markdown: definitions on the lines that follow are taken at once, others in the next pass.
        for m in self.RE.finditer(block, end):
            if m.start() > first.start() and (block[end : m.start()].strip("\n") or "\n" in m[0] or not _is_definition(m)):
                break
            self._define(m[1].strip(), m[2].lstrip("<").rstrip(">"), m[5] or m[6])
            end = m.end()
        if block[end:].strip():
            blocks.insert(0, block[end:].lstrip("\n"))
        if block[: first.start()].strip():
            blocks.insert(0, block[: first.start()].rstrip("\n"))
        return True

    def _define(self, name: str, address: str, title: str | None) -> None:
        references: dict[str, Any] = self.parser.md.references
        if references.get(name.lower(), (address,))[0] != address:
            raise MarkdownError(
                f"the reference `{name}` is defined twice",
                "give one of them another name",
                re.compile(rf"^ {{0,3}}\[\s*{re.escape(name)}\s*\]:", re.MULTILINE | re.IGNORECASE),
            )
        references[name.lower()] = (address, title)


def _is_definition(m: re.Match[str]) -> bool:
    return bool(m[1].strip()) and _ADDRESS.match(m[2]) is not None


class LosslessFootnotes(FootnoteExtension):
    """Footnotes of which each is defined once."""

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802  # Python-Markdown's names
        """Store a footnote.

        Raises:
            MarkdownError: there is one of that name, or the name has spaces.
        """
        if re.search(r"\s", id):
            raise MarkdownError(
                f"the name of the footnote `{id}` has spaces", "close it with `]`", re.compile(re.escape(f"[^{id}"))
            )
        if id in self.footnotes:
            raise MarkdownError(
                f"the footnote `{id}` is defined twice",
                "give one of them another name",
                re.compile(rf"^ {{0,3}}\[\^{re.escape(id)}\]:", re.MULTILINE),
            )
        super().setFootnote(id, text)


class LosslessTables(TableProcessor):
    """Tables of which no row has more cells than the head."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the table.

        Raises:
            MarkdownError: a row has more cells.
        """
        table: Any = self
        for row in blocks[0].split("\n")[2:]:
            further = table._split_row(row.strip(" "))[len(table.separator) :]
            if any(cell.strip() for cell in further):
                raise MarkdownError(
                    f"a row of the table has more cells than its head: `{row.strip()}`",
                    "add a column to the head and to the line under it, or write `\\|` for a bar inside a cell",
                    re.compile(re.escape(row.strip())),
                )
        super().run(parent, blocks)


_PAGES_OWN = ("page:", "bio:")
"""How the ids begin that pages give to their own parts."""


class LosslessAttributes(AttrListTreeprocessor):
    """Attribute lists of nothing but attributes."""

    def assign_attrs(self, elem: Element, attrs_string: str, **given: bool) -> str:
        """Give an element its attributes.

        Raises:
            MarkdownError: there are words in the list, or an id that is the page's own.
        """
        place = re.compile(re.escape(attrs_string))
        listed = _LISTED.sub("", attrs_string).partition("}")[0]
        if words := [word for word in listed.split() if word.lower() not in FLAGS and _WORD.search(word)]:
            message = f"`{{{attrs_string}}}` is read as attributes, and `{' '.join(words)}` is none"
            raise MarkdownError(message, "write `\\{` if it is text", place)
        for name in filter(None, _LISTED.findall(attrs_string)):
            check_attribute(name, attrs_string)
            if name.lower() == "credit" and not _is_picture(elem, attrs_string):
                raise MarkdownError(f"`{{{attrs_string}}}` is not at a picture", "begin the picture with `![`", place)
        before = elem.get("id")
        remainder = str(super().assign_attrs(elem, attrs_string, **given))
        name = elem.get("id")
        if name and name != before and name.startswith(_PAGES_OWN):
            message = f"the id `{name}` is used by the page around the text"
            raise MarkdownError(message, "choose one that does not begin so", place)
        return remainder


def _is_picture(elem: Element, attrs_string: str) -> bool:
    """Whether an element is an image, or a paragraph of nothing else, with an attribute list at its end."""
    texts = "".join(elem.itertext()).replace(attrs_string, "", 1)
    return elem.tag == "img" or (elem.tag == "p" and elem.find(".//img") is not None and not _WORD.search(texts))


class UsedAbbreviations(Treeprocessor):
    """Refuses the explanation of an abbreviation that the text does not have."""

    def run(self, root: Element) -> None:
        """Look for each abbreviation.

        Raises:
            MarkdownError: one of them is not there.
        """
        for extension in self.md.registeredExtensions:
            explained: dict[str, str] = getattr(extension, "abbrs", {}) if isinstance(extension, AbbrExtension) else {}
            if explained:
                used = {element.text for element in root.iter("abbr")}
                for abbreviation in explained.keys() - getattr(extension, "glossary", {}).keys() - used:
                    raise MarkdownError(
                        f"the abbreviation `{abbreviation}` is explained, and the text does not have it",
                        "delete the line, or begin it with `\\*` if it is text",
                        re.compile(re.escape(f"*[{abbreviation}")),
                    )
