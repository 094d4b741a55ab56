"""References in a rendered body → addresses.

Markdown leaves references to sources and files as ``content:`` and their path below the content folder. Their addresses are
known only when a page is rendered, because they depend on other sources.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from markupsafe import Markup
from markupsafe import escape as as_html

from slugline.catalog.queries import Media, Permalink, SlugOf
from slugline.markup.own_html import resolve_set
from slugline.model import Image
from slugline.pages.pictures import ImageView, body_picture, image_view, picture_url
from slugline.pages.render_context import RenderContext
from slugline.placement import kind_of
from slugline.shortcodes.marks import BEGIN
from slugline.urls import LIST_KINDS, list_url, media_url, page_url

__all__ = ["body_html", "line_html", "picture_view"]

_ATTRIBUTE = re.compile(
    r'(\s(?:href|src|poster|data|background|longdesc|xlink:href|action|formaction|cite)=")([^"]*)(")'
    r'|(\s(?:srcset|imagesrcset)=")([^"]*)(")'
)
_OPAQUE = re.compile(r"<!--.*?-->|<(script|style)[\s>].*?</\1>", re.DOTALL)
"""What may hold tags that are none."""

# A plain link comes first: there are many, and its parts are found at once.
_TAG = re.compile(
    r'<a href="content:(?P<link>[^"#?&%<>]*)(?P<rest>(?:[#?][^"<>]*)?"[^<>]*>)'
    r'|<img\s(?:[^<>]*\s)?src="(?:content:|/(?!/))(?P<picture>[^"#?]*)[^<>]*>'
    r'|<[a-z][^<>]*(?:["\s]content:|\s(?:href|src|action|formaction|cite)="/(?!/))[^<>]*>'
)


def body_html(context: RenderContext, html: str, source: str, *, lang: str = "", form: str = "page") -> Markup:
    """A rendered body with its references to sources and files replaced by addresses, and its shortcodes filled in.

    A link to what is not public, or has expired, loses its target and retains its words.

    Args:
        context: of the page that is rendered.
        html: the body.
        source: the path of its source below the content folder; what is wrong is reported against it.
        lang: its language, if it is not the publication's.
        form: "page", or "feed" for whoever has no style sheet and no script.
    """
    done = _addressed(context, html, source)
    if BEGIN not in html:
        return done
    assert context.shortcodes is not None

    def line(text: str) -> Markup:
        return _addressed(context, text, source)

    filled = context.shortcodes.fill(context, str(done), source, lang or context.site.lang, form, line)
    return Markup(filled)  # noqa: S704  # by the theme's templates, which escape


def _addressed(context: RenderContext, html: str, source: str) -> Markup:
    if "content:" not in html and 'src="/' not in html and not (context.site.prefix and '="/' in html):
        return Markup(html)  # noqa: S704  # rendered from the publication's own Markdown

    if "<!--" in html or "<script" in html or "<style" in html:
        parts: list[str] = []
        at = 0
        for opaque in _OPAQUE.finditer(html):
            parts += (_with_addresses(context, html[at : opaque.start()], source), _start_tag(context, opaque.group(), source))
            at = opaque.end()
        return Markup("".join((*parts, _with_addresses(context, html[at:], source))))  # noqa: S704
    return Markup(_with_addresses(context, html, source))  # noqa: S704


def line_html(context: RenderContext, text: str, html: str, source: str) -> Markup:
    """A line with inline Markdown for a page: its HTML, see :func:`body_html`, or where that is empty its text."""
    return body_html(context, html, source) if html else as_html(text)


def picture_view(context: RenderContext, image: Image | None, source: str) -> ImageView | None:
    """A picture that the front matter of ``source`` names; see :func:`~slugline.pages.pictures.image_view`."""
    view = image_view(context, image, source)
    if view is None or image is None or not (image.caption or image.credit):
        return view
    return view._replace(
        caption_html=line_html(context, image.caption, image.caption_html, source),
        credit_html=line_html(context, image.credit, image.credit_html, source),
    )


def _start_tag(context: RenderContext, html: str, source: str) -> str:
    """An element whose content is left alone, with the addresses in its start tag."""
    tag, end, rest = html.partition(">")
    return html if html.startswith("<!") else _with_addresses(context, tag + end, source) + rest


def _with_addresses(context: RenderContext, html: str, source: str) -> str:
    def attribute(match: re.Match[str]) -> str:
        before, value, quote, set_before, values, set_quote = match.groups()
        if set_before:
            return f"{set_before}{resolve_set(values, lambda target: _resolved(context, target, source) or '#')}{set_quote}"
        found = _resolved(context, value, source)
        return "" if found is None else f"{before}{found}{quote}"

    has_own_pictures = "<picture" in html

    def replacement(match: re.Match[str]) -> str:
        link = match["link"]
        if link is not None:
            found = _address(context, link, source)
            return f'<a href="{escape(found)}{match["rest"]}' if found else f"<a{match['rest'].partition(chr(34))[2]}"
        tag, path = match.group(), unquote(unescape(match["picture"] or ""))
        # An author's own <picture> is left as it was written.
        own = has_own_pictures and html.rfind("<picture", 0, match.start()) > html.rfind("</picture", 0, match.start())
        if not path or (own and 'src="content:' in tag) or ('src="content:' not in tag and context.ask(Media(path)) is None):
            return _ATTRIBUTE.sub(attribute, tag)  # an address of the site, where there is no such file
        picture = None if own else context.embedded_picture(path, source)
        if 'src="content:' not in tag:
            tag = tag.replace('src="/', 'src="content:', 1)
        if picture is None or not picture.renditions:
            return _ATTRIBUTE.sub(attribute, tag)
        return body_picture(context.site, picture, path, tag)

    return _TAG.sub(replacement, html)


def _resolved(context: RenderContext, target: str, source: str) -> str | None:
    """An escaped target as the page has it; None for a story that is not public yet, and for what does not exist."""
    if not target.startswith("content:"):
        return f"{context.site.prefix}{target}" if target.startswith("/") and not target.startswith("//") else target
    reference = unescape(target[8:])
    at = min((place for sign in "?#" if (place := reference.find(sign)) >= 0), default=len(reference))
    path, rest = unquote(reference[:at]), escape(reference[at:])
    if path.startswith("/"):
        path = path.lstrip("/")
        if context.ask(Media(path)) is None:
            return f"{context.site.prefix}{escape(reference)}"
    found = _address(context, path, source)
    return f"{escape(found)}{rest}" if found else None


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
    if kind == "data":
        hint = "put a file to download beside the text"
        context.report(source, path, f"`content/{path}` is data for templates, and is not published as a file", hint)
        return ""
    message = f"`content/{path}` is linked or shown, and does not exist"
    context.report(source, path, message, "mend the path, or write a whole address")
    return ""
