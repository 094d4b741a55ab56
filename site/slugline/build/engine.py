"""A build, from start to end: scan, sync, plan, render, publish, commit. The one place that tells the whole story.

Two transactions carry it. The first (:mod:`slugline.build.sources`) brings the catalog up to date with the sources, together
with the topics that this touched; it is rolled back if any source is wrong. The second (:mod:`slugline.build.making`) changes
the ledger, and is committed when every page lies ready to be moved into place. A build that fails or is killed between them
leaves the touched topics behind as a debt, and the next build pays it; one that is killed while it moves files leaves a ledger
that knows better than the build folder, and the next build makes again what is not there.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from slugline.build.changes import Changes, find_changes, theme_label
from slugline.build.ledger import Ledger
from slugline.build.lock import build_lock
from slugline.build.output import check_output
from slugline.build.recovery import recover
from slugline.build.report import BuildReport, NextEvent
from slugline.build.salt import code_salt
from slugline.build.session import BuildOptions, Progress, Session, clock_from, clock_text, unheard
from slugline.catalog import topics
from slugline.catalog.events import next_to_age, next_to_come_out
from slugline.catalog.inventory import file_digests
from slugline.catalog.news import NEWS_FACT, news_keys
from slugline.catalog.store import State, fact, open_state, set_fact, settle, transaction
from slugline.catalog.sync import tick
from slugline.config import SETTINGS_FILE, Settings, address_problem, load_settings
from slugline.errors import Problem, UsageError
from slugline.files import digest
from slugline.pages.site import RENDER_SECTIONS, Site
from slugline.theme.location import ThemeChain, find_theme, merged_options

__all__ = ["Setup", "build", "open_session", "read_setup", "run"]


def build(root: Path, options: BuildOptions, progress: Progress = unheard) -> BuildReport:
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
    db = open_state(str(state), code_salt(setup.settings.markdown.extensions))
    try:
        session = open_session(root, output, state, options, setup, db, progress)
        return run(session, started)
    finally:
        db.close()


class Setup(NamedTuple):
    """What the settings and the theme's own settings say."""

    settings: Settings
    chain: ThemeChain
    theme_options: Mapping[str, Any]
    site: Site


def read_setup(root: Path, options: BuildOptions) -> Setup:
    """Read the settings, and find the theme that they name.

    Raises:
        PublicationError: either is wrong.
    """
    settings = load_settings(root)
    if options.base_url:
        if wrong := address_problem(options.base_url):
            raise UsageError(f"--base-url {options.base_url} {wrong}")
        settings = settings.with_base_url(options.base_url)
    chain = find_theme(root, settings.theme.name, settings.line("theme", "name"))
    theme_options = merged_options(chain, settings.theme.options, settings.line("theme", "options"))
    return Setup(settings, chain, theme_options, Site(settings, theme_options))


def open_session(
    root: Path,
    output: Path,
    state: Path,
    options: BuildOptions,
    setup: Setup,
    db: State,
    progress: Progress,
) -> Session:
    """One build's session, its clock standing at this moment or the one that the options name."""
    return Session(
        root=root,
        output=str(output),
        state=str(state),
        content=str(root / "content"),
        jobs=options.jobs or _available_cores(),
        clock=options.clock(),
        verify=options.verify,
        progress=progress,
        settings=setup.settings,
        chain=setup.chain,
        theme_options=setup.theme_options,
        site=setup.site,
        db=db,
        ledger=Ledger(db),
        fingerprints=options.fingerprints,
    )


def run(session: Session, started: float) -> BuildReport:
    """Do a session's build; ``started`` is when it began, by ``time.perf_counter``.

    Raises:
        PublicationError, OutputError, UsageError: see :func:`build`.
    """
    report = _run(session)
    report = report.replaced(next_event=_next_event(session))
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
    theme_digest = _theme_digest(session)
    # Where the theme lies decides what its files are called in errors only; the options decide what it looks like.
    settings_digest = digest(session.settings.digest(*RENDER_SECTIONS), repr(session.theme_options)).hex()
    if not session.fingerprints:
        settings_digest = f"plain names {settings_digest}"
    idle = (
        session.verify is None
        and not changes.lost
        and not ledger.empty()
        and not ledger.pending()
        and not os.path.exists(f"{session.state}.publishing")
        and (fact(db, "theme"), fact(db, "settings")) == (theme_digest, settings_digest)
    )
    if idle:
        session.seconds.update(plan=0.0, render=0.0, write=0.0)
        return BuildReport(pages=ledger.count())
    # Only a build that renders pays for loading what renders.
    from slugline.build.making import make  # noqa: PLC0415

    return make(session, changes, theme_digest, settings_digest)


def sync_catalog(session: Session, changes: Changes) -> None:
    """Bring the catalog up to date; what that touched is owed by the ledger from then on."""
    db = session.db
    with transaction(db):
        touched = tick(db, clock_from(fact(db, "clock")), session.clock)
        set_fact(db, "clock", clock_text(session.clock))
        if changes.on_disk:
            # Only a build in which something changed pays for loading what reads it.
            from slugline.build.sources import sync_sources  # noqa: PLC0415

            touched |= sync_sources(session, changes)
        if _has_news(session):
            news = json.dumps(news_keys(db, session.clock, session.site.zone), ensure_ascii=False)
            if news != fact(db, NEWS_FACT):
                set_fact(db, NEWS_FACT, news)
                touched.add(topics.fact(NEWS_FACT))
        session.ledger.owe(touched)
    settle(db)


def _theme_digest(session: Session) -> str:
    """Which files the folders of the theme have, and what is in them."""
    parts = []
    for folder in session.chain:
        label = theme_label(folder.shown)
        parts += [f"{path} {value.hex()}" for path, value in file_digests(session.db, label).items()]
    return digest(*parts).hex()


def _has_news(session: Session) -> bool:
    sitemaps = session.settings.sitemaps
    return sitemaps.enabled and sitemaps.news


def _next_event(session: Session) -> NextEvent | None:
    db, clock, zone = session.db, session.clock, session.site.zone
    events = []
    if waiting := next_to_come_out(db, clock):
        events.append((waiting.moment, f"embargo of “{waiting.headline}” ends"))
    if _has_news(session) and (aging := next_to_age(db, clock, zone)):
        events.append((aging.moment, f"“{aging.headline}” leaves the news sitemap"))
    # The first of those of one moment is the end of an embargo.
    first = min(events, key=lambda event: event[0], default=None)
    return NextEvent(first[0].astimezone(zone).isoformat(), first[1]) if first else None


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def state_path(root: Path, output: Path) -> Path:
    """Each build folder has a state of its own: what stands in one says nothing of another."""
    folder = root / ".slugline"
    if output == root / "build":
        return folder / "state.db"
    return folder / f"state-{digest(str(output)).hex()[:12]}.db"
