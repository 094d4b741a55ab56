"""Why a page was rendered, in words: what `--why` prints of a query whose answer changed.

A query is known by the name that it ends with, so that this module imports none of them.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable
from typing import Any

__all__ = ["Titles", "in_words"]

_PARTS = {"words": "the number of words", "excerpt": "the beginning", "extra": "the further front matter"}

Titles = Callable[[str, str], str]
"""The title of a section, tag or series, or the name of an author, by its kind and slug."""

_PLURALS = {
    "alias": "old addresses",
    "author": "authors",
    "data": "data files",
    "page": "pages",
    "recased": "old addresses",
    "section": "sections",
    "series": "series",
    "tag": "tags",
}


def in_words(query: Any, titles: Titles) -> str:
    """A sentence without a full stop that says which answer changed.

    Args:
        query: the question; see :mod:`slugline.catalog.queries`.
        titles: see :data:`Titles`.
    """
    words = _SENTENCES.get(query.query)
    return words(query, titles) if words else f"the answer to the query {query.query} changed"


def _list_of(name: str, titles: Titles) -> str:
    """What a list is called: "" is that of all stories, "section:world" and so on those of something."""
    kind, _, slug = name.partition(":")
    match kind:
        case "":
            return "all stories"
        case "section":
            return titles(kind, slug)
        case "author":
            return f"stories by {titles(kind, slug)}"
        case "tag" | "series":
            return f"the {kind} {titles(kind, slug)}"
        case _:
            return f"stories of the {kind} {slug}"


def _in_month(month: str) -> str:
    if not month:
        return ""
    year, _, number = month.replace("/", "-").partition("-")
    return f" in {month_name[int(number)]} {year}"


def _lists(query: Any, titles: Titles) -> str:
    names = [_list_of(name, titles) for name in (query.list, *query.also)]
    return f"{' and '.join(names)}{_in_month(query.month)}"


def _named(kind: str, slug: str, titles: Titles) -> str:
    """An item with its kind: "the section Business"; pages and data have no title that could be asked for."""
    if kind in ("page", "data"):
        return f"the {'data file' if kind == 'data' else kind} `{slug}`"
    return f"the {kind} {titles(kind, slug)}"


def _fact(name: str) -> str:
    kind, _, rest = name.partition(" ")
    match kind:
        case "asset":
            return f"the address of the asset {rest} changed"
        case "bytes":
            return f"the asset {rest} changed"
        case "file":
            return f"the theme's file {rest} changed"
        case "news":
            return "which stories are new enough for the news sitemap changed"
        case "setting":
            return f"the setting {rest} changed"
        case "option":
            return f"the option {rest} of the theme changed"
        case "":
            return "the settings or the theme's assets changed"
        case "template":
            return f"the template {rest} changed"
        case "search":
            return "the search engine changed"
        case _:
            return f"the {name} changed"


def _window(query: Any, titles: Titles) -> str:
    side = "after" if query.newer else "before"
    return f"the stories just {side} content/{query.key} in the list of {_list_of(query.list, titles)} changed"


_SENTENCES: dict[str, Callable[[Any, Titles], str]] = {
    "AdjacentMonths": lambda query, titles: (
        f"the months beside that of the list of {_list_of(query.list, titles)}{_in_month(query.month)} changed"
    ),
    "Aliases": lambda _query, _titles: "which old addresses there are changed",
    "ArticleOf": lambda query, _: f"the story content/{query.key} changed",
    "BucketMonths": lambda query, titles: f"the months in the archive of {_list_of(query.list, titles)} changed",
    "BucketPages": lambda query, titles: (
        f"the number of pages in the archive of {_list_of(query.list, titles)}{_in_month(query.month)} changed"
    ),
    "Buckets": lambda query, titles: f"the archive of {_list_of(query.list, titles)} changed",
    "Count": lambda query, titles: f"the number of stories in the list of {_lists(query, titles)} changed",
    "Entries": lambda query, _: f"the {_PLURALS[query.kind]}, their names or their order changed",
    "Entry": lambda query, titles: f"{_named(query.kind, query.slug, titles)} changed",
    "EntryParts": lambda query, titles: f"{_named(query.kind, query.slug, titles)} changed",
    "Fact": lambda query, _: _fact(query.name),
    "Facts": lambda _query, _titles: _fact(""),
    "HasNumbered": lambda query, titles: f"page {query.number} in the list of {_list_of(query.list, titles)} came or went",
    "Item": lambda query, titles: f"{_named(query.kind, query.slug, titles)} changed",
    "ItemSource": lambda query, titles: f"which file describes {_named(query.kind, query.slug, titles)} changed",
    "Items": lambda query, _: f"which {_PLURALS[query.kind]} have a file changed",
    "Label": lambda query, titles: f"how stories spell {_list_of(query.list, titles)} changed",
    "Listing": lambda query, titles: f"the list of {_lists(query, titles)} changed",
    "Lists": lambda query, _: f"which {_PLURALS[query.kind]} there are changed",
    "Media": lambda query, _: f"the file content/{query.path} changed",
    "Modified": lambda query, _: f"when the stories{_in_month(query.month)} last changed is another moment",
    "Months": lambda query, titles: f"the months that have stories in the list of {_list_of(query.list, titles)} changed",
    "Newest": lambda query, titles: f"the list of {_list_of(query.list, titles)} changed",
    "NumberedPages": lambda query, titles: f"the number of pages in the list of {_list_of(query.list, titles)} changed",
    "Pages": lambda _query, _titles: "the pages, or their order in a menu, changed",
    "Permalink": lambda query, _: f"the address of content/{query.key} changed",
    "PictureOf": lambda query, _: f"the picture content/{query.path} changed",
    "PublicSlugs": lambda query, _: f"which {_PLURALS[query.kind]} have a page changed",
    "References": lambda query, titles: f"the files that {_named(query.kind, query.slug, titles)} refers to changed",
    "Related": lambda query, _: f"the stories related to content/{query.key} changed",
    "SectionAliases": lambda _query, _titles: "the old addresses of sections changed",
    "Segment": lambda query, _: f"the search index of {query.year} changed",
    "SlugOf": lambda query, _: f"what content/{query.source} describes changed",
    "StoryOf": lambda query, _: f"the story content/{query.key} changed",
    "StoryPart": lambda query, _: (
        f"{_PARTS.get(query.name, 'a part')} of content/{query.key} changed"
    ),
    "TargetOf": lambda query, _: f"what the old address {query.alias} leads to changed",
    "TextOf": lambda query, _: f"the table content/{query.path} changed",
    "TeaserOf": lambda query, _: f"the headline, the dek or another visible part of content/{query.key} changed",
    "Window": _window,
}
