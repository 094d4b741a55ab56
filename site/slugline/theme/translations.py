"""The theme's texts in other languages: ``translations/de.toml`` maps each text of the templates to its German.

A text without a translation is rendered as the templates have it. ``de-CH.toml`` needs to hold only what differs from
``de.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from slugline.errors import Problem
from slugline.toml import TomlError, parse_toml

__all__ = ["Translations", "is_translation", "translation_problems"]

_FOLDER = "translations/"
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Translations:
    """The translations of one theme.

    Args:
        files: the theme's files, by name.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = {name: path for name, path in files.items() if is_translation(name)}
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, lang: str) -> Mapping[str, str]:
        """The texts of a language (BCP 47), those of its region over those of the language."""
        texts = self._known.get(lang)
        if texts is None:
            texts = self._known[lang] = self._read(lang)
        return texts

    def _read(self, lang: str) -> Mapping[str, str]:
        names = dict.fromkeys((lang.partition("-")[0].lower(), lang))
        texts: dict[str, str] = {}
        for name in names:
            path = self._files.get(f"{_FOLDER}{name}.toml")
            if path is not None:
                texts |= tomllib.loads(path.read_text(encoding="utf-8"))
        return texts


def is_translation(name: str) -> bool:
    """Whether a file of a theme holds translations."""
    return name.startswith(_FOLDER)


def translation_problems(files: Mapping[str, Path], labels: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a theme's translations: no TOML, no texts, or other placeholders than the text has."""
    problems = []
    for name in sorted(files):
        if not (is_translation(name) and name.endswith(".toml")):
            continue
        try:
            texts = parse_toml(files[name].read_text(encoding="utf-8"))
        except (TomlError, UnicodeDecodeError) as error:
            line = error.line if isinstance(error, TomlError) else 0
            hint = 'write `"text" = "its translation"`, one a line'
            problems.append(Problem(labels[name], line, "the translation is not valid TOML", hint))
            continue
        for text, translation in texts.items():
            if not isinstance(translation, str):
                problems.append(Problem(labels[name], 0, f"the translation of “{text}” is not a text", "put it in quotes"))
            elif not set(_PLACEHOLDER.findall(translation)) <= set(_PLACEHOLDER.findall(text)):
                hint = f"use those that “{text}” has"
                problems.append(Problem(labels[name], 0, f"“{translation}” names a value that is not there", hint))
    return problems
