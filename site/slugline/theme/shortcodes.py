"""The shortcodes that a publication has: Slugline's, its theme's, those of its extensions."""

from __future__ import annotations

import os
from collections.abc import Sequence

from slugline.errors import Problem, PublicationError
from slugline.extensions.loading import Extensions, ExtensionSource
from slugline.extensions.shortcodes import signature_of
from slugline.shortcodes.heads import read_head, unique
from slugline.shortcodes.signature import Signature
from slugline.shortcodes.standard import STANDARD
from slugline.text import decode
from slugline.theme.location import ThemeFolder

__all__ = ["FOLDER", "known_shortcodes"]

FOLDER = "shortcodes"
"""Of a theme: the templates of shortcodes."""


def known_shortcodes(chain: Sequence[ThemeFolder], extensions: ExtensionSource) -> tuple[Signature, ...]:
    """The signature of each shortcode that a text may use.

    Raises:
        PublicationError: a template does not say what it takes, two shortcodes have one name, an extension cannot be loaded.
    """
    added: list[Signature] = []
    problems: list[Problem] = []
    seen = set(STANDARD)
    if extensions.packages or b"shortcode" in b"".join(_source(extensions, name) for name in extensions.files):
        for name, one in Extensions(extensions).of("shortcode").items():
            place = one.place
            try:
                added.append(signature_of(name, one.declared.function, place))
            except (TypeError, NameError, ValueError) as error:
                problems.append(Problem(place, one.line, str(error), "give each parameter a name and a plain type"))
            seen.add(name)
    for folder in chain:
        for name in _templates(os.path.join(folder.folder, FOLDER)):
            stem = name.removesuffix(".html")
            if stem in seen:
                continue
            seen.add(stem)
            path = f"{folder.shown}/{FOLDER}/{name}"
            with open(os.path.join(folder.folder, FOLDER, name), "rb") as file:
                text, wrong = decode(file.read(), path)
            signature, more = read_head(text, stem, path)
            problems += (*wrong, *more)
            if signature is not None:
                added.append(signature)
    found, clashes = unique((*STANDARD.values(), *added))
    if problems or clashes:
        raise PublicationError([*problems, *clashes])
    return tuple(found.values())


def _templates(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".html") and name[0] not in "._")
    except OSError:
        return []


def _source(extensions: ExtensionSource, name: str) -> bytes:
    with open(os.path.join(extensions.folder, name), "rb") as file:
        return file.read()
