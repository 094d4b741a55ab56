"""Slugs, URLs and output paths: the only place that makes them.

A *URL* here is a path from the root of the publication, beginning with a slash and not yet carrying the path of the base
URL (``/world/2026/01/new-era/``). An *output path* is relative to the build folder (``world/2026/01/new-era/index.html``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

__all__ = [
    "FAVICON_URL",
    "FEED_STYLE_URL",
    "ICON_SIZES",
    "LIST_KINDS",
    "MANIFEST_URL",
    "MAX_NAME",
    "NEWS_SITEMAP_URL",
    "PATTERN_FIELDS",
    "SITEMAP_URL",
    "TOUCH_ICON_URL",
    "alias_url",
    "archive_url",
    "article_url",
    "base_path",
    "card_url",
    "feed_url",
    "fits",
    "href",
    "is_local",
    "is_slug",
    "label_signs",
    "label_slug",
    "list_url",
    "media_url",
    "numbered_url",
    "output_path",
    "page_url",
    "parents",
    "pattern_problem",
    "picture_url",
    "segment_url",
    "sitemap_url",
    "slug_or_name",
    "slugify",
    "spelt_out",
    "years",
]

LIST_KINDS = ("section", "author", "tag", "series")
"""What stories are listed under; each has a page of its own."""

FEED_STYLE_URL = "/feed.css"
MANIFEST_URL = "/manifest.webmanifest"
FAVICON_URL = "/favicon.ico"
TOUCH_ICON_URL = "/apple-touch-icon.png"
ICON_SIZES = {TOUCH_ICON_URL: 180, "/icon-192.png": 192, "/icon-512.png": 512}
"""The icons as PNG, with their width and height in pixels."""
SITEMAP_URL = "/sitemap.xml"
NEWS_SITEMAP_URL = "/news-sitemap.xml"

MAX_NAME = 255
"""Bytes of UTF-8 in one part of a path, on every file system in use."""

# Letters that Unicode does not decompose, written as the languages that use them transliterate them.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ĸ": "k", "ŋ": "n"}
)
_DROPPED = re.compile(r"['’‘ʼ`\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREAKS = re.compile(r"[\W_]+")
_PLAIN_URL = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

PATTERN_FIELDS = ("section", "yyyy", "mm", "dd", "slug")
"""What the pattern of an article's URL may name in braces."""
_FIELD = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=8192)
def slugify(text: str) -> str:
    """Lower-case words joined by hyphens; a slug of a slug is the same slug.

    Latin letters lose their accents; letters of other scripts stay as they are (a reader of Arabic can read them).
    Apostrophes vanish rather than break a word. The answer is empty when the text has no letter and no digit.
    """
    if _PLAIN_SLUG.fullmatch(text):
        return text
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    if lowered.isascii():
        return _BREAKS.sub("-", _DROPPED.sub("", lowered)).strip("-")
    letters: list[str] = []
    latin = False
    for char in unicodedata.normalize("NFKD", lowered):
        if unicodedata.combining(char):
            if not latin:
                letters.append(char)
            continue
        latin = char.isascii()
        letters.append(char)
    composed = unicodedata.normalize("NFKC", "".join(letters)).lower().translate(_LETTERS)
    composed = _DROPPED.sub("", composed)
    # The remaining marks (vowel signs of Indic scripts) belong to their word though \w does not count them.
    words = "".join(
        char if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc") else " " for char in composed
    ).split()
    return unicodedata.normalize("NFKC", "-".join(words))


def fits(name: str) -> bool:
    """Whether file systems hold a file or a folder of that name: they count bytes, of which a letter has up to four."""
    return len(name) <= MAX_NAME // 4 or len(name.encode()) <= MAX_NAME


def is_slug(text: str) -> bool:
    """Whether the text is a slug already, and needs no change to be part of a URL."""
    return bool(text) and slugify(text) == text


def slug_or_name(text: str) -> tuple[str, bool]:
    """The slug of a reference that may be a slug or a plain name, and whether it was a plain name.

    ``jane-doe`` refers to a file; ``Jane Doe`` is a name.
    """
    return (text, False) if is_slug(text) else (slugify(text), True)


_SIGNS = {"+": "plus", "#": "sharp", "@": "at", "%": "percent", "=": "equals", "$": "dollar", "€": "euro"}


_SPELT = re.compile(r"(?<=[^\W_])[+#]+")


def _spell(label: str) -> str:
    """A label with the signs right behind a letter or a digit in words."""
    if "+" not in label and "#" not in label:
        return label
    return _SPELT.sub(lambda found: "".join(f" {_SIGNS[char]} " for char in found[0]), label)


def label_slug(label: str, *, spell: bool) -> str:
    """The slug that a tag or a series is listed under; with ``spell``, ``c-plus-plus`` for ``C++`` rather than ``c``."""
    return slugify(_spell(label) if spell else label)


@lru_cache(maxsize=8192)
def label_signs(label: str, *, spell: bool = False) -> str:
    """The signs of a label that its slug does not have, and that make it another word: ``++`` of ``C++``, ``+`` of ``Disney+``.

    Upper and lower case, hyphens, points and quotation marks are ways to spell one word; so is the mark before a ``#hashtag``.
    """
    if label.replace(" ", "").isalnum():
        return ""
    label = _spell(label) if spell else label
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", label).lstrip("#@ ")
        if char in "#@%" or unicodedata.category(char) in ("Sm", "Sc")
    )


def spelt_out(label: str) -> str:
    """A slug for a label whose signs make it another word than its plain slug says: ``c-plus-plus`` for ``C++``."""
    words = "".join(f" {_SIGNS[char]} " if char in _SIGNS else char for char in label.lstrip("#@ "))
    slug, plain = slugify(words), slugify(label)
    return f"{plain}-2" if slug == plain else slug


def base_path(base_url: str) -> str:
    """The path of the base URL without its last slash: empty for ``https://x.org/``, ``/news`` for ``https://x.org/news/``."""
    return quote(urlsplit(base_url).path, safe="/%:@!$&'()*+,;=~").rstrip("/")


def pattern_problem(pattern: str) -> str:
    """What is wrong with the pattern of an article's URL; empty when nothing is."""
    if not pattern.startswith("/") or not pattern.endswith("/"):
        return "it must begin and end with a slash"
    fields = _FIELD.findall(pattern)
    unknown = [field for field in fields if field not in PATTERN_FIELDS]
    if unknown:
        return f"`{{{unknown[0]}}}` is not known; use {', '.join(f'{{{field}}}' for field in PATTERN_FIELDS)}"
    if "slug" not in fields:
        return "it must hold {slug}, or two stories would share an address"
    rest = _FIELD.sub("x", pattern)
    if ".." in rest.split("/") or "//" in rest or re.search(r"[{}\\\s?#]", rest):
        return "it must be a plain path"
    return ""


def is_local(base_url: str) -> bool:
    """Whether an address is one that only this machine, or this network, can reach."""
    host = urlsplit(base_url).hostname or ""
    if host in ("", "localhost", "0.0.0.0", "::") or host.endswith((".localhost", ".local")):  # noqa: S104
        return True
    return host.startswith("127.") or host == "::1"


def article_url(pattern: str, *, section: str, slug: str, date: datetime) -> str:
    """The address of an article; ``date`` is in the publication's time zone."""
    return (
        pattern.replace("{section}", section)
        .replace("{yyyy}", f"{date.year:04d}")
        .replace("{mm}", f"{date.month:02d}")
        .replace("{dd}", f"{date.day:02d}")
        .replace("{slug}", slug)
    )


def list_url(kind: str, slug: str) -> str:
    """The page of something that stories are listed under; ``kind`` is one of :data:`LIST_KINDS`."""
    return f"/{slug}/" if kind == "section" else f"/{kind}/{slug}/"


def page_url(slug: str) -> str:
    """A plain page (Terms of Service…); the slug may hold slashes where the source is in a folder."""
    return f"/{slug}/"


def archive_url(name: str, month: str, number: int = 1) -> str:
    """One page of a month's archive; a month is ``2026-01``, and its pages are numbered from the oldest stories.

    Args:
        name: the list whose archive it is, ``section:world``; empty for the publication's own.
        month: the month.
        number: of the page.
    """
    kind, _, slug = name.partition(":")
    owner = list_url(kind, slug) if name else "/"
    page = "" if number == 1 else f"page-{number}/"
    return f"{owner}{month[:4]}/{month[5:7]}/{page}"


def numbered_url(kind: str, slug: str, number: int) -> str:
    """A numbered page of the list of an author or a tag; page 1 has the oldest stories."""
    return f"{list_url(kind, slug)}page/{number}/"


_FEED_FILES = {"rss": "feed.xml", "atom": "feed.atom", "json": "feed.json"}


def feed_url(owner: str, form: str) -> str:
    """A feed of the list whose page is at ``owner`` (a URL): ``form`` is rss, atom or json."""
    return owner + _FEED_FILES[form]


def card_url(story: str) -> str:
    """The share card of the story at a URL."""
    return f"{story}card.png"


def sitemap_url(shard: str) -> str:
    """A part of the sitemap: a month, or "pages"."""
    return f"/sitemaps/{shard}.xml"


def alias_url(alias: str) -> str:
    """The URL of the page at an old address (:mod:`slugline.aliases`): a folder, unless the address names a file."""
    return alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else f"{alias}/"


def media_url(path: str) -> str:
    """The URL of a media file; ``path`` is relative to the content folder."""
    return f"/media/{path}"


def picture_url(stem: str, mark: str, width: str, ending: str) -> str:
    """The URL of one version of a picture; a picture that changes gets another mark, so that browsers may cache it for ever.

    ``stem`` is the original's path without its ending; ``width`` is empty for one that is published as it is.
    """
    return f"/media/{stem}.{mark}-{width}.{ending}" if width else f"/media/{stem}.{mark}.{ending}"


def segment_url(year: str) -> str:
    """The folder of the search index of a year."""
    return f"/search-index/{year}/"


def years(months: Iterable[str]) -> tuple[str, ...]:
    """The years of months given as ``2026-01``, each once, in the order of the months."""
    return tuple(dict.fromkeys(month[:4] for month in months))


def output_path(url: str) -> str:
    """The file that a server sends for a URL: a folder's is its ``index.html``."""
    path = url.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


@lru_cache(maxsize=1 << 14)
def href(url: str, prefix: str = "") -> str:
    """A URL for an ``href``: the base path before it, characters that mean something else in an address percent-encoded.

    A URL here is a path and nothing else: a ``#`` or ``?`` in it is part of a file's name.
    """
    return prefix + (url if _PLAIN_URL.fullmatch(url) else quote(url, safe="/:@!$&'()*+,;=~-._"))


def parents(url: str) -> Iterator[str]:
    """The URLs above a URL, nearest first, the root last."""
    parts = url.strip("/").split("/")
    for depth in range(len(parts) - 1, -1, -1):
        yield "/" + "/".join(parts[:depth]) + ("/" if depth else "")
