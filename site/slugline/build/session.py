"""What the stages of one build share: where everything lies, the settings, the clock, the open state."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from slugline.build.cache import BuildCache
from slugline.build.ledger import Ledger
from slugline.build.scan.hints import Hints
from slugline.catalog.clock import Clock
from slugline.catalog.store import State
from slugline.errors import Problem
from slugline.frozen import Frozen, fresh
from slugline.markup.options import Added
from slugline.pages.site import Site
from slugline.settings.schema import Settings
from slugline.theme.location import ThemeChain

if TYPE_CHECKING:
    from slugline.pages.kinds.registry import PageKinds

__all__ = ["BuildOptions", "Preview", "Progress", "Session", "no_progress"]

Progress = Callable[[str, int, int], None]
"""Called with a stage, how many pieces of it are done, and how many there are (0: not known)."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Ignore the progress of a build."""


class BuildOptions(Frozen):
    """How to build.

    Attributes:
        output: the build folder; None for ``build/`` in the publication.
        drafts, future: show drafts, and stories under embargo.
        now: the instant of the build; None for the present one.
        base_url: where the site will stand, if not where the settings say.
        jobs: processes; 0 for as many as there are processors.
        verify: the part of the unchanged pages to render as well and compare, from 0 to 1; None for none.
        state: the state's file; None for its usual place.
        wait: how long to wait for another build of the publication, in seconds.
        fingerprints: publish assets under names that change with their content; without, a changed asset is the only
            output that changes, which is what someone who works on it wants.
        kinds: the kinds of pages that there are; None for the standard ones.
        local: only this machine sees the result, as in dev mode.
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
    kinds: PageKinds | None = None
    local: bool = False

    @property
    def staging(self) -> bool:
        """Whether the result is for a staging site: others see it, and what it shows is not all public."""
        return (self.drafts or self.future) and not self.local

    def clock(self) -> Clock:
        """The clock of the build."""
        return Clock.at(self.now or datetime.now(UTC), drafts=self.drafts, future=self.future)


class Preview(Protocol):
    """The hook of dev mode: pages that a browser displays are rendered before all others, and handed over at once."""

    def wanted(self) -> Iterable[str]:
        """Output paths of pages to be rendered now; each is handed out once a build."""

    def show(self, path: str, content: bytes) -> None:
        """Take the bytes of a page as it is going to be, whether they changed or not; or of an asset that changed."""

    def pass_over(self, path: str) -> None:
        """Do without a page that was wanted: there is none, or it cannot be rendered."""


class Session(Frozen):
    """One build under way.

    Attributes:
        content: the content folder.
        theme_options: the theme's options with the publication's over them.
        seconds: wall-clock time of each stage so far.
        problems: warnings so far.
        kinds: the kinds of pages that there are; None for the standard ones.
        added: shortcodes and Markdown extensions of the publication's own.
        packages: installed packages that add to this publication, and the module of each.
        hints: where alone to look for changes; None to look everywhere.
        preview: pages to render first; None where no browser waits.
        cache: what the process retains from one build to the next.
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
    kinds: PageKinds | None = None
    added: Added = Added()
    packages: tuple[tuple[str, str], ...] = ()
    hints: Hints | None = None
    preview: Preview | None = None
    cache: BuildCache = fresh(BuildCache)

    def beside(self, name: str) -> str:
        """A folder beside the content: ``static`` or ``extensions``; a publication need not have it."""
        return os.path.join(os.path.dirname(self.content), name)

    @property
    def marker(self) -> str:
        """A file that exists while files are moved into place; one that a killed build left says that some were not."""
        return f"{self.state}.publishing"

    @property
    def cache_folder(self) -> str:
        """What takes long to make (versions of pictures, share cards, search indexes); builds into several folders share it."""
        return os.path.join(os.path.dirname(self.state), "cache")

    @property
    def interrupted(self) -> bool:
        """Whether the last build was killed while it moved files into place."""
        return os.path.exists(self.marker)

    @property
    def has_news(self) -> bool:
        """Whether the site has a news sitemap."""
        sitemaps = self.settings.sitemaps
        return sitemaps.enabled and sitemaps.news

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the time spent inside as a stage's."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
