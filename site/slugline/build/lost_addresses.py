"""Addresses that were published and lead nowhere any more: readers and search engines still have them.

They are noted in the state when a page leaves its address, and reported by every build until something leads on from there or
the settings declare them gone. A story that has become a draft again, or is under embargo again, was taken back on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from slugline.aliases import is_folder, read_alias
from slugline.build.ledger import Ledger, PageRow, url_of
from slugline.catalog.decoding import parsed
from slugline.catalog.lookup import is_live, is_named, is_public_item
from slugline.catalog.old_addresses import aliases, item_aliases, section_aliases
from slugline.catalog.store import LOST_FACT, State, fact, set_fact
from slugline.errors import Problem
from slugline.pages.page import Page, Source
from slugline.urls import alias_url

if TYPE_CHECKING:
    from slugline.pages.kinds.registry import PageKinds

__all__ = ["Led", "lost_addresses", "note_lost"]

_REPORTED = 20
"""So many are reported one by one: another pattern of addresses can lose all of them at once."""


class Led:
    """What readers of an old address are led on from, or need not be.

    Args:
        db: the state.
        gone: addresses that are declared gone.
    """

    def __init__(self, db: State, gone: Iterable[str]) -> None:
        sections = [alias for alias, _ in section_aliases(db)]
        items = [alias for alias, kind, _ in item_aliases(db) if kind != "section" or not is_folder(alias)]
        single = [alias for alias, _ in aliases(db)] + items
        self._single = {alias_url(alias) for alias in single if "?" not in alias}
        self._single |= {alias_url(read_alias(address).address) for address in gone}
        self._folders = tuple(alias_url(alias) for alias in sections if is_folder(alias))

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and (url in self._single or url.startswith(self._folders))


def note_lost(db: State, ledger: Ledger, left: Mapping[str, str], kinds: PageKinds) -> None:
    """Note the addresses that pages left, inside the caller's transaction.

    Args:
        db: the state, with the new catalog.
        ledger: with the new pages.
        left: the output paths that pages left, and the pages' names.
        kinds: the kinds of pages, of which some last.
    """
    before: dict[str, str] = parsed(fact(db, LOST_FACT) or "{}")
    noted = dict(before)
    for path, name in left.items():
        page = Page.from_name(name)
        if kinds[page.kind].lasting and not _is_taken_back(db, page, kinds):
            noted[path] = page.key if kinds[page.kind].source is Source.STORY else ""
    # Where another page is now, nothing is lost; where only a redirect is, it may go again.
    lost = {path: key for path, key in noted.items() if (row := ledger.at(path)) is None or _leads_on(row)}
    if lost != before:
        set_fact(db, LOST_FACT, json.dumps(lost, sort_keys=True, ensure_ascii=False) if lost else "")


def _leads_on(row: PageRow) -> bool:
    return Page.from_name(row.name).kind == "redirect"


def lost_addresses(db: State, ledger: Ledger, gone: Iterable[str]) -> list[Problem]:
    """A warning for each noted address that leads nowhere.

    Args:
        db: the state.
        ledger: of the same state.
        gone: addresses that are declared gone.
    """
    noted: dict[str, str] = parsed(fact(db, LOST_FACT) or "{}")
    missing = [(path, key) for path, key in sorted(noted.items()) if ledger.at(path) is None]
    led = Led(db, gone) if missing else ()
    problems = []
    for path, key in missing:
        url = url_of(path)
        if url in led or (key and is_live(db, key) is False):
            continue
        message = f"the address {url} was published and leads nowhere now"
        declare = f"or declare it gone: `[urls] gone = [\"{url}\"]` in slugline.toml"
        if key and is_live(db, key):
            hint = f"write `aliases: [{url}]` in its front matter, and readers are led on; {declare}"
            problems.append(Problem(f"content/{key}", 0, message, hint, "warning"))
        else:
            hint = f"if a story took its place, write `aliases: [{url}]` in that one's front matter; {declare}"
            problems.append(Problem("", 0, message, hint, "warning"))
    if len(problems) > _REPORTED:
        message = f"{len(problems) - _REPORTED:,} more addresses were published and lead nowhere now"
        problems[_REPORTED:] = [Problem("", 0, message, "", "warning")]
    return problems


def _is_taken_back(db: State, page: Page, kinds: PageKinds) -> bool:
    """Whether what is no story has no page because it, or every story that it lists, was taken back on purpose."""
    if kinds[page.kind].source is Source.STORY:
        return False
    return is_public_item(db, page.kind, page.key) is False or is_named(db, f"{page.kind}:{page.key}")
