"""The theme's words in other languages: ``translations/de.toml`` maps each text of the templates to its German.

A text that a language does not have is shown as the templates have it. ``de-CH.toml`` needs to hold only what differs from
``de.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from slugline.errors import Problem

__all__ = ["ThemeWords", "word_problems"]

_FOLDER = "translations/"
_PLACE = re.compile(r"\{(\w*)\}")


class ThemeWords:
    """The words of one theme.

    Args:
        files: the theme's files, by name.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = {name: path for name, path in files.items() if name.startswith(_FOLDER)}
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, lang: str) -> Mapping[str, str]:
        """The words of a language (BCP 47), those of its region over those of the language."""
        words = self._known.get(lang)
        if words is None:
            words = self._known[lang] = self._read(lang)
        return words

    def _read(self, lang: str) -> Mapping[str, str]:
        names = dict.fromkeys((lang.partition("-")[0].lower(), lang))
        words: dict[str, str] = {}
        for name in names:
            path = self._files.get(f"{_FOLDER}{name}.toml")
            if path is not None:
                words |= tomllib.loads(path.read_text(encoding="utf-8"))
        return words


def word_problems(files: Mapping[str, Path], shown: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a theme's translations: no TOML, no texts, or other places for values than the text has."""
    problems = []
    for name in sorted(files):
        if not (name.startswith(_FOLDER) and name.endswith(".toml")):
            continue
        try:
            words = tomllib.loads(files[name].read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            said = str(error)
            line = int(said.rpartition("line ")[2].split(",")[0]) if "line " in said else 0
            hint = 'write `"text" = "its translation"`, one a line'
            problems.append(Problem(shown[name], line, "the translation is not valid TOML", hint))
            continue
        for text, translation in words.items():
            if not isinstance(translation, str):
                problems.append(Problem(shown[name], 0, f"the translation of “{text}” is not a text", "put it in quotes"))
            elif not set(_PLACE.findall(translation)) <= set(_PLACE.findall(text)):
                hint = f"use those that “{text}” has"
                problems.append(Problem(shown[name], 0, f"“{translation}” names a value that is not there", hint))
    return problems
