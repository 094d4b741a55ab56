"""What the stages of one build share: where everything lies, the settings, the clock, the open state."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from slugline.build.hints import Hints
from slugline.build.ledger import Ledger
from slugline.catalog.clock import Clock
from slugline.catalog.decoding import parsed_clock
from slugline.catalog.store import State
from slugline.config import Settings
from slugline.declared import Frozen, fresh
from slugline.errors import Problem
from slugline.pages.site import Site
from slugline.theme.location import ThemeChain

if TYPE_CHECKING:
    from slugline.build.ingest import Ingester
    from slugline.theme.theme import LoadedTheme

__all__ = ["BuildOptions", "Kept", "Progress", "Session", "Viewing", "clock_from", "clock_text", "unheard"]

Progress = Callable[[str, int, int], None]
"""Called with a stage, how many pieces of it are done, and how many there are (0: not known)."""


def unheard(stage: str, done: int, total: int) -> None:
    """The progress of a build that nobody listens to."""


class BuildOptions(Frozen):
    """How to build.

    Attributes:
        output: the build folder; None for ``build/`` in the publication.
        drafts, future: show drafts, and stories under embargo.
        now: the instant of the build; None for the present one.
        base_url: where the site will stand, if not where the settings say.
        jobs: processes; 0 for as many as there are processors.
        verify: the part of the kept pages to render as well and compare, from 0 to 1; None for none.
        state: the state's file; None for its usual place.
        wait: how long to wait for another build of the publication, in seconds.
        fingerprints: publish assets under names that change with their content; without, a changed asset is the only
            output that changes, which is what someone who works on it wants.
    """

    output: Path | None = None
    drafts: bool = False
    future: bool = False
    now: datetime | None = None
    base_url: str = ""
    jobs: int = 0
    verify: float | None = None
    state: Path | None = None
    wait: float = 0.0
    fingerprints: bool = True

    def clock(self) -> Clock:
        """The clock of the build."""
        return Clock.at(self.now or datetime.now(UTC), drafts=self.drafts, future=self.future)


class Kept:
    """What a process that builds again and again keeps from one build to the next; each part checks that it still fits.

    Attributes:
        ingester: reads and parses sources.
        theme: the theme, loaded.
    """

    def __init__(self) -> None:
        self.ingester: Ingester | None = None
        self.theme: LoadedTheme | None = None


class Viewing(Protocol):
    """Pages that somebody looks at: they are rendered before anything else, and shown before the build has finished."""

    def wanted(self) -> Iterable[str]:
        """Output paths of pages to be shown now; each is handed out once a build."""

    def show(self, path: str, content: bytes) -> None:
        """The bytes of a page as it is going to be, whether they changed or not; or of an asset that changed."""

    def pass_over(self, path: str) -> None:
        """A page that was wanted is none, or cannot be shown."""


class Session(Frozen):
    """One build under way.

    Attributes:
        content: the content folder.
        theme_options: the theme's options with the publication's over them.
        seconds: wall-clock time of each stage so far.
        problems: warnings so far.
        hints: where alone to look for changes; None to look everywhere.
        viewing: pages to render first; None where nobody looks.
    """

    root: Path
    output: str
    state: str
    content: str
    jobs: int
    clock: Clock
    verify: float | None
    progress: Progress
    settings: Settings
    chain: ThemeChain
    theme_options: Mapping[str, Any]
    site: Site
    db: State
    ledger: Ledger
    seconds: dict[str, float] = fresh(dict)
    problems: list[Problem] = fresh(list)
    fingerprints: bool = True
    hints: Hints | None = None
    viewing: Viewing | None = None
    kept: Kept = fresh(Kept)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the time spent inside as a stage's."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def clock_text(clock: Clock) -> str:
    """A clock as the state keeps it."""
    return json.dumps(clock)


def clock_from(text: str) -> Clock | None:
    """The clock that :func:`clock_text` wrote; None for an empty text."""
    return parsed_clock(text) if text else None
