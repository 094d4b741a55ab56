"""One page made: rendered, written, copied or encoded, and staged if its bytes are new."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from slugline.build.ledger import PageRow, Read, route_of
from slugline.build.publish import Staging
from slugline.build.traces import TraceWriter
from slugline.catalog.queries import Catalog
from slugline.catalog.store import State, open_readonly
from slugline.catalog.trace import Answers
from slugline.errors import Problem
from slugline.files import digest, digest_file, on_disk
from slugline.pages.kinds.registry import PageKinds
from slugline.pages.page import Page, Source
from slugline.pages.render_context import Finding
from slugline.pages.rendering import PageRenderer
from slugline.pages.site import Site
from slugline.pages.workbench import Copied, Rendered, Workbench
from slugline.theme.theme import LoadedTheme, ThemeSource

__all__ = ["Job", "Outcome", "Workshop", "WorkshopArguments", "catalog_of", "make_workshop"]


class Job(NamedTuple):
    """One page to render; ``in_place`` says whether the file that the ledger knows is in its place."""

    row: PageRow
    in_place: bool


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
        cache: the folder of what takes long to make: versions of pictures, share cards, search indexes.
        kinds: the kinds of pages that there are.
        staging: where new bytes go; None to render without writing.
        compare: compare with files that stand already though the ledger does not know them.
    """

    def __init__(
        self,
        db: State,
        site: Site,
        theme: LoadedTheme,
        facts: Mapping[str, str],
        content: str,
        cache: str,
        kinds: PageKinds,
        staging: Staging | None,
        *,
        compare: bool,
    ) -> None:
        self.traces = TraceWriter()
        self.catalog = catalog_of(db, facts, site, cache)
        self.answers = Answers(self.catalog)
        self.content = content
        self.kinds = kinds
        self.staging = staging
        self.compare = compare
        self.renderer = PageRenderer(Workbench(site, theme, self.answers, content, cache), kinds)

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
        if job.in_place and found == row.digest:
            return Outcome(row, template, rows, "", found, row.size, row.mtime)
        if self.staging is None:
            return Outcome(row, template, rows, "", found, len(content), 0)
        if self.compare and (known := self._standing(row.path, found, len(content))):
            return Outcome(row, template, rows, "", found, *known)
        return Outcome(row, template, rows, *_staged(self.staging.write(row.id, row.path, content), found))

    def _copy(self, job: Job, made: Copied) -> Outcome:
        row, found, size = job.row, made.digest, made.size
        rows = self.traces.rows(made.reads)
        if job.in_place and found == row.digest:
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


class WorkshopArguments(NamedTuple):
    """What a worker process makes its workshop of: values that can be sent to it. See :class:`Workshop`.

    Attributes:
        state: the state's file.
        staging: the build folder, the staging folder, and whether that is moved as a whole; None to render without writing.
    """

    state: str
    site: Site
    theme: ThemeSource
    facts: Mapping[str, str]
    content: str
    cache: str
    kinds: PageKinds
    staging: tuple[str, str, bool] | None
    compare: bool


def make_workshop(arguments: WorkshopArguments) -> Workshop:
    """The workshop of a worker process; it reads the state and never writes it."""
    state, site, source, facts, content, cache, kinds, folders, compare = arguments
    staging = Staging(folders[0], folders[1], whole=folders[2]) if folders else None
    theme = LoadedTheme(source, site)
    return Workshop(open_readonly(state), site, theme, facts, content, cache, kinds, staging, compare=compare)


def catalog_of(db: State, facts: Mapping[str, str], site: Site, cache: str) -> Catalog:
    """The catalog as pages and grants ask it, with the search index if the site has one."""
    engine = facts.get("search")
    if not engine:
        return Catalog(db, facts)
    # Only a publication with a search index pays for loading what makes it.
    from slugline.search.segments import Segments  # noqa: PLC0415

    return Catalog(db, facts, Segments(os.path.join(cache, "search"), engine, site.lang, site.href))
