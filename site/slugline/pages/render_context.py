"""What a page may ask while it is rendered: every question is recorded, every mistake in a source is collected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from markupsafe import Markup

from slugline.catalog.queries import PictureOf, Query
from slugline.catalog.trace import Trace
from slugline.errors import Problem
from slugline.images.picture import Picture, is_unsupported
from slugline.moments import in_zone, whole_minutes
from slugline.pages.site import Site

__all__ = ["Finding", "RenderContext"]

T = TypeVar("T")



class Finding(NamedTuple):
    """A mistake in a source, found while its page was rendered.

    Attributes:
        source: the source's path below the content folder.
        needle: a text on the line to blame.
        line: of the text below the front matter, where it is known.
    """

    source: str
    needle: str
    message: str
    hint: str
    line: int = 0


class Filler(Protocol):
    """Fills in the shortcodes of a body; see :mod:`slugline.pages.shortcodes.filling`."""

    def fill(
        self, context: RenderContext, html: str, source: str, lang: str, form: str, line: Callable[[str], Markup]
    ) -> str:
        """A body with its shortcodes filled in."""


class RenderContext:
    """All that the rendering of one page may touch.

    Args:
        trace: records what the page asks.
        site: the publication.
        shortcodes: fills them in.

    Attributes:
        site: the publication; what is read of it is recorded.
        findings: the mistakes found so far.
        problems: other mistakes found so far, located already: in a shortcode's template, in an extension.
        views: views that this page has made already, by the kind and slug of what they are views of.
    """

    def __init__(self, trace: Trace, site: Site, shortcodes: Filler | None = None) -> None:
        self.trace = trace
        trace.note(site.always)
        self.site = site.traced(trace.facts)
        self.shortcodes = shortcodes
        self.findings: list[Finding] = []
        self.problems: list[Problem] = []
        self.views: dict[tuple[str, str], Any] = {}

    def ask(self, query: Query[T]) -> T:
        """The answer to a query."""
        return self.trace.ask(query)

    def fact(self, name: str) -> str | None:
        """Something that is not content, such as "asset style.css" (its address); None where it is absent."""
        return self.trace.fact(name)

    def picture(self, path: str, source: str) -> Picture | None:
        """The plan of a picture; None where the file is no picture. One that cannot be read is reported against ``source``."""
        picture = self.ask(PictureOf(path))
        if picture is not None and picture.problem:
            self.report(source, path, f"the picture `content/{path}` {picture.problem}", picture.hint)
        return picture

    def embedded_picture(self, path: str, source: str) -> Picture | None:
        """The same for a picture that is to be seen on the page: a format that browsers do not know is reported too."""
        if is_unsupported(path):
            hint = "save it as JPEG or PNG; a link to it can stay"
            self.report(source, path, f"the picture `content/{path}` is in a format that browsers cannot show", hint)
        return self.picture(path, source)

    def report(self, source: str, path: str, message: str, hint: str) -> None:
        """Report a mistake in a source, on the line that names the file at ``path``."""
        self.findings.append(Finding(source, path.rpartition("/")[2], message, hint))

    def report_line(self, source: str, line: int, message: str, hint: str) -> None:
        """Report a mistake on a line of a source's text, counted from its first line below the front matter."""
        self.findings.append(Finding(source, "", message, hint, line))

    def moment(self, iso: str) -> datetime:
        """A moment of the catalog, in the publication's time zone."""
        # One zone for all: moments compare and hash by instant, so one instant must be written in one way only.
        return in_zone(iso, self.site.zone)

    def first_moment(self, month: str) -> datetime:
        """The first moment of a month (``2026-01``) in the publication's time zone."""
        return whole_minutes(datetime(int(month[:4]), int(month[5:7]), 1, tzinfo=self.site.zone))
