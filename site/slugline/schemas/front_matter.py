"""The keys of front matter: what the reader of each kind of source asks for, noted while it reads nothing.

So there is no second list of keys: a key that is read is in the schema, with the form in which it is read.
JSON Schema as of draft 7 (https://json-schema.org/draft-07/json-schema-validation), which editors know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from slugline.content import Split
from slugline.fields import Fields
from slugline.markup.inline_text import InlineText
from slugline.model import Correction, Credit, Image
from slugline.moments import Moment
from slugline.parse import ARTICLE_TYPES, Parser
from slugline.settings.schema import Settings

__all__ = ["KINDS", "Key", "front_matter_schema", "keys_of"]

KINDS = ("article", "author", "section", "tag", "series", "page")
"""The kinds of sources that have front matter."""

_PATHS = {
    "article": "articles/news/story.md",
    "author": "authors/jane-doe.md",
    "section": "sections/news.md",
    "tag": "tags/budget.md",
    "series": "series/budget.md",
    "page": "pages/about.md",
}

_SAID: Mapping[str, str] = {
    "aliases": "Old addresses that lead here.",
    "author": "Who wrote it, where it is one.",
    "authors": "Who wrote it: slugs of authors' files, or names; with a role where it is another than usual.",
    "canonical": "Where the story stands first, if elsewhere.",
    "comments": "Whether it has a comment form.",
    "corrections": "What was wrong: a date and a text each.",
    "date": "When it is published; in the future, it is under embargo until then.",
    "dek": "The line under the headline; with emphasis and links.",
    "description": "One or two sentences, for listings and search engines.",
    "draft": "In no output, unless drafts are asked for.",
    "email": "An e-mail address for readers.",
    "expires": "When it leaves the site.",
    "image": "Its picture: a path, or a path with words.",
    "kicker": "The label over the headline.",
    "lang": "Its language, if not the publication's (BCP 47).",
    "layout": "The theme's template in layouts/ that renders it.",
    "links": "Labels and addresses: profiles elsewhere.",
    "menu": "The menu that it stands in: main, about, legal.",
    "name": "The name on the byline.",
    "noindex": "Search engines are asked to leave it out.",
    "order": "Its place among the others: the smallest first.",
    "public": "Whether there is a page before the first public story.",
    "role": "What this person is: Reporter, Editor.",
    "section": "The section's slug, if not the folder's.",
    "series": "The series that it belongs to.",
    "slug": "Its part of the address, if not the file's name.",
    "summary": "For listings and previews; else the beginning of the text.",
    "tags": "What it is about.",
    "title": "The headline, or the name.",
    "translation_of": "The source of the story that this one translates.",
    "type": "What kind of story it is.",
    "unlisted": "It has a page, and no list, feed or sitemap names it.",
    "updated": "When the reporting was really updated.",
}

_TEXT = {"type": ["string", "number"]}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$"}
_SLUG = {"type": ["string", "number"]}
_TEXTS = {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
_PICTURE = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {
                "src": {"type": "string", "description": "Its path from here; with a slash first, from the top of content/."},
                "alt": {"type": "string", "description": "What it shows, for those who do not see it."},
                "caption": {"type": "string"},
                "credit": {"type": "string"},
                "focus": {"type": "string", "pattern": r"^(100|\d{1,2})% (100|\d{1,2})%$"},
            },
            "required": ["src"],
            "additionalProperties": False,
        },
    ]
}
_CREDIT = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"author": {"type": "string"}, "name": {"type": "string"}, "role": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
_CREDITS = {"anyOf": [{"type": "array", "items": _CREDIT}, _CREDIT]}
_CORRECTION = {
    "type": "object",
    "properties": {"date": _MOMENT, "text": {"type": "string"}},
    "required": ["date", "text"],
    "additionalProperties": False,
}
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "text": _TEXT,
    "line": _TEXT,
    "flag": {"type": "boolean"},
    "number": {"type": "integer"},
    "texts": _TEXTS,
    "labels": _TEXTS,
    "moment": _MOMENT,
    "slug": _SLUG,
    "credits": _CREDITS,
    "image": _PICTURE,
    "corrections": {"type": "array", "items": _CORRECTION},
    "links": {"type": "object", "additionalProperties": {"type": "string"}},
}


class Key(NamedTuple):
    """A key of front matter.

    Attributes:
        form: how it is read: one of the methods of :class:`~slugline.fields.Fields`.
        said: what it is, in a sentence.
    """

    name: str
    form: str
    required: bool
    said: str


def keys_of(kind: str, settings: Settings) -> tuple[Key, ...]:
    """The keys that sources of a kind may have, in the order in which they are read."""
    # What says who may see it is only read where something is said.
    noting = _Noting(f"content/{_PATHS[kind]}", {"draft": False, "author": None}, "")
    Parser(settings).read_fields(kind, _PATHS[kind], noting, Split("", "", 1))
    return tuple(Key(name, form, required, _SAID.get(name, "")) for name, (form, required) in noting.noted.items())


def front_matter_schema(kind: str, settings: Settings) -> dict[str, Any]:
    """The JSON Schema of the front matter of a kind; other keys than ours are the theme's."""
    keys = keys_of(kind, settings)
    properties: dict[str, Any] = {}
    for key in keys:
        form = dict(_FORMS[key.form])
        if key.name == "type":
            form = {"enum": list(ARTICLE_TYPES)}
        properties[key.name] = {"description": key.said, **form} if key.said else form
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Front matter of {'an' if kind[0] in 'aeiou' else 'a'} {kind}",
        "type": "object",
        "properties": properties,
        "required": [key.name for key in keys if key.required],
    }


class _Noting(Fields):
    """Front matter that holds nothing, and notes what is asked of it."""

    def __init__(self, path: str, data: Mapping[str, Any], front: str) -> None:
        super().__init__(path, data, front)
        self.noted: dict[str, tuple[str, bool]] = {}

    def note(self, key: str, form: str, *, required: bool = False) -> None:
        """Note a key; the first form counts, since others are made of it."""
        self.read.add(key)
        self.noted.setdefault(key, (form, required))

    def text(self, key: str, *, required: bool = False) -> str:
        self.note(key, "text", required=required)
        return ""

    def inline(self, key: str) -> InlineText:
        self.note(key, "line")
        return InlineText("")

    def flag(self, key: str, default: bool) -> bool:
        self.note(key, "flag")
        return default

    def number(self, key: str, default: int = 0) -> int:
        self.note(key, "number")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        self.note(key, "texts")
        return ()

    def moment(self, key: str, zone: Any, *, required: bool = False) -> Moment | None:  # noqa: ARG002  # as its base
        self.note(key, "moment", required=required)
        return None

    def slug(self, key: str, default: str) -> str:
        self.note(key, "slug")
        return default

    def credits(self, key: str = "authors") -> tuple[Credit, ...]:
        self.note(key, "credits")
        return ()

    def labels(self, key: str, *, spell: bool) -> tuple[tuple[str, str], ...]:  # noqa: ARG002  # as its base
        self.note(key, "labels")
        return ()

    def image(self, key: str, resolve: Any) -> Image | None:  # noqa: ARG002  # as its base
        self.note(key, "image")
        return None

    def corrections(self, key: str, zone: Any) -> tuple[Correction, ...]:  # noqa: ARG002  # as its base
        self.note(key, "corrections")
        return ()

    def links(self, key: str) -> tuple[tuple[str, str], ...]:
        self.note(key, "links")
        return ()
