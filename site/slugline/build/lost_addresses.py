"""Addresses that were published and lead nowhere any more: readers and search engines still have them."""

from __future__ import annotations

from collections.abc import Mapping

from slugline.build.ledger import Ledger
from slugline.catalog.lookup import is_live
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

    A story that has become a draft again, or is under embargo again, was taken back on purpose.

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
