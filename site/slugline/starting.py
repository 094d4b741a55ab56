"""Start something: a new publication, a new story."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from slugline.content import dump
from slugline.errors import UsageError, did_you_mean
from slugline.files import safe_join, write_atomic
from slugline.settings.changes import VERSIONS
from slugline.settings.load import load_settings, parse_settings
from slugline.settings.schema import SETTINGS_FILE
from slugline.urls import slug_or_name, slugify

__all__ = ["documentation", "init_publication", "new_article"]

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

_PAGES = {
    "about": ("About", "about", "{name} is a new publication. Say here who makes it, for whom, and how to reach you."),
    "terms": (
        "Terms of Service",
        "legal",
        ("You may read, link to and quote the stories of {name}, with a link to their source. Republishing whole stories "
        "needs our consent.\n\nWe correct errors openly: a corrected story says what was wrong and when it was mended."),
    ),
    "privacy": (
        "Privacy Policy",
        "legal",
        ("This site sets no cookies, runs no trackers and loads nothing from third parties. The server that sends you the "
        "pages may keep a log of requests for a short time, to find faults and to fend off attacks."),
    ),
}

_STORY = """\
This is the first story. It is a Markdown file, `content/articles/news/welcome.md`: change its text, save, build again, \
and only the pages that have it are rendered again.

## What to do next

- Name the paper in `slugline.toml`.
- Give each author a file in `content/authors/`, and each section one in `content/sections/`.
- Start a story with `slugline new article "Headline"`.
"""


def documentation() -> str:
    """Where the documentation is: its address, if the package's metadata has one, else the folder beside the code."""
    return _published() or str(_documents())


def _published() -> str:
    """The address under `[project.urls]` in pyproject.toml, where this installation has it; else nothing."""
    # Takes longer to load than all the rest; only help and a new publication ask.
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415

    try:
        urls = metadata("slugline").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    return next((url for label, _, url in (line.partition(", ") for line in urls) if label == "Documentation"), "")


def _documents() -> Path:
    """The folder of the documents: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent.parent / "docs"


def init_publication(folder: Path, name: str = "", timezone: str = "") -> str:
    """Make a small, complete publication that builds as it is.

    Args:
        folder: where; it must be empty, or not there yet.
        name: on the masthead; made of the folder's name if empty.
        timezone: an IANA name; this machine's if empty.

    Returns:
        The publication's name.

    Raises:
        UsageError: the folder holds something, or there is no such time zone.
        PublicationError: the settings that this would make are not valid.
        OutputError: the folder cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; a new publication needs a folder of its own")
    title = name or folder.resolve().name.replace("-", " ").replace("_", " ").title()
    zone = timezone or _local_zone()
    now = datetime.now(UTC)
    settings = _SETTINGS.format(
        name=title,
        version=VERSIONS[-1],
        described=_published() or "settings.md, one of the documents that `slugline --help` leads to",
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
        "tags": ["Start here"],
    }
    write_atomic(folder / SETTINGS_FILE, settings.encode())
    write_atomic(folder / ".gitignore", b"/build/\n/.build.staging/\n.slugline/\n")
    _write(folder, "articles/news/welcome.md", story, _STORY)
    _write(folder, "authors/the-editors.md", {"name": "The Editors", "role": "Editors"}, f"The people behind {title}.")
    _write(folder, "sections/news.md", {"title": "News", "order": 1}, "")
    for slug, (heading, menu, text) in _PAGES.items():
        _write(folder, f"pages/{slug}.md", {"title": heading, "menu": menu}, text.format(name=title))
    return title


def new_article(root: Path, headline: str, section: str | None, authors: Sequence[str], now: datetime | None) -> Path:
    """Write a file to start a story from: front matter with a date, marked as a draft.

    Args:
        root: the publication's folder.
        headline: the story's.
        section: its section; the publication's first if None.
        authors: slugs of author files, or plain names.
        now: its date; the present moment if None.

    Returns:
        The new file.

    Raises:
        UsageError: the headline has no word in it, an author or the section is not there, or the file already is.
        PublicationError: the settings have errors.
    """
    settings = load_settings(root)
    content = root / "content"
    slug = slugify(headline)
    if not slug:
        raise UsageError("the headline has no word to name the file after")
    sections = sorted({path.stem for path in (content / "sections").glob("*.md")} | _folders(content / "articles"))
    chosen = section or (sections[0] if sections else "news")
    if slugify(chosen) != chosen:
        raise UsageError(f"`{chosen}` is no section's slug; write `{slugify(chosen)}`")
    if section and sections and section not in sections:
        hint = did_you_mean(section, sections) or f"there are {', '.join(sections)}"
        raise UsageError(f"there is no section `{section}`; {hint}")
    known = sorted(path.stem for path in (content / "authors").glob("*.md"))
    for author in authors:
        named, plain = slug_or_name(author)
        if not plain and named not in known:
            hint = did_you_mean(author, known) or 'a person without a file is written as a name: "Jane Doe"'
            raise UsageError(f"there is no author `{author}`; {hint}")
    path = safe_join(content, f"articles/{chosen}/{slug}.md")
    if path.exists():
        raise UsageError(f"{path} is there already")
    moment = (now or datetime.now(UTC)).astimezone(ZoneInfo(settings.publication.timezone)).replace(microsecond=0)
    front = {
        "title": headline,
        "dek": "",
        "date": moment.isoformat(),
        "authors": list(authors),
        "tags": [],
        "draft": True,
    }
    write_atomic(path, dump(front, "").encode())
    return path


def _write(folder: Path, path: str, front: Mapping[str, object], body: str) -> None:
    write_atomic(folder / "content" / path, dump(front, body).encode())


def _folders(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()


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
