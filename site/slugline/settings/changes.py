"""What releases changed in settings: one list, from which ``slugline upgrade`` mends a file and a build names the mend.

A change is applied to the settings as a nested mapping, and must find nothing to do where they have it already. It is added to
the list by the release that makes it, together with that release's version at the end of :data:`VERSIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple

__all__ = ["CHANGES", "VERSIONS", "Change", "removed"]

Document = MutableMapping[str, Any]

VERSIONS = ("0.1", "0.2")
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


CHANGES: tuple[Change, ...] = (
    removed("markdown.engine", "0.2", "Python-Markdown is the only engine", without_effect=("python-markdown",)),
)
"""All changes, in the order in which they were made."""
