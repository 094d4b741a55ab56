"""security.txt and humans.txt: whom to write to, and who made the site."""

from __future__ import annotations

from slugline.pages.kinds.kind import PUBLICATION, Ask, Expansion, Owner, PageKind, Writer
from slugline.pages.page import Page, Route
from slugline.settings.schema import Settings

__all__ = ["WELL_KNOWN"]


def _security(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    wanted = settings.well_known.security_contact
    return Expansion((Route.at(Page("security"), "/.well-known/security.txt"),) if wanted else ())


def _humans(owner: Owner, ask: Ask, settings: Settings) -> Expansion:  # noqa: ARG001
    wanted = settings.well_known.humans.strip()
    return Expansion((Route.at(Page("humans"), "/humans.txt"),) if wanted else ())


WELL_KNOWN = (
    PageKind("security", Writer("slugline.pages.writers.text_files:security"), {PUBLICATION: _security}),
    PageKind("humans", Writer("slugline.pages.writers.text_files:humans"), {PUBLICATION: _humans}),
)
