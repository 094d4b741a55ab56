"""Render the dirty pages, alone or on all cores, into the staging folder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from slugline.build.ledger import PageRow, Read, route_of, url_of
from slugline.build.output import Staging
from slugline.build.traces import TraceWriter
from slugline.catalog.queries import Answer, Catalog, Fact, Media, PictureOf, Query, Segment
from slugline.catalog.store import open_readonly
from slugline.catalog.trace import Answers, Trace
from slugline.errors import Problem
from slugline.files import digest, digest_file, on_disk
from slugline.images.crops import crop_of
from slugline.images.faults import Unreadable
from slugline.pages.contexts import template_of
from slugline.pages.machine.card import card_words
from slugline.pages.rendering import PageRenderer
from slugline.pages.scope import Finding, Scope
from slugline.pages.site import Site
from slugline.pool import shared
from slugline.theme.theme import LoadedTheme, ThemeSource

if TYPE_CHECKING:
    from slugline.images.darkroom import Darkroom

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
        staging: Staging | None,
        *,
        compare: bool,
    ) -> None:
        self.traces = TraceWriter()
        self.catalog = catalog_of(db, facts, site, kept)
        self.answers = Answers(self.catalog)
        self.theme = theme
        self.content = content
        self.kept = kept
        self.staging = staging
        self.compare = compare
        self.renderer = PageRenderer(site, theme.templates, self.answers)

    def do(self, job: Job) -> Outcome:
        """Render one page, and stage it if its bytes are new."""
        row = job.row
        route = route_of(row)
        kind = route.page.kind
        template = template_of(kind)
        if kind == "media":
            return self._copy(job, route.page.key)
        if kind == "variant":
            return self._variant(job, *route.page.key.rsplit(" ", 1))
        if kind == "crop":
            return self._variant(job, *route.page.key.rsplit(" ", 1), whole=False)
        if kind == "card":
            return self._card(job)
        if kind == "searchfile":
            return self._search_file(job, *route.page.key.split("/", 1))
        if kind == "asset":
            trace = Trace(self.answers)
            trace.ask(Fact(f"bytes {route.page.key}"))
            return self._stage(job, "", self.theme.assets[route.page.key].content, trace.reads)
        rendered = self.renderer.render(route)
        if rendered.problems or rendered.findings:
            return Outcome(row, template, (), "", b"", 0, 0, rendered.findings, rendered.problems)
        return self._stage(job, template, rendered.content, rendered.reads)

    def do_all(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Render several pages, the stories among them read in one go."""
        named = (job.row.name.partition(" ") for job in jobs)
        self.answers.prepare([key for kind, _, key in named if kind == "article"])
        return [self.do(job) for job in jobs]

    def _stage(self, job: Job, template: str, content: bytes, reads: Mapping[Query, Answer]) -> Outcome:
        row = job.row
        found = digest(content)
        rows = self.traces.rows(reads)
        if job.stands and found == row.digest:
            return Outcome(row, template, rows, "", found, row.size, row.mtime)
        if self.staging is None:
            return Outcome(row, template, rows, "", found, len(content), 0)
        if self.compare and (known := self._standing(row.path, found, len(content))):
            return Outcome(row, template, rows, "", found, *known)
        return Outcome(row, template, rows, *_staged(self.staging.write(row.id, row.path, content), found))

    def _copy(self, job: Job, path: str) -> Outcome:
        row = job.row
        trace = Trace(self.answers)
        found, size = trace.ask(Media(path))
        rows = self.traces.rows(trace.reads)
        if job.stands and found == row.digest:
            return Outcome(row, "", rows, "", found, row.size, row.mtime)
        if self.staging is None:
            return Outcome(row, "", rows, "", found, size, 0)
        if self.compare and (known := self._standing(row.path, found, size)):
            return Outcome(row, "", rows, "", found, *known)
        source = on_disk(self.content, path)
        return Outcome(row, "", rows, *_staged(self.staging.copy(row.id, row.path, source), found))

    def _variant(self, job: Job, path: str, name: str, *, whole: bool = True) -> Outcome:
        trace = Trace(self.answers)
        picture = trace.ask(PictureOf(path))
        source, _ = trace.ask(Media(path))
        try:
            if whole:
                content = self._darkroom.develop(path, source, picture, picture.find(name))
            else:
                content = self._darkroom.cut(path, source, picture, crop_of(picture, name))
        except Unreadable as error:
            said, hint = error.args
            problem = Problem(f"content/{path}", 0, f"the picture {said}", hint)
            return Outcome(job.row, "", (), "", b"", 0, 0, (), (problem,))
        return self._stage(job, "", content, trace.reads)

    def _card(self, job: Job) -> Outcome:
        # Only a process that has a card to draw pays for loading what draws it.
        from slugline.cards.kept import kept_card  # noqa: PLC0415

        trace = Trace(self.answers)
        # A card's colours are options of the theme.
        trace.ask(Fact("settings"))
        words = card_words(route_of(job.row), Scope(trace, self.renderer.site))
        return self._stage(job, "", kept_card(words, os.path.join(self.kept, "cards")), trace.reads)

    def _search_file(self, job: Job, year: str, path: str) -> Outcome:
        trace = Trace(self.answers)
        # The addresses in the index begin with the path of the base URL.
        trace.ask(Fact("settings"))
        trace.ask(Segment(year))
        assert self.catalog.segments is not None
        return self._stage(job, "", self.catalog.segments.read(self.catalog.db, year, path), trace.reads)

    @cached_property
    def _darkroom(self) -> Darkroom:
        # Only a process that has a picture to make pays for loading what makes it.
        from slugline.images.darkroom import Darkroom  # noqa: PLC0415

        return Darkroom(self.content, os.path.join(self.kept, "images"))

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
    pages = [job for job in jobs_todo if not _is_variant(job)]
    pictures = [job for job in jobs_todo if _is_variant(job)]
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


def _is_variant(job: Job) -> bool:
    return job.row.name.startswith(("variant ", "crop "))


def make_workshop(
    state: str,
    site: Site,
    theme_source: ThemeSource,
    facts: Mapping[str, str],
    content: str,
    kept: str,
    staging: tuple[str, str, bool] | None,
    compare: bool,
) -> Workshop:
    """The workshop of a worker process, from values that can be sent to it."""
    place = Staging(staging[0], staging[1], whole=staging[2]) if staging else None
    theme = LoadedTheme(theme_source, site)
    return Workshop(open_readonly(state), site, theme, facts, content, kept, place, compare=compare)


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
