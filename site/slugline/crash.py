"""A bug of Slugline, as people see it: one line, and a file with what its developers need.

An exception that is no :class:`~slugline.errors.SluglineError` is one. It is never taken for a mistake in the publication, nor
for a damaged file.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shlex
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from slugline.errors import OutputError
from slugline.files import digest, write_atomic

__all__ = ["EXIT_CODE", "bug_line"]

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h: an error inside the program."""

_SHOWN = 200


def bug_line(error: BaseException, root: Path | None, version: str, arguments: Sequence[str], outcome: str = "") -> str:
    """Write a crash report, and say in one line what happened, what that means, and where the report is.

    Args:
        error: what was raised; a worker's brings the traceback of the worker along.
        root: the publication; the report goes into its ``.slugline/``, or into the temporary folder where there is none.
        version: of Slugline.
        arguments: the command that failed.
        outcome: what became of the command's work, if that is certain.
    """
    what = " ".join(f"{type(error).__name__}: {error}".split())
    said = f"a bug of Slugline: {what if len(what) <= _SHOWN else f'{what[:_SHOWN]}…'}"
    trace = "".join(traceback.format_exception(error))
    command = shlex.join(["slugline", *arguments])
    text = f"Slugline {version}\nPython {sys.version}\n{platform.platform()}\n{command}\n\n{trace}"
    # The same bug has one report, however often it is met.
    report = _written(f"crash-{digest(trace).hex()[:12]}.txt", text, root)
    send = f"send {report}" if report else f"send the output of `{command}` and what it was run on"
    return "; ".join(filter(None, (said, outcome, f"please {send} to the developers of Slugline")))


def _written(name: str, text: str, root: Path | None) -> str:
    """Where the report was written: beside the build state, else in a temporary folder of its own; empty if neither can be."""
    if root is not None and (root / "slugline.toml").is_file():
        path = os.path.join(os.path.abspath(root), ".slugline", name)
        with contextlib.suppress(OutputError, OSError):
            write_atomic(path, text.encode("utf-8", "replace"))
            return path
    with contextlib.suppress(OutputError, OSError):
        path = os.path.join(tempfile.mkdtemp(prefix="slugline-"), name)
        write_atomic(path, text.encode("utf-8", "replace"))
        return path
    return ""
