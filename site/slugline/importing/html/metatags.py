"""Meta tags → what they say of the story: Open Graph, article:*, Dublin Core, and those that services of newsrooms ask for."""

from __future__ import annotations

import re

from slugline.importing.html.saying import SaidImage, Saying, plain
from slugline.importing.markdown.model import Element
from slugline.importing.model import Person

__all__ = ["meta_tags", "saved_from"]

_HEADLINE = ("og:title", "parsely-title", "sailthru.title", "citation_title", "dc.title", "twitter:title", "title")
_DESCRIPTION = ("og:description", "description", "sailthru.description", "dc.description", "twitter:description")
_AUTHOR = (
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "citation_author",
    "article:author",
    "article:author_name",
)
_SIGNED = frozenset({"written by", "by", "author", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da"})
"""What a label of a pair for Twitter says where the data is the author's name; the other pair is the reading time."""

_PUBLISHED = (
    *("article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date", "citation_publication_date"),
    *(
        "citation_date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "article.published",
        "publication_date",
        "pubdate",
        "publish-date",
    ),
    *("cxenseparse:recs:publishtime", "date", "datepublished", "originalpublicationdate"),
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "article.updated",
    "lastmod",
    "last-modified",
    "revised",
)
_SECTION = ("article:section", "parsely-section", "cxenseparse:recs:category", "section")
_TAGS = ("article:tag", "parsely-tags", "sailthru.tags", "news_keywords")
_SAVED = re.compile(r"saved from url=\(\d+\)(https?://\S+)")


def meta_tags(tree: Element) -> Saying:
    """What the page's meta tags and its ``html`` element say."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and (value := plain(meta.get("content"))):
            found.setdefault(name, []).append(value)

    def first(names: tuple[str, ...]) -> str:
        return next((found[name][0] for name in names if name in found), "")

    names = next(
        ([one for one in found[name] if not one.startswith(("http:", "https:"))] for name in _AUTHOR if name in found), []
    )
    if not names:
        names = [one for name in _AUTHOR for one in found.get(name, []) if not one.startswith(("http:", "https:"))]
    for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if not names and first((label,)).casefold().strip(": ") in _SIGNED:
            names = found.get(data, [])
    tags = next((found[name] for name in _TAGS if name in found), [])
    if len(tags) == 1:
        tags = tags[0].split(",")
    canonical = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), "")
    image = next((found[name][0] for name in ("og:image", "og:image:url", "twitter:image") if name in found), "")
    return Saying(
        types=("Article",) if first(("og:type",)).lower() == "article" else (),
        headline=first(_HEADLINE),
        description=first(_DESCRIPTION),
        language=(tree.get("lang") or "") or first(("content-language", "og:locale", "dc.language")).replace("_", "-"),
        url=next(
            (one for one in (canonical, first(("og:url", "parsely-link"))) if (one or "").startswith(("http://", "https://"))),
            "",
        ),
        site=first(("og:site_name", "application-name", "dc.publisher")),
        people=tuple(Person(name) for name in dict.fromkeys(names)),
        published=first(_PUBLISHED),
        updated=first(_UPDATED),
        sections=(first(_SECTION),) if first(_SECTION) else (),
        tags=tuple(tag.strip() for tag in tags if tag.strip()),
        image=SaidImage(image, first(("og:image:alt",))) if image else None,
    )


def saved_from(html: str) -> str:
    """The address that a browser noted at the head of a page when it saved it."""
    found = _SAVED.search(html[:4000])
    return found[1] if found else ""
