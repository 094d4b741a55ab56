"""References in a rendered body → addresses.

Markdown leaves references to sources and files as ``content:`` and their path below the content folder. Their addresses are
known only when a page is rendered, because they depend on other sources.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from markupsafe import Markup

from slugline.catalog.queries import Media, Permalink, SlugOf
from slugline.pages.pictures import body_picture, picture_url
from slugline.pages.render_context import RenderContext
from slugline.parse import kind_of
from slugline.urls import LIST_KINDS, list_url, media_url, page_url

__all__ = ["body_html"]

_REFERENCE = re.compile(r'(<[^<>]*?)(\s(?:href|src)=")(content:[^"#?]*|/(?!/)[^"]*)([^"]*")')

# A plain link comes first: there are many, and its parts are found at once.
_TAG = re.compile(
    r'<a href="content:(?P<link>[^"#?&%<>]*)(?P<rest>(?:[#?][^"<>]*)?"[^<>]*>)'
    r'|<img\s(?:[^<>]*\s)?src="(?:content:|/(?!/))(?P<picture>[^"#?]*)[^<>]*>'
    r'|<[^<>]*\s(?:href|src)="(?:content:|/(?!/))[^<>]*>'
)


def body_html(context: RenderContext, html: str, source: str) -> Markup:
    """A rendered body with its references to sources and files replaced by addresses.

    A link to what is not public, or has expired, loses its target and retains its words.

    Args:
        context: of the page that is rendered.
        html: the body.
        source: the path of its source below the content folder; what is wrong is reported against it.
    """
    if "content:" not in html and 'src="/' not in html and not (context.site.prefix and '="/' in html):
        return Markup(html)  # noqa: S704  # rendered from the publication's own Markdown

    def with_address(match: re.Match[str]) -> str:
        before, attribute, target, rest = match.groups()
        if target.startswith("/"):
            return f"{before}{attribute}{context.site.prefix}{target}{rest}"
        found = _address(context, unquote(unescape(target[8:])), source)
        return f"{before}{attribute}{escape(found)}{rest}" if found else before

    has_own_pictures = "<picture" in html

    def replacement(match: re.Match[str]) -> str:
        link = match["link"]
        if link is not None:
            found = _address(context, link, source)
            return f'<a href="{escape(found)}{match["rest"]}' if found else f"<a{match['rest'].partition(chr(34))[2]}"
        tag, path = match.group(), unquote(unescape(match["picture"] or ""))
        # An author's own <picture> is left as it was written.
        own = has_own_pictures and html.rfind("<picture", 0, match.start()) > html.rfind("</picture", 0, match.start())
        if path and 'src="content:' not in tag and context.ask(Media(path)) is None:
            return _REFERENCE.sub(with_address, tag)  # no file below content/: an address of the site
        picture = context.embedded_picture(path, source) if path and not own else None
        if 'src="content:' not in tag:
            tag = tag.replace('src="/', 'src="content:', 1)
        if picture is None or not picture.renditions:
            return _REFERENCE.sub(with_address, tag)
        return body_picture(context.site, picture, path, tag)

    return Markup(_TAG.sub(replacement, html))  # noqa: S704


def _address(context: RenderContext, path: str, source: str) -> str:
    """The address of a source or file; empty for what is not public, and where nothing is, which is reported."""
    kind = kind_of(path)
    if kind == "media":
        picture = context.picture(path, source)
        if picture is not None and picture.renditions:
            return picture_url(context.site, path, picture)
        if context.ask(Media(path)) is not None:
            return context.site.href(media_url(path))
    elif kind == "article":
        url = context.ask(Permalink(path))
        if url is not None:
            return context.site.href(url) if url else ""
    elif kind in LIST_KINDS or kind == "page":
        slug = context.ask(SlugOf(kind, path))
        if slug is not None:
            url = list_url(kind, slug) if kind in LIST_KINDS else page_url(slug)
            return context.site.href(url) if slug else ""
    message = f"`content/{path}` is linked or shown, and does not exist"
    context.report(source, path, message, "mend the path, or write a whole address")
    return ""
