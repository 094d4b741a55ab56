"""Every question that a page can ask of the catalog: a frozen query, its topic, its answer and the answer's digest.

A query is a plain named tuple, quick to make, to compare and to write down; its last field says which query it is, because
tuples with equal fields are equal whatever they are called. Its *topic* is the one fact that
:mod:`slugline.catalog.sync` touches whenever the answer may have changed; the digest of the answer then says whether it has.
Answers hold frozen values in a total order, and no row ids.
"""

from slugline.catalog.queries.aliases import Aliases, Target, TargetOf
from slugline.catalog.queries.entries import (
    Entries,
    Entry,
    EntryParts,
    Item,
    Items,
    ItemSource,
    Label,
    Lists,
    Named,
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
from slugline.catalog.queries.query import Answer, AskQuery, Catalog, Query, SegmentFiles
from slugline.catalog.queries.stories import ArticleOf, Permalink, Related, StoryOf, StoryPart, TeaserOf, Window, articles_of
from slugline.catalog.queries.texts import KINDS, from_text, to_text

__all__ = [
    "KINDS",
    "PASSING",
    "AdjacentMonths",
    "Aliases",
    "Answer",
    "ArticleOf",
    "AskQuery",
    "BucketMonths",
    "BucketPages",
    "Buckets",
    "Catalog",
    "Count",
    "Entries",
    "Entry",
    "EntryParts",
    "Fact",
    "Facts",
    "HasNumbered",
    "Item",
    "ItemSource",
    "Items",
    "Label",
    "Listing",
    "Lists",
    "Media",
    "Modified",
    "Months",
    "Named",
    "Newest",
    "NumberedPages",
    "Pages",
    "Permalink",
    "PictureOf",
    "PublicSlugs",
    "Query",
    "References",
    "Related",
    "SectionAliases",
    "Segment",
    "SegmentFiles",
    "SlugOf",
    "StoryOf",
    "StoryPart",
    "Target",
    "TargetOf",
    "TeaserOf",
    "TextOf",
    "Window",
    "articles_of",
    "from_text",
    "to_text",
]

PASSING = (ArticleOf, Related, Window)
"""Queries that one page asks and no other will: their answers are not worth caching."""
