"""What a page says of its story, as values: the same whether JSON-LD, microdata or meta tags say it."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from slugline.importing.decoding import tidy
from slugline.importing.model import Person

__all__ = ["ARTICLE_TYPES", "LIST_TYPES", "PAGE_TYPES", "SaidImage", "Saying", "plain"]

ARTICLE_TYPES = frozenset(
    {
        *("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"),
        *("BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "Report", "TechArticle"),
        *("ScholarlyArticle", "SatiricalArticle", "AdvertiserContentArticle", "SocialMediaPosting", "Review", "MedicalWebPage"),
    }
)
LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "Blog"})
PAGE_TYPES = frozenset({"AboutPage", "ContactPage", "FAQPage"})


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class SaidImage(NamedTuple):
    """A picture that stands for the story."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Saying(NamedTuple):
    """What one source says; empty where it says nothing.

    Attributes:
        types: of schema.org, as named ("NewsArticle").
        headline, dek, description, body, language, url, site: text; ``site`` is the publisher's name.
        people: authors, with what is said of them.
        published, updated: as written.
        sections: nearest first.
        tags: as written, each one tag.
        image: the picture for the story.
        free: False if readers have to pay.
    """

    types: tuple[str, ...] = ()
    headline: str = ""
    dek: str = ""
    description: str = ""
    body: str = ""
    language: str = ""
    url: str = ""
    site: str = ""
    people: tuple[Person, ...] = ()
    published: str = ""
    updated: str = ""
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: SaidImage | None = None
    free: bool = True


def plain(text: object) -> str:
    """A value as one line of plain text; empty if it is no text. Tags and entities in it are taken for HTML."""
    if not isinstance(text, str | int | float) or isinstance(text, bool):
        return ""
    shown = html.unescape(html.unescape(str(text)))
    return " ".join(tidy(_TAG.sub(" ", shown))[0].split())
