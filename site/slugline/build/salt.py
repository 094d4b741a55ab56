"""The salt of a build state: what the code that made it was. A state made by other code is not read but made anew.

Slugline's own modules and the libraries whose behaviour enters the output count by size and modification time of their
files: asking the package metadata for versions would cost more than a whole build in which nothing changed. Where these are
others, as on a machine that has just installed all of it for one build, bytes and versions decide.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from slugline.files import digest, digest_file

__all__ = ["code_digest", "code_salt", "code_signs"]

_PACKAGE = str(Path(__file__).resolve().parent.parent)

_LIBRARIES = (
    *("jinja2", "markdown", "markupsafe", "frontmatter", "yaml", "babel", "tzdata"),
    *("lightningcss", "PIL", "pagefind_bin"),
)


_DISTRIBUTIONS = (
    *("Jinja2", "Markdown", "MarkupSafe", "python-frontmatter", "PyYAML", "Babel", "tzdata"),
    *("lightningcss", "pillow", "pagefind_bin"),
)


def code_salt(extensions: tuple[str, ...] = ()) -> str:
    """A digest, in hexadecimal, of everything that renders; ``extensions`` are modules that the settings name."""
    parts = [sys.version, *map(_stamp, _modules(_PACKAGE))]
    for name in (*_LIBRARIES, *extensions):
        origin = _origin(name)
        parts.append(_stamp(origin) if origin else f"{name} absent")
    return digest(*parts).hex()


def code_digest(extensions: tuple[str, ...] = ()) -> str:
    """The same of what is in the files, and of the versions of the libraries, wherever and whenever they were installed."""
    # Only a new state, or one that was made by what looks like other code, pays for it.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    parts = [sys.version]
    for place in _modules(_PACKAGE):
        parts += [os.path.relpath(place, _PACKAGE), digest_file(place)[0].hex()]
    for name in _DISTRIBUTIONS:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} absent")
    for name in extensions:
        origin = _origin(name)
        whole = origin and os.path.basename(origin) == "__init__.py"
        places = _modules(os.path.dirname(origin)) if whole else [origin] if origin else []
        parts += [name, *(digest_file(place)[0].hex() for place in places)]
    return digest(*parts).hex()


def code_signs(extensions: tuple[str, ...] = ()) -> tuple[str, Callable[[], str]]:
    """What a state is opened with: the salt, and the digest for the case that the salt is not enough."""
    return code_salt(extensions), partial(code_digest, extensions)


def _modules(package: str) -> Iterator[str]:
    """The files of a package that say what it does, in order; a theme's are looked at by each build."""
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "themes"))
        yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith((".py", ".toml")))


def _origin(module: str) -> str:
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return ""
    return (spec and spec.origin) or ""


def _stamp(path: str) -> str:
    try:
        found = os.stat(path)
    except OSError:
        return path
    return f"{path} {found.st_size} {found.st_mtime_ns}"
