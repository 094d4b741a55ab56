"""Addresses that were published and lead nowhere any more: readers and search engines still have them."""

from __future__ import annotations

from collections.abc import Mapping

from slugline.build.ledger import Ledger
from slugline.catalog.lookup import is_live, is_named, is_public_item
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.pages.kinds.registry import PageKinds
from slugline.pages.page import Page, Source

__all__ = ["lost_addresses"]

_REPORTED = 20
"""So many are reported one by one: another pattern of addresses can lose all of them at once."""


def lost_addresses(
    db: State, ledger: Ledger, left: Mapping[str, str], kinds: PageKinds
) -> list[Problem]:
    """A warning for each address that a page left and no other took.

    A story that has become a draft again, is under embargo again or has expired was taken back on purpose, and so was what
    such stories alone were listed under.

    Args:
        db: the state, with the new catalog.
        ledger: with the new pages.
        left: the output paths that pages left, and the pages' names.
        kinds: the kinds of pages, of which some last.
    """
    problems = []
    for path, name in sorted(left.items()):
        page = Page.from_name(name)
        if not kinds[page.kind].lasting or ledger.at(path) is not None:
            continue
        url = "/" + path.removesuffix("index.html")
        message = f"the address {url} was published and leads nowhere now"
        if kinds[page.kind].source is not Source.STORY:
            if _is_taken_back(db, page):
                continue
            problems.append(Problem("", 0, message, "", "warning"))
            continue
        live = is_live(db, page.key)
        if live is None:
            hint = f"if another story took its place, write `aliases: [{url}]` in that one's front matter"
            problems.append(Problem("", 0, message, hint, "warning"))
        elif live:
            hint = f"write `aliases: [{url}]` in its front matter, and readers are led on"
            problems.append(Problem(f"content/{page.key}", 0, message, hint, "warning"))
    if len(problems) > _REPORTED:
        message = f"{len(problems) - _REPORTED:,} more addresses were published and lead nowhere now"
        problems[_REPORTED:] = [Problem("", 0, message, "", "warning")]
    return problems


def _is_taken_back(db: State, page: Page) -> bool:
    """Whether what is no story has no page because it, or every story that it lists, is not public."""
    return is_public_item(db, page.kind, page.key) is False or is_named(db, f"{page.kind}:{page.key}")
