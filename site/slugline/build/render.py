"""The stage that renders: dirty pages → bytes and traces, alone or on all cores, into the staging folder."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

from slugline.build.inputs import RenderInputs
from slugline.build.ledger import Written, url_of
from slugline.build.locate import in_file, located
from slugline.build.publish import Staged, Staging
from slugline.build.session import Session
from slugline.build.workshop import Job, Outcome, Workshop, WorkshopArguments, make_workshop
from slugline.errors import Problem, PublicationError
from slugline.pages.page import Page
from slugline.pages.render_context import Finding
from slugline.pool import map_shares
from slugline.theme.environment import distinct_problems

__all__ = ["Rendered", "finding_problems", "make_all", "render_pages"]

_ALONE = 60
"""Up to so many pages are rendered in this process: starting others takes longer."""

_SHARE = 25

_PICTURES_ALONE = 4
_PICTURES_SHARE = 4
"""Versions of pictures are few and slow where pages are many and quick. They come sorted by name, so that a share is mostly
of one picture, which is then opened once."""


_BATCH = 2000
"""So many traces are written into the ledger at once."""

_ENOUGH = 20
"""Where a browser waits, so many problems of templates say all that there is to say."""


class Rendered(NamedTuple):
    """What became of the dirty pages.

    Attributes:
        staged: files that wait to be moved into place one by one; none where their folder moves as a whole.
        urls: of the pages whose bytes are new, sorted.
    """

    staged: list[Staged]
    urls: tuple[str, ...]


def render_pages(
    session: Session,
    inputs: RenderInputs,
    jobs: Sequence[Job],
    staging: Staging,
    *,
    compare: bool,
    tick: Callable[[], None] | None,
) -> Rendered:
    """Render pages into the staging folder, and store their traces in the ledger.

    Args:
        session: the build under way.
        inputs: what its pages depend on besides content.
        jobs: the pages.
        staging: where new bytes go.
        compare: compare with files that exist already though the ledger does not know them.
        tick: called after each page, and again and again while other processes are at work.

    Raises:
        PublicationError: pages could not be rendered; every reason is in it.
    """
    ledger = session.ledger
    staged: list[Staged] = []
    urls: list[str] = []
    batch: list[Written] = []
    findings: dict[Finding, None] = {}
    warnings: dict[Finding, None] = {}
    problems: list[Problem] = []
    workshop, arguments = inputs.workshop(staging, compare=compare), inputs.workshop_arguments(staging, compare=compare)
    # Closed, so that no other process is left at work in the staging folder when a build is called off.
    with closing(make_all(workshop, arguments, jobs, session.jobs, tick)) as outcomes:
        for number, outcome in enumerate(outcomes, 1):
            session.progress("render", number, len(jobs))
            if tick is not None:
                tick()
            findings.update(dict.fromkeys(outcome.findings))
            warnings.update(dict.fromkeys(outcome.warnings))
            problems += outcome.problems
            if findings or problems:
                if tick is not None and len(problems) >= _ENOUGH:
                    break
                continue
            if outcome.staged:
                if not staging.whole:
                    staged.append(Staged(outcome.row.path, outcome.staged))
                urls.append(url_of(outcome.row.path))
            batch.append(
                Written(outcome.row.id, outcome.template, outcome.reads, outcome.digest, outcome.size, outcome.mtime)
            )
            if len(batch) == _BATCH:
                ledger.write(batch)
                batch.clear()
    if findings or problems:
        found = finding_problems(str(session.root), findings)
        raise PublicationError([*distinct_problems(problems), *found, *_warnings(session, warnings)])
    session.problems.extend(_warnings(session, warnings))
    ledger.write(batch)
    return Rendered(staged, tuple(sorted(urls)))


def _warnings(session: Session, findings: Iterable[Finding]) -> list[Problem]:
    return [problem._replace(severity="warning") for problem in finding_problems(str(session.root), findings)]


def finding_problems(root: str, findings: Iterable[Finding]) -> list[Problem]:
    """What rendering found wrong in sources, as problems with their lines."""
    needles: dict[Problem, str] = {}
    for found in findings:
        path = f"content/{found.source}"
        line = found.line and in_file(root, path, found.line)
        needles[Problem(path, line, found.message, found.hint)] = found.needle
    return located(root, needles, needles)


def make_all(
    workshop: Workshop,
    arguments: WorkshopArguments,
    todo: Sequence[Job],
    jobs: int,
    tick: Callable[[], None] | None = None,
) -> Generator[Outcome]:
    """The outcomes of jobs, in order; pictures last, so that nothing waits for them. Closed early, it ends its processes.

    Args:
        workshop: this process's.
        arguments: what other processes make theirs of.
        todo: what is to be done.
        jobs: how many processes may do it.
        tick: called again and again while other processes are at work; what it raises calls them off.

    Raises:
        WorkerDied: a page ends the process that renders it.
    """
    slow = {kind.name for kind in workshop.kinds if kind.slow}
    pages: list[Job] = []
    pictures: list[Job] = []
    for job in todo:
        (pictures if Page.from_name(job.row.name).kind in slow else pages).append(job)
    for part, alone, size in ((pages, _ALONE, _SHARE), (pictures, _PICTURES_ALONE, _PICTURES_SHARE)):
        if jobs == 1 or len(part) <= alone:
            for job in part:
                yield workshop.do(job)
            continue
        shares = map_shares(
            _do_share,
            part,
            jobs=jobs,
            size=size,
            start=_start,
            arguments=(arguments,),
            name=lambda job: f"the page {url_of(job.row.path)}",
            tick=tick,
        )
        with closing(shares):
            for outcomes in shares:
                yield from outcomes


_worker: list[Workshop] = []


def _start(arguments: WorkshopArguments) -> None:
    _worker[:] = [make_workshop(arguments)]


def _do_share(share: Sequence[Job]) -> list[Outcome]:
    return _worker[0].do_all(share)
