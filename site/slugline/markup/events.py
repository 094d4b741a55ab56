"""Writes HTML from the events of pulldown-cmark's reader.

The HTML is the one that pulldown-cmark's own writer makes, but for two things: raw HTML is marked as such (or shown as
text), and footnotes are gathered at the end, with links back into the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escape_html
from typing import Any
from urllib.parse import quote

from slugline.markup.rawhtml import mark

__all__ = ["write_events"]

Event = Any
"""A string, or a dict with one key: the event's name → what belongs to it. See ``pyromark.event``."""

_SAFE_IN_TARGET = "!#$%()*+,-./:;=?@_~"

_OPEN = {
    "Paragraph": "<p>",
    "Item": "<li>",
    "DefinitionList": "<dl>\n",
    "DefinitionListTitle": "<dt>",
    "DefinitionListDefinition": "<dd>",
    "TableHead": "<thead><tr>",
    "TableRow": "<tr>",
    "Emphasis": "<em>",
    "Strong": "<strong>",
    "Strikethrough": "<del>",
    "HtmlBlock": "",
}
_CLOSE = {
    "Paragraph": "</p>\n",
    "Item": "</li>\n",
    "DefinitionList": "</dl>\n",
    "DefinitionListTitle": "</dt>\n",
    "DefinitionListDefinition": "</dd>\n",
    "TableHead": "</tr></thead><tbody>\n",
    "TableRow": "</tr>\n",
    "Emphasis": "</em>",
    "Strong": "</strong>",
    "Strikethrough": "</del>",
    "Table": "</tbody></table>\n",
    "BlockQuote": "</blockquote>\n",
    "CodeBlock": "</code></pre>\n",
    "Link": "</a>",
}
_ON_OWN_LINE = frozenset(
    (
        *("Paragraph", "Heading", "Item", "DefinitionList", "DefinitionListTitle", "DefinitionListDefinition"),
        *("BlockQuote", "CodeBlock", "List"),
    )
)


def write_events(events: Iterable[Event], *, raw_html: bool, back: str) -> str:
    """The HTML of a document.

    Args:
        events: as the reader yields them.
        raw_html: whether HTML in the text is passed through, marked; if not, it is shown as text.
        back: the label of a link from a footnote back into the text, with ``{}`` for its number.
    """
    return _Writer(raw_html=raw_html, back=back).document(events)


class _Writer:
    def __init__(self, *, raw_html: bool, back: str) -> None:
        self._raw_html = raw_html
        self._back = back
        self._out: list[str] = []
        self._outer: list[tuple[str, list[str]]] = []  # around a footnote's text: its name, and what is written before
        self._raw: list[str] | None = None  # the lines of a block of raw HTML
        self._alt: list[str] | None = None  # the text of an image
        self._images: list[str] = []  # what follows the text of an image; images may be nested
        self._alignment: tuple[str, ...] = ()
        self._column = 0
        self._in_head = False
        self._notes: dict[str, str] = {}
        self._marks: dict[str, int] = {}  # footnote → how often it is referred to, in order of the first mark
        self._numbers: dict[str, int] = {}

    def document(self, events: Iterable[Event]) -> str:
        for event in events:
            if isinstance(event, str):
                self._bare(event)
                continue
            ((kind, given),) = event.items()
            if self._alt is not None:
                self._in_image(kind, given)
            elif kind == "Start":
                self._start(given)
            elif kind == "End":
                self._end(given)
            else:
                self._content(kind, given)
        return "".join(self._out) + self._footnotes()

    def _bare(self, event: str) -> None:
        if self._alt is not None:
            self._alt.append(" ")
        elif event == "SoftBreak":
            self._out.append("\n")
        elif event == "HardBreak":
            self._out.append("<br />\n")
        else:
            self._new_line()
            self._out.append("<hr />\n")

    def _content(self, kind: str, given: Any) -> None:
        if kind == "Text":
            self._out.append(escape(given, quote=False))
        elif kind == "Code":
            self._out.append(f"<code>{escape(given, quote=False)}</code>")
        elif kind in ("Html", "InlineHtml"):
            if self._raw is not None:
                self._raw.append(given)
            else:
                self._out.append(mark(given) if self._raw_html else escape(given, quote=False))
        elif kind == "FootnoteReference":
            self._mark_note(given)
        elif kind == "TaskListMarker":
            self._out.append(f'<input disabled="" type="checkbox"{" checked=" + chr(34) * 2 if given else ""}/>\n')

    def _in_image(self, kind: str, given: Any) -> None:
        if kind == "Start":
            if isinstance(given, dict) and "Image" in given:
                self._images.append("")
        elif kind == "End":
            if given == "Image":
                after = self._images.pop()
                if not self._images:
                    self._out += (escape("".join(self._alt or ())), after)
                    self._alt = None
        elif isinstance(given, str) and self._alt is not None:
            self._alt.append(f"[{given}]" if kind == "FootnoteReference" else given)

    def _start(self, tag: Event) -> None:
        name, given = _named(tag)
        if name in _ON_OWN_LINE:
            self._new_line()
        write = self._out.append
        if name == "HtmlBlock":
            self._raw = []
        elif name == "TableCell":
            side = self._alignment[self._column] if self._column < len(self._alignment) else "None"
            style = "" if side == "None" else f' style="text-align: {side.lower()}"'
            write(f"<{'th' if self._in_head else 'td'}{style}>")
        elif name in _OPEN:
            if name in ("TableHead", "TableRow"):
                self._in_head = name == "TableHead"
                self._column = 0
            write(_OPEN[name])
        elif name == "Heading":
            write(_heading(given))
        elif name == "BlockQuote":
            write("<blockquote>\n")
        elif name == "CodeBlock":
            language = "" if given == "Indented" else given["Fenced"].split(" ")[0]
            write(f'<pre><code class="language-{escape(language)}">' if language else "<pre><code>")
        elif name == "List":
            write("<ul>\n" if given is None else "<ol>\n" if given == 1 else f'<ol start="{given}">\n')
        elif name == "Table":
            self._alignment = given
            write("<table>")
        elif name == "Link":
            scheme = "mailto:" if given["link_type"] == "Email" else ""
            write(f'<a href="{scheme}{_target(given["dest_url"])}"{_title(given["title"])}>')
        elif name == "Image":
            self._alt = []
            self._images.append(f'"{_title(given["title"])} />')
            write(f'<img src="{_target(given["dest_url"])}" alt="')
        elif name == "FootnoteDefinition":
            self._outer.append((given, self._out))
            self._out = []

    def _end(self, tag: Event) -> None:
        name, given = _named(tag)
        if name == "HtmlBlock":
            html = "".join(self._raw or ())
            self._raw = None
            end = "\n" if html.endswith("\n") else ""
            html = html.rstrip("\n")
            self._out.append((mark(html) if self._raw_html else f"<p>{escape(html, quote=False)}</p>") + end)
        elif name == "TableCell":
            self._out.append("</th>" if self._in_head else "</td>")
            self._column += 1
        elif name == "Heading":
            self._out.append(f"</h{given[1]}>\n")
        elif name == "List":
            self._out.append("</ol>\n" if given else "</ul>\n")
        elif name == "FootnoteDefinition":
            text = "".join(self._out)
            note, self._out = self._outer.pop()
            self._notes.setdefault(note, text)
        elif name in _CLOSE:
            self._out.append(_CLOSE[name])

    def _mark_note(self, name: str) -> None:
        count = self._marks.get(name, 0) + 1
        self._marks[name] = count
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        label = escape(name)
        self._out.append(
            f'<sup id="fnref{count if count > 1 else ""}:{label}">'
            f'<a class="footnote-ref" href="#fn:{label}" role="doc-noteref">{number}</a></sup>'
        )

    def _footnotes(self) -> str:
        """All footnotes, in the order of their first marks; those without a mark last."""
        if not self._notes:
            return ""
        items: list[str] = []
        order = [name for name in self._marks if name in self._notes]
        for number, name in enumerate(dict.fromkeys((*order, *self._notes)), start=1):
            title = escape(self._back.format(number))
            links = "".join(
                f'<a aria-label="{title}" class="footnote-backref" href="#fnref{n if n > 1 else ""}:{escape(name)}" '
                f'role="doc-backlink" title="{title}">&#8617;</a>'
                for n in range(1, self._marks.get(name, 0) + 1)
            )
            text = self._notes[name].strip()
            if links:
                last = text.endswith("</p>")
                text = f"{text[:-4]}&#160;{links}</p>" if last else f"{text}\n<p>{links}</p>"
            items.append(f'<li id="fn:{escape(name)}">\n{text}\n</li>\n')
        return f'<div class="footnote" role="doc-endnotes">\n<hr />\n<ol>\n{"".join(items)}</ol>\n</div>\n'

    def _new_line(self) -> None:
        """Ends the line, unless it is at its beginning."""
        for piece in reversed(self._out):
            if piece:
                if not piece.endswith("\n"):
                    self._out.append("\n")
                return


def _named(tag: Event) -> tuple[str, Any]:
    """The name of a tag and what belongs to it."""
    return (tag, None) if isinstance(tag, str) else next(iter(tag.items()))


def escape(text: str, *, quote: bool = True) -> str:
    """The escapes of pulldown-cmark, which writes an apostrophe as a decimal reference."""
    found = escape_html(text, quote=False)
    return found.replace('"', "&quot;").replace("'", "&#39;") if quote else found


def _heading(given: Any) -> str:
    listed = f' id="{escape(given["id"])}"' if given["id"] else ""
    if given["classes"]:
        listed += f' class="{escape(" ".join(given["classes"]))}"'
    for key, value in given["attrs"]:
        listed += f' {escape(key)}="{escape(value or "")}"'
    return f"<{given['level'].lower()}{listed}>"


def _target(url: str) -> str:
    """A link target for an attribute, percent-encoded where it has to be."""
    return escape(quote(url, safe=_SAFE_IN_TARGET + "&'")).replace("&#39;", "&#x27;")


def _title(text: str) -> str:
    return f' title="{escape(text)}"' if text else ""
