"""Which files a build would publish, found out without building: the ledger's pages are planned, read, and taken back."""

from __future__ import annotations

from slugline.build.grants import plan_grants
from slugline.build.inputs import RenderInputs
from slugline.build.plan import Plan
from slugline.build.session import Session
from slugline.catalog.store import transaction
from slugline.catalog.topics import EVERYTHING

__all__ = ["planned_paths"]


class _TakenBack(Exception):
    """Nothing went wrong: what was planned is not to be stored."""


def planned_paths(session: Session) -> frozenset[str]:
    """The output paths of all pages, for a session whose catalog is up to date.

    Raises:
        PublicationError: the theme is wrong.
    """
    inputs = RenderInputs(session, "", "")
    paths: frozenset[str] = frozenset()
    try:
        with transaction(session.db):
            plan_grants(Plan(inputs.kinds), session.ledger, session.db, inputs.answers(), session.settings, {EVERYTHING})
            paths = session.ledger.paths()
            raise _TakenBack
    except _TakenBack:
        return paths
