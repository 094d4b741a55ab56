"""Where in the settings file something is written: the TOML parser of the standard library reports no lines."""

from __future__ import annotations

__all__ = ["line_of"]


def line_of(text: str, section: str, key: str = "") -> int:
    """The line of a key in a section, else of the section, else 0.

    Args:
        text: the settings file.
        section: its name, or empty for what comes before the first section.
        key: empty for the section itself.
    """
    current, fallback = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            current = stripped.strip("[]").split("]")[0].strip().strip("\"'")
            if current == section or (not fallback and current.startswith(f"{section}.")):
                fallback = number
            if current == f"{section}.{key}":
                return number
            continue
        name = stripped.partition("=")[0].strip().strip("\"'")
        wanted = key if current == section and key else section if not current and not key else None
        if wanted and name == wanted:
            return number
    return fallback
