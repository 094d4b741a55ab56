"""Reading ``slugline.toml``: from a file to frozen, typed settings, with every problem reported at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.frozen import Field, Frozen
from slugline.settings import schema
from slugline.settings.conversion import as_written, convert, type_of
from slugline.settings.lines import line_of
from slugline.settings.schema import SETTINGS_FILE, Settings
from slugline.settings.validation import validate
from slugline.text import decode

__all__ = ["load_settings", "parse_settings"]

Section = TypeVar("Section", bound=Frozen)


def load_settings(root: str | os.PathLike[str]) -> Settings:
    """The settings of the publication whose root this is.

    Raises:
        PublicationError: the file is missing, is not TOML, or says something that no setting can be; with all problems.
    """
    path = os.path.join(root, SETTINGS_FILE)
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except FileNotFoundError:
        hint = "run the command in the publication's folder, give --root, or make a publication with `slugline init`"
        raise PublicationError([Problem(SETTINGS_FILE, 0, "there is no slugline.toml here", hint)]) from None
    except OSError as error:
        raise PublicationError([Problem(SETTINGS_FILE, 0, f"cannot be read: {error.strerror}")]) from error
    text, problems = decode(raw, SETTINGS_FILE)
    if problems:
        raise PublicationError(problems)
    return parse_settings(text)


def parse_settings(text: str) -> Settings:
    """Settings from the text of a settings file; raises like :func:`load_settings`."""
    data = _load_toml(text)
    problems: list[Problem] = []
    sections: dict[str, Any] = {}
    known = {item.key: item for item in Settings.fields if item.key}
    for key in data:
        if key not in known:
            hint = did_you_mean(key, known) or f"sections are {', '.join(f'[{name}]' for name in known)}"
            problems.append(Problem(SETTINGS_FILE, line_of(text, key), f"unknown section `{key}`", hint))
    for key, item in known.items():
        value = data.get(key, {})
        if isinstance(value, dict):
            sections[item.name] = _section(getattr(schema, item.type), key, value, text, problems)
        else:
            line = line_of(text, "", key)
            problems.append(Problem(SETTINGS_FILE, line, f"`{key}` is not a section", f"write `[{key}]` on a line"))
    if problems:
        raise PublicationError(problems)
    settings = Settings(**sections, text=text)
    if problems := validate(settings):
        raise PublicationError(problems)
    return settings.with_base_url(settings.publication.base_url)


def _load_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
        # Without a line it is the end of the text that is wrong.
        line = int(reason.rpartition("line ")[2].split(",")[0]) if "line " in reason else len(text.splitlines())
        message = f"the settings are not valid TOML: {reason.partition(' (at')[0].lower()}"
        hint = "write each key and each `[section]` once" if " twice" in reason else "texts need quotes"
        raise PublicationError([Problem(SETTINGS_FILE, line, message, hint)]) from None


def _section(
    kind: type[Section], name: str, data: Mapping[str, Any], text: str, problems: list[Problem]
) -> Section | None:
    """A section from its table; None where a required key is missing. What is wrong is added to the problems."""
    known = {item.name: item for item in kind.fields}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key in known:
            values[key] = _value(known[key], f"{name}.{key}", value, text, line_of(text, name, key), problems)
        else:
            hint = did_you_mean(key, known) or f"[{name}] knows {', '.join(known)}"
            problems.append(Problem(SETTINGS_FILE, line_of(text, name, key), f"unknown setting `{name}.{key}`", hint))
    missing = [item for key, item in known.items() if item.required and key not in data]
    for item in missing:
        hint = f"{item.doc} Write `{item.name} = …` under `[{name}]`"
        problems.append(Problem(SETTINGS_FILE, line_of(text, name), f"`{name}.{item.name}` is missing", hint))
    return None if missing else kind(**values)


def _value(item: Field, name: str, value: Any, text: str, line: int, problems: list[Problem]) -> Any:
    wanted = type_of(item)
    converted, expected = convert(wanted, value)
    if expected and get_origin(wanted) is dict and isinstance(value, dict):
        # Of a table, each entry of the wrong type is reported on its own line.
        for key, entry in value.items():
            if expected_entry := convert(get_args(wanted)[1], entry)[1]:
                message = f"`{name}.{key}` must be {expected_entry}, not {as_written(entry)}"
                problems.append(Problem(SETTINGS_FILE, line_of(text, name, key) or line, message))
    elif expected:
        problems.append(Problem(SETTINGS_FILE, line, f"`{name}` must be {expected}, not {as_written(value)}"))
    return converted
