"""A build, from start to end: scan, sync, plan, render, publish, verify. The one place that tells the whole story.

Two transactions carry it. The first (:mod:`slugline.build.sync`) brings the catalog up to date with the sources, together
with the topics that this touched; it is rolled back if any source is wrong. The second (:func:`_make_pages`) changes the
ledger, and is committed when every page lies ready to be moved into place. A build that fails or is killed between them
leaves the touched topics behind as a debt, and the next build pays it; one that is killed while it moves files leaves a
ledger that knows better than the build folder, and the next build makes again what is not there.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from slugline.build.ledger import url_of
from slugline.build.lock import build_lock
from slugline.build.next_event import next_event
from slugline.build.publish import Staging, check_output, publish
from slugline.build.recovery import recover
from slugline.build.report import BuildReport, RenderedPage
from slugline.build.salt import code_signs
from slugline.build.scan.changes import BESIDE, Changes, find_changes, theme_label
from slugline.build.session import BuildOptions, Progress, Session, no_progress
from slugline.build.setup import open_session, read_setup, state_path
from slugline.build.sync import sync_catalog
from slugline.catalog.inventory import file_digests
from slugline.catalog.store import LOST_FACT, fact, open_state, transaction
from slugline.errors import PublicationError
from slugline.files import digest, write_atomic
from slugline.settings.load import load_settings
from slugline.settings.schema import SETTINGS_FILE
from slugline.settings.validation import local_problem

__all__ = ["build", "run"]


def build(root: Path, options: BuildOptions, progress: Progress = no_progress) -> BuildReport:
    """Bring the build folder up to date with the publication.

    Args:
        root: the publication's folder, with ``slugline.toml``.
        options: see there.
        progress: called as the work goes on.

    Raises:
        PublicationError: content, theme or settings have errors; the build folder is as it was.
        BuildLocked: another build of the publication is running.
        OutputError: the disk is full, or the build folder cannot be written to; likewise.
        UsageError: the build folder is no place for a site.
    """
    root = root.resolve()
    output = (options.output or root / "build").resolve()
    state = options.state or state_path(root, output)
    if not (root / SETTINGS_FILE).exists():
        load_settings(root)  # says so, before anything is made in a folder that is no publication
    with build_lock(f"{state}.lock", options.wait):
        try:
            return _build(root, output, state, options, progress)
        except Exception as error:
            warning = recover(root, state, error)
            if warning is None:
                raise
            report = _build(root, output, state, options, progress)
            return report.replaced(problems=(*report.problems, warning))


def _build(root: Path, output: Path, state: Path, options: BuildOptions, progress: Progress) -> BuildReport:
    started = time.perf_counter()
    setup = read_setup(root, options)
    db = open_state(str(state), *code_signs(setup.modules))
    try:
        session = open_session(root, output, state, options, setup, db, progress)
        if not (options.drafts or options.future or options.local) and (problem := local_problem(setup.settings)):
            session.problems.append(problem)
        return run(session, started)
    finally:
        db.close()


def run(session: Session, started: float) -> BuildReport:
    """Do a session's build; ``started`` is when it began, by ``time.perf_counter``.

    Raises:
        PublicationError, OutputError, UsageError: see :func:`build`.
    """
    report = _run(session)
    report = report.replaced(next_event=next_event(session))
    session.seconds["total"] = time.perf_counter() - started
    return report.replaced(seconds=session.seconds, problems=(*report.problems, *session.problems))


def _run(session: Session) -> BuildReport:
    db, ledger = session.db, session.ledger
    if ledger.empty():
        check_output(session.output, str(session.root))
    with session.timed("scan"):
        session.progress("scan", 0, 0)
        changes = find_changes(session)
    with session.timed("parse"):
        sync_catalog(session, changes)
    if changes.retimed:
        with transaction(db):
            ledger.retime(changes.retimed)
    theme_digest = _theme_digest(session)
    # Where the theme lies decides what its files are called in errors only; the options decide what it looks like.
    settings_digest = digest(repr(session.site.facts())).hex()
    if not session.fingerprints:
        settings_digest = f"plain names {settings_digest}"
    idle = (
        session.verify is None
        and not changes.lost
        and not ledger.empty()
        and not ledger.pending()
        and not session.interrupted
        and (fact(db, "theme"), fact(db, "settings")) == (theme_digest, settings_digest)
    )
    if idle:
        session.seconds.update(plan=0.0, render=0.0, write=0.0)
        if session.fingerprints and fact(db, LOST_FACT):
            # Reported by each build until somebody does something about it.
            from slugline.build.lost_addresses import lost_addresses  # noqa: PLC0415

            session.problems.extend(lost_addresses(db, ledger, session.settings.urls.gone))
        return BuildReport(pages=ledger.count())
    return _make_pages(session, changes, theme_digest, settings_digest)


def _make_pages(session: Session, changes: Changes, theme_digest: str, settings_digest: str) -> BuildReport:
    """The second half of a build that has something to do: plan, render, publish, verify, commit.

    Raises:
        PublicationError: pages could not be rendered; nothing in the build folder has changed.
    """
    # Only a build that renders pays for loading what renders.
    from slugline.build import stages  # noqa: PLC0415

    db, ledger = session.db, session.ledger
    fresh, interrupted = ledger.empty(), session.interrupted
    inputs = stages.RenderInputs(session, theme_digest, settings_digest)
    previewer = stages.Previewer(session, inputs)
    previewer.show_assets()
    previewer.show_wanted()
    topics = ledger.pending() | inputs.touched_facts()
    staging: Staging | None = None
    try:
        with transaction(db):
            with session.timed("plan"):
                plan, answers = stages.Plan(inputs.kinds), inputs.answers()
                stages.plan_queries(plan, ledger, answers, topics)
                stages.plan_templates(plan, ledger, inputs.known_template_digests, inputs.template_digests)
                session.progress("plan", 0, 0)
                stages.plan_grants(plan, ledger, db, answers, session.settings, topics)
                plan.problems += stages.folder_problems(db, ledger)
                if plan.problems:
                    needles = {problem: "aliases:" for problem in plan.problems if "`aliases`" in problem.hint}
                    raise PublicationError(stages.located(str(session.root), plan.problems, needles))
                lost = ledger.existing(changes.lost)
                plan.soil(lost, "its file in the build folder was gone or had been changed")
                if missing := inputs.theme.missing(set(ledger.templates())):
                    raise PublicationError(missing)
            if session.fingerprints:
                # In dev mode nothing was published: a headline may be changed ten times before anybody has its address.
                stages.note_lost(db, ledger, plan.left, inputs.kinds)
                session.problems.extend(stages.lost_addresses(db, ledger, session.settings.urls.gone))
            previewer.raise_failures()
            session.progress("plan", 0, 0)
            staging = Staging.prepare(session.output)
            with session.timed("render"):
                rows = ledger.rows(plan.dirty)
                jobs = [stages.Job(row, bool(row.digest) and row.id not in lost) for row in rows]
                compare, tick = fresh and not staging.whole, previewer.tick if session.preview is not None else None
                rendered = stages.render_pages(session, inputs, jobs, staging, compare=compare, tick=tick)
                verified = 0 if session.verify is None else stages.verify_pages(session, inputs, plan, answers, session.verify)
            ledger.answers(plan.answers)
            ledger.settle()
            inputs.record()
            write_atomic(session.marker, b"")
        # The ledger speaks of the new files from here on: those that a killed build did not move are known by their times,
        # and files that no page owns by the marker. A disk that is full has been found to be so before anything moved.
        with session.timed("write"):
            session.progress("write", 0, len(rendered.staged))
            owned = ledger.paths() if (fresh or interrupted) and not staging.whole else None
            removed = publish(staging, rendered.staged, (path for path in plan.removed if ledger.at(path) is None), owned)
    finally:
        if staging is not None:
            staging.discard()
    with suppress(FileNotFoundError):
        os.unlink(session.marker)
    return BuildReport(
        pages=ledger.count(),
        rendered=tuple(RenderedPage(url_of(row.path), plan.dirty[row.id]) for row in rows),
        written=len(rendered.urls),
        removed=len(removed),
        deleted=tuple(sorted(map(url_of, removed))),
        verified=verified,
        changed=rendered.urls,
        stories=stages.changed_stories(db, topics),
        moved={path: row[1] for path, name in plan.left.items() if (row := ledger.find(name)) and row[1]},
    )


def _theme_digest(session: Session) -> str:
    """Which files the folders of the theme have, and those beside the content, and what is in them."""
    parts = []
    for folder in session.chain:
        label = theme_label(folder.shown)
        parts += [f"{path} {value.hex()}" for path, value in file_digests(session.db, label).items()]
    for label in BESIDE:
        parts += [f"{path} {value.hex()}" for path, value in file_digests(session.db, label).items()]
    return digest(*parts).hex()
