"""Small exports to vary: WordPress's with given items, Ghost's with given posts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

EXPORTS = Path(__file__).parent / "exports"

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Courier</title><link>https://courier.example</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://courier.example</wp:base_site_url><wp:base_blog_url>https://courier.example</wp:base_blog_url>
"""
FOOT = "</channel>\n</rss>\n"


def item(number: int, content: str = "The tide is out.", *, more: str = "", **fields: str) -> str:
    """An item of an export; ``more`` is further XML of it."""
    given = {
        "title": f"Story {number}",
        "link": f"https://courier.example/2026/01/story-{number}/",
        "creator": "ines",
        "excerpt": "",
        "date": "2026-01-24 09:00:00",
        "modified": "2026-01-24 09:00:00",
        "name": f"story-{number}",
        "status": "publish",
        "type": "post",
        "password": "",
        **fields,
    }
    return (
        f"<item><title><![CDATA[{given['title']}]]></title><link>{given['link']}</link>"
        f"<dc:creator><![CDATA[{given['creator']}]]></dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{given['excerpt']}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt>{given['date']}</wp:post_date_gmt><wp:post_modified_gmt>{given['modified']}</wp:post_modified_gmt>"
        f"<wp:post_name>{given['name']}</wp:post_name><wp:status>{given['status']}</wp:status>"
        f"<wp:post_type>{given['type']}</wp:post_type><wp:post_password>{given['password']}</wp:post_password>"
        f"{more}</item>\n"
    )


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


def term(domain: str, slug: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


def category(slug: str, name: str, *, parent: str = "", number: int = 1) -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
    )


def author(login: str, name: str, number: int = 1) -> str:
    return (
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_email>{login}@courier.example</wp:author_email>"
        f"<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>\n"
    )


def wxr(*items: str, head: str = "") -> bytes:
    """An export of the site courier.example."""
    return (HEAD + head + "".join(items) + FOOT).encode()


def node(kind: str, *children: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """A node of Lexical."""
    return {"type": kind, "version": 1, **({"children": list(children)} if children else {}), **fields}


def text(words: str, form: int = 0) -> dict[str, Any]:
    return node("extended-text", text=words, format=form)


def lexical(*nodes: Mapping[str, Any]) -> str:
    return json.dumps({"root": {"type": "root", "children": list(nodes)}})


def post(number: int, **fields: Any) -> dict[str, Any]:
    """A row of Ghost's table of posts."""
    return {
        "id": f"p{number}",
        "title": f"Story {number}",
        "slug": f"story-{number}",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "published_at": "2026-01-24T09:00:00.000Z",
        "lexical": lexical(node("paragraph", text("The tide is out."))),
        **fields,
    }


def ghost(*posts: Mapping[str, Any], **tables: Any) -> bytes:
    """An export of a Ghost site."""
    data = {"posts": list(posts), "settings": [{"key": "title", "value": "Courier"}], **tables}
    return json.dumps({"db": [{"meta": {"exported_on": 1, "version": "5.87.1"}, "data": data}]}).encode()
