"""Render the dirty pages, alone or on all cores, into the staging folder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from slugline.build.ledger import PageRow, Read, route_of, url_of
from slugline.build.output import Staging
from slugline.build.traces import TraceWriter
from slugline.catalog.queries import Catalog
from slugline.catalog.store import open_readonly
from slugline.catalog.trace import Answers
from slugline.errors import Problem
from slugline.files import digest, digest_file, on_disk
from slugline.pages.kinds.registry import PageKinds
from slugline.pages.page import Page, Source
from slugline.pages.render_context import Finding
from slugline.pages.rendering import PageRenderer
from slugline.pages.site import Site
from slugline.pages.workbench import Copied, Rendered, Workbench
from slugline.pool import shared
from slugline.theme.theme import LoadedTheme, ThemeSource

__all__ = ["Job", "Outcome", "Workshop", "render_all"]

_ALONE = 60
"""Up to so many pages are rendered in this process: starting others takes longer."""

_SHARE = 25

_PICTURES_ALONE = 4
_PICTURES_SHARE = 4
"""Versions of pictures are few and slow where pages are many and quick. They come sorted by name, so that a share is mostly
of one picture, which is then opened once."""


class Job(NamedTuple):
    """One page to render; ``stands`` says whether the file that the ledger knows is in its place."""

    row: PageRow
    stands: bool


class Outcome(NamedTuple):
    """One page, rendered.

    Attributes:
        staged: where its new bytes lie; empty where they are those that are published already.
        digest, size, mtime: of the output as it will stand.
    """

    row: PageRow
    template: str
    reads: tuple[Read, ...]
    staged: str
    digest: bytes
    size: int
    mtime: int
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


class Workshop:
    """All that rendering needs, in one process.

    Args:
        db: the state, for reading.
        site: the publication.
        theme: its theme.
        facts: what pages may depend on besides content.
        content: the content folder.
        kept: the folder in which is kept what takes long to make: versions of pictures, search indexes.
        kinds: the kinds of pages that there are.
        staging: where new bytes go; None to render without writing.
        compare: compare with files that stand already though the ledger does not know them.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        site: Site,
        theme: LoadedTheme,
        facts: Mapping[str, str],
        content: str,
        kept: str,
        kinds: PageKinds,
        staging: Staging | None,
        *,
        compare: bool,
    ) -> None:
        self.traces = TraceWriter()
        self.catalog = catalog_of(db, facts, site, kept)
        self.answers = Answers(self.catalog)
        self.content = content
        self.kinds = kinds
        self.staging = staging
        self.compare = compare
        self.renderer = PageRenderer(Workbench(site, theme, self.answers, content, kept), kinds)

    def do(self, job: Job) -> Outcome:
        """Make one output, and stage it if its bytes are new."""
        route = route_of(job.row)
        template = self.kinds[route.page.kind].template
        made = self.renderer.make(route)
        if isinstance(made, Copied):
            return self._copy(job, made)
        if made.problems or made.findings:
            return Outcome(job.row, template, (), "", b"", 0, 0, made.findings, made.problems)
        return self._stage(job, template, made)

    def do_all(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Render several pages, the stories among them read in one go."""
        pages = [Page.from_name(job.row.name) for job in jobs]
        self.answers.prepare([page.key for page in pages if self.kinds[page.kind].source is Source.STORY])
        return [self.do(job) for job in jobs]

    def _stage(self, job: Job, template: str, made: Rendered) -> Outcome:
        row, content = job.row, made.content
        found = digest(content)
        rows = self.traces.rows(made.reads)
        if job.stands and found == row.digest:
            return Outcome(row, template, rows, "", found, row.size, row.mtime)
        if self.staging is None:
            return Outcome(row, template, rows, "", found, len(content), 0)
        if self.compare and (known := self._standing(row.path, found, len(content))):
            return Outcome(row, template, rows, "", found, *known)
        return Outcome(row, template, rows, *_staged(self.staging.write(row.id, row.path, content), found))

    def _copy(self, job: Job, made: Copied) -> Outcome:
        row, found, size = job.row, made.digest, made.size
        rows = self.traces.rows(made.reads)
        if job.stands and found == row.digest:
            return Outcome(row, "", rows, "", found, row.size, row.mtime)
        if self.staging is None:
            return Outcome(row, "", rows, "", found, size, 0)
        if self.compare and (known := self._standing(row.path, found, size)):
            return Outcome(row, "", rows, "", found, *known)
        source = on_disk(self.content, made.source)
        return Outcome(row, "", rows, *_staged(self.staging.copy(row.id, row.path, source), found))

    def _standing(self, path: str, wanted: bytes, size: int) -> tuple[int, int] | None:
        assert self.staging is not None
        place = os.path.join(self.staging.output, path)
        try:
            stat = os.stat(place, follow_symlinks=False)
            if stat.st_size != size or digest_file(place)[0] != wanted:
                return None
        except OSError:
            return None
        return stat.st_size, stat.st_mtime_ns


def _staged(placed: tuple[str, int, int], found: bytes) -> tuple[str, bytes, int, int]:
    place, size, mtime = placed
    return place, found, size, mtime


def render_all(
    workshop: Workshop, make: Callable[..., Workshop], arguments: tuple[Any, ...], jobs_todo: Sequence[Job], jobs: int,
    tick: Callable[[], None] | None = None,
) -> Generator[Outcome]:
    """The outcomes of jobs, in order; pictures last, so that nothing waits for them. Closed early, it ends its processes.

    Args:
        workshop: this process's.
        make: makes another process's, from ``arguments``.
        arguments: see ``make``.
        jobs_todo: what is to be done.
        jobs: how many processes may do it.
        tick: called again and again while other processes are at work; what it raises calls them off.

    Raises:
        WorkerDied: a page ends the process that renders it.
    """
    slow = {kind.name for kind in workshop.kinds if kind.slow}
    pages = [job for job in jobs_todo if Page.from_name(job.row.name).kind not in slow]
    pictures = [job for job in jobs_todo if Page.from_name(job.row.name).kind in slow]
    for todo, alone, size in ((pages, _ALONE, _SHARE), (pictures, _PICTURES_ALONE, _PICTURES_SHARE)):
        if jobs == 1 or len(todo) <= alone:
            for job in todo:
                yield workshop.do(job)
            continue
        shares = shared(
            _do_share,
            todo,
            jobs=jobs,
            size=size,
            start=_start,
            arguments=(make, arguments),
            name=lambda job: f"the page {url_of(job.row.path)}",
            tick=tick,
        )
        with closing(shares):
            for outcomes in shares:
                yield from outcomes


def make_workshop(
    state: str,
    site: Site,
    theme_source: ThemeSource,
    facts: Mapping[str, str],
    content: str,
    kept: str,
    kinds: PageKinds,
    staging: tuple[str, str, bool] | None,
    compare: bool,
) -> Workshop:
    """The workshop of a worker process, from values that can be sent to it."""
    place = Staging(staging[0], staging[1], whole=staging[2]) if staging else None
    theme = LoadedTheme(theme_source, site)
    return Workshop(open_readonly(state), site, theme, facts, content, kept, kinds, place, compare=compare)


_worker: list[Workshop] = []


def _start(make: Callable[..., Workshop], arguments: tuple[Any, ...]) -> None:
    _worker[:] = [make(*arguments)]


def _do_share(share: Sequence[Job]) -> list[Outcome]:
    return _worker[0].do_all(share)


def cache_folder(state: str, salt: str) -> Path:
    """Where templates that the code of that salt has compiled are kept, beside the state."""
    return Path(state).parent / "templates" / salt[:16]


def kept_folder(state: str) -> str:
    """Where is kept what takes long to make, beside the state; builds into several folders share it."""
    return str(Path(state).parent / "cache")


def catalog_of(db: sqlite3.Connection, facts: Mapping[str, str], site: Site, kept: str) -> Catalog:
    """The catalog as pages and grants ask it, with the search index if the site has one."""
    engine = facts.get("search")
    if not engine:
        return Catalog(db, facts)
    # Only a publication with a search index pays for loading what makes it.
    from slugline.search.segments import Segments  # noqa: PLC0415

    return Catalog(db, facts, Segments(os.path.join(kept, "search"), engine, site.lang, site.href))
