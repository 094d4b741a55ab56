"""The reader of WordPress exports: two passes over each file, items one by one."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from slugline.errors import Problem
from slugline.files import digest
from slugline.importing.in_time import read_in_time
from slugline.importing.markdown import require
from slugline.importing.markdown.model import names
from slugline.importing.model import Imported, Item, Noted, Refused
from slugline.importing.places import free_section
from slugline.importing.settings import ImportSettings
from slugline.importing.wordpress.decoding import Mends
from slugline.importing.wordpress.index import Index, index_of
from slugline.importing.wordpress.records import Post, Term, post_of
from slugline.importing.wordpress.story import Desk
from slugline.importing.wordpress.stream import BrokenXmlError, elements
from slugline.urls import slugify

__all__ = ["read", "sniff"]

_HEAD = 1 << 16
_ENDINGS = (".xml", ".wxr", ".rss")
_MOST_FILES = 250
_OWN_TYPES = names(
    "attachment revision nav_menu_item custom_css customize_changeset oembed_cache user_request wp_block wp_template"
    " wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face guest-author acf-field acf-field-group"
)


class _Scan(NamedTuple):
    """What the first pass over a file found, and where it ended if the file is broken."""

    found: Index
    mends: Mends
    broken: BrokenXmlError | None


def sniff(path: str) -> bool:
    """Whether a file is a WordPress export: XML that names WordPress's format at its beginning."""
    if not path.lower().endswith(_ENDINGS):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD).replace(b"\0", b"")
    except OSError:
        return False
    return b"<rss" in head and (b"wordpress.org/export/" in head or b"<wp:wxr_version" in head)


def read(path: str, source: str, settings: ImportSettings) -> Iterator[Item]:
    """The sections, posts and pages of an export; never raises for what the file holds.

    Where the file is no XML any more, what stands before is read, and the place is reported.
    """
    require()
    try:
        own = _scanned(path, *_mark(path))
        index = own.found.with_others(_beside(path, own.found.site))
    except OSError as error:
        yield Refused(source, Problem(source, 0, f"the file cannot be read: {error.strerror}", "check who owns it"))
        return
    for what in own.mends.told():
        yield Noted(
            source, Problem(source, own.mends.line, what, "export the database's text anew if words are missing", "warning")
        )
    yield from (_section(term, index, source) for term in index.sections())
    desk = Desk(index, source, settings)
    others: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    found = 0
    try:
        for element in elements(path, Mends()):
            if element.name != "item":
                continue
            post = post_of(element)
            if post.type in ("post", "page"):
                found += 1
                numbers[post.number] += 1
                item = functools.partial(_items, post, desk, source, numbers[post.number])
                yield from read_in_time(item, source, post.line, key=post.number, title=post.title)
            elif post.type not in _OWN_TYPES and post.content.strip():
                others[post.type or "(none)"] += 1
    except BrokenXmlError:
        pass  # at the same place as in the first pass, which has told of it
    for kind, number in sorted(others.items()):
        what = f"{number} {'item' if number == 1 else 'items'} of the type `{kind}`, a plugin's, left out"
        yield Noted(source, Problem(source, 0, what, "export them as posts if they are to come along", "warning"))
    if (broken := own.broken) is not None:
        what = f"{broken}; the {found} items before it were read"
        yield Refused(source, Problem(source, broken.line, what, broken.hint))
    elif not found:
        yield Refused(source, Problem(source, 0, "the export holds no posts and no pages", "export all content"))


@functools.lru_cache(maxsize=256)
def _scanned(path: str, size: int, changed: int) -> _Scan:  # noqa: ARG001  # they tell a changed file from the one read before
    """What the first pass over a file finds; kept, because each file of an export that was split asks for all of them."""
    index, mends = Index(), Mends()
    try:
        index_of(elements(path, mends), index)
    except BrokenXmlError as error:
        return _Scan(index, mends, error)
    return _Scan(index, mends, None)


def _beside(path: str, site: str) -> Iterator[Index]:
    """The indexes of the other files of a site's export, where WP-CLI or a plugin has split it: those in the same folder."""
    folder = os.path.dirname(os.path.abspath(path))
    own = os.path.basename(path)
    names = sorted(name for name in os.listdir(folder) if name.lower().endswith(_ENDINGS) and name != own)
    for name in names[:_MOST_FILES]:
        other = os.path.join(folder, name)
        if not os.path.islink(other) and sniff(other):
            index = _scanned(other, *_mark(other)).found
            if index.site == site:
                yield index


def _mark(path: str) -> tuple[int, int]:
    stat = os.stat(path)
    return stat.st_size, stat.st_mtime_ns


def _items(post: Post, desk: Desk, source: str, turn: int) -> list[Item]:
    return [_item(post, desk, source, turn)]


def _item(post: Post, desk: Desk, source: str, turn: int) -> Item:
    if post.status == "trash":
        problem = Problem(source, post.line, f"`{post.title}` was in the trash and is left out", "", "warning")
        return Refused(source, problem, post.number, post.title)
    if not post.title and not post.content.strip():
        problem = Problem(source, post.line, "an item without headline and text is left out", "", "warning")
        return Refused(source, problem, post.number)
    try:
        return desk.item(post, turn)
    except (ValueError, RecursionError) as error:
        what = f"`{post.title}` could not be read: {type(error).__name__}: {error}"
        return Refused(
            source, Problem(source, post.line, what, "report it with the item: it is a mistake of the importer"), post.number
        )


def _section(term: Term, index: Index, source: str) -> Imported:
    meta = {"description": term.description} if term.description else {}
    key = f"category-{term.slug}"
    return Imported(
        source=source,
        kind="section",
        title=term.name or term.slug,
        body="",
        digest=digest(term.name, term.description).hex(),
        story=digest("wordpress", index.site, key).hex(),
        key=key,
        identity=f"wordpress:{index.site}#{key}",
        slug=free_section(slugify(term.slug) or slugify(term.name)),
        meta=meta,
    )
