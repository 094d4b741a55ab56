"""After a failure that no error explains: is the build state damaged, or is it a bug?"""

from __future__ import annotations

from array import array
from contextlib import closing

from slugline.build.ledger import Ledger
from slugline.catalog.integrity import check_content
from slugline.catalog.lookup import is_public_item
from slugline.catalog.queries import from_text
from slugline.catalog.store import DAMAGE, DamagedState, State, open_readonly
from slugline.files import number_of
from slugline.pages.kinds.plain_page import PLAIN_PAGE
from slugline.pages.kinds.registry import ROOT
from slugline.pages.page import STORY, Page

__all__ = ["is_damaged"]


def is_damaged(state: str) -> bool:
    """Whether it can be proved that a state is not as it was written; reads all of it."""
    try:
        with closing(open_readonly(state)) as db:
            check_content(db)
            _check_ledger(db)
    except DAMAGE:
        return True
    return False


def _check_ledger(db: State) -> None:
    ledger = Ledger(db)
    numbers = {_checked_query(*row) for row in ledger.stored_queries()}
    pages = ledger.traces()
    for page, name, path, folded, packed in pages:
        _page_of(name)
        if len(packed) % array("q").itemsize or not numbers.issuperset(array("q", packed)):
            raise DamagedState(f"the page {page} has asked what is not stored")
        if (path or "").casefold() != (folded or ""):
            raise DamagedState(f"the page {page} has another path than it was given")
    names = {name for _, name, _, _, _ in pages}
    pages_of_files = (page for page in map(Page.from_name, names) if page.kind == PLAIN_PAGE.name)
    if not all(is_public_item(db, page.kind, page.key) for page in pages_of_files):
        raise DamagedState("a plain page of the build state has no source")
    granted = ledger.all_granted()
    given = {name for _, name in granted}
    # Each page and grant is given by a grant, each grant but those of stories is given itself, and what is given exists.
    parents = {parent for parent, _ in granted if not parent.startswith(STORY)}
    if not parents <= names or names - {ROOT} != given - {ROOT}:
        raise DamagedState("pages of the build state were made by nothing")


def _checked_query(number: int, topic: int, text: str) -> int:
    if number != number_of(text) or topic != number_of(from_text(text).topic):
        raise DamagedState("a query of the build state is not as it was written")
    return number


def _page_of(name: str) -> Page:
    try:
        return Page.from_name(name)
    except ValueError as error:
        raise DamagedState(f"the build state has a page of no form: {error}") from error
