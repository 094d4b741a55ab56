"""The theme's texts in other languages: ``translations/de.toml`` maps each text of the templates to its German.

A text without a translation is rendered as the templates have it. ``de-CH.toml`` needs to hold only what differs from
``de.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from slugline.errors import Problem
from slugline.theme.jinja import put
from slugline.toml import TomlError, parse_toml

__all__ = ["Translations", "is_translation", "translation_problems", "translator"]

_FOLDER = "translations/"
_PLAIN = re.compile(r"(?:[^{}]|\{[A-Za-z_]\w*\})*")
"""Words whose placeholders are names and nothing else."""

_MANY = 2000
"""Texts of a language that are retained; a theme that translates what differs from story to story must not fill the memory."""

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Translations:
    """The translations of one theme.

    Args:
        files: the theme's files, by name.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = {name: path for name, path in files.items() if is_translation(name)}
        self._known: dict[str, Mapping[str, str]] = {}
        self._translators: dict[str, Callable[..., Markup]] = {}

    def of(self, lang: str) -> Mapping[str, str]:
        """The texts of a language (BCP 47), those of its region over those of the language."""
        texts = self._known.get(lang)
        if texts is None:
            texts = self._known[lang] = self._read(lang)
        return texts

    def translator(self, lang: str) -> Callable[..., Markup]:
        """The function that writes the theme's words in a language; see :func:`translator`."""
        found = self._translators.get(lang)
        if found is None:
            found = self._translators[lang] = translator(self.of(lang))
        return found

    def _read(self, lang: str) -> Mapping[str, str]:
        names = dict.fromkeys((lang.partition("-")[0].lower(), lang))
        texts: dict[str, str] = {}
        for name in names:
            path = self._files.get(f"{_FOLDER}{name}.toml")
            if path is not None:
                texts |= tomllib.loads(path.read_text(encoding="utf-8"))
        return texts


class _Words(NamedTuple):
    """Words as HTML; whether their placeholders are plain names."""

    html: Markup
    plain: bool


def translator(words_of_language: Mapping[str, str]) -> Callable[..., Markup]:
    """The function that writes the theme's words in a language, given its words: ``_("{n} min read", n=3)``.

    The answer is safe HTML: the words are escaped, and so are the values, unless they are HTML themselves.
    """
    known: dict[str, _Words] = {}

    def translate(text: str, /, **values: Any) -> Markup:
        words = known.get(text)
        if words is None:
            if len(known) >= _MANY:
                known.clear()
            html = escape(words_of_language.get(text, text))
            words = known[text] = _Words(html, _PLAIN.fullmatch(html) is not None)
        if not values:
            return words.html
        if not words.plain:
            return words.html.format(**values)
        # What Markup's own method gives here, without its walk through the words, which is written in Python.
        filled = str.format(words.html, **{name: put(value) for name, value in values.items()})
        return Markup(filled)  # noqa: S704  # each part is escaped

    return translate


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
