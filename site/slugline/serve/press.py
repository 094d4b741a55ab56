"""The thread that builds: it waits for a batch, or for the moment at which an embargo ends, builds, and tells the outcome."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from slugline import __version__
from slugline.build.hints import Hints
from slugline.build.report import BuildReport
from slugline.build.session import BuildOptions
from slugline.build.warm import WarmEngine
from slugline.crash import bug_line
from slugline.errors import Problem, PublicationError, SluglineError
from slugline.serve.gathering import Gathering
from slugline.serve.view import View
from slugline.serve.watch import Watcher
from slugline.text import decode

__all__ = ["Outcome", "Outlet", "Press", "Told"]

_RECHECK = 15.0
"""After builds that looked only where they were told to, everything is looked at once it has been quiet so long (seconds)."""

_LOOK = 5.0
"""So often the clock is looked at while an embargo is waited for: it may be set, or the machine have slept (seconds)."""

_NAMED = 5
"""Paths that are named when they are edited at once; of more it says "the publication"."""

_AROUND = 2
"""Lines shown before and after the one to blame."""


class Told(NamedTuple):
    """A problem as people are told of it: with the lines around the one to blame, each with its number."""

    problem: Problem
    excerpt: tuple[tuple[int, str], ...] = ()


class Outcome(NamedTuple):
    """What a build came to.

    Attributes:
        report: what it did; None where it failed.
        problems: what stopped it, or what it warns of.
        edited: the paths that were looked at, relative to the publication, where there were few.
        seconds: from the end of the batch to the site being up to date.
    """

    report: BuildReport | None
    problems: tuple[Told, ...] = ()
    edited: tuple[str, ...] = ()
    seconds: float = 0.0


class Outlet(Protocol):
    """Who is told; called from the thread that builds."""

    def built(self, outcome: Outcome) -> None:
        """A build has finished or failed."""

    def imported(self, lines: Sequence[str]) -> None:
        """Seeds were imported."""

    def ended(self) -> None:
        """There will be no more builds."""


class _CalledOff(SluglineError):
    """Something newer is waiting, or everything is to end."""


class Press:
    """Builds a publication whenever something happens to it.

    Args:
        root: the publication's folder, its path free of symbolic links.
        options: of every build.
        gathering: where batches come from.
        watcher: is told which themes to watch.
        view: what browsers are to see.
        outlet: is told of each build.
    """

    def __init__(
        self,
        root: Path,
        options: BuildOptions,
        *,
        gathering: Gathering,
        watcher: Watcher,
        view: View,
        outlet: Outlet,
    ) -> None:
        self.root = root
        self.options = options
        self.gathering = gathering
        self.watcher = watcher
        self.view = view
        self.outlet = outlet
        self.ready = threading.Event()
        self.failure: BaseException | None = None
        self.prefix = ""
        self.lacks_search = False
        self._stopping = threading.Event()
        self._look_again: float | None = None
        self._told: tuple[Told, ...] = ()
        self._thread = threading.Thread(target=self._run, name="slugline press", daemon=True)

    def start(self) -> None:
        """Begin; :attr:`ready` is set when the first build has finished, or :attr:`failure` says why none ever will."""
        self._thread.start()

    def stop(self) -> None:
        """Call off the build under way, and end."""
        self._stopping.set()
        self.gathering.close()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        try:
            engine = WarmEngine(self.root, self.options)
        except BaseException as error:  # the thread that started this one raises it
            self.failure = error
            self.ready.set()
            return
        try:
            self._serve(engine)
        except BaseException as error:
            self.failure = error
        finally:
            engine.close()
            self.ready.set()
            self.outlet.ended()

    def _serve(self, engine: WarmEngine) -> None:
        due = self._build(engine, None, announce=False)
        if engine.setup is not None:
            search = engine.setup.settings.search
            self.lacks_search = search.enabled and search.index
        self.ready.set()
        while not self._stopping.is_set():
            hints = self.gathering.wait(self._patience(due))
            if self._stopping.is_set():
                return
            if hints is not None:
                self._look_again = time.monotonic() + _RECHECK
                due = self._build(engine, self._without_seeds(engine, hints), announce=True)
            elif due is not None and due <= datetime.now(UTC):
                due = self._build(engine, Hints(), announce=True)
            elif self._look_again is not None and self._look_again <= time.monotonic():
                self._look_again = None
                due = self._build(engine, None, announce=True)

    def _patience(self, due: datetime | None) -> float | None:
        """How long to wait for the next batch, in seconds; None for as long as it takes."""
        waits = []
        if due is not None:
            waits.append(min(max(0.0, (due - datetime.now(UTC)).total_seconds()), _LOOK))
        if self._look_again is not None:
            waits.append(max(0.0, self._look_again - time.monotonic()))
        return min(waits, default=None)

    def _build(self, engine: WarmEngine, hints: Hints | None, *, announce: bool) -> datetime | None:
        """Build; the moment of the next event."""
        began = time.perf_counter()
        # First watched, then looked at: nothing falls between.
        if hints is None or hints.folders:
            self._follow(engine)
        self.view.begin()
        edited = self._edited(hints)
        try:
            report = engine.build(hints, self._progress, self.view)
        except _CalledOff:
            # Due at once: the batch that is waiting, or what was called off where nothing came of that.
            return datetime.now(UTC)
        except PublicationError as error:
            self.view.end()
            told = tuple(Told(problem, self._excerpt(engine, problem)) for problem in error.problems)
            self._failed(engine, told, hints, edited, time.perf_counter() - began)
            return None
        except SluglineError as error:
            self.view.end()
            # A full disk, most often: nobody's next edit is to be waited for.
            self._look_again = time.monotonic() + _RECHECK
            self._failed(engine, (Told(Problem("", 0, str(error))),), hints, edited, time.perf_counter() - began)
            return None
        except Exception as error:  # a bug, said as one; the next edit is built all the same
            self.view.end()
            told = (Told(Problem("", 0, self._bug(error))),)
            self._failed(engine, told, hints, edited, time.perf_counter() - began)
            return None
        self._told = ()
        self.view.end()
        self._follow(engine)
        warnings = tuple(Told(problem) for problem in report.problems)
        if announce or warnings:
            self.outlet.built(Outcome(report, warnings, edited, time.perf_counter() - began))
        else:
            self.outlet.built(Outcome(report))
        return datetime.fromisoformat(report.next_event.at) if report.next_event else None

    def _failed(
        self, engine: WarmEngine, told: tuple[Told, ...], hints: Hints | None, edited: tuple[str, ...], seconds: float
    ) -> None:
        # What is wrong may lie in a theme that nothing has watched yet.
        self._follow(engine)
        # Whoever saves is told each time; a look that nobody asked for says nothing that was said before.
        if hints or told != self._told:
            self.outlet.built(Outcome(None, told, edited, seconds))
        self._told = told

    def _progress(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002
        # What is to be moved into place is moved: that is quick, and half of it would be neither one site nor the other.
        if stage == "write":
            return
        # The first build is what everything waits for: it is finished, and what came meanwhile is the second's.
        if self._stopping.is_set() or (self.ready.is_set() and self.gathering.ready()):
            raise _CalledOff

    def _follow(self, engine: WarmEngine) -> None:
        if engine.setup is None:
            self.watcher.follow(())
            return
        self.prefix = engine.setup.site.prefix
        self.watcher.follow(folder.folder for folder in engine.setup.chain)

    def _without_seeds(self, engine: WarmEngine, hints: Hints) -> Hints:
        """Import the seeds among the hints, if the settings say so; the hints that are left."""
        seeds = os.path.join(self.root, "seeds")
        found = {path for path in hints.files if path.startswith(f"{seeds}{os.sep}")}
        trees = {path for path in hints.folders if path == seeds or path.startswith(f"{seeds}{os.sep}")}
        if not found and not trees:
            return hints
        wanted = sorted(path for path in found | trees if os.path.exists(path))
        if wanted and engine.setup is not None and engine.setup.settings.serve.import_seeds:
            from slugline.importing import import_into  # noqa: PLC0415  # only where seeds come in

            try:
                report = import_into(self.root, [Path(path) for path in wanted])
                self.outlet.imported([*map(str, report.problems), report.summary()])
            except SluglineError as error:
                self.outlet.imported([str(error)])
            except Exception as error:  # likewise
                self.outlet.imported([self._bug(error)])
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

    def _excerpt(self, engine: WarmEngine, problem: Problem) -> tuple[tuple[int, str], ...]:
        if not problem.path or not problem.line:
            return ()
        for shown, folder in self._places(engine):
            if problem.path.startswith(f"{shown}/") or not shown:
                relative = problem.path[len(shown) + 1 :] if shown else problem.path
                return _lines_around(os.path.join(folder, relative), problem.line)
        return ()

    def _places(self, engine: WarmEngine) -> Iterable[tuple[str, str]]:
        chain = engine.setup.chain if engine.setup else ()
        yield from ((folder.shown, str(folder.folder)) for folder in chain)
        yield "", str(self.root)


def _lines_around(path: str, line: int) -> tuple[tuple[int, str], ...]:
    try:
        with open(path, "rb") as file:
            text, _ = decode(file.read(1 << 20), path)
    except OSError:
        return ()
    lines = text.split("\n")
    first = max(1, line - _AROUND)
    return tuple((number, lines[number - 1][:240]) for number in range(first, min(len(lines), line + _AROUND) + 1))
