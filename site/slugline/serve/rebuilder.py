"""The thread that builds: it waits for a batch, or for the moment at which an embargo ends, builds, and reports the result.

A bug of Slugline's own is reported like an error, with what to do, and the last good pages stay: the next save builds again,
from the files alone, because nothing that the failed build had in memory can be relied on.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from slugline import __version__
from slugline.build.report import BuildReport
from slugline.build.scan.hints import Hints
from slugline.build.session import BuildOptions
from slugline.build.warm import WarmEngine
from slugline.crash import bug_line
from slugline.errors import Problem, PublicationError, SluglineError
from slugline.serve.debounce import EventBatcher
from slugline.serve.excerpts import LocatedProblem, excerpt_of
from slugline.serve.preview import Preview
from slugline.serve.watcher import Watcher

__all__ = ["RebuildListener", "RebuildResult", "Rebuilder"]

_RECHECK = 15.0
"""After builds that looked only at hints, everything is looked at once it has been quiet so long (seconds)."""

_LOOK = 5.0
"""So often the clock is looked at while an embargo is waited for: it may be set, or the machine have slept (seconds)."""

_NAMED = 5
"""Paths that are named when they are edited at once; of more it says "the publication"."""

class RebuildResult(NamedTuple):
    """What a build did.

    Attributes:
        report: see there; None where it failed.
        problems: what stopped it, or what it warns of.
        edited: the paths that were looked at, relative to the publication, where there were few.
        seconds: from the end of the batch to the site being up to date.
    """

    report: BuildReport | None
    problems: tuple[LocatedProblem, ...] = ()
    edited: tuple[str, ...] = ()
    seconds: float = 0.0


class RebuildListener(Protocol):
    """What is called, from the thread that builds, when something happened."""

    def built(self, result: RebuildResult) -> None:
        """A build has finished or failed."""

    def imported(self, lines: Sequence[str]) -> None:
        """Seeds were imported."""

    def ended(self) -> None:
        """There will be no more builds."""


class _Cancelled(SluglineError):
    """A newer batch is waiting, or dev mode is to end."""


class Rebuilder:
    """Builds a publication whenever something happens to it.

    Args:
        root: the publication's folder, its path free of symbolic links.
        options: of every build.
        batcher: where batches come from.
        watcher: watches the folders of the themes that are in use.
        preview: pages to render ahead of the rest.
        listener: called after each build.
    """

    def __init__(
        self,
        root: Path,
        options: BuildOptions,
        *,
        batcher: EventBatcher,
        watcher: Watcher,
        preview: Preview,
        listener: RebuildListener,
    ) -> None:
        self.root = root
        self.options = options
        self.batcher = batcher
        self.watcher = watcher
        self.preview = preview
        self.listener = listener
        self.ready = threading.Event()
        self.failure: BaseException | None = None
        self.prefix = ""
        self.lacks_search = False
        self._engine: WarmEngine
        self._stopping = threading.Event()
        self._look_again: float | None = None
        self._reported: tuple[LocatedProblem, ...] = ()
        self._thread = threading.Thread(target=self._run, name="slugline rebuilder", daemon=True)

    def start(self) -> None:
        """Begin; :attr:`ready` is set when the first build has finished, or :attr:`failure` says why none ever will."""
        self._thread.start()

    def stop(self) -> None:
        """Cancel the build under way, and end."""
        self._stopping.set()
        self.batcher.close()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        try:
            self._engine = WarmEngine(self.root, self.options)
        except BaseException as error:  # the thread that started this one raises it
            self.failure = error
            self.ready.set()
            return
        try:
            self._rebuild_until_stopped()
        except BaseException as error:
            self.failure = error
        finally:
            self._engine.close()
            self.ready.set()
            self.listener.ended()

    def _rebuild_until_stopped(self) -> None:
        due = self._build(None, announce=False)
        if self._engine.setup is not None:
            search = self._engine.setup.settings.search
            self.lacks_search = search.enabled and search.index
        self.ready.set()
        while not self._stopping.is_set():
            hints = self.batcher.wait(self._patience(due))
            if self._stopping.is_set():
                return
            if hints is not None:
                self._look_again = time.monotonic() + _RECHECK
                due = self._build(self._import_seeds(hints), announce=True)
            elif due is not None and due <= datetime.now(UTC):
                due = self._build(Hints(), announce=True)
            elif self._look_again is not None and self._look_again <= time.monotonic():
                self._look_again = None
                due = self._build(None, announce=True)

    def _patience(self, due: datetime | None) -> float | None:
        """How long to wait for the next batch, in seconds; None for as long as it takes."""
        waits = []
        if due is not None:
            waits.append(min(max(0.0, (due - datetime.now(UTC)).total_seconds()), _LOOK))
        if self._look_again is not None:
            waits.append(max(0.0, self._look_again - time.monotonic()))
        return min(waits, default=None)

    def _build(self, hints: Hints | None, *, announce: bool) -> datetime | None:
        """Build; the moment of the next event."""
        began = time.perf_counter()
        # First watched, then looked at, so that no change falls between.
        if hints is None or hints.folders:
            self._follow_themes()
        self.preview.begin()
        edited = self._edited(hints)
        try:
            report = self._engine.build(hints, self._progress, self.preview)
        except _Cancelled:
            # Due at once: the batch that is waiting, or the cancelled build where the batch comes to nothing.
            return datetime.now(UTC)
        except PublicationError as error:
            self.preview.end()
            places = self._places()
            problems = tuple(LocatedProblem(problem, excerpt_of(problem, places)) for problem in error.problems)
            self._failed(RebuildResult(None, problems, edited, time.perf_counter() - began), hints)
            return None
        except SluglineError as error:
            self.preview.end()
            # A full disk, most often: it is tried again without waiting for the next edit.
            self._look_again = time.monotonic() + _RECHECK
            problems = (LocatedProblem(Problem("", 0, str(error))),)
            self._failed(RebuildResult(None, problems, edited, time.perf_counter() - began), hints)
            return None
        except Exception as error:  # a bug of our own must not end what an editor works with
            self.preview.end()
            problems = (LocatedProblem(Problem("", 0, self._bug(error), "the next save builds again")),)
            self._failed(RebuildResult(None, problems, edited, time.perf_counter() - began), hints)
            self._engine.close()
            self._engine = WarmEngine(self.root, self.options)
            return None
        self._reported = ()
        self.preview.end()
        self._follow_themes()
        warnings = tuple(LocatedProblem(problem) for problem in report.problems)
        if announce or warnings:
            self.listener.built(RebuildResult(report, warnings, edited, time.perf_counter() - began))
        else:
            self.listener.built(RebuildResult(report))
        return datetime.fromisoformat(report.next_event.at) if report.next_event else None

    def _failed(self, result: RebuildResult, hints: Hints | None) -> None:
        # The error may lie in a theme that nothing has watched yet.
        self._follow_themes()
        # After a save it is reported each time; a look that nobody asked for repeats nothing.
        if hints or result.problems != self._reported:
            self.listener.built(result)
        self._reported = result.problems

    def _progress(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002
        # What is to be moved into place is moved: that is quick, and half of it would be neither one site nor the other.
        if stage == "write":
            return
        # The first build is what everything waits for: it is finished, and what came meanwhile is the second's.
        if self._stopping.is_set() or (self.ready.is_set() and self.batcher.ready()):
            raise _Cancelled

    def _follow_themes(self) -> None:
        setup = self._engine.setup
        if setup is None:
            self.watcher.follow(())
            return
        self.prefix = setup.site.prefix
        self.watcher.follow(folder.folder for folder in setup.chain)

    def _import_seeds(self, hints: Hints) -> Hints:
        """Import the seeds among the hints, if the settings say so; the hints that are left."""
        seeds = os.path.join(self.root, "seeds")
        found = {path for path in hints.files if path.startswith(f"{seeds}{os.sep}")}
        trees = {path for path in hints.folders if path == seeds or path.startswith(f"{seeds}{os.sep}")}
        if not found and not trees:
            return hints
        wanted = sorted(path for path in found | trees if os.path.exists(path))
        setup = self._engine.setup
        if wanted and setup is not None and setup.settings.serve.import_seeds:
            from slugline.importing import import_into  # noqa: PLC0415  # its HTML parsers take 0.3 s to load

            try:
                report = import_into(self.root, [Path(path) for path in wanted])
                self.listener.imported([*map(str, report.problems), report.summary()])
            except SluglineError as error:
                self.listener.imported([str(error)])
            except Exception as error:  # likewise
                self.listener.imported([self._bug(error)])
            # What it wrote is looked at now; its events, still on their way, will find nothing left to do.
            return Hints(hints.files - found, (hints.folders - trees) | {os.path.join(self.root, "content")})
        return Hints(hints.files - found, hints.folders - trees)

    def _bug(self, error: Exception) -> str:
        return bug_line(error, self.root, __version__, sys.argv[1:])

    def _edited(self, hints: Hints | None) -> tuple[str, ...]:
        if hints is None:
            return ()
        paths = sorted(hints.files | hints.folders)
        # Editors make files beside the one that they save, and take them away again.
        paths = [path for path in paths if os.path.lexists(path)] or paths
        return tuple(os.path.relpath(path, self.root) for path in paths) if len(paths) <= _NAMED else ()

    def _places(self) -> list[tuple[str, str]]:
        setup = self._engine.setup
        return [*((folder.shown, str(folder.folder)) for folder in (setup.chain if setup else ())), ("", str(self.root))]
