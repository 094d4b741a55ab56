"""What the views of everything that a file describes have in common."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from slugline.catalog.trace import EntryRead
from slugline.model import Visibility
from slugline.pages.bodies import body_html
from slugline.pages.render_context import RenderContext
from slugline.pages.views.extra import Extra
from slugline.shortcodes.marks import names

__all__ = ["Described"]


class Described:
    """A section, tag, series, author or plain page; each part that a template reads is recorded."""

    __slots__ = ("_context", "_entry")

    _context: RenderContext
    _entry: EntryRead | None

    @property
    def html(self) -> Markup:
        """The text of its file."""
        return body_html(self._context, self._part("html"), self._part("source"), lang=getattr(self, "lang", ""))

    @property
    def shortcodes(self) -> tuple[str, ...]:
        """The names of the shortcodes in its text, each once."""
        return names(self._part("html"))

    @property
    def extra(self) -> Extra:
        """Front matter that Slugline does not know."""
        return Extra(self._part("extra"))

    @property
    def visibility(self) -> Visibility:
        """Who may see its page."""
        visibility: Visibility = self._part("visibility")
        return visibility

    def _part(self, name: str) -> Any:
        assert self._entry is not None
        return self._entry.part(name)
