"""Old addresses: a page at each that leads on, and lists of them for servers that can do it properly.

A static file cannot answer with a redirect of HTTP; the page says the new address in every way that browsers and search
engines understand. Where the host reads ``_redirects``, or the server is nginx or Caddy, the lists do it better.
"""

from __future__ import annotations

from slugline.catalog.decoding import present
from slugline.catalog.queries import Aliases, TargetOf
from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.pages.writers.xml import text

__all__ = ["redirect", "redirects_file", "redirects_line"]


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


def redirects_line(old: str, new: str) -> str:
    """A line of a ``_redirects`` file: the query of an address is apart from its path (``/ p=3 /new/ 301``)."""
    path, _, query = old.partition("?")
    return f"{' '.join((path, *filter(None, query.split('&')), new))} 301\n"


def redirects_file(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """The ``_redirects`` file: old path, new path, status; as Netlify, Cloudflare Pages and others read it.

    https://docs.netlify.com/routing/redirects/; lines with a query are Netlify's alone, and others pass over them.
    """
    site = context.site
    lines = []
    for alias in context.ask(Aliases()):
        target = present(context.ask(TargetOf(alias)), alias)
        lines.append(redirects_line(site.href(alias), site.href(target.url)))
    return "".join(lines).encode()
