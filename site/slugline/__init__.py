"""Slugline: a static site generator for news publications.

The same as on the command line, for programs::

    import slugline

    report = slugline.build("paper")
    print(report.pages, report.written)
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from slugline.build.report import BuildReport, NextEvent, RenderedPage
from slugline.errors import BuildLocked, OutputError, Problem, PublicationError, SluglineError, UsageError

__all__ = [
    "BuildLocked",
    "BuildReport",
    "NextEvent",
    "OutputError",
    "Problem",
    "PublicationError",
    "RenderedPage",
    "SluglineError",
    "UsageError",
    "__version__",
    "build",
]

__version__ = "0.4.0"


def build(
    root: str | os.PathLike[str],
    *,
    output: str | os.PathLike[str] | None = None,
    drafts: bool = False,
    future: bool = False,
    now: datetime | None = None,
    base_url: str = "",
    jobs: int = 0,
    verify: float | None = None,
) -> BuildReport:
    """Bring a publication's build folder up to date.

    Args:
        root: the publication's folder, with ``slugline.toml``.
        output: the build folder; ``build/`` in the publication unless given.
        drafts: show drafts.
        future: show stories under embargo.
        now: the instant of the build, with its zone; the present one unless given.
        base_url: where the site will stand, if not where the settings say.
        jobs: processes to use; 0 for as many as there are processors.
        verify: the part of the unchanged pages, from 0 to 1, to render as well and compare byte for byte.

    Returns:
        What was done.

    Raises:
        PublicationError: content, theme or settings have errors; ``problems`` holds every one. The build folder is as
            it was.
        BuildLocked: another build of the publication is running.
        OutputError: the disk is full, or a folder cannot be written to.
        UsageError: the build folder is no place for a site.
    """
    # The engine is loaded by the first build, not by the import of the package.
    from slugline.build.engine import build as run  # noqa: PLC0415
    from slugline.build.session import BuildOptions  # noqa: PLC0415

    options = BuildOptions(
        output=Path(output) if output is not None else None,
        drafts=drafts,
        future=future,
        now=now,
        base_url=base_url,
        jobs=jobs,
        verify=verify,
    )
    return run(Path(root), options)
