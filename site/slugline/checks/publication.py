"""Checks of the settings, for a site that the public is to read."""

from __future__ import annotations

from collections.abc import Iterator

from slugline.checks.findings import Archive, Check, Finding
from slugline.settings.schema import SETTINGS_FILE
from slugline.settings.validation import local_problem

__all__ = ["PUBLICATION_CHECKS"]


def local_address(archive: Archive) -> Iterator[Finding]:
    """An address of the site that nobody else can reach."""
    if problem := local_problem(archive.settings):
        yield Finding("local-address", SETTINGS_FILE, problem.message, problem.hint, line=problem.line)


def feed_ids(archive: Archive) -> Iterator[Finding]:
    """Feeds whose ids are made of something that may change."""
    settings = archive.settings
    if settings.feeds.enabled and not settings.line("feeds", "id_base"):
        made = "address" if settings.feeds.id_base else "name"
        message = f"`feeds.id_base` is not set: with another {made} of the publication, each story would be new to feed readers"
        hint = "`slugline upgrade` sets it for a site that has readers; a new one takes a name: `tag:example.org,2026:news`"
        yield Finding("feed-ids", SETTINGS_FILE, message, hint, line=settings.line("feeds"))


PUBLICATION_CHECKS: tuple[Check, ...] = (local_address, feed_ids)
