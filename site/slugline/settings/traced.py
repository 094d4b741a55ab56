"""Settings that tell which of them are read, so that a page depends on those alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from slugline.frozen import Frozen
from slugline.settings.schema import Settings

__all__ = ["setting_facts", "traced_options", "traced_settings"]

Note = Callable[[str], object]
"""Told the name of what is read: "setting publication.tagline", "option accent"."""


def setting_facts(settings: Settings, options: Mapping[str, Any]) -> dict[str, str]:
    """The settings and the theme's options, each under the name by which its reading is told, as text."""
    found = {
        f"setting {section.name}.{field.name}": repr(getattr(values, field.name))
        for section in settings.fields
        if isinstance(values := getattr(settings, section.name), Frozen)
        for field in values.fields
    }
    found |= {f"option {name}": repr(value) for name, value in options.items()}
    found["options"] = repr(sorted(options.items()))
    return found


def traced_settings(settings: Settings, note: Note) -> Settings:
    """The same settings, each read of which is told."""
    return cast("Settings", _Sections(settings, note))


def traced_options(options: Mapping[str, Any], note: Note) -> Mapping[str, Any]:
    """The same options of a theme, each read of which is told."""
    return _Options(options, note)


class _Sections:
    def __init__(self, settings: Settings, note: Note) -> None:
        self._settings = settings
        self._note = note

    def __getattr__(self, name: str) -> Any:
        values = getattr(self._settings, name) if not name.startswith("_") else None
        if not isinstance(values, Frozen):
            raise AttributeError(f"the settings have no section `{name}`")
        section = self.__dict__[name] = _Section(name, values, self._note)
        return section


class _Section:
    def __init__(self, name: str, values: Frozen, note: Note) -> None:
        self._name = name
        self._values = values
        self._note = note

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in vars(self._values):
            raise AttributeError(f"the section `{self._name}` of the settings has no `{name}`")
        self._note(f"setting {self._name}.{name}")
        # Found at once the next time.
        value = self.__dict__[name] = getattr(self._values, name)
        return value


class _Options(Mapping[str, Any]):
    def __init__(self, options: Mapping[str, Any], note: Note) -> None:
        self._options = options
        self._note = note

    def __getitem__(self, name: str) -> Any:
        self._note(f"option {name}")
        return self._options[name]

    def __iter__(self) -> Iterator[str]:
        self._note("options")
        return iter(self._options)

    def __len__(self) -> int:
        self._note("options")
        return len(self._options)
