"""The page itself, as templates see it."""

from __future__ import annotations

from typing import Any, NamedTuple

from slugline.model import Visibility
from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Feed, text_direction

__all__ = ["PageView", "SharedPage", "page_view"]


class PageView(NamedTuple):
    """A page; ``structured_data`` is the script element that describes it to search engines, ``noindex`` keeps them away."""

    kind: str
    title: str
    description: str
    url: str
    canonical: str
    lang: str
    dir: str
    number: int = 1
    draft: bool = False
    noindex: bool = False
    embargo: Any = None
    feeds: tuple[Feed, ...] = ()
    structured_data: Any = ""


class SharedPage(NamedTuple):
    """What parts that many pages share, and shortcodes, know of the page: its language, and nothing else."""

    lang: str
    dir: str

    @classmethod
    def of(cls, lang: str) -> SharedPage:
        """Of a language."""
        return cls(lang, text_direction(lang))


def page_view(
    route: Route,
    context: RenderContext,
    title: str,
    description: str = "",
    *,
    lang: str = "",
    visibility: Visibility | None = None,
    **more: Any,
) -> PageView:
    """The view of a page; what is not given is the publication's: its language, its feeds, its address as the canonical one.

    ``visibility`` is that of the file which the page comes from, where it comes from one.
    """
    site = context.site
    url = site.href(route.url)
    lang = lang or site.lang
    if visibility is not None:
        more.update(draft=visibility.draft, noindex=visibility.noindex)
    more.setdefault("canonical", site.absolute(url))
    more.setdefault("feeds", site.feeds)
    return PageView(route.page.kind, title, description, url, lang=lang, dir=text_direction(lang), **more)
