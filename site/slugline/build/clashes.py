"""Addresses that cannot be: of two pages at once, or longer than file systems hold. Whose files are to blame, and the mend."""

from __future__ import annotations

from collections.abc import Iterable

from slugline.aliases import is_folder
from slugline.build.ledger import Clash, Ledger
from slugline.catalog.lookup import item_source, story_url, under
from slugline.catalog.old_addresses import item_alias_source, section_aliases
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.pages.kinds.registry import PageKinds
from slugline.pages.page import Page, Route, Source
from slugline.urls import MAX_NAME, alias_url, output_path

__all__ = ["clash_problem", "folder_problems", "length_problems"]

_MAX_PATH = 3584
"""Bytes of a path below the build folder. Linux takes 4,096 in all; the same limit on every machine, whatever the folder."""


def clash_problem(db: State, clash: Clash, kinds: PageKinds) -> Problem:
    """What to report of two pages that want one output path."""
    route, other = clash
    pages = route.page, Page.from_name(other)
    sources = [kinds[page.kind].source for page in pages]
    names = sorted(_source_of(db, page, source) for page, source in zip(pages, sources, strict=True))
    alias = next((page.key for page, source in zip(pages, sources, strict=True) if source is Source.ALIAS), "")
    if alias and (claimant := _claimant_of(db, alias)):
        taken = next((name for name in names if not name.startswith("the redirect")), "another page")
        url = next((url for page in pages if (url := story_url(db, page.key))), alias_url(alias))
        but = "" if url == alias_url(alias) else ", but for upper and lower case,"
        message = f"the alias {alias} is{but} the address of {'this page' if taken == claimant else taken}"
        return Problem(claimant, 0, message, "take it out of `aliases`")
    message = f"two pages would stand at {route.url}: {names[0]} and {names[1]}"
    if Source.STATIC in sources:
        path = next(name for name in names if name.startswith("static/"))
        return Problem(path, 0, message, "no file of `static/` takes the place of a page: rename it, or switch the other off")
    path = next((name for name in names if name.startswith("content/")), "slugline.toml")
    return Problem(path, 0, message, "give one of them another `slug`")


def length_problems(db: State, routes: Iterable[Route], kinds: PageKinds) -> list[Problem]:
    """A problem for each source that has pages at longer paths than a file system holds."""
    found: dict[str, Problem] = {}
    for route in routes:
        path = route.path
        # A letter has up to four bytes: nearly every path is known by its length to be short enough.
        if len(path) <= MAX_NAME // 4:
            continue
        raw = path.encode()
        if len(raw) <= MAX_NAME or (len(raw) <= _MAX_PATH and max(map(len, raw.split(b"/"))) <= MAX_NAME):
            continue
        source = kinds[route.page.kind].source
        blamed = (_claimant_of(db, route.url) if source is Source.ALIAS else "") or _source_of(db, route.page, source)
        blamed = blamed if blamed.startswith(("content/", "static/")) else "slugline.toml"
        message = f"its address is longer than file systems hold: {route.url[:60]}…"
        hint = "give the file and its folders shorter names" if source in _OF_FILES else "give it a shorter `slug`"
        found.setdefault(blamed, Problem(blamed, 0, message, hint))
    return list(found.values())


_OF_FILES = (Source.MEDIA, Source.VERSION, Source.STATIC)


def folder_problems(db: State, ledger: Ledger) -> list[Problem]:
    """Old addresses of sections below which the site has pages: a server would lead readers away from these."""
    problems = []
    for alias, slug in section_aliases(db):
        if not is_folder(alias):
            continue
        below = [Page.from_name(name) for name in ledger.below(output_path(alias_url(alias)).removesuffix("index.html"))]
        page = next((page for page in below if not page.kind.endswith("redirect")), None)
        if page is not None:
            message = f"the alias {alias} would lead away from pages that the site has below it, such as {page.name}"
            hint = "take it out of `aliases`; it leads on what lies below it, and so can hold nothing else"
            problems.append(Problem(f"content/{item_source(db, 'section', slug)}", 0, message, hint))
    return problems


def _claimant_of(db: State, alias: str) -> str:
    """The source that names an old address; empty where it is not known."""
    source = next((story.key for story in under(db, f"alias:{alias}")), "") or item_alias_source(db, alias)
    return f"content/{source}" if source else ""


def _source_of(db: State, page: Page, kind: Source) -> str:
    if kind in (Source.STORY, Source.MEDIA):
        return f"content/{page.key}"
    if kind is Source.STATIC:
        return f"static/{page.key}"
    if kind is Source.VERSION:
        return f"content/{page.key.rpartition(' ')[0]}"
    if kind is Source.ITEM:
        source = item_source(db, page.kind, page.key)
        return f"content/{source}" if source else f"the {page.kind} `{page.key}`"
    return f"the {page.name}"
