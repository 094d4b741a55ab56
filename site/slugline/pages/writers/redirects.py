"""Old addresses: a page at each that leads on, and lists of them for servers that can do it properly.

A static file cannot answer with a redirect of HTTP; the page says the new address in every way that browsers and search
engines understand. Where the host reads ``_redirects``, or the server is nginx or Caddy, the lists do it better.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from slugline.aliases import is_folder
from slugline.catalog.decoding import present
from slugline.catalog.queries import Aliases, Listing, Lists, Months, SectionAliases, TargetOf
from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.pages.site import feed_formats
from slugline.pages.writers.xml import text
from slugline.settings.schema import FEED_FORMATS, Settings
from slugline.urls import feed_url, href, list_url, years

__all__ = [
    "DroppedFeeds",
    "dropped_feeds",
    "feed_lines",
    "folder_line",
    "month_lines",
    "redirect",
    "redirects_file",
    "redirects_line",
]


def redirect(route: Route, context: RenderContext) -> bytes:
    """The page at an old address."""
    target = present(context.ask(TargetOf(route.page.key)), route.page.key)
    url = context.site.absolute(context.site.href(target.url))
    address = text(url)
    return (
        f'<!doctype html>\n<html lang="{text(target.lang or context.site.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{text(target.title)}</title>\n<link rel="canonical" href="{address}">\n'
        f'<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={address}">\n'
        f'</head>\n<body>\n<p><a href="{address}">{text(target.title)}</a></p>\n</body>\n</html>\n'
    ).encode()


def redirects_line(old: str, new: str, prefix: str) -> str:
    """A line of a ``_redirects`` file: the query of an address is apart from its path (``/ p=3 /new/ 301``)."""
    path, _, query = old.partition("?")
    return f"{' '.join((href(path, prefix), *filter(None, query.split('&')), href(new, prefix)))} 301\n"


def folder_line(old: str, new: str) -> str:
    """A line that leads all that is below one folder to the same place below another."""
    return f"{old.rstrip('/')}/* {new}:splat 301\n"


class DroppedFeeds(NamedTuple):
    """Feeds that lists of these kinds had up to 0.3, and have no more: their files, and the one that has the same stories."""

    kinds: tuple[str, ...]
    files: tuple[str, ...]
    new: str


def dropped_feeds(settings: Settings) -> tuple[DroppedFeeds, ...]:
    """The feeds that lists have no more, those of each kind of list that has another."""
    found = []
    for kinds in (("section",), ("author", "tag", "series")):
        has = {kind: feed_formats(settings, kind) for kind in kinds}
        listed = tuple(kind for kind in kinds if has[kind])
        formats = has[listed[0]] if listed else ()
        files = tuple(feed_url("", form) for form in FEED_FORMATS if form not in formats)
        if formats and files:
            found.append(DroppedFeeds(listed, files, feed_url("", formats[0])))
    return tuple(found)


def feed_lines(feeds: Iterable[DroppedFeeds], prefix: str) -> list[str]:
    """Lines that lead from feeds that lists have no more to those that they have."""
    return [
        f"{prefix}/{place}/{file} {prefix}/{place}/{dropped.new} 301\n"
        for dropped in feeds
        for kind in dropped.kinds
        for place in (":section" if kind == "section" else f"{kind}/:slug",)
        for file in dropped.files
    ]


def month_lines(years: Iterable[str], prefix: str) -> list[str]:
    """Lines that lead from the months that authors and tags had up to 0.3 to their lists, whatever was in them."""
    return [
        f"{prefix}/{kind}/:slug/{year}/* {prefix}/{kind}/:slug/ 301\n" for year in years for kind in ("author", "tag")
    ]


def redirects_file(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """The ``_redirects`` file: old path, new path, status; as Netlify, Cloudflare Pages and others read it.

    https://docs.netlify.com/routing/redirects/; lines with a query are Netlify's alone, and others pass over them. The first
    line that fits counts: what moved by itself comes before what moved with its section.
    """
    site = context.site
    folders = {alias: slug for alias, slug in context.ask(SectionAliases()) if is_folder(alias)}
    single: dict[str, str] = {}
    for alias in context.ask(Aliases()):
        if alias not in folders:
            single[alias] = present(context.ask(TargetOf(alias)), alias).url
    for alias in context.ask(Lists("recased")):
        single[alias] = context.ask(Listing(f"recased:{alias}", limit=1))[0].url
    lines = [redirects_line(alias, single[alias], site.prefix) for alias in sorted(single)]
    lines += [folder_line(site.href(alias), site.href(list_url("section", slug))) for alias, slug in folders.items()]
    if site.settings.archives.months:
        lines += month_lines(years(context.ask(Months())), site.prefix)
    lines += feed_lines(dropped_feeds(site.settings), site.prefix)
    return "".join(lines).encode()
