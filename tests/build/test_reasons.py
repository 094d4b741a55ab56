"""Why a page was rendered, in words."""

from __future__ import annotations

from typing import Any

import pytest

from slugline.build.reasons import in_words
from slugline.catalog import queries
from slugline.catalog.queries import (
    AdjacentMonths,
    ArticleOf,
    BucketPages,
    Count,
    Entries,
    Entry,
    Fact,
    Item,
    Label,
    Listing,
    Lists,
    Media,
    Permalink,
    Window,
)

TITLES = {"business": "Business", "jane-doe": "Jane Doe", "asia": "Asia", "budget": "Budget 2027"}


def titles(_: str, slug: str) -> str:
    return TITLES[slug]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Listing("section:business", limit=30), "the list of Business changed"),
        (Listing(), "the list of all stories changed"),
        (Listing("tag:asia", ("section:business",)), "the list of the tag Asia and Business changed"),
        (Listing("author:jane-doe", month="2026-01"), "the list of stories by Jane Doe in January 2026 changed"),
        (Listing("type:opinion"), "the list of stories of the type opinion changed"),
        (Count("series:budget"), "the number of stories in the list of the series Budget 2027 changed"),
        (BucketPages("tag:asia", "2026-11", 30), "the number of pages in the archive of the tag Asia in November 2026 changed"),
        (AdjacentMonths("", "2026-03"), "the months beside that of the list of all stories in March 2026 changed"),
        (Entry("section", "business"), "the section Business changed"),
        (Entry("author", "jane-doe"), "the author Jane Doe changed"),
        (Entries("section"), "the sections, their names or their order changed"),
        (Lists("alias"), "which old addresses there are changed"),
        (Item("page", "about"), "the page `about` changed"),
        (Item("data", "votes"), "the data file `votes` changed"),
        (Label("tag:asia"), "how stories spell the tag Asia changed"),
        (ArticleOf("articles/a.md"), "the story content/articles/a.md changed"),
        (Permalink("articles/a.md"), "the address of content/articles/a.md changed"),
        (Media("articles/a.jpg"), "the file content/articles/a.jpg changed"),
        (
            Window("articles/a.md", "section:business", newer=True),
            "the stories just after content/articles/a.md in the list of Business changed",
        ),
        (Fact("setting archives.length"), "the setting archives.length changed"),
        (Fact("option accent"), "the option accent of the theme changed"),
        (Fact(""), "the settings or the theme's assets changed"),
        (Fact("asset style.css"), "the address of the asset style.css changed"),
        (Fact("bytes style.css"), "the asset style.css changed"),
        (Fact("file assets/style.css"), "the theme's file assets/style.css changed"),
        (Fact("news window"), "which stories are new enough for the news sitemap changed"),
    ],
)
def test_a_query_is_named_in_words(query: Any, words: str) -> None:
    assert in_words(query, titles) == words


def kinds() -> list[Any]:
    """Every query of the catalog."""
    found = (getattr(queries, name) for name in queries.__all__)
    return [kind for kind in found if "query" in getattr(kind, "_fields", ())]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_query_of_the_catalog_has_a_sentence_of_its_own(kind: Any) -> None:
    values = {"kind": "section", "slug": "business", "list": "section:business", "month": "2026-01"}
    values |= {"lists": (), "names": "title"}
    numbers = {"length", "newest", "limit"}
    required = [name for name in kind._fields if name not in kind._field_defaults]
    query = kind(**{name: values.get(name, 1 if name in numbers else "2026") for name in required})
    words = in_words(query, titles)
    assert not words.startswith("the answer to the query"), words
    assert not words.endswith(".")


def test_a_query_that_an_extension_brings_is_named() -> None:
    class Weather(tuple[str]):
        query = "Weather"

    assert in_words(Weather(), titles) == "the answer to the query Weather changed"
