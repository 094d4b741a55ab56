"""The configuration of Sveltia CMS and Decap CMS: a form for each kind of source, with the keys that its reader knows.

Both read the same file, ``admin/config.yml`` (https://decapcms.org/docs/configuration-options/, https://sveltiacms.app/en/docs).
A collection loads every file of its folder, so that stories are split by their folders until none has over a thousand files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import yaml

from slugline.files import walk
from slugline.parse import ARTICLE_TYPES
from slugline.schemas.front_matter import Key, keys_of
from slugline.settings.schema import Settings

__all__ = ["MOST", "PAGE", "cms_config"]

MOST = 1000
"""Files of a collection."""

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Content</title>
</head>
<body>
<!-- Put the script of Sveltia CMS (the npm package @sveltia/cms, dist/sveltia-cms.js) or of Decap CMS beside this page. -->
<script src="sveltia-cms.js"></script>
</body>
</html>
"""
"""The page that loads it, from this site and no other."""

_REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:\w+://)?(?:[^@\s/]+@)?(?P<host>[\w.-]+)(?::\d+)?[:/](?P<repo>[^\s]+?)(?:\.git)?/?\s*$", re.MULTILINE
)
_HIDDEN = frozenset(("author", "series", "translation_of", "canonical", "links", "aliases", "slug", "lang", "section"))
"""Keys that hardly any story has: they are not asked for, and stay where a file has them."""

_PICTURE = (
    {"name": "src", "label": "File", "widget": "image", "required": False},
    {"name": "alt", "label": "What it shows", "widget": "string", "required": False},
    {"name": "caption", "label": "Caption", "widget": "string", "required": False},
    {"name": "credit", "label": "Credit", "widget": "string", "required": False},
)
_KINDS = (
    ("author", "authors", "Authors", "Author", "{{slug}}", "name"),
    ("section", "sections", "Sections", "Section", "{{slug}}", "title"),
    ("tag", "tags", "Tags", "Tag", "{{slug}}", "title"),
    ("series", "series", "Series", "Series", "{{slug}}", "title"),
    ("page", "pages", "Pages", "Page", "{{slug}}", "title"),
)


def cms_config(root: str, settings: Settings) -> str:
    """The text of the configuration, for a publication as its folders are now."""
    config = {
        "backend": _backend(root),
        "local_backend": True,
        "site_url": settings.publication.base_url,
        "media_folder": "content/media",
        "public_folder": "/media",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [*_stories(root, settings), *(_collection(*one, settings) for one in _KINDS)],
    }
    head = "# Written by `slugline schema --cms`. Check the backend, which is read from the repository's remote.\n"
    return head + yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=120)


def _backend(root: str) -> dict[str, str]:
    """The forge and the repository, as Git knows them; one to fill in where it knows none."""
    text = ""
    with suppress(OSError, UnicodeDecodeError), open(os.path.join(root, ".git", "config"), encoding="utf-8") as file:
        text = file.read()
    found = _REMOTE.search(text)
    if found is None:
        return {"name": "github", "repo": "OWNER/REPOSITORY", "branch": "main"}
    host = found["host"].lower()
    forge = next((name for name in ("gitlab", "gitea", "github") if name in host), "gitea")
    backend = {"name": forge, "repo": found["repo"], "branch": "main"}
    if host not in ("github.com", "gitlab.com"):
        backend["base_url"] = f"https://{host}"
    return backend


def _stories(root: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """A collection for each folder of stories, for each year of one that has too many."""
    fields = _fields(keys_of("article", settings), settings)
    for folder, years in _folders(os.path.join(root, "content", "articles")):
        place = f"content/articles/{folder}".rstrip("/")
        title = folder.replace("-", " ").replace("/", " / ").capitalize() or "Stories"
        for year in years or ("",):
            yield {
                "name": "-".join(filter(None, ("articles", folder.replace("/", "-"), year))),
                "label": f"{title} {year}".rstrip(),
                "label_singular": "Story",
                "folder": place,
                "create": True,
                "slug": "{{year}}-{{month}}-{{day}}-{{slug}}",
                "summary": "{{title}}",
                "sortable_fields": ["date", "title"],
                **({"filter": {"field": "date", "pattern": f"^{year}"}} if year else {}),
                "fields": fields,
            }


def _folders(base: str) -> list[tuple[str, tuple[str, ...]]]:
    """Folders of stories, relative; and the years by which one is split, where it has more files than a collection may list."""
    counted: dict[str, list[str]] = {}
    for inside, files, _ in walk(base, closed=[]):
        names = [name for name, _ in files if name.endswith((".md", ".markdown"))]
        if names:
            counted[inside.replace(os.sep, "/")] = names
    found = []
    for folder, names in sorted(counted.items()):
        years: tuple[str, ...] = ()
        if len(names) > MOST:
            years = tuple(sorted({name[:4] for name in names if name[:4].isdigit() and name[4:5] == "-"}, reverse=True))
        found.append((folder, years))
    return found or [("news", ())]


def _collection(kind: str, folder: str, label: str, one: str, slug: str, name: str, settings: Settings) -> dict[str, Any]:
    return {
        "name": folder,
        "label": label,
        "label_singular": one,
        "folder": f"content/{folder}",
        "create": True,
        "slug": slug,
        "identifier_field": name,
        "summary": f"{{{{{name}}}}}",
        "fields": _fields(keys_of(kind, settings), settings),
    }


def _fields(keys: Sequence[Key], settings: Settings) -> list[dict[str, Any]]:
    """The form: required keys first, then as they are read, the text last."""
    shown = [key for key in keys if key.name not in _HIDDEN]
    ordered = sorted(shown, key=lambda key: not key.required)
    made = [_field(key, comments=settings.comments.enabled) for key in ordered]
    return [*made, {"name": "body", "label": "Text", "widget": "markdown", "required": False}]


def _field(key: Key, *, comments: bool) -> dict[str, Any]:
    label = key.name.replace("_", " ").capitalize()
    made: dict[str, Any] = {"name": key.name, "label": label, **_widget(key, comments=comments)}
    made["required"] = key.required
    if key.said:
        made["hint"] = key.said
    return made


def _widget(key: Key, *, comments: bool) -> dict[str, Any]:
    if key.name == "type":
        return {"widget": "select", "options": list(ARTICLE_TYPES), "default": ARTICLE_TYPES[0]}
    match key.form:
        case "flag":
            # What stands here is written into every file that is saved.
            return {"widget": "boolean", "default": key.name == "comments" and comments}
        case "number":
            return {"widget": "number", "value_type": "int"}
        case "moment":
            return {"widget": "datetime", "format": "YYYY-MM-DDTHH:mm:ssZ"}
        case "texts" | "labels":
            return {"widget": "list"}
        case "credits":
            # The slug is the file's name; names of guests are written in the file.
            found_by = {"search_fields": ["name"], "value_field": "{{slug}}", "display_fields": ["name"]}
            return {"widget": "relation", "collection": "authors", **found_by, "multiple": True}
        case "image":
            return {"widget": "object", "collapsed": True, "fields": [dict(part) for part in _PICTURE]}
        case "corrections":
            when = {"name": "date", "label": "Date", "widget": "datetime", "format": "YYYY-MM-DDTHH:mm:ssZ"}
            return {"widget": "list", "fields": [when, {"name": "text", "label": "Text", "widget": "text"}]}
        case _:
            return {"widget": "text" if key.name in ("dek", "summary", "description") else "string"}
