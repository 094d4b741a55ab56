"""The words that the corpus is made of, read from ``lexicon.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["LEXICON", "Beat", "Lexicon"]


class Beat(NamedTuple):
    """What a section of the paper writes about.

    Attributes:
        slug: the section's folder and address.
        title: the section's name.
        description: one sentence for the section's front.
        bodies: those who decide; each can stand at the start of a sentence once it has a capital.
        subjects: pairs: how a story first names a thing, and how it names it from then on.
        matters: what is talked of, without an article.
    """

    slug: str
    title: str
    description: str
    bodies: tuple[str, ...]
    subjects: tuple[tuple[str, str], ...]
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words and patterns; the keys of ``words`` and ``patterns`` are those of the file."""

    places: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    authors: tuple[str, ...]
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    sections: tuple[Beat, ...]


def _read(path: Path) -> Lexicon:
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    sections = data.pop("sections")
    beats = tuple(
        Beat(
            **{key: one[key] for key in ("slug", "title", "description")},
            bodies=tuple(one["bodies"]),
            subjects=tuple((full, short) for full, short in one["subjects"]),
            matters=tuple(one["matters"]),
        )
        for one in sections
    )
    lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
    tables = {key: {name: tuple(items) for name, items in data[key].items()} for key in ("words", "patterns")}
    return Lexicon(**lists, **tables, sections=beats)  # type: ignore[arg-type]  # the file has the fields' shapes


LEXICON = _read(Path(__file__).with_name("lexicon.toml"))
