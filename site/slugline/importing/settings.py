"""What the importer has to know of the publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from slugline.errors import Problem
from slugline.importing.rules import pattern_problems
from slugline.settings.schema import SETTINGS_FILE, Settings

__all__ = ["ImportSettings", "import_settings", "settings_problems"]


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """The publication as the importer sees it; hashable, and cheap to send to another process.

    Attributes:
        publication: its name; a seed of another publication is warned about.
        timezone: the IANA name of its zone, for the day of an import without a date.
        language: of its stories; a seed in another language gets ``lang`` in its front matter.
        section: where a story goes whose text names no section.
        sections: slugs of the sections that it has; :func:`slugline.importing.run_import` adds those of the content.
        raw_html: whether HTML in its Markdown is let through.
        patterns: its own patterns of furniture: (kind, phrases), see docs/importing.md.
        media: the folder of files that belong to an export; empty where none was given.
        content: the content folder that is written to.
        article_url: the pattern of stories' addresses, so that an old address which is the new one is no alias.
    """

    publication: str = ""
    timezone: str = "UTC"
    language: str = "en"
    section: str = "news"
    sections: tuple[str, ...] = ()
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    media: str = ""
    content: str = ""
    article_url: str = "/{section}/{yyyy}/{mm}/{slug}/"
    raw_html: bool = True


def import_settings(settings: Settings) -> ImportSettings:
    """The importer's view of a publication's settings."""
    return ImportSettings(
        publication=settings.publication.name,
        timezone=settings.publication.timezone,
        language=settings.publication.language,
        section=settings.imports.section,
        patterns=_frozen(settings.imports.patterns),
        article_url=settings.urls.article,
        raw_html=settings.markdown.raw_html,
    )


def settings_problems(settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the ``[import]`` section: patterns of no known kind, or ones that would fit any line."""
    return tuple(
        Problem(SETTINGS_FILE, settings.line("import.patterns", kind), what, hint)
        for kind, what, hint in pattern_problems(settings.imports.patterns)
    )


def _frozen(patterns: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((kind, tuple(phrases)) for kind, phrases in sorted(patterns.items()))
