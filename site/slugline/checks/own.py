"""The checks of a publication's extensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from slugline.build.workshop import catalog_of
from slugline.catalog.trace import Answers, Trace
from slugline.checks.findings import Archive, Finding
from slugline.errors import PublicationError
from slugline.extensions.loading import Extension, ExtensionFailed, Extensions
from slugline.pages.query_api import AskedPaper
from slugline.pages.render_context import RenderContext
from slugline.pages.site import Site
from slugline.pages.views.card import Card

__all__ = ["own_checks"]


def own_checks(archive: Archive, site: Site, extensions: Extensions, levels: Mapping[str, str]) -> Iterator[Finding]:
    """What the checks of extensions find.

    Raises:
        PublicationError: one of them fails.
    """
    for name, extension in sorted(extensions.of("check").items()):
        if levels[name] != "off":
            yield from _found(name, extension, archive, site, extensions)


def _found(name: str, extension: Extension, archive: Archive, site: Site, extensions: Extensions) -> Iterator[Finding]:
    facts = {f"extension {one.file}": "" for one in extensions.found.values()}
    answers = Answers(catalog_of(archive.db, {**facts, **site.facts()}, site, ""))
    paper = AskedPaper(RenderContext(Trace(answers), site), extensions)
    try:
        for place, message, *rest in extensions.call_all(extension, paper):
            path = f"content/{place.key}" if isinstance(place, Card) else str(place)
            yield Finding(name, path, str(message), str(rest[0]) if rest else "", line=0)
    except ExtensionFailed as failed:
        raise PublicationError([failed.problem]) from failed
    except (TypeError, ValueError) as error:
        what = f"the check `{name}` gives what is no finding: {error}"
        problem = ExtensionFailed.at(extension, what, "give a card or a path, and what is wrong").problem
        raise PublicationError([problem]) from error
