"""A build that stays warm: one process builds again and again, knowing where to look, with nothing opened or loaded twice.

It is the same engine as :func:`slugline.build.engine.build`, on a state that stays open. What a cold build reads anew
each time is retained here until a hint says that it may have changed: the settings, the theme, the Markdown engine. The lock
of the state is held all the while. Hints of builds that failed or were called off are looked at again by the next one, so
that nothing is forgotten.
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path

from slugline.build.cache import BuildCache
from slugline.build.engine import run
from slugline.build.lock import build_lock
from slugline.build.recovery import recover
from slugline.build.report import BuildReport
from slugline.build.salt import code_signs
from slugline.build.scan.changes import EXTENSIONS
from slugline.build.scan.hints import Hints
from slugline.build.session import BuildOptions, Preview, Progress, no_progress
from slugline.build.setup import Setup, open_session, read_setup
from slugline.catalog.store import State, open_state
from slugline.errors import SluglineError
from slugline.settings.schema import SETTINGS_FILE
from slugline.theme.location import THEME_FILE
from slugline.theme.shortcodes import FOLDER

__all__ = ["WarmEngine"]

_MANY = 400
"""From so many hints on, looking at everything costs less than following them, and misses nothing that went unsaid."""


class WarmEngine:
    """Builds one publication again and again; used by one thread, the one that made it.

    Args:
        root: the publication's folder.
        options: as of any build; ``output`` and ``state`` are required.

    Raises:
        BuildLocked: another process has the state open.
    """

    def __init__(self, root: Path, options: BuildOptions) -> None:
        assert options.output is not None
        assert options.state is not None
        self.root = root.resolve()
        self.output = options.output.resolve()
        self.state = options.state.resolve()
        self.options = options
        self._cache = BuildCache()
        self._setup: Setup | None = None
        self._db: State | None = None
        self._owed: Hints | None = None
        self._open = ExitStack()
        self._open.enter_context(build_lock(f"{self.state}.lock", options.wait))

    @property
    def setup(self) -> Setup | None:
        """The settings and the theme as they were last read; None before that succeeded once."""
        return self._setup

    def build(
        self,
        hints: Hints | None = None,
        progress: Progress = no_progress,
        preview: Preview | None = None,
    ) -> BuildReport:
        """Bring the output folder up to date.

        Args:
            hints: where to look for changes; None to look everywhere.
            progress: called as the work goes on; what it raises calls the build off, and the next one makes up for it.
            preview: pages to render first; None where no browser waits.

        Raises:
            PublicationError: content, theme or settings have errors; the output folder is as it was.
            OutputError: the disk is full, or the output folder cannot be written to.
        """
        hints = self._with_owed(hints)
        # Until it has succeeded: whatever it was to look at is still to be looked at.
        self._owed = hints
        try:
            report = self._build(hints, progress, preview)
        except SluglineError:
            raise
        except Exception as error:
            # Whatever is in memory may be what failed.
            self._forget()
            warning = recover(self.root, self.state, error)
            if warning is None:
                raise
            report = self._build(None, progress, preview)
            report = report.replaced(problems=(*report.problems, warning))
        self._owed = Hints()
        return report

    def close(self) -> None:
        """Let the state go."""
        self._forget()
        self._open.close()

    def _build(self, hints: Hints | None, progress: Progress, preview: Preview | None) -> BuildReport:
        started = time.perf_counter()
        if self._setup is None or hints is None or self._settings_hinted(hints):
            setup = read_setup(self.root, self.options)
            if self._setup is None or setup[:3] != self._setup[:3]:
                self._forget()
                hints = None
            self._setup = setup
        assert self._setup is not None
        if self._db is None or not (self.state.exists() and self.output.exists()):
            self._close()
            hints = None
            self._db = open_state(str(self.state), *code_signs(self._setup.modules))
        session = open_session(
            self.root, self.output, self.state, self.options, self._setup, self._db, progress
        )
        return run(session.replaced(hints=hints, preview=preview, cache=self._cache), started)

    def _with_owed(self, hints: Hints | None) -> Hints | None:
        if hints is None or self._owed is None:
            return None
        hints |= self._owed
        return None if len(hints) >= _MANY else hints

    def _settings_hinted(self, hints: Hints) -> bool:
        files = {os.path.join(self.root, SETTINGS_FILE)}
        if self._setup:
            files |= {os.path.join(folder.folder, THEME_FILE) for folder in self._setup.chain}
            if any(hints.touch(os.path.join(folder.folder, FOLDER)) for folder in self._setup.chain):
                return True  # what a shortcode takes may be another
        if hints.touch(os.path.join(self.root, EXTENSIONS)):
            return True
        themes = os.path.join(self.root, "themes")
        # A folder of themes that comes or goes can put another theme in the place of the one in use.
        return not files.isdisjoint(hints.files) or any(
            os.path.dirname(folder) == themes or folder == themes for folder in hints.folders
        )

    def _forget(self) -> None:
        """Close the state and drop what was retained; the next build begins from the files."""
        self._close()
        self._setup = None
        self._cache = BuildCache()

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None
