"""Topics: the names of the facts that a change can touch and that a query can depend on.

Each query has one topic (:mod:`slugline.catalog.queries`); a change touches the topics of every query whose answer it could
alter (:mod:`slugline.catalog.sync`). Both spell them through these functions, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "EVERYTHING",
    "FACTS",
    "entries",
    "entry",
    "fact",
    "facts_in",
    "item",
    "items",
    "label",
    "lists",
    "media",
    "media_in",
    "month",
    "months",
    "stories",
    "stories_in",
    "story",
    "window",
    "year",
]

EVERYTHING = "*"
"""The topic that stands for all: after a change of many files, looking at each query once is cheaper than naming them."""

FACTS = "facts"
"""Any of the facts."""

_STORY = "story "
_MEDIA = "media "
_FACT = "fact "


def story(key: str) -> str:
    """One story: its rows, its address, whether it is live."""
    return _STORY + key


def window(key: str) -> str:
    """The stories before and after one, in any list that it is on."""
    return f"window {key}"


def stories(list_name: str) -> str:
    """The stories of a list: "" (all), "section:world", "tag:…"."""
    return f"list {list_name}"


def month(list_name: str, of: str) -> str:
    """The stories of one month of a list, as ``2026-01``."""
    return f"list {list_name} {of}"


def months(list_name: str) -> str:
    """In which months a list has stories."""
    return f"months {list_name}"


def year(place: str) -> str:
    """Whatever the stories of a year say; from the year, or the place of a story in it."""
    return f"year {place[:4]}"


def lists(kind: str) -> str:
    """Which lists of a kind have stories."""
    return f"lists {kind}"


def label(list_name: str) -> str:
    """The names that stories give to a list."""
    return f"label {list_name}"


def entries(kind: str) -> str:
    """Everything that is listed or described of a kind, and its names."""
    return f"entries {kind}"


def entry(kind: str, slug: str) -> str:
    """What one section, tag, series or author is called, and what describes it."""
    return f"entry {kind} {slug}"


def items(kind: str) -> str:
    """Which items of a kind files describe."""
    return f"items {kind}"


def item(kind: str, slug: str) -> str:
    """One item that a file describes."""
    return f"item {kind} {slug}"


def media(path: str) -> str:
    """A file beside the content."""
    return _MEDIA + path


def fact(name: str) -> str:
    """Something that is not content: the address of an asset, a digest of the settings."""
    return _FACT + name


def stories_in(touched: Iterable[str]) -> list[str]:
    """The keys of the stories among topics, in order."""
    return _names(_STORY, touched)


def media_in(touched: Iterable[str]) -> list[str]:
    """The paths of the files beside the content among topics, in order."""
    return _names(_MEDIA, touched)


def facts_in(touched: Iterable[str]) -> list[str]:
    """The names of the facts among topics, in order."""
    return _names(_FACT, touched)


def _names(kind: str, touched: Iterable[str]) -> list[str]:
    return sorted(topic[len(kind) :] for topic in touched if topic.startswith(kind))
