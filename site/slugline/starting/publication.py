"""Start a publication: a small, complete one that builds as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from slugline.content import dump
from slugline.errors import UsageError
from slugline.files import write_atomic
from slugline.schemas.files import editor_settings, write_schemas
from slugline.settings.changes import VERSIONS
from slugline.settings.load import parse_settings
from slugline.settings.schema import SETTINGS_FILE
from slugline.starter_pages import STARTER_PAGES
from slugline.starting.documents import published

__all__ = ["init_publication"]

_SETTINGS = """\
# {name}: its settings. Every setting is described in {described}.

[publication]
name = {name_toml}
tagline = "A line about the paper"
description = "One or two sentences for search engines and feeds."
language = "en"
timezone = "{timezone}"                      # an IANA name: dates without a zone are in it
base_url = "http://localhost:8000"           # the address of the site
copyright = {copyright_toml}

[comments]
enabled = true
endpoint = ""                                # where the form posts to; empty: no form

[feeds]
id_base = "{id_base}"   # what the ids in feeds are made of; never change it

[slugline]
version = "{version}"                              # what these settings are written for; see `slugline upgrade`
"""

_IGNORED = ("/build/", "/.build.staging/", ".slugline/")

_OF_A_REPOSITORY = re.compile(
    r"\.git|\.gitignore|\.gitattributes|\.github|\.gitlab-ci\.yml|\.editorconfig|\.hg|\.hgignore|\.jj|\.venv|\.DS_Store"
    r"|(?:README|LICEN[CS]E|COPYING)(?:\.\w+)?",
    re.IGNORECASE,
)
"""What a folder may hold before a publication is made in it."""

_STORY = """\
This is the first story. It is a Markdown file, `content/articles/news/welcome.md`: change its text, save, build again, \
and only the pages that have it are rendered again.

## What to do next

- Name the paper in `slugline.toml`.
- Give each author a file with `slugline new author "Jane Doe"`, and each section one with `slugline new section "Local"`.
- Start a story with `slugline new article "Headline"`, look at it with `slugline serve`, and let it go out with \
`slugline publish-now headline`.
"""


def init_publication(folder: Path, name: str = "", timezone: str = "") -> str:
    """Make a small, complete publication that builds as it is.

    Args:
        folder: where; it must not exist, or hold no more than a new repository does: ``.git``, a README, a licence.
        name: on the masthead; made of the folder's name if empty.
        timezone: an IANA name; this machine's if empty.

    Returns:
        The publication's name.

    Raises:
        UsageError: the folder holds something, or there is no such time zone.
        PublicationError: the settings that this would make are not valid.
        OutputError: the folder cannot be written to.
    """
    if folder.exists() and (others := _in_the_way(folder)):
        raise UsageError(f"{folder} is not empty, it has {others}; a new publication needs a folder of its own")
    title = name or _title_of(folder.resolve().name)
    zone = timezone or _local_zone()
    now = datetime.now(UTC)
    settings = _SETTINGS.format(
        name=title,
        version=VERSIONS[-1],
        described=published() or "settings.md, one of the documents that `slugline --help` leads to",
        name_toml=_toml(title),
        timezone=zone,
        id_base=uuid4().urn,
        copyright_toml=_toml(f"© {now.year} {title}. All rights reserved."),
    )
    parse_settings(settings)
    local = now.astimezone(ZoneInfo(zone)).replace(microsecond=0)
    story = {
        "title": f"Welcome to {title}",
        "dek": "What this is, and what to do next",
        "date": local.isoformat(),
        "authors": ["the-editors"],
    }
    write_atomic(folder / SETTINGS_FILE, settings.encode())
    _ignore(folder / ".gitignore")
    _write(folder, "articles/news/welcome.md", story, _STORY)
    _write(folder, "authors/the-editors.md", {"name": "The Editors", "role": "Editors"}, f"The people behind {title}.")
    _write(folder, "sections/news.md", {"title": "News", "description": f"News from {title}.", "order": 1}, "")
    write_schemas(folder, parse_settings(settings))
    write_atomic(folder / ".vscode" / "settings.json", editor_settings().encode())
    for slug, (heading, menu, text) in STARTER_PAGES.items():
        _write(folder, f"pages/{slug}.md", {"title": heading, "menu": menu}, text.format(name=title))
    return title


def _write(folder: Path, path: str, front: Mapping[str, object], body: str) -> None:
    write_atomic(folder / "content" / path, dump(front, body).encode())


def _in_the_way(folder: Path) -> str:
    """What a folder holds besides what a new repository begins with, in words; empty where there is nothing."""
    if not folder.is_dir():
        return "a file of that name"
    names = sorted(path.name for path in folder.iterdir() if not _OF_A_REPOSITORY.fullmatch(path.name))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _title_of(folder: str) -> str:
    """A name made of a folder's: its words, each with a capital, what follows an apostrophe unchanged."""
    words = folder.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words) or "The Paper"


def _ignore(path: Path) -> None:
    """Let Git ignore what is generated; lines that are in the file already stay as they are."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [line for line in _IGNORED if line not in text.splitlines()]
    if missing:
        start = text if not text or text.endswith("\n") else f"{text}\n"
        write_atomic(path, (start + "".join(f"{line}\n" for line in missing)).encode())


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(char for char in escaped if char.isprintable())}"'


def _local_zone() -> str:
    """This machine's time zone by name, where it has one; UTC elsewhere."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        target = os.path.realpath("/etc/localtime")
        name = target.partition("zoneinfo/")[2].removeprefix("posix/")
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return "UTC"
    return name or "UTC"
