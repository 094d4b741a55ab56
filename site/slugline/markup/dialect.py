"""The Markdown dialect: Python-Markdown with its full set of extensions.

What a document is rendered to is defined here, with every processor of every extension run over every document. The quick
reader (``prose``) and the selection of processors (``engine``) are held to it, byte for byte, by a differential test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import HTMLExtractorExtra, MarkdownInHTMLPostprocessor
from markdown.postprocessors import Postprocessor, RawHtmlPostprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor

from slugline.markup.errors import MarkdownError
from slugline.markup.labels import back_to_text
from slugline.markup.lossless import LosslessFootnotes, make_lossless
from slugline.markup.raw_html import mark
from slugline.markup.signs import LITERAL, OWN, RAW_OPEN

__all__ = ["EXTENSIONS", "build_markdown"]

EXTENSIONS = ("fenced_code", "footnotes", "attr_list", "def_list", "tables", "abbr", "sane_lists")
"""Those of Python-Markdown that are always on; ``md_in_html`` joins them where raw HTML is let through."""


def build_markdown(
    *,
    lang: str,
    raw_html: bool = True,
    extensions: Sequence[str | Extension] = (),
    settings: dict[str, dict[str, Any]] | None = None,
) -> markdown.Markdown:
    """A Markdown instance with the whole dialect.

    Args:
        lang: language of the texts, for the labels of footnotes.
        raw_html: whether HTML in the text is passed through.
        extensions: added by the publication.
        settings: extension name → its settings, for the dialect's own extensions too.
    """
    given = dict(settings or {})
    given["footnotes"] = {"BACKLINK_TITLE": back_to_text(lang)} | given.get("footnotes", {})
    # Made here rather than named: Python-Markdown looks names up among all packages that are installed, which takes longer
    # than a story.
    names = [*EXTENSIONS, *(("md_in_html",) if raw_html else ())]
    own = [
        LosslessFootnotes(**given[name])
        if name == "footnotes"
        else import_module(f"markdown.extensions.{name}").makeExtension(**given.get(name, {}))
        for name in names
    ]
    # Last, so that an added extension does not take the place of what the last stage relies on.
    last = DialectExtension(raw_html=raw_html)
    return markdown.Markdown(extensions=[*own, *extensions, last], extension_configs=given, output_format="html")


_ALIGNMENT = re.compile("text-align: (?:left|right|center);")
_ACTIVE = frozenset(("style", "srcdoc", "srcset", "formaction", "ping"))


class DialectExtension(Extension):
    """What Slugline adds: marks around raw HTML and escaped characters for the last stage, roles of footnotes."""

    def __init__(self, *, raw_html: bool) -> None:
        super().__init__()
        self._raw_html = raw_html

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register the processors."""
        make_lossless(md)
        md.ESCAPED_CHARS.extend(('"', "'"))
        md.treeprocessors.register(MarkEscapes(md), "unescape", 0)
        md.treeprocessors.register(FootnoteRoles(md), "footnote-roles", 14)
        md.postprocessors.register(MarkedRawHtml(md), "raw_html", 30)
        md.postprocessors.register(Leftovers(md), "leftovers", -100)
        # After code and HTML blocks have been taken out, and before anything is read.
        md.preprocessors.register(PictureWords(md), "picture-words", 5)
        if self._raw_html:
            md.preprocessors.register(ClosingHtmlBlocks(md), "html_block", 20)
        else:
            md.preprocessors.deregister("html_block")
            md.inlinePatterns.deregister("html")
            md.treeprocessors.register(NoScripts(md), "no-scripts", -1)


_PICTURE_LINE = re.compile(r" {0,3}\[?!\[")
_PICTURE_WORDS = re.compile(
    r"""(\]\((?:<[^<>\n]*>|[^\s()<>"']+)[ ]+")((?:[^"\\]|\\.)*)(?="[ ]*\))"""
    r"""|(\)[ ]?\{[^{}]*?\bcredit=")([^"{}]*)(?="[^{}]*\})"""
)
_MARK = re.compile(r"[*_`\[\]()]|\\(?=[\\*_`\[\]()])")


class PictureWords(Preprocessor):
    """Keeps inline Markdown in the captions and credits of figures from being read as part of the text around it.

    They are lines of their own, which :mod:`slugline.markup.figures` reads.
    """

    def run(self, lines: list[str]) -> list[str]:
        """The lines, those of pictures with a backslash before each mark in a caption or a credit."""
        return [_PICTURE_WORDS.sub(_escaped, line) if _PICTURE_LINE.match(line) else line for line in lines]


def _escaped(match: re.Match[str]) -> str:
    words = match[2] if match[1] else match[4]
    return (match[1] or match[3]) + (_MARK.sub(r"\\\g<0>", words) if _MARK.search(words) else words)


class ClosingExtractor(HTMLExtractorExtra):
    """Closes every block with Markdown inside that an author has left open.

    Python-Markdown closes one; with a second inside it, of the same name, the rest of the text would be lost.
    """

    mdstack: list[str]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str]]) -> None:  # type: ignore[override]  # its bases differ
        """Begin an element.

        Raises:
            MarkdownError: a quotation mark is an attribute's name: Python-Markdown would lose the next block.
        """
        for name, _ in attrs:
            if '"' in name or "'" in name:
                begin = (self.get_starttag_text() or "").partition("\n")[0]
                message = f"a quotation mark in the HTML tag `{begin}` is one too many, or is not closed"
                raise MarkdownError(message, "correct the attributes of the tag", re.compile(re.escape(begin)))
        super().handle_starttag(tag, attrs)

    def close(self) -> None:
        """Close all that is open at the end of the text."""
        super().close()
        while self.mdstack:
            self.handle_endtag(self.mdstack[0])


class ClosingHtmlBlocks(Preprocessor):
    """Takes raw HTML blocks out of the text."""

    def run(self, lines: list[str]) -> list[str]:
        """The text with placeholders for them."""
        extractor = ClosingExtractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class MarkEscapes(UnescapeTreeprocessor):
    """Puts a mark before an escaped character that would else be made typographic."""

    def _unescape(self, m: re.Match[str]) -> str:
        character = chr(int(m.group(1)))
        return LITERAL + character if character in "\"'-." else character


class FootnoteRoles(Treeprocessor):
    """Marks for assistive technology which link is a note's mark and which leads back (DPUB-ARIA roles)."""

    def run(self, root: Element) -> None:
        """Set the roles, if the document has footnotes."""
        if not any(isinstance(ext, FootnoteExtension) and ext.footnotes for ext in self.md.registeredExtensions):
            return
        for div in root.iter("div"):
            if div.get("class") == "footnote":
                div.set("role", "doc-endnotes")
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.set("role", "doc-noteref")
            elif link.get("class") == "footnote-backref":
                link.set("role", "doc-backlink")
                link.set("aria-label", link.get("title", ""))


class Leftovers(Postprocessor):
    """Refuses a text of which Python-Markdown has lost a part: a placeholder that it has not resolved is left."""

    RE = re.compile("[\x02\x03]|klzzwxh:|wzxhzdk:")

    def run(self, text: str) -> str:
        """The text.

        Raises:
            MarkdownError: a part of it is lost.
        """
        if self.RE.search(text):
            raise MarkdownError(
                "emphasis, code or links are so entangled here that a part of the text would be lost",
                "close every `*` and `_`, and write no code in the description of an image",
            )
        return text


class NoScripts(Treeprocessor):
    """Where HTML is not let through, attribute lists bring in no scripts and no styles either."""

    def run(self, root: Element) -> None:
        """Take such attributes out."""
        for element in root.iter():
            for name, value in element.items():
                lower = name.lower()
                if lower.startswith("on") or (lower in _ACTIVE and not _ALIGNMENT.fullmatch(value or "")):
                    del element.attrib[name]


class MarkedRawHtml(MarkdownInHTMLPostprocessor):
    """Restores raw HTML with a mark on both sides, so that the last stage leaves it as it was typed."""

    def stash_to_string(self, text: Any) -> str:
        """The stashed piece, marked."""
        return mark(super().stash_to_string(text))

    def isblocklevel(self, html: str) -> bool:
        """Whether a piece is a block, inside its marks."""
        return RawHtmlPostprocessor.isblocklevel(self, html.lstrip(RAW_OPEN + OWN))
