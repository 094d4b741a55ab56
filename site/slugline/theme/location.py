"""The folders of a theme: the publication's own folder first, then the themes that ship with Slugline, then their parents.

A theme is a folder of templates, with ``assets/`` and ``theme.toml``. One that says ``extends = "broadsheet"`` needs to hold
only what it changes: every other file is its parent's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.text import decode
from slugline.toml import TomlError, parse_toml

__all__ = ["ThemeChain", "ThemeFolder", "builtin_themes", "find_theme", "merged_options"]

THEME_FILE = "theme.toml"


class ThemeFolder(NamedTuple):
    """One theme on disk.

    Attributes:
        name: what the settings call it.
        folder: its path.
        shown: how errors name it: relative to the publication where it is below it.
    """

    name: str
    folder: Path
    shown: str


ThemeChain = tuple[ThemeFolder, ...]
"""A theme and its ancestors, the theme itself first: of two files with one name the first counts."""


def builtin_themes() -> Path:
    """The folder of the themes that ship with Slugline: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent.parent / "themes"


def find_theme(root: Path, name: str, line: int = 0) -> ThemeChain:
    """The chain of the theme of that name; ``line`` is where the settings name it.

    Raises:
        PublicationError: there is no such theme, or its ``theme.toml`` is wrong, or it descends from itself.
    """
    chain: list[ThemeFolder] = []
    wanted, path, where = name, "slugline.toml", line
    while wanted:
        folder = _locate(root, wanted, chain)
        if folder is None:
            known = sorted({entry for base in (root / "themes", builtin_themes()) for entry in _names(base)})
            hint = did_you_mean(wanted, known) or f"known are {', '.join(known)}"
            if any(passed.name == wanted for passed in chain):
                raise PublicationError([Problem(path, where, f"the theme `{wanted}` extends itself", "mend `extends`")])
            raise PublicationError([Problem(path, where, f"there is no theme `{wanted}`", hint)])
        chain.append(folder)
        described = _described(folder)
        wanted, path, where = str(described.get("extends", "")), f"{folder.shown}/{THEME_FILE}", 1
        if len(chain) > 8:
            raise PublicationError([Problem(path, 1, "themes extend one another without end", "mend `extends`")])
    return tuple(chain)


def merged_options(chain: ThemeChain, options: Mapping[str, Any], line: int = 0) -> dict[str, Any]:
    """The theme's options with the publication's over them.

    Raises:
        PublicationError: the publication sets an option that the theme does not have, or one of another type.
    """
    merged: dict[str, Any] = {}
    for folder in reversed(chain):
        declared = _described(folder).get("options", {})
        if isinstance(declared, dict):
            merged.update(declared)
    problems = []
    for key, value in options.items():
        if key not in merged:
            hint = did_you_mean(key, merged) or f"it has {', '.join(sorted(merged)) or 'none'}"
            problems.append(Problem("slugline.toml", line, f"the theme has no option `{key}`", hint))
        elif type(merged[key]) is not type(value) and not isinstance(merged[key], float | int):
            message = f"the theme's option `{key}` must be like {merged[key]!r}, not {value!r}"
            problems.append(Problem("slugline.toml", line, message))
        else:
            merged[key] = value
    if problems:
        raise PublicationError(problems)
    return merged


def _locate(root: Path, name: str, chain: list[ThemeFolder]) -> ThemeFolder | None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    own = root / "themes" / name
    builtin = builtin_themes() / name
    passed = {folder.folder for folder in chain}
    # Unlike `Path.is_dir`, this is false for a name that no file system takes.
    if os.path.isdir(own) and own not in passed:
        return ThemeFolder(name, own, f"themes/{name}")
    # A publication's own "broadsheet" may extend the "broadsheet" that ships with Slugline.
    if os.path.isdir(builtin) and builtin not in passed:
        return ThemeFolder(name, builtin, f"(built-in themes)/{name}")
    return None


def _described(folder: ThemeFolder) -> dict[str, Any]:
    label = f"{folder.shown}/{THEME_FILE}"
    try:
        raw = (folder.folder / THEME_FILE).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        problem = Problem(label, 0, f"cannot be read: {error.strerror}", "check who may read the theme")
        raise PublicationError([problem]) from None
    text, problems = decode(raw, label)
    if problems:
        raise PublicationError(problems)
    try:
        return parse_toml(text)
    except TomlError as error:
        raise PublicationError([Problem(label, error.line, f"not valid TOML: {error.reason}", "mend the line")]) from None


def _names(base: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(base) if entry.is_dir() and not entry.name.startswith(".")]
    except OSError:
        return []
