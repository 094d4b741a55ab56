"""The salt of a build state: what the code that made it was. A state made by other code is not read but made anew.

Slugline's own modules and the libraries whose behaviour enters the output count by size and modification time of their
files: asking the package metadata for versions would cost more than a whole build in which nothing changed.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from slugline.files import digest

__all__ = ["code_salt"]

_LIBRARIES = (
    *("jinja2", "markdown", "markupsafe", "frontmatter", "yaml", "babel", "tzdata"),
    *("lightningcss", "PIL", "pagefind_bin"),
)


def code_salt(extensions: tuple[str, ...] = ()) -> str:
    """A digest, in hexadecimal, of everything that renders; ``extensions`` are modules that the settings name."""
    package = Path(__file__).resolve().parent.parent
    parts = [sys.version]
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "themes"))
        parts += [_stamp(os.path.join(folder, name)) for name in sorted(names) if name.endswith((".py", ".toml"))]
    for name in (*_LIBRARIES, *extensions):
        try:
            spec = find_spec(name)
        except (ImportError, ValueError):
            spec = None
        parts.append(_stamp(spec.origin) if spec and spec.origin else f"{name} absent")
    return digest(*parts).hex()


def _stamp(path: str) -> str:
    try:
        found = os.stat(path)
    except OSError:
        return path
    return f"{path} {found.st_size} {found.st_mtime_ns}"
