"""What releases changed in settings: one list, from which ``slugline upgrade`` mends a file and a build names the mend.

A change is applied to the settings as a nested mapping, and must find nothing to do where they have it already. It is added to
the list by the release that makes it, together with that release's version at the end of :data:`VERSIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, NamedTuple

from slugline.urls import is_local

__all__ = ["CHANGES", "VERSIONS", "Change", "feed_ids_of_old", "removed"]

Document = MutableMapping[str, Any]

VERSIONS = ("0.1", "0.2", "0.3", "0.4")
"""The versions of the settings, each named after the first release that has it; a file without a version is of the first."""


class Change(NamedTuple):
    """One change to a setting.

    Attributes:
        setting: the setting of old: ``markdown.engine``.
        version: the version of the settings that has it changed.
        what: what is done and why, as a sentence without a full stop.
        apply: changes settings in place; whether there was anything to change.
        without_effect: values of the old setting that mean what now holds for all: a build passes over these.
    """

    setting: str
    version: str
    what: str
    apply: Callable[[Document], bool]
    without_effect: tuple[object, ...] = ()


def removed(setting: str, version: str, why: str, *, without_effect: tuple[object, ...] = ()) -> Change:
    """A setting that is no more."""
    section, _, key = setting.partition(".")

    def apply(document: Document) -> bool:
        held = document.get(section)
        if not isinstance(held, MutableMapping) or key not in held:
            return False
        del held[key]
        return True

    return Change(setting, version, f"`{setting}` is removed: {why}", apply, without_effect)


def feed_ids_of_old(document: Mapping[str, Any]) -> str:
    """What the ids in feeds were made of up to 0.2, where settings of that time say nothing else: the address of the site."""
    publication, feeds, section = (document.get(name, {}) for name in ("publication", "feeds", "slugline"))
    if not all(isinstance(held, Mapping) for held in (publication, feeds, section)) or "id_base" in feeds:
        return ""
    address = publication.get("base_url", "")
    if section.get("version", VERSIONS[0]) not in VERSIONS[:2] or not isinstance(address, str) or is_local(address):
        return ""
    return str(address).rstrip("/")


def _retain_feed_ids(document: Document) -> bool:
    address = feed_ids_of_old(document)
    if address:
        document.setdefault("feeds", {})
        document["feeds"]["id_base"] = address
    return bool(address)


def _retain_signs(document: Document) -> bool:
    urls, section = (document.get(name, {}) for name in ("urls", "slugline"))
    if not isinstance(urls, Mapping) or not isinstance(section, Mapping) or "spell_out_signs" in urls:
        return False
    if section.get("version", VERSIONS[0]) not in VERSIONS[:3]:
        return False
    document.setdefault("urls", {})
    document["urls"]["spell_out_signs"] = False
    return True


CHANGES: tuple[Change, ...] = (
    removed("markdown.engine", "0.2", "Python-Markdown is the only engine", without_effect=("python-markdown",)),
    Change(
        "feeds.id_base",
        "0.3",
        "`feeds.id_base` is the address of the site, of which the ids in feeds were made: so they stay when it moves",
        _retain_feed_ids,
    ),
    Change(
        "urls.spell_out_signs",
        "0.4",
        "`urls.spell_out_signs` is off: so tags such as C++ and Disney+ stay at their addresses",
        _retain_signs,
    ),
)
"""All changes, in the order in which they were made."""
