"""The second engine: CommonMark through pyromark, a Rust binding of pulldown-cmark.

An optional extra: ``pip install "slugline[commonmark]"``. Most documents are rendered by pyromark alone. One with
raw HTML or footnotes is read as a stream of events and written here, so that raw HTML can be told from the engine's
own, and footnotes look as they do with the default engine.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from slugline.errors import Problem, PublicationError
from slugline.markup.events import write_events
from slugline.markup.labels import back_to_text
from slugline.markup.signs import KEEP

__all__ = ["CommonMarkEngine"]

_ESCAPED = re.compile(r"""(?<!\\)((?:\\\\)*)(\\(?:["']|-(?=\\?-)|\.(?=\\?\.)))""")
_ENCODED_KEEP = quote(KEEP)


class CommonMarkEngine:
    """Renders CommonMark with tables, footnotes, strikethrough, task lists, definition lists and heading attributes.

    Raises:
        PublicationError: the extra is not installed.
    """

    def __init__(self, *, lang: str, raw_html: bool) -> None:
        try:
            import pyromark  # noqa: PLC0415  # an optional extra
        except ImportError as error:
            raise PublicationError(
                [
                    Problem(
                        "slugline.toml",
                        0,
                        "the Markdown engine `commonmark` is not installed",
                        'pip install "slugline[commonmark]"',
                    )
                ]
            ) from error
        options = pyromark.Options
        self.reader = pyromark.Markdown(
            options=options.ENABLE_TABLES
            | options.ENABLE_FOOTNOTES
            | options.ENABLE_STRIKETHROUGH
            | options.ENABLE_TASKLISTS
            | options.ENABLE_HEADING_ATTRIBUTES
            | options.ENABLE_DEFINITION_LIST
        )
        self._raw_html = raw_html
        self._back = back_to_text(lang)

    def html(self, text: str) -> str:
        """The HTML of a text."""
        kept = "\\" in text
        if kept:
            text = _ESCAPED.sub(rf"\1{KEEP}\2", text)
        if "<" in text or "[^" in text:
            html = write_events(self.reader.events(text), raw_html=self._raw_html, back=self._back)
        else:
            html = self.reader.html(text)
        if kept:
            html = html.replace(_ENCODED_KEEP, "")
        return html.strip()
