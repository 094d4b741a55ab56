"""Two pages that would have one address: whose files are to blame, and how to mend it."""

from __future__ import annotations

from slugline.build.ledger import Clash
from slugline.catalog.lookup import item_alias_source, item_source, under
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.pages.kinds.registry import PageKinds
from slugline.pages.page import Page, Source

__all__ = ["clash_problem"]


def clash_problem(db: State, clash: Clash, kinds: PageKinds) -> Problem:
    """What to report of two pages that want one output path."""
    route, other = clash
    pages = route.page, Page.from_name(other)
    sources = [kinds[page.kind].source for page in pages]
    names = sorted(_source_of(db, page, source) for page, source in zip(pages, sources, strict=True))
    if Source.ALIAS in sources and (claimant := _claimant_of(db, route.url)):
        taken = next((name for name in names if not name.startswith("the redirect")), "another page")
        message = f"the alias {route.url} is the address of {'this page' if taken == claimant else taken}"
        return Problem(claimant, 0, message, "take it out of `aliases`")
    message = f"two pages would stand at {route.url}: {names[0]} and {names[1]}"
    path = next((name for name in names if name.startswith("content/")), "slugline.toml")
    return Problem(path, 0, message, "give one of them another `slug`")


def _claimant_of(db: State, alias: str) -> str:
    """The source that names an old address; empty where it is not known."""
    source = next((story.key for story in under(db, f"alias:{alias}")), "") or item_alias_source(db, alias)
    return f"content/{source}" if source else ""


def _source_of(db: State, page: Page, kind: Source) -> str:
    if kind in (Source.STORY, Source.MEDIA):
        return f"content/{page.key}"
    if kind is Source.VERSION:
        return f"content/{page.key.rpartition(' ')[0]}"
    if kind is Source.ITEM:
        source = item_source(db, page.kind, page.key)
        return f"content/{source}" if source else f"the {page.kind} `{page.key}`"
    return f"the {page.name}"
