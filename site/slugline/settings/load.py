"""Reading ``slugline.toml``: from a file to frozen, typed settings, with every problem reported at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.frozen import Field, Frozen
from slugline.settings import schema
from slugline.settings.changes import CHANGES, VERSIONS, feed_ids_of_old
from slugline.settings.conversion import as_written, convert, type_of
from slugline.settings.lines import line_of
from slugline.settings.schema import SETTINGS_FILE, Settings
from slugline.settings.validation import validate
from slugline.text import decode
from slugline.toml import TomlError, parse_toml

__all__ = ["load_settings", "load_toml", "parse_settings", "read_settings_file", "version_of"]

Section = TypeVar("Section", bound=Frozen)

_CHANGED = {change.setting: change for change in CHANGES}


def load_settings(root: str | os.PathLike[str]) -> Settings:
    """The settings of the publication whose root this is.

    Raises:
        PublicationError: the file is missing, is not TOML, or says something that no setting can be; with all problems.
    """
    return parse_settings(read_settings_file(root))


def read_settings_file(root: str | os.PathLike[str]) -> str:
    """The text of the settings file, whatever is in it; raises like :func:`load_settings`."""
    try:
        with open(os.path.join(root, SETTINGS_FILE), "rb") as file:
            raw = file.read()
    except FileNotFoundError:
        hint = "run the command in the publication's folder or below it, give --root, or make one with `slugline init`"
        raise PublicationError([Problem(SETTINGS_FILE, 0, "there is no slugline.toml here", hint)]) from None
    except OSError as error:
        raise PublicationError([Problem(SETTINGS_FILE, 0, f"cannot be read: {error.strerror}")]) from error
    text, problems = decode(raw, SETTINGS_FILE)
    if problems:
        raise PublicationError(problems)
    return text


def load_toml(text: str) -> dict[str, Any]:
    """The text of a settings file as a mapping; raises like :func:`load_settings`."""
    try:
        return parse_toml(text)
    except TomlError as error:
        message = f"the settings are not valid TOML: {error.reason}"
        hint = "write each key and each `[section]` once" if " twice" in error.reason else "texts need quotes"
        raise PublicationError([Problem(SETTINGS_FILE, error.line, message, hint)]) from None


def version_of(data: Mapping[str, Any], text: str) -> str:
    """The version of the settings: the first where they name none.

    Raises:
        PublicationError: it is no version, or one that only a later Slugline knows.
    """
    section = data.get("slugline", {})
    version = section.get("version", VERSIONS[0]) if isinstance(section, dict) else section
    if version not in VERSIONS:
        message = f"the settings are written for a Slugline that this one does not know: version {as_written(version)}"
        hint = f'install a newer Slugline; this one knows {" and ".join(as_written(known) for known in VERSIONS)}'
        if not isinstance(version, str):
            message, hint = f"`slugline.version` must be a text in quotes, not {as_written(version)}", ""
        raise PublicationError([Problem(SETTINGS_FILE, line_of(text, "slugline", "version"), message, hint)])
    return str(version)


def parse_settings(text: str) -> Settings:
    """Settings from the text of a settings file; raises like :func:`load_settings`."""
    data = load_toml(text)
    # What a later version means by its keys is not known: nothing else is worth reporting then.
    version_of(data, text)
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
    given = data.get("feeds")
    if isinstance(given, dict) and "formats" in given:
        # Up to 0.3 it was about all feeds, and whoever writes nothing else means so.
        of_lists = {key: settings.feeds.formats for key in ("section_formats", "list_formats") if key not in given}
        settings = settings.replaced(feeds=settings.feeds.replaced(**of_lists))
    if ids := feed_ids_of_old(data):
        # Written for an earlier version: readers have the ids of that time. A move to https makes no story new, even so.
        ids = ids if ids.startswith("https:") else f"https{ids.removeprefix('http')}"
        settings = settings.replaced(feeds=settings.feeds.replaced(id_base=ids))
    return settings.with_base_url(settings.publication.base_url)


def _section(
    kind: type[Section], name: str, data: Mapping[str, Any], text: str, problems: list[Problem]
) -> Section | None:
    """A section from its table; None where a required key is missing. What is wrong is added to the problems."""
    known = {item.name: item for item in kind.fields}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key in known:
            values[key] = _value(known[key], f"{name}.{key}", value, text, line_of(text, name, key), problems)
        elif change := _CHANGED.get(f"{name}.{key}"):
            if value not in change.without_effect:
                message, hint = f"since {change.version}, {change.what}", "`slugline upgrade` brings the settings up to date"
                problems.append(Problem(SETTINGS_FILE, line_of(text, name, key), message, hint))
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
