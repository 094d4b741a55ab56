"""Queries as text: how the ledger stores them, and `--why` prints them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from slugline.catalog.queries.aliases import Aliases, TargetOf
from slugline.catalog.queries.entries import (
    Entries,
    Entry,
    EntryParts,
    Item,
    Items,
    ItemSource,
    Label,
    Lists,
    Pages,
    PublicSlugs,
    References,
    SectionAliases,
    SlugOf,
)
from slugline.catalog.queries.facts import Fact, Facts, Segment
from slugline.catalog.queries.files import Media, PictureOf, TextOf
from slugline.catalog.queries.listings import (
    AdjacentMonths,
    BucketMonths,
    BucketPages,
    Buckets,
    Count,
    Listing,
    Modified,
    Months,
)
from slugline.catalog.queries.numbered import HasNumbered, Newest, NumberedPages
from slugline.catalog.queries.query import Query, encode
from slugline.catalog.queries.stories import ArticleOf, Permalink, Related, StoryOf, StoryPart, TeaserOf, Window
from slugline.catalog.store import DamagedState

__all__ = ["KINDS", "from_text", "to_text"]

KINDS: dict[str, Callable[..., Query[Any]]] = {
    kind.__name__: kind
    for kind in (
        AdjacentMonths,
        Aliases,
        ArticleOf,
        BucketMonths,
        BucketPages,
        Buckets,
        Count,
        Entries,
        Entry,
        EntryParts,
        Fact,
        Facts,
        HasNumbered,
        Item,
        ItemSource,
        Items,
        Label,
        Lists,
        Listing,
        Media,
        Modified,
        Months,
        Newest,
        NumberedPages,
        Pages,
        Permalink,
        PictureOf,
        PublicSlugs,
        References,
        SectionAliases,
        Segment,
        Related,
        SlugOf,
        StoryOf,
        StoryPart,
        TargetOf,
        TeaserOf,
        TextOf,
        Window,
    )
}
"""Every kind of query, by name."""


def to_text(query: Query[Any]) -> str:
    """A query as one line of text, for the state file and for people."""
    return encode(query)


def from_text(text: str) -> Query[Any]:
    """The query that :func:`to_text` wrote.

    Raises:
        DamagedState: it is none.
    """
    try:
        *values, name = json.loads(text)
        return KINDS[name](*(tuple(value) if isinstance(value, list) else value for value in values))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise DamagedState(f"the build state holds a query of no kind: {text[:80]}") from error
