"""Start the file that describes a section or an author, or a page: front matter with a comment on each useful key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from slugline.content import dump
from slugline.errors import UsageError
from slugline.files import safe_join, write_atomic
from slugline.settings.load import load_settings
from slugline.starting.sections import known_sections, next_order
from slugline.urls import slugify

__all__ = ["ITEMS", "new_item"]


class _Start(NamedTuple):
    """How the file of one kind of item starts.

    Attributes:
        folder: below the content folder.
        title: the key that holds its name.
        more: further lines of front matter, those with ``#`` for editors to take up; from the content folder.
    """

    folder: str
    title: str
    more: Callable[[Path], str]


def _section(content: Path) -> str:
    return f"""\
order: {next_order(content)}                         # its place in the menu: small numbers come first
# description: One sentence for search engines and feeds.
# image: {{src: harbour.jpg, alt: The harbour at dawn, credit: Jane Doe}}
"""


def _author(content: Path) -> str:  # noqa: ARG001  # the shape of a start
    return """\
# role: Reporter
# image: {src: portrait.jpg, alt: Jane Doe at her desk}
# email: jane@example.org
# links: {Website: "https://example.org/"}
"""


def _page(content: Path) -> str:  # noqa: ARG001
    return """\
# description: One sentence for search engines.
# menu: about                    # which menu links to it: main (beside the sections), about or legal (at the foot)
# order: 1                       # its place in that menu: small numbers come first
"""


ITEMS: Mapping[str, _Start] = {
    "section": _Start("sections", "title", _section),
    "author": _Start("authors", "name", _author),
    "page": _Start("pages", "title", _page),
}
"""What can be started, besides stories."""


def new_item(root: Path, kind: str, title: str) -> Path:
    """Write the file of a new section, author or page.

    Args:
        root: the publication's folder.
        kind: one of :data:`ITEMS`.
        title: its name as readers see it, or its slug, of which a name is made then.

    Returns:
        The new file.

    Raises:
        UsageError: the title has no word in it, or there is such a file.
        PublicationError: the settings have errors.
    """
    load_settings(root)
    start = ITEMS[kind]
    content = root / "content"
    slug = slugify(title)
    if not slug:
        raise UsageError(f"`{title}` has no word to name the file after")
    sections = known_sections(content)
    path = safe_join(content, f"{start.folder}/{slug}.md")
    if path.exists() or (kind == "section" and slug in sections and (content / "sections" / slug / "index.md").exists()):
        raise UsageError(f"{path} is there already")
    if kind == "page" and slug in sections:
        raise UsageError(f"the section `{slug}` has that address; give the page another title")
    name = _as_words(slug, capital_each=kind == "author") if title == slug else " ".join(title.split())
    head = dump({start.title: name}, "").removesuffix("---\n")
    write_atomic(path, f"{head}{start.more(content)}---\n".encode())
    return path


def _as_words(slug: str, *, capital_each: bool) -> str:
    words = slug.split("-")
    return " ".join(word[:1].upper() + word[1:] if capital_each or not number else word for number, word in enumerate(words))
