"""Two pages that would have one address: whose files are to blame, and how to mend it."""

from __future__ import annotations

from slugline.build.ledger import Clash
from slugline.catalog.lookup import item_source, under
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.pages.page import Page

__all__ = ["clash_problem"]


def clash_problem(db: State, clash: Clash) -> Problem:
    """What to report of two pages that want one output path."""
    route, other = clash
    pages = route.page, Page.from_name(other)
    names = sorted(_source_of(db, page) for page in pages)
    if any(page.kind == "redirect" for page in pages) and (claimant := _claimant_of(db, route.url)):
        taken = next((name for name in names if not name.startswith("the redirect")), "another page")
        message = f"the alias {route.url} is the address of {'this page' if taken == claimant else taken}"
        return Problem(claimant, 0, message, "take it out of `aliases`")
    message = f"two pages would stand at {route.url}: {names[0]} and {names[1]}"
    path = next((name for name in names if name.startswith("content/")), "slugline.toml")
    return Problem(path, 0, message, "give one of them another `slug`")


def _claimant_of(db: State, alias: str) -> str:
    """The story that names an old address; empty where it is not known."""
    return next((f"content/{story.key}" for story in under(db, f"alias:{alias}")), "")


def _source_of(db: State, page: Page) -> str:
    if page.kind in ("article", "media"):
        return f"content/{page.key}"
    if page.kind in ("variant", "crop"):
        return f"content/{page.key.rpartition(' ')[0]}"
    if page.kind in ("section", "author", "tag", "series", "page"):
        source = item_source(db, page.kind, page.key)
        return f"content/{source}" if source else f"the {page.kind} `{page.key}`"
    return f"the {page.name}"
