"""The HTML of an exported story → Markdown, with its files and its links to other stories put where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, urljoin

from slugline.importing.decoding import tidy
from slugline.importing.markdown import to_markdown
from slugline.importing.photos import credited
from slugline.importing.remote import MEND, told_of
from slugline.importing.rules import load_rules
from slugline.importing.uploads import Shelf

__all__ = ["SITE", "Text", "captioned", "plain_line", "summary_of", "text_of"]

_HREF = re.compile(r"""(<a\b[^<>]*?\shref\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BARE = re.compile(r"<https://site\.imported\.invalid(/[^<>]*)>")
# Stands before paths from the story's folder until the Markdown is made; the top-level domain can never exist.
_FILES = "https://files.imported.invalid/"
_SYNTAX = re.compile(r"!?\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?|<[^>]*>|[#>*_`|\\]+")

SITE = "https://site.imported.invalid"
"""Stands for the root of the site in addresses until the Markdown is made, where an export does not say what it was."""


class Text(NamedTuple):
    """The body of an exported story.

    Attributes:
        body: Markdown.
        words_in, words_out: see :class:`slugline.importing.markdown.Converted`.
        mended: what was made safe, or kept in another form.
        doubts: (what, how to mend it), for a person to look at.
    """

    body: str
    words_in: int = 0
    words_out: int = 0
    mended: tuple[str, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()


def text_of(html: str, shelf: Shelf | None, *, base: str, link: Callable[[str], str], raw_html: bool = True) -> Text:
    """HTML as Markdown.

    Args:
        html: from anywhere; it is made safe.
        shelf: where the files of the site are found; None if none are to come along.
        base: the address that the story had, against which relative ones are resolved.
        link: an absolute address → a path of the new site, or the address as it is.
        raw_html: whether the publication lets HTML in Markdown through.
    """
    if not html.strip():
        return Text("")

    def href(found: re.Match[str]) -> str:
        given = unescape(found[2] if found[2] is not None else found[3]).strip()
        target = _aimed(given, shelf, base, link)
        return f'{found[1]}"{escape(target)}"' if target else found[0]

    def image(url: str) -> str | None:
        # None is for what does not come along: the picture is a link then.
        if shelf is None:
            return None
        target = shelf.from_body(url)
        return target if target != url else None

    made = to_markdown(_HREF.sub(href, html), base=base, image=image, raw_html=raw_html)
    body = made.body.replace(_FILES, "")
    for left in (shelf.missing if shelf is not None else ()):
        if left.startswith(SITE):
            # Where the old site was is not known: a link would lead to the new one, which has no such file.
            body = re.sub(rf"(?<!!)\[((?:[^\[\]\\]|\\.)*)\]\({re.escape(left)}\)", r"\1", body)
    if SITE in body:
        body = _BARE.sub(lambda found: f"[{found[1].rpartition('/')[2] or found[1]}]({found[1]})", body).replace(SITE, "")
    doubts = tuple((what, "") for _, what in made.warnings)
    # Those of the site's own are told of by the shelf, with the reason.
    if what := told_of([address.replace(SITE, "") for address in made.linked if shelf is None or address not in shelf.missing]):
        doubts = (*doubts, (what, MEND))
    if made.words_in != made.words_out:
        what = f"{made.words_in} words came in and {made.words_out} went out"
        doubts = (*doubts, (what, "compare it with the old page, and report it: it is a mistake of the importer"))
    return Text(body, made.words_in, made.words_out, made.notes, doubts)


def plain_line(text: str) -> str:
    """A text with entities, and with markup that a headline can have, as one line of plain text."""
    if "<" in text:
        text = _TAG.sub("", text)
    return " ".join(tidy(unescape(text) if "&" in text else text)[0].split())


def captioned(text: str) -> tuple[str, str]:
    """The words below a picture, parted into caption and credit where they say so ("Photo: Jane Doe")."""
    found = credited(text, load_rules()) if text else None
    return (found.caption, found.credit) if found else (text, "")


def summary_of(markdown: str, length: int) -> str:
    """The first words of a text, plain, at most so many characters."""
    for paragraph in markdown.split("\n\n"):
        text = " ".join(unescape(_SYNTAX.sub(r"\1", paragraph)).split())
        if text and any(char.isalpha() for char in text):
            if len(text) <= length:
                return text
            return f"{text[:length].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"
    return ""


def _aimed(given: str, shelf: Shelf | None, base: str, link: Callable[[str], str]) -> str:
    """What a link of the old site is to say until the Markdown is made: no converter takes a path on its way for unsafe."""
    if not given or given.startswith(("#", "mailto:", "tel:")):
        return ""
    try:
        url = urljoin(base, given)
    except ValueError:
        return ""
    if shelf is not None and (target := shelf.from_body(url)) != url:
        return f"{_FILES}{target}"
    path = link(url)
    return f"{SITE}{quote(path, safe='/%?#:@!$&()*+,;=~')}" if path.startswith("/") else ""
