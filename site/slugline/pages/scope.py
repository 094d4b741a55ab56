"""The scope of a page that is being rendered: all that it may touch, and what it found wrong."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape, unescape
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from markupsafe import Markup

from slugline.catalog.queries import (
    Entries,
    Entry,
    Item,
    ItemSource,
    Media,
    Months,
    Permalink,
    PictureOf,
    Query,
    SlugOf,
)
from slugline.catalog.trace import Trace
from slugline.images.crops import crops_of
from slugline.images.picture import Picture, is_unshowable
from slugline.model import Credit, Image, PlainPage, Teaser
from slugline.pages.pictures import ImageView, body_picture, picture_url, picture_view
from slugline.pages.site import Site
from slugline.pages.views import (
    LIST_URLS,
    AuthorView,
    BylineEntry,
    Card,
    EntryView,
    MonthView,
    PlainPageView,
    list_bucket_url,
)
from slugline.parse import kind_of
from slugline.urls import (
    media_url,
    page_url,
)

__all__ = ["Finding", "Scope"]

T = TypeVar("T")

_REFERENCE = re.compile(r'(<[^<>]*?)(\s(?:href|src)=")(content:[^"#?]*|/(?!/)[^"]*)([^"]*")')

# A plain link comes first: there are many, and its parts are found at once.
_TAG = re.compile(
    r'<a href="content:(?P<link>[^"#?&%<>]*)(?P<rest>(?:[#?][^"<>]*)?"[^<>]*>)'
    r'|<img\s(?:[^<>]*\s)?src="(?:content:|/(?!/))(?P<picture>[^"#?]*)[^<>]*>'
    r'|<[^<>]*\s(?:href|src)="(?:content:|/(?!/))[^<>]*>'
)


class Finding(NamedTuple):
    """Something wrong in a source, found while its page was rendered.

    Attributes:
        source: the source's path below the content folder.
        needle: a text that stands on the line to blame.
    """

    source: str
    needle: str
    message: str
    hint: str


class Scope:
    """All that the rendering of one page may touch: what it asks is recorded, what it finds wrong is gathered.

    Args:
        trace: the recorder.
        site: the publication.
    """

    def __init__(self, trace: Trace, site: Site) -> None:
        self.trace = trace
        self.site = site
        self.findings: list[Finding] = []
        self._entries: dict[tuple[str, str], EntryView] = {}
        self._authors: dict[str, AuthorView] = {}

    def ask(self, query: Query[T]) -> T:
        """The answer to a query."""
        return self.trace.ask(query)

    def cards(self, teasers: tuple[Teaser, ...]) -> tuple[Card, ...]:
        """Cards of teasers."""
        return tuple(Card(self, teaser) for teaser in teasers)

    def entry(self, kind: str, slug: str) -> EntryView:
        """A section, tag or series."""
        view = self._entries.get((kind, slug))
        if view is None:
            view = self._entries[kind, slug] = EntryView(self, kind, slug, self.ask(Entry(kind, slug)).title)
        return view

    def entries(self, kind: str, *, described: bool = False) -> tuple[EntryView, ...]:
        """All of a kind, in the publication's order; ``described`` adds what has a file and no story yet."""
        return tuple(EntryView(self, kind, slug, title) for slug, title in self.ask(Entries(kind, described)))

    def author(self, slug: str) -> AuthorView:
        """An author."""
        view = self._authors.get(slug)
        if view is None:
            view = self._authors[slug] = AuthorView(self, slug, self.ask(Entry("author", slug)))
        return view

    def byline(self, credited: tuple[Credit, ...]) -> tuple[BylineEntry, ...]:
        """The byline that credits make."""
        return tuple(BylineEntry(self.author(credit.author), credit.role) for credit in credited)

    def image(self, image: Image | None, source: str) -> ImageView | None:
        """A picture that a source names in its front matter."""
        if image is None:
            return None
        if "://" in image.src or image.src.startswith("//"):
            return ImageView(image.src, image.alt, image.caption, image.credit)
        picture = self._shown(image.src, source)
        if picture is not None and picture.renditions:
            return picture_view(self.site, picture, image)
        if picture is None and self.ask(Media(image.src)) is None:
            hint = "put the file there, or mend the path in the front matter"
            self._missing(source, image.src, f"there is no picture `content/{image.src}`", hint)
        return ImageView(self.site.href(media_url(image.src)), image.alt, image.caption, image.credit)

    def crops(self, image: Image | None, source: str) -> tuple[ImageView, ...]:
        """A story's lead picture in other shapes; none where the settings want none, or it is small, or elsewhere."""
        metadata = self.site.settings.metadata
        if image is None or not (metadata.crops and metadata.structured_data):
            return ()
        picture = self._picture(image.src, source) if kind_of(image.src) == "media" else None
        if picture is None:
            return ()
        return tuple(
            ImageView(
                self.site.href(crop.url(image.src, picture)), image.alt, image.caption, image.credit, crop.width, crop.height
            )
            for crop in crops_of(picture, image.focus)
        )

    def months(self, name: str) -> tuple[MonthView, ...]:
        """The months of a list, newest first."""
        return tuple(self.month(name, month) for month in self.ask(Months(name)))

    def month(self, name: str, month: str, number: int = 1) -> MonthView:
        """A month of a list."""
        return MonthView(self.site.href(list_bucket_url(name, month, number)), month, self.first_moment(month))

    def first_moment(self, month: str) -> datetime:
        """The first moment of a month where the publication stands."""
        return datetime(int(month[:4]), int(month[5:7]), 1, tzinfo=self.site.zone)

    def moment(self, iso: str) -> datetime:
        """A moment of the catalog, where the publication stands."""
        # One zone for all: moments compare and hash by instant, so one instant must be written in one way only.
        return datetime.fromisoformat(iso).astimezone(self.site.zone)

    def plain_page(self, slug: str) -> PlainPageView:
        """A plain page that exists."""
        page: PlainPage = self.ask(Item("page", slug))
        updated = self.moment(page.updated) if page.updated else None
        url = self.site.href(page_url(slug))
        html = self.html(page.html, self.ask(ItemSource("page", slug)))
        return PlainPageView(page.title, url, html, page.description, page.lang, updated, page.extra)

    def html(self, html: str, source: str) -> Markup:
        """A rendered body with its references to sources and files replaced by addresses.

        A link to a story that is not public yet loses its target and keeps its words.
        """
        if "content:" not in html and 'src="/' not in html and not (self.site.prefix and '="/' in html):
            return Markup(html)  # noqa: S704  # rendered from the publication's own Markdown

        def replaced(match: re.Match[str]) -> str:
            before, attribute, target, rest = match.groups()
            if target.startswith("/"):
                return f"{before}{attribute}{self.site.prefix}{target}{rest}"
            found = self._resolve(unquote(unescape(target[8:])), source)
            return f"{before}{attribute}{escape(found)}{rest}" if found else before

        authored = "<picture" in html

        def shown(match: re.Match[str]) -> str:
            link = match["link"]
            if link is not None:
                found = self._resolve(link, source)
                return f'<a href="{escape(found)}{match["rest"]}' if found else f"<a{match['rest'].partition(chr(34))[2]}"
            tag, path = match.group(), unquote(unescape(match["picture"] or ""))
            # An author's own <picture> is left as it was made.
            own = authored and html.rfind("<picture", 0, match.start()) > html.rfind("</picture", 0, match.start())
            if path and 'src="content:' not in tag and self.ask(Media(path)) is None:
                return _REFERENCE.sub(replaced, tag)  # no file below content/: an address of the site
            picture = self._shown(path, source) if path and not own else None
            if 'src="content:' not in tag:
                tag = tag.replace('src="/', 'src="content:', 1)
            if picture is None or not picture.renditions:
                return _REFERENCE.sub(replaced, tag)
            return body_picture(self.site, picture, path, tag)

        return Markup(_TAG.sub(shown, html))  # noqa: S704

    def _resolve(self, path: str, source: str) -> str:
        kind = kind_of(path)
        if kind == "media":
            picture = self._picture(path, source)
            if picture is not None and picture.renditions:
                return picture_url(self.site, path, picture)
            if self.ask(Media(path)) is not None:
                return self.site.href(media_url(path))
        elif kind == "article":
            url = self.ask(Permalink(path))
            if url is not None:
                return self.site.href(url) if url else ""
        elif kind in LIST_URLS or kind == "page":
            slug = self.ask(SlugOf(kind, path))
            if slug:
                return self.site.href(LIST_URLS[kind](slug) if kind in LIST_URLS else page_url(slug))
        message = f"`content/{path}` is linked or shown, and does not exist"
        self._missing(source, path, message, "mend the path, or write a whole address")
        return ""

    def _shown(self, path: str, source: str) -> Picture | None:
        if is_unshowable(path):
            hint = "save it as JPEG or PNG; a link to it can stay"
            self._missing(source, path, f"the picture `content/{path}` is in a format that browsers cannot show", hint)
        return self._picture(path, source)

    def _picture(self, path: str, source: str) -> Picture | None:
        picture = self.ask(PictureOf(path))
        if picture is not None and picture.problem:
            self._missing(source, path, f"the picture `content/{path}` {picture.problem}", picture.hint)
        return picture

    def _missing(self, source: str, path: str, message: str, hint: str) -> None:
        self.findings.append(Finding(source, path.rpartition("/")[2], message, hint))
