"""One page made: rendered, written, copied or encoded, and staged if its bytes are new."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from slugline.build.ledger import PageRow, Read, route_of
from slugline.build.publish import Staging
from slugline.build.traces import TraceWriter
from slugline.catalog.decoding import present
from slugline.catalog.queries import Answer, Catalog, Fact, Media, PictureOf, Query, Segment
from slugline.catalog.store import State, open_readonly
from slugline.catalog.trace import Answers, Trace
from slugline.errors import Problem
from slugline.files import digest, digest_file, on_disk
from slugline.images.crops import crop_of
from slugline.images.faults import Unreadable
from slugline.pages.contexts import template_of
from slugline.pages.machine.card import card_words
from slugline.pages.rendering import PageRenderer
from slugline.pages.site import Site
from slugline.pages.scope import Finding, Scope
from slugline.theme.theme import LoadedTheme, ThemeSource

if TYPE_CHECKING:
    from slugline.images.darkroom import Darkroom

__all__ = ["Job", "Outcome", "Workshop", "WorkshopArguments", "catalog_of", "make_workshop"]


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
        cache: the folder of what takes long to make: versions of pictures, share cards, search indexes.
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
        staging: Staging | None,
        *,
        compare: bool,
    ) -> None:
        self.traces = TraceWriter()
        self.catalog = catalog_of(db, facts, site, cache)
        self.answers = Answers(self.catalog)
        self.theme = theme
        self.content = content
        self.cache = cache
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

    def _stage(self, job: Job, template: str, content: bytes, reads: Mapping[Query[Any], Answer[Any]]) -> Outcome:
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
        found, size = present(trace.ask(Media(path)), path)
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
        picture = present(trace.ask(PictureOf(path)), path)
        source, _ = present(trace.ask(Media(path)), path)
        try:
            if whole:
                content = self._darkroom.develop(path, source, picture, present(picture.find(name), path))
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
        return self._stage(job, "", kept_card(words, os.path.join(self.cache, "cards")), trace.reads)

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

        return Darkroom(self.content, os.path.join(self.cache, "images"))

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
    staging: tuple[str, str, bool] | None
    compare: bool


def make_workshop(arguments: WorkshopArguments) -> Workshop:
    """The workshop of a worker process; it reads the state and never writes it."""
    state, site, source, facts, content, cache, folders, compare = arguments
    staging = Staging(folders[0], folders[1], whole=folders[2]) if folders else None
    theme = LoadedTheme(source, site)
    return Workshop(open_readonly(state), site, theme, facts, content, cache, staging, compare=compare)


def catalog_of(db: State, facts: Mapping[str, str], site: Site, cache: str) -> Catalog:
    """The catalog as pages and grants ask it, with the search index if the site has one."""
    engine = facts.get("search")
    if not engine:
        return Catalog(db, facts)
    # Only a publication with a search index pays for loading what makes it.
    from slugline.search.segments import Segments  # noqa: PLC0415

    return Catalog(db, facts, Segments(os.path.join(cache, "search"), engine, site.lang, site.href))
