"""A story, as the indexer reads it: HTML with its words and the few facts that a result has."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from slugline.model import Teaser
from slugline.shortcodes.marks import Use, without_marks

__all__ = ["Document", "document"]

_WORDS = ("title", "text", "item")
"""Parameters of shortcodes that are words to be found."""

_PICTURES = re.compile(r"<(?:img|source)\b[^>]*>")


def _words(use: Use) -> str:
    """The words that a shortcode has in its line: its title, what it quotes."""
    words = [str(use.values[key]) for key in _WORDS if use.values.get(key)]
    return f"<p>{escape(' '.join(words))}</p>" if words else ""


class Document(NamedTuple):
    """One story to be indexed: its address and its HTML."""

    url: str
    html: str


def document(teaser: Teaser, body: str, url: str) -> Document:
    """The document of a story.

    It is made of the story alone, not of its page: a change of the theme, or of a neighbour, leaves the index as it is. Names
    are found in a form that no page has: an author's slug is read as words.

    Args:
        teaser: its narrow row.
        body: its rendered text.
        url: its address, with the path of the base URL.
    """
    names = " ".join(credit.name or credit.author.replace("-", " ") for credit in teaser.credits)
    tags = " ".join(slug.replace("-", " ") for slug in teaser.tags)
    facts = {"data-date": teaser.date[:10], "data-words": teaser.dek or teaser.summary}
    listed = "".join(f' {key}="{escape(value)}"' for key, value in facts.items())
    return Document(
        url,
        f'<!doctype html><html lang="{escape(teaser.lang)}"><body>'
        f'<main data-pagefind-body data-pagefind-meta="date[data-date], words[data-words]" '
        f'data-pagefind-sort="date[data-date]"{listed}>'
        f'<h1 data-pagefind-meta="title">{escape(teaser.title)}</h1>'
        f"<p>{escape(teaser.kicker)}</p><p>{escape(teaser.dek)}</p>{_PICTURES.sub('', without_marks(body, _words))}"
        f"<p>{escape(names)}</p><p>{escape(tags)}</p></main></body></html>",
    )
