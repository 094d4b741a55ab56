"""The schemas as files of a publication, and what tells editors of them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from slugline.files import write_atomic
from slugline.schemas.cms import PAGE, cms_config
from slugline.schemas.front_matter import KINDS, front_matter_schema
from slugline.schemas.settings import settings_schema
from slugline.settings.schema import Settings

__all__ = ["FOLDER", "editor_settings", "write_cms", "write_schemas"]

FOLDER = ".schemas"
"""Of a publication: where its schemas lie."""

_GLOBS: Mapping[str, str] = {
    "article": "content/articles/**/*.md",
    "author": "content/authors/*.md",
    "section": "content/sections/*.md",
    "tag": "content/tags/*.md",
    "series": "content/series/*.md",
    "page": "content/pages/**/*.md",
}


def write_schemas(root: str | os.PathLike[str], settings: Settings) -> list[str]:
    """Write the schemas of front matter and settings; returns the paths, relative to the publication."""
    schemas = {f"{kind}.json": front_matter_schema(kind, settings) for kind in KINDS}
    schemas["settings.json"] = settings_schema()
    for name, schema in schemas.items():
        _write(root, f"{FOLDER}/{name}", json.dumps(schema, ensure_ascii=False, indent=1) + "\n")
    return [f"{FOLDER}/{name}" for name in schemas]


def write_cms(root: str | os.PathLike[str], settings: Settings) -> list[str]:
    """Write the configuration of a content management system, and the page that loads it if there is none."""
    config, page = "static/admin/config.yml", "static/admin/index.html"
    _write(root, config, cms_config(os.fspath(root), settings))
    if os.path.exists(os.path.join(root, page)):
        return [config]
    _write(root, page, PAGE)
    return [config, page]


def editor_settings() -> str:
    """The settings of VS Code (`.vscode/settings.json`): which schema is for which files."""
    found = {
        # Of the extensions redhat.vscode-yaml and tamasfe.even-better-toml.
        "yaml.schemas": {f"./{FOLDER}/{kind}.json": glob for kind, glob in _GLOBS.items()},
        "evenBetterToml.schema.associations": {r".*/slugline\.toml$": f"./{FOLDER}/settings.json"},
    }
    return json.dumps(found, indent=2) + "\n"


def _write(root: str | os.PathLike[str], path: str, text: str) -> None:
    place = Path(root) / path
    place.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(place, text.encode())
