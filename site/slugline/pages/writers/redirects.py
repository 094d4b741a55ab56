"""Old addresses: a page at each that leads on, and lists of them for servers that can do it properly.

A static file cannot answer with a redirect of HTTP; the page says the new address in every way that browsers and search
engines understand. Where the host reads ``_redirects``, or the server is nginx or Caddy, the lists do it better.
"""

from __future__ import annotations

from slugline.aliases import is_folder
from slugline.catalog.decoding import present
from slugline.catalog.queries import Listing, Lists, SectionAliases
from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.pages.writers.xml import text
from slugline.urls import href, list_url

__all__ = ["folder_line", "redirect", "redirects_file", "redirects_line"]


def redirect(route: Route, context: RenderContext) -> bytes:
    """The page at an old address."""
    stories = context.ask(Listing(f"alias:{route.page.key}", limit=1))
    teaser = present(stories[0] if stories else None, route.page.key)
    url = context.site.absolute(context.site.href(teaser.url))
    address = text(url)
    return (
        f'<!doctype html>\n<html lang="{text(teaser.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{text(teaser.title)}</title>\n<link rel="canonical" href="{address}">\n'
        f'<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={address}">\n'
        f'</head>\n<body>\n<p><a href="{address}">{text(teaser.title)}</a></p>\n</body>\n</html>\n'
    ).encode()


def redirects_line(old: str, new: str, prefix: str) -> str:
    """A line of a ``_redirects`` file: the query of an address is apart from its path (``/ p=3 /new/ 301``)."""
    path, _, query = old.partition("?")
    return f"{' '.join((href(path, prefix), *filter(None, query.split('&')), href(new, prefix)))} 301\n"


def folder_line(old: str, new: str) -> str:
    """A line that leads all that is below one folder to the same place below another."""
    return f"{old.rstrip('/')}/* {new}:splat 301\n"


def redirects_file(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """The ``_redirects`` file: old path, new path, status; as Netlify, Cloudflare Pages and others read it.

    https://docs.netlify.com/routing/redirects/; lines with a query are Netlify's alone, and others pass over them. The first
    line that fits counts: what moved by itself comes before what moved with its section.
    """
    site = context.site
    single: dict[str, str] = {}
    folders: list[str] = []
    for alias, slug in context.ask(SectionAliases()):
        if is_folder(alias):
            folders.append(folder_line(site.href(alias), site.href(list_url("section", slug))))
        else:
            single[alias] = list_url("section", slug)
    for kind in ("alias", "recased"):
        for alias in context.ask(Lists(kind)):
            single[alias] = context.ask(Listing(f"{kind}:{alias}", limit=1))[0].url
    lines = [redirects_line(alias, single[alias], site.prefix) for alias in sorted(single)]
    return "".join([*lines, *folders]).encode()
