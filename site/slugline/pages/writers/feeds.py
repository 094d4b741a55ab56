"""Feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, of the publication and of each section, author, tag and series.

RSS carries what its specification (https://www.rssboard.org/rss-specification) lacks through the usual modules: every
author as ``dc:creator``, the whole story as ``content:encoded``, the lead picture as ``media:content``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple

from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.pages.views.author import author_view
from slugline.pages.views.entry import entry_view
from slugline.pages.writers.feed_stories import FeedStory, Person, Sound, feed_id, feed_stories
from slugline.pages.writers.xml import PROLOGUE, cdata, element, text
from slugline.urls import FEED_STYLE_URL, list_url

__all__ = ["atom", "feedstyle", "jsonfeed", "rss"]

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without stories was last updated: Atom demands a moment."""


_INVITATIONS = {
    "ar": "هذا موجز أخبار. انسخ عنوانه إلى قارئ موجزات لتصلك الأخبار فور نشرها.",
    "de": "Das ist ein Newsfeed. Fügen Sie seine Adresse in einen Feedreader ein, und jeder neue Artikel kommt zu Ihnen.",
    "en": "This is a feed of news. Copy its address into a feed reader, and each story comes to you.",
    "es": "Este es un canal de noticias. Copie su dirección en un lector de canales y recibirá cada noticia.",
    "fr": "Ceci est un flux d’actualités. Copiez son adresse dans un lecteur de flux, et chaque article viendra à vous.",
}
"""The sentence at the top of a feed that is opened in a browser, by language."""

_MODULES = "".join(
    f' xmlns:{name}="{uri}"'
    for name, uri in (
        ("atom", "http://www.w3.org/2005/Atom"),
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("media", "http://search.yahoo.com/mrss/"),
    )
)


class _Head(NamedTuple):
    """A feed's description of itself; addresses are absolute."""

    title: str
    description: str
    home: str
    url: str
    updated: datetime


def _head(route: Route, context: RenderContext, stories: Sequence[FeedStory]) -> _Head:
    site = context.site
    kind, _, slug = route.page.key.partition(":")
    title, description, home = site.name, site.description, "/"
    if kind == "author":
        author = author_view(context, slug)
        title, description, home = f"{author.name} – {site.name}", author.excerpt, list_url(kind, slug)
    elif kind:
        entry = entry_view(context, kind, slug)
        title, description, home = f"{entry.title} – {site.name}", entry.description, list_url(kind, slug)
    updated = max((entry.updated for entry in stories), default=_NEVER)
    return _Head(title, description or title, _absolute(context, home), _absolute(context, route.url), updated)


def _absolute(context: RenderContext, url: str) -> str:
    return context.site.absolute(context.site.href(url))


def _prologue(context: RenderContext) -> str:
    href = text(context.site.href(FEED_STYLE_URL))
    return f'{PROLOGUE}<?xml-stylesheet type="text/css" href="{href}"?>\n'


def rss(route: Route, context: RenderContext) -> bytes:
    """An RSS 2.0 feed."""
    site, stories = context.site, feed_stories(context, route.page.key)
    head = _head(route, context, stories)
    hub = site.settings.feeds.hub
    parts = [
        _prologue(context),
        f'<rss version="2.0"{_MODULES} xml:lang="{text(site.lang)}">\n<channel>\n',
        element("title", head.title),
        element("link", head.home),
        element("description", head.description),
        element("language", site.lang),
        element("copyright", site.copyright) if site.copyright else "",
        element("lastBuildDate", format_datetime(head.updated)) if stories else "",
        element("atom:link", rel="self", type="application/rss+xml", href=head.url),
        element("atom:link", rel="hub", href=hub) if hub else "",
    ]
    if site.logo:
        image = (element("url", site.absolute(site.logo)), element("title", head.title), element("link", head.home))
        parts.append(f"<image>\n{''.join(image)}</image>\n")
    parts += [_rss_item(entry) for entry in stories]
    return "".join([*parts, "</channel>\n</rss>\n"]).encode()


def _rss_item(entry: FeedStory) -> str:
    parts = [
        "<item>\n",
        element("title", entry.title),
        element("link", entry.url),
        element("guid", entry.id, isPermaLink="false"),
        element("pubDate", format_datetime(entry.date)),
        element("atom:updated", entry.updated.isoformat()) if entry.updated != entry.date else "",
        *(element("dc:creator", author.name) for author in entry.authors),
        *(element("category", category.title) for category in entry.categories),
        element("description", entry.summary),
        cdata("content:encoded", entry.html) if entry.html else "",
    ]
    picture, sound = entry.picture, entry.sound
    if sound:
        # RSS has room for one; a picture stands in `media:content` all the same.
        parts.append(element("enclosure", url=sound.url, length=str(sound.size), type=sound.type))
    if picture:
        if picture.type and not sound:
            # "0" is how RSS says that a size is not known.
            parts.append(element("enclosure", url=picture.url, length=str(picture.size), type=picture.type))
        inside = element("media:description", picture.caption or picture.alt) if picture.caption or picture.alt else ""
        inside += element("media:credit", picture.credit) if picture.credit else ""
        opening = element("media:content", url=picture.url, medium="image", type=picture.type)
        parts.append(f"{opening[:-3]}>\n{inside}</media:content>\n" if inside else opening)
    return "".join([*parts, "</item>\n"])


def atom(route: Route, context: RenderContext) -> bytes:
    """An Atom feed."""
    site, stories = context.site, feed_stories(context, route.page.key)
    head = _head(route, context, stories)
    hub = site.settings.feeds.hub
    parts = [
        _prologue(context),
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{text(site.lang)}">\n',
        element("title", head.title),
        element("subtitle", head.description),
        element("id", feed_id(site, route.url)),
        element("updated", head.updated.isoformat()),
        element("link", rel="self", type="application/atom+xml", href=head.url),
        element("link", rel="alternate", type="text/html", href=head.home),
        element("link", rel="hub", href=hub) if hub else "",
        f"<author>\n{element('name', site.name)}{element('uri', _absolute(context, '/'))}</author>\n",
        element("rights", site.copyright) if site.copyright else "",
        element("logo", site.absolute(site.logo)) if site.logo else "",
        *(_atom_entry(entry) for entry in stories),
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _atom_entry(entry: FeedStory) -> str:
    picture = entry.picture
    size = str(picture.size) if picture and picture.size else ""
    parts = [
        f'<entry xml:lang="{text(entry.lang)}">\n',
        element("title", entry.title),
        element("id", entry.id),
        element("link", rel="alternate", type="text/html", href=entry.url),
        element("published", entry.date.isoformat()),
        element("updated", entry.updated.isoformat()),
        *(_atom_author(who) for who in entry.authors),
        *(element("category", term=one.slug, label=one.title, scheme=one.url) for one in entry.categories),
        element("link", rel="enclosure", href=picture.url, type=picture.type, length=size) if picture else "",
        _atom_sound(entry.sound) if entry.sound else "",
        element("summary", entry.summary),
        cdata("content", entry.html, type="html") if entry.html else "",
        "</entry>\n",
    ]
    return "".join(parts)


def _atom_sound(sound: Sound) -> str:
    size = str(sound.size) if sound.size else ""
    return element("link", rel="enclosure", href=sound.url, type=sound.type, length=size)


def _atom_author(who: Person) -> str:
    uri = element("uri", who.url) if who.url else ""
    return f"<author>\n{element('name', who.name)}{uri}</author>\n"


def jsonfeed(route: Route, context: RenderContext) -> bytes:
    """A JSON feed."""
    site, stories = context.site, feed_stories(context, route.page.key)
    head = _head(route, context, stories)
    hub = site.settings.feeds.hub
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.home,
        "feed_url": head.url,
        "description": head.description,
        "icon": site.absolute(site.logo) if site.logo else "",
        "language": site.lang,
        "authors": [{"name": site.name, "url": _absolute(context, "/")}],
        "hubs": [{"type": "WebSub", "url": hub}] if hub else [],
        "items": [_json_item(entry) for entry in stories],
    }
    filled = {key: value for key, value in feed.items() if value or key == "items"}
    return f"{json.dumps(filled, ensure_ascii=False, indent=1)}\n".encode()


def _json_item(entry: FeedStory) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary or entry.title,
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else "",
        "date_published": entry.date.isoformat(),
        "date_modified": entry.updated.isoformat() if entry.updated != entry.date else "",
        "authors": [
            {key: value for key, value in (("name", who.name), ("url", who.url), ("avatar", who.avatar)) if value}
            for who in entry.authors
        ],
        "tags": list(dict.fromkeys(category.title for category in entry.categories)),
        "language": entry.lang,
        "attachments": [_json_sound(entry.sound)] if entry.sound else [],
    }
    return {key: value for key, value in item.items() if value}


def _json_sound(sound: Sound) -> dict[str, Any]:
    parts = {
        "url": sound.url,
        "mime_type": sound.type,
        "title": sound.title,
        "size_in_bytes": sound.size,
        "duration_in_seconds": sound.seconds,
    }
    return {key: value for key, value in parts.items() if value}


def feedstyle(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """A style sheet for feeds opened in a browser: a page that can be read, which says what it is.

    It is CSS because browsers are dropping XSLT (Chromium shows a red warning instead); the price is that addresses in it
    cannot be clicked.
    """
    site = context.site
    words = _INVITATIONS.get(site.lang.partition("-")[0].lower(), _INVITATIONS["en"])
    return (
        f":root{{direction:{site.dir}}}\n"
        "rss,feed{display:block;max-width:42rem;margin:auto;padding:1rem;font:1rem/1.5 Georgia,serif}\n"
        f'rss::before,feed::before{{content:"{words}";display:block;padding:.75rem 1rem;border:1px solid}}\n'
        "channel>*,feed>*{display:none}\n"
        "channel>title,feed>title{display:block;margin:1.5rem 0 .25rem;font-size:1.75rem;font-weight:700}\n"
        "channel>description,feed>subtitle{display:block}\n"
        "item,entry{display:block!important;margin-top:1.5rem;padding-top:1rem;border-top:1px solid #8888}\n"
        "item>*,entry>*{display:none}\n"
        "item>title,entry>title{display:block;font-size:1.2rem;font-weight:700}\n"
        "item>description,entry>summary{display:block}\n"
        "item>title,item>description,entry>title,entry>summary{unicode-bidi:plaintext}\n"
        'item>pubDate,entry>published,item>link,entry>link[rel="alternate"]{display:block;font-size:.85rem;opacity:.75}\n'
        'entry>link[rel="alternate"]::before{content:attr(href)}\n'
        "@media(prefers-color-scheme:dark){:root{background:#131416;color:#e8e6e3}}\n"
    ).encode()
