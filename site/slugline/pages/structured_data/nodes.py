"""Nodes of the graph: a story, an author's profile, a list of stories, any other page, the trail to it.

What Google reads of them: https://developers.google.com/search/docs/appearance/structured-data/article, …/profile-page and
…/breadcrumb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slugline.pages.pictures import ImageView
from slugline.pages.render_context import RenderContext
from slugline.pages.structured_data.organization import publisher_id, site_id
from slugline.pages.views.article import ArticleView, Rating
from slugline.pages.views.author import AuthorView
from slugline.pages.views.card import Card
from slugline.pages.views.page import PageView
from slugline.shortcodes.standard import REVIEWED

__all__ = [
    "Node",
    "article_node",
    "breadcrumbs_node",
    "collection_node",
    "headline",
    "profile_node",
    "web_page_node",
]

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
"""The length of a headline, in characters, that search engines display."""


def headline(title: str) -> str:
    """A headline that search engines display whole: cut between words, with an ellipsis, if it is too long."""
    if len(title) <= _HEADLINE:
        return title
    return title[:_HEADLINE].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


def _without_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def web_page_node(context: RenderContext, page: PageView, variables: Mapping[str, Any]) -> Node:  # noqa: ARG001
    """A page that is nothing more special."""
    return _page(context, page, "WebPage")


def _page(context: RenderContext, page: PageView, kind: str) -> Node:
    return _without_empty(
        {
            "@type": kind,
            "@id": page.canonical,
            "url": page.canonical,
            "name": page.title,
            "description": page.description,
            "inLanguage": page.lang,
            "isPartOf": {"@id": site_id(context.site)},
        }
    )


def article_node(context: RenderContext, article: ArticleView) -> Node:
    """A story."""
    url = context.site.absolute(article.url)
    translations = [card for card in article.translations if card.key != article.key]
    original = article.original
    return _without_empty(
        {
            "@type": "ReviewNewsArticle" if article.rating else ARTICLE_WORDS.get(article.type, "NewsArticle"),
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": url,
            "headline": headline(article.title),
            "alternativeHeadline": article.dek,
            "description": article.dek or article.summary,
            "datePublished": article.date.isoformat(),
            "dateModified": article.updated.isoformat() if article.updated else "",
            "author": [_person(context, author) for author in article.authors] or {"@id": publisher_id(context.site)},
            "publisher": {"@id": publisher_id(context.site)},
            "isPartOf": {"@id": site_id(context.site)},
            "image": _images(context, article),
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
            **_review(article.rating),
            "translationOfWork": _work(context, original) if original else None,
            "workTranslation": [_work(context, card) for card in translations] if not original else None,
        }
    )


def _review(rating: Rating | None) -> Node:
    """What is reviewed, and the verdict (https://developers.google.com/search/docs/appearance/structured-data/review-snippet)."""
    if rating is None:
        return {}
    verdict = {"@type": "Rating", "ratingValue": rating.value, "bestRating": rating.best, "worstRating": 0}
    return {"itemReviewed": {"@type": REVIEWED[rating.type], "name": rating.item}, "reviewRating": verdict}


def _work(context: RenderContext, card: Card) -> Node:
    return {"@id": f"{context.site.absolute(card.url)}#article"}


def profile_node(context: RenderContext, page: PageView, author: AuthorView) -> Node:
    """The page of an author."""
    person = _person(context, author)
    person |= _without_empty({"description": author.excerpt, "image": _image(context, author.image)})
    person["worksFor"] = {"@id": publisher_id(context.site)}
    return {**_page(context, page, "ProfilePage"), "mainEntity": person}


def _person(context: RenderContext, author: AuthorView) -> Node:
    url = context.site.absolute(author.url) if author.url else ""
    links = [link for _, link in author.links if link.startswith(("https://", "http://"))]
    return _without_empty(
        {
            "@type": "Person",
            "@id": f"{url}#person" if url else "",
            "name": author.name,
            "url": url,
            "jobTitle": author.role,
            "sameAs": links,
        }
    )


def collection_node(context: RenderContext, page: PageView, stories: Sequence[Card]) -> Node:
    """A page that lists stories."""
    items = [
        {"@type": "ListItem", "position": number, "url": context.site.absolute(card.url)}
        for number, card in enumerate(stories, 1)
    ]
    found = _page(context, page, "CollectionPage")
    return {**found, "mainEntity": {"@type": "ItemList", "itemListElement": items}} if items else found


def _images(context: RenderContext, article: ArticleView) -> Node | list[Node | str] | None:
    """The lead picture with its words, then its parts in the shapes that search engines choose from."""
    first = _image(context, article.image or article.card)
    others = [context.site.absolute(crop.src) for crop in article.crops]
    return [first, *others] if first and others else first


def _image(context: RenderContext, image: ImageView | None) -> Node | None:
    if image is None:
        return None
    return _without_empty(
        {
            "@type": "ImageObject",
            "url": context.site.absolute(image.src),
            "width": image.width or None,
            "height": image.height or None,
            "caption": image.caption or image.alt,
            "creditText": image.credit,
        }
    )


def breadcrumbs_node(context: RenderContext, trail: list[tuple[str, str]]) -> Node:
    """The way from the front to a page: names and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": {"@id": context.site.absolute(url)}}
            for number, (name, url) in enumerate(trail, 1)
        ],
    }
