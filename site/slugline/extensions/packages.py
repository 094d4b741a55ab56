"""Installed packages that add to Slugline: those that the settings name, found by the entry points ``slugline.extensions``.

Only what a publication asks for counts, not what happens to be installed: the same settings give the same site everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from slugline.errors import Problem, PublicationError, did_you_mean

__all__ = ["GROUP", "modules_of"]

GROUP = "slugline.extensions"


def modules_of(names: Iterable[str], line: int = 0) -> tuple[tuple[str, str], ...]:
    """The packages of these names, and the module that each points at; ``line`` is where the settings name them.

    Raises:
        PublicationError: one of them is not installed.
    """
    wanted = tuple(names)
    if not wanted:
        return ()
    # Reading the packages' metadata takes longer to load than a story to render.
    from importlib.metadata import entry_points  # noqa: PLC0415

    known = {entry.name: entry.module for entry in entry_points(group=GROUP)}
    missing = [name for name in wanted if name not in known]
    if missing:
        hint = did_you_mean(missing[0], known) or f"install it; the environment has {', '.join(sorted(known)) or 'none'}"
        what = "no package with extensions is called"
        raise PublicationError(Problem("slugline.toml", line, f"{what} `{name}`", hint) for name in missing)
    return tuple((name, known[name]) for name in wanted)
