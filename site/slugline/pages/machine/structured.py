"""Structured data: one JSON-LD graph a page, in the words of https://schema.org.

What Google reads of it: https://developers.google.com/search/docs/appearance/structured-data/article, …/profile-page and
…/breadcrumb. A graph is made when a template asks for it, so that a theme without it depends on nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from slugline.pages.machine.organization import publisher_node, site_node
from slugline.pages.scope import Scope
from slugline.pages.views import ArticleView, AuthorView, Card, EntryView, ImageView

__all__ = ["StructuredData", "headline"]

Node = dict[str, Any]

ARTICLE_WORDS = {
    "analysis": "AnalysisNewsArticle",
    "editorial": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "opinion": "OpinionNewsArticle",
    "reportage": "ReportageNewsArticle",
    "review": "ReviewNewsArticle",
}
"""What schema.org calls the kinds of story; the others are a NewsArticle."""

_HEADLINE = 110
"""Characters of a headline that search engines show."""

_LISTED = ("section", "series", "tag", "front")


class StructuredData(NamedTuple):
    """The structured data of a page, as one script element; empty where the settings or the kind of page want none.

    Attributes:
        scope: the page's.
        page: the page's view.
        shown: the names that its template finds.
    """

    scope: Scope
    page: Any
    shown: Mapping[str, Any]

    def __html__(self) -> str:
        """The element."""
        if not self.scope.site.settings.metadata.structured_data or self.page.kind in ("404", "search"):
            return ""
        graph = {"@context": "https://schema.org", "@graph": self.graph()}
        # "<" is all that could end the element; "&" and ">" are escaped for readers that take it for XML.
        text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
        for char in "<>&\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        return f'<script type="application/ld+json">{text}</script>'

    def __str__(self) -> str:
        return self.__html__()

    def graph(self) -> list[Node]:
        """The nodes."""
        scope, page, shown = self.scope, self.page, self.shown
        nodes = [publisher_node(scope), site_node(scope)]
        if page.kind == "article":
            nodes.append(_article(scope, shown["article"]))
        elif page.kind == "author":
            nodes.append(_profile(scope, page, shown["author"]))
        elif page.kind in (*_LISTED, "bucket"):
            nodes.append(_collection(scope, page, _stories(page, shown)))
        else:
            nodes.append(_page(scope, page, "WebPage"))
        trail = _trail(scope, page, shown)
        if len(trail) > 1:
            nodes.append(_breadcrumbs(scope, trail))
        return nodes


def headline(title: str) -> str:
    """A headline that search engines show whole: cut between words, with an ellipsis, if it is too long."""
    if len(title) <= _HEADLINE:
        return title
    return title[:_HEADLINE].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


def _kept(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def _page(scope: Scope, page: Any, kind: str) -> Node:
    return _kept(
        {
            "@type": kind,
            "@id": page.canonical,
            "url": page.canonical,
            "name": page.title,
            "description": page.description,
            "inLanguage": page.lang,
            "isPartOf": {"@id": site_node(scope)["@id"]},
        }
    )


def _article(scope: Scope, article: ArticleView) -> Node:
    url = scope.site.absolute(article.url)
    translations = [card for card in article.translations if card.key != article.key]
    original = article.original
    return _kept(
        {
            "@type": ARTICLE_WORDS.get(article.type, "NewsArticle"),
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": url,
            "headline": headline(article.title),
            "alternativeHeadline": article.dek,
            "description": article.dek or article.summary,
            "datePublished": article.date.isoformat(),
            "dateModified": article.updated.isoformat() if article.updated else "",
            "author": [_person(scope, author) for author in article.authors] or {"@id": publisher_node(scope)["@id"]},
            "publisher": {"@id": publisher_node(scope)["@id"]},
            "isPartOf": {"@id": site_node(scope)["@id"]},
            "image": _images(scope, article),
            "articleSection": article.section.title,
            "keywords": [tag.title for tag in article.tags],
            "wordCount": article.words,
            "timeRequired": f"PT{article.minutes}M",
            "isAccessibleForFree": True,
            "inLanguage": article.lang,
            "correction": [
                {"@type": "CorrectionComment", "text": item.text, "datePublished": item.date.isoformat()}
                for item in article.corrections
            ],
            "translationOfWork": _work(scope, original) if original else None,
            "workTranslation": [_work(scope, card) for card in translations] if not original else None,
        }
    )


def _work(scope: Scope, card: Card) -> Node:
    return {"@id": f"{scope.site.absolute(card.url)}#article"}


def _profile(scope: Scope, page: Any, author: AuthorView) -> Node:
    person = _person(scope, author)
    person |= _kept({"description": author.excerpt, "image": _image(scope, author.image)})
    person["worksFor"] = {"@id": publisher_node(scope)["@id"]}
    return {**_page(scope, page, "ProfilePage"), "mainEntity": person}


def _person(scope: Scope, author: AuthorView) -> Node:
    url = scope.site.absolute(author.url)
    links = [link for _, link in author.links if link.startswith(("https://", "http://"))]
    return _kept(
        {
            "@type": "Person",
            "@id": f"{url}#person",
            "name": author.name,
            "url": url,
            "jobTitle": author.role,
            "sameAs": links,
        }
    )


def _collection(scope: Scope, page: Any, stories: Sequence[Card]) -> Node:
    items = [
        {"@type": "ListItem", "position": number, "url": scope.site.absolute(card.url)}
        for number, card in enumerate(stories, 1)
    ]
    found = _page(scope, page, "CollectionPage")
    return {**found, "mainEntity": {"@type": "ItemList", "itemListElement": items}} if items else found


def _stories(page: Any, shown: Mapping[str, Any]) -> Sequence[Card]:
    if page.kind == "front":
        front = shown["front"]
        return [card for card in (front.lead, *front.secondaries, *front.latest) if card]
    found: Sequence[Card] = shown["stories"]
    return found


def _images(scope: Scope, article: ArticleView) -> Node | list[Node | str] | None:
    """The lead picture with its words, then its parts in the shapes that search engines choose from."""
    first = _image(scope, article.image or article.card)
    others = [scope.site.absolute(crop.src) for crop in article.crops]
    return [first, *others] if first and others else first


def _image(scope: Scope, image: ImageView | None) -> Node | None:
    if image is None:
        return None
    return _kept(
        {
            "@type": "ImageObject",
            "url": scope.site.absolute(image.src),
            "width": image.width or None,
            "height": image.height or None,
            "caption": image.caption or image.alt,
            "creditText": image.credit,
        }
    )


def _trail(scope: Scope, page: Any, shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The way from the front to the page: names and addresses."""
    trail = [(scope.site.name, scope.site.url)]
    if page.kind == "front":
        return trail
    owner = shown.get("owner")
    if page.kind == "article":
        section: EntryView = shown["article"].section
        trail.append((section.title, section.url))
    elif page.kind == "bucket" and owner is not None:
        trail.append((owner.name if isinstance(owner, AuthorView) else owner.title, owner.url))
    name = shown["month"].month if page.kind == "bucket" else page.title
    return [*trail, (name, page.url)]


def _breadcrumbs(scope: Scope, trail: list[tuple[str, str]]) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": {"@id": scope.site.absolute(url)}}
            for number, (name, url) in enumerate(trail, 1)
        ],
    }
