"""Bringing a settings file up to the present version, with its comments and its order: what ``slugline upgrade`` does."""

from __future__ import annotations

import codecs
import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import NamedTuple

import tomlkit

from slugline.files import write_atomic
from slugline.settings.changes import CHANGES, VERSIONS
from slugline.settings.load import load_toml, read_settings_file, version_of
from slugline.settings.schema import SETTINGS_FILE

__all__ = ["Upgrade", "upgrade_settings", "upgraded"]

_SECTION = """\
[slugline]
# What these settings are written for; `slugline upgrade` brings them up to date.
version = "{}"
"""


class Upgrade(NamedTuple):
    """What an upgrade changes.

    Attributes:
        before, after: versions of the settings; equal where nothing is to be done.
        changes: what was done, a sentence each without a full stop.
        text: the settings file as it is afterwards.
    """

    before: str
    after: str
    changes: tuple[str, ...]
    text: str


def upgrade_settings(root: str | os.PathLike[str], *, dry_run: bool = False) -> Upgrade:
    """Upgrade a publication's settings file, unless it is up to date.

    Args:
        root: the publication's folder.
        dry_run: only find out what there is to do.

    Raises:
        PublicationError: the file is missing, is not TOML, or is of a later version.
        OutputError: it cannot be written.
    """
    text = read_settings_file(root)
    upgrade = upgraded(text)
    if upgrade.text != text and not dry_run:
        path = Path(root, SETTINGS_FILE)
        raw = path.read_bytes()
        content = upgrade.text.replace("\n", "\r\n") if b"\r\n" in raw else upgrade.text
        mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
        write_atomic(path, mark + content.encode())
    return upgrade


def upgraded(text: str) -> Upgrade:
    """The text of a settings file, upgraded; raises like :func:`upgrade_settings`."""
    before, after = version_of(load_toml(text), text), VERSIONS[-1]
    document = tomlkit.parse(text)
    changes = []
    for change in CHANGES:
        if change.apply(document):
            changes.append(change.what)
            _drop_if_empty(document, change.setting.partition(".")[0])
    if "slugline" in document:
        if before != after:
            document["slugline"]["version"] = after
        return Upgrade(before, after, tuple(changes), tomlkit.dumps(document))
    return Upgrade(before, after, tuple(changes), f"{tomlkit.dumps(document).rstrip()}\n\n{_SECTION.format(after)}")


def _drop_if_empty(document: tomlkit.TOMLDocument, section: str) -> None:
    """Delete a section in which nothing is left, comments included."""
    held = document[section]
    if isinstance(held, MutableMapping) and not held and not tomlkit.dumps(held).strip():
        del document[section]
