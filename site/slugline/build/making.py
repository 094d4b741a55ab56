"""The second half of a build: plan, render, publish, commit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress

from slugline.build.changes import Changes, theme_label
from slugline.build.ledger import PageRow, Written, route_of, url_of
from slugline.build.lost import lost_addresses
from slugline.build.output import Staged, Staging, remove_outputs, sweep
from slugline.build.plan import Plan, plan_grants, plan_queries, plan_templates
from slugline.build.render import Job, Workshop, cache_folder, catalog_of, kept_folder, make_workshop, render_all
from slugline.build.report import BuildReport, RenderedPage
from slugline.build.session import Session
from slugline.build.sources import located
from slugline.catalog import topics as topic
from slugline.catalog.decoding import parsed
from slugline.catalog.inventory import file_digests
from slugline.catalog.lookup import live_url, story_url
from slugline.catalog.news import NEWS_FACT
from slugline.catalog.store import fact, set_fact, transaction
from slugline.catalog.topics import EVERYTHING
from slugline.catalog.trace import Answers
from slugline.errors import Problem, PublicationError, SluglineError
from slugline.files import digest, relative_path, write_atomic
from slugline.pages.page import Page
from slugline.pages.scope import Finding
from slugline.search.indexer import engine_version
from slugline.theme.environment import told_once
from slugline.theme.theme import LoadedTheme, ThemeFile, ThemeSource, theme_files
from slugline.urls import output_path

__all__ = ["interrupted", "make"]

_BATCH = 2000

_ENOUGH = 20
"""To somebody who waits for a page, so many problems of templates say all that there is to say."""


def interrupted(session: Session) -> bool:
    """Whether the last build was killed while it moved files into place: some may then stand that no page owns."""
    return os.path.exists(_marker(session))


def make(session: Session, changes: Changes, theme_digest: str, settings_digest: str) -> BuildReport:
    """Render what is dirty and bring the build folder up to date.

    Args:
        session: the build under way; its catalog is up to date.
        changes: what the build found changed.
        theme_digest: of the theme's files.
        settings_digest: of the settings that pages may show.

    Raises:
        PublicationError: pages could not be rendered; nothing in the build folder has changed.
    """
    db, ledger = session.db, session.ledger
    making = _Making(session, theme_digest, settings_digest)
    making.show_assets()
    making.show_wanted()
    topics = ledger.pending() | making.touched_facts()
    fresh = ledger.empty()
    try:
        with transaction(db):
            with session.timed("plan"):
                plan = Plan()
                answers = Answers(catalog_of(db, making.facts, session.site, making.kept))
                plan_queries(plan, ledger, answers, topics)
                plan_templates(plan, ledger, parsed(fact(db, "templates", "{}")), making.template_digests)
                session.progress("plan", 0, 0)
                plan_grants(plan, ledger, db, answers, session.settings, topics)
                if plan.problems:
                    needles = {problem: "aliases:" for problem in plan.problems if "`aliases`" in problem.hint}
                    raise PublicationError(located(str(session.root), plan.problems, needles))
                lost = ledger.existing(changes.lost)
                plan.soil(lost, "its file in the build folder was gone or had been changed")
                missing = making.theme.missing(set(ledger.templates()))
                if missing:
                    raise PublicationError(missing)
            if session.fingerprints:
                # In dev mode nothing was published: a headline may be changed ten times before anybody has its address.
                session.problems.extend(lost_addresses(db, ledger, plan.left))
            making.raise_shown()
            session.progress("plan", 0, 0)
            stories = _stories(session, topics)
            making.staging = Staging.prepare(session.output)
            with session.timed("render"):
                rows = ledger.rows(plan.dirty)
                stand = {row.id for row in rows if row.digest and row.id not in lost}
                staged = making.render(rows, stand, compare=fresh and not making.staging.whole)
                verified = making.verify(plan, answers) if session.verify is not None else 0
            ledger.answers(plan.answers)
            ledger.settle()
            making.note_facts()
            write_atomic(_marker(session), b"")
        # The ledger speaks of the new files from here on: those that a killed build did not move are told by their times,
        # and files that no page owns by the marker. A disk that is full has been found to be so before anything moved.
        with session.timed("write"):
            session.progress("write", 0, len(staged))
            making.staging.publish(staged)
            removed = remove_outputs(session.output, (path for path in plan.removed if ledger.at(path) is None))
            # A folder that was moved into place as a whole holds nothing else.
            if (fresh or making.was_interrupted) and not making.staging.whole:
                removed += sweep(session.output, {path for _, path, _, _ in ledger.outputs()})
    finally:
        if making.staging is not None:
            making.staging.discard()
    with suppress(FileNotFoundError):
        os.unlink(_marker(session))
    return BuildReport(
        pages=ledger.count(),
        rendered=tuple(RenderedPage(url_of(row.path), plan.dirty[row.id]) for row in rows),
        written=making.written,
        removed=removed,
        verified=verified,
        changed=tuple(sorted(making.changed)),
        stories=stories,
        moved={path: row[1] for path, name in plan.left.items() if (row := ledger.find(name)) and row[1]},
    )


class _Making:
    """The theme at work on one build's pages."""

    def __init__(self, session: Session, theme_digest: str, settings_digest: str) -> None:
        self.session = session
        self.theme_digest = theme_digest
        self.settings_digest = settings_digest
        self.was_interrupted = interrupted(session)
        self.files = theme_files(session.chain)
        self.digests = _file_digests(session, self.files)
        self.kept = kept_folder(session.state)
        self.source = ThemeSource(
            session.chain, self.files, self.digests, cache_folder(session.state, fact(session.db, "salt")), session.fingerprints
        )
        self.theme = self._load_theme()
        self.failed: dict[str, list[Problem]] = {}
        self.raised: dict[str, Exception] = {}
        self.staging: Staging | None = None
        self.written = 0
        self.changed: list[str] = []
        db = session.db
        self.known_facts: dict[str, str] = parsed(fact(db, "facts", "{}"))
        if fact(db, "theme") == theme_digest and fact(db, "settings") == settings_digest and self.known_facts:
            self.facts = self.known_facts
            self.template_digests: dict[str, str] = parsed(fact(db, "templates", "{}"))
        else:
            self.template_digests = self.theme.template_digests
            self.facts = {**self.theme.facts, "settings": settings_digest}
        self.facts = {**self.facts, NEWS_FACT: fact(db, NEWS_FACT, "[]"), "search": self._search_engine()}
        session.kept.theme = self.theme

    def touched_facts(self) -> set[str]:
        """The topics of the facts that are not as they were."""
        before, after = self.known_facts, self.facts
        return {topic.fact(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)}

    def show_assets(self) -> None:
        """Show the assets that changed, before anything else: a style sheet is not to wait for the pages that use it."""
        viewing = self.session.viewing
        if viewing is None:
            return
        for fact_name in topic.facts_in(self.touched_facts()):
            kind, _, name = fact_name.partition(" ")
            if kind == "bytes" and name in self.theme.assets:
                asset = self.theme.assets[name]
                viewing.show(output_path(asset.url), asset.content)

    def show_wanted(self) -> None:
        """Render the pages that somebody looks at, and show them, whatever the plan is going to say of them.

        One of them may turn out to be no page any more, and fail for that; what fails is told by :meth:`raise_shown`.
        """
        viewing = self.session.viewing
        if viewing is None:
            return
        workshop: Workshop | None = None
        for path in viewing.wanted():
            row = self.session.ledger.at(path)
            if row is None or not row.template or self._leaves(row):
                viewing.pass_over(path)
                continue
            workshop = workshop or self._workshop(None, compare=False)
            try:
                rendered = workshop.renderer.render(route_of(row))
            except SluglineError:
                raise
            except Exception as error:  # it may be no page any more
                self.raised[row.name] = error
                viewing.pass_over(path)
                continue
            if rendered.problems or rendered.findings:
                found = _found(str(self.session.root), rendered.findings)
                self.failed[row.name] = [*rendered.problems, *found]
                viewing.pass_over(path)
            else:
                viewing.show(path, rendered.content)

    def _leaves(self, row: PageRow) -> bool:
        """Whether a story is about to leave its address; the plan will move its page."""
        page = Page.from_name(row.name)
        if page.kind != "article":
            return False
        url = story_url(self.session.db, page.key)
        return url is None or output_path(relative_path(url)) != row.path

    def _tick(self) -> Callable[[], None] | None:
        """What is done while other processes render: whoever looks at pages neither waits for them nor for a newer edit."""
        if self.session.viewing is None:
            return None

        def tick() -> None:
            self.session.progress("render", 0, 0)
            self.show_wanted()

        return tick

    def raise_shown(self) -> None:
        """Raise what kept a page from being shown, if the plan has left it a page."""
        for name, error in self.raised.items():
            if self.session.ledger.find(name):
                raise error
        problems = [
            problem for name, found in self.failed.items() if self.session.ledger.find(name) for problem in found
        ]
        if problems:
            raise PublicationError(told_once(problems))

    def note_facts(self) -> None:
        """Let the state say what this build was made with."""
        db = self.session.db
        set_fact(db, "facts", json.dumps(self.facts, sort_keys=True))
        set_fact(db, "templates", json.dumps(self.template_digests, sort_keys=True))
        set_fact(db, "theme", self.theme_digest)
        set_fact(db, "settings", self.settings_digest)

    def render(self, rows: list[PageRow], stand: set[int], *, compare: bool) -> list[Staged]:
        """Render pages and store their traces; the files that wait to be moved into place, one by one.

        There are none where their folder moves as a whole.

        Raises:
            PublicationError: pages could not be rendered; every reason is in it.
        """
        session, ledger = self.session, self.session.ledger
        assert self.staging is not None
        staged: list[Staged] = []
        batch: list[Written] = []
        findings: dict[Finding, None] = {}
        problems: list[Problem] = []
        jobs = [Job(row, row.id in stand) for row in rows]
        staging = (self.staging.output, self.staging.folder, self.staging.whole)
        workshop = self._workshop(self.staging, compare=compare)
        arguments = (session.state, session.site, self.source, self.facts, session.content, self.kept, staging, compare)
        # Closed, so that no other process is left at work in the staging folder when a build is called off.
        with closing(render_all(workshop, make_workshop, arguments, jobs, session.jobs, self._tick())) as outcomes:
            for number, outcome in enumerate(outcomes, 1):
                session.progress("render", number, len(jobs))
                self.show_wanted()
                findings.update(dict.fromkeys(outcome.findings))
                problems += outcome.problems
                if findings or problems:
                    if session.viewing is not None and len(problems) >= _ENOUGH:
                        break
                    continue
                if outcome.staged:
                    if not self.staging.whole:
                        staged.append(Staged(outcome.row.path, outcome.staged))
                    self.written += 1
                    self.changed.append(url_of(outcome.row.path))
                batch.append(
                    Written(
                        outcome.row.id, outcome.template, outcome.reads, outcome.digest, outcome.size, outcome.mtime
                    )
                )
                if len(batch) == _BATCH:
                    ledger.write(batch)
                    batch.clear()
        if findings or problems:
            raise PublicationError([*told_once(problems), *_found(str(session.root), findings)])
        ledger.write(batch)
        return staged

    def verify(self, plan: Plan, answers: Answers) -> int:
        """Render kept pages too, and look at every grant again; how many pages were compared.

        Raises:
            PublicationError: a page that was kept is not what a clean build would make.
        """
        session, ledger = self.session, self.session.ledger
        check = Plan()
        plan_grants(check, ledger, session.db, answers, session.settings, {EVERYTHING})
        hint = "delete .slugline/ and build again; and please report it as a bug of Slugline"
        problems = [Problem("", 0, f"the page {path} should not exist", hint) for path in check.removed]
        problems += [
            Problem("", 0, f"the page {url_of(row.path)} is missing", hint)
            for row in ledger.rows(set(check.dirty) - set(plan.dirty))
        ]
        kept = [row for row in ledger.all_rows() if row.id not in plan.dirty and self._sampled(row.name)]
        workshop = self._workshop(None, compare=False)
        arguments = (session.state, session.site, self.source, self.facts, session.content, self.kept, None, False)
        jobs = [Job(row, True) for row in kept]
        for number, outcome in enumerate(render_all(workshop, make_workshop, arguments, jobs, session.jobs), 1):
            session.progress("verify", number, len(jobs))
            problems += outcome.problems
            if not outcome.problems and (outcome.findings or outcome.digest != outcome.row.digest):
                url = url_of(outcome.row.path)
                problems.append(Problem("", 0, f"the kept page {url} is not what a clean build makes", hint))
        if problems:
            raise PublicationError(problems)
        return len(kept)

    def _sampled(self, name: str) -> bool:
        part = self.session.verify
        # By name, so that the same sample is taken wherever the check runs.
        return part is not None and int.from_bytes(digest(name)[:4], "little") < part * 2**32

    def _search_engine(self) -> str:
        """What makes the search index; empty where there is none, and in dev mode, which does not wait for it."""
        session = self.session
        search = session.settings.search
        if not (search.enabled and search.index) or not session.fingerprints:
            return ""
        engine = engine_version()
        if not engine and self.known_facts.get("search") != engine:
            message = "stories cannot be searched: Pagefind is not installed; the search page lists sections and archives"
            hint = "pip install 'slugline[search]', or set `search.index = false`"
            place = session.settings.line("search", "index")
            session.problems.append(Problem("slugline.toml", place, message, hint, "warning"))
        return engine

    def _load_theme(self) -> LoadedTheme:
        earlier = self.session.kept.theme
        if earlier and (earlier.source, earlier.site) == (self.source, self.session.site):
            return earlier
        return LoadedTheme(self.source, self.session.site, earlier)

    def _workshop(self, staging: Staging | None, *, compare: bool) -> Workshop:
        session = self.session
        return Workshop(
            session.db, session.site, self.theme, self.facts, session.content, self.kept, staging, compare=compare
        )


def _file_digests(session: Session, files: Mapping[str, ThemeFile]) -> dict[str, bytes]:
    held: dict[tuple[int, str], bytes] = {}
    for index, folder in enumerate(session.chain):
        label = theme_label(folder.shown)
        for path, value in file_digests(session.db, label).items():
            held[index, path[len(label) + 1 :]] = value
    return {name: held[file] for name, file in files.items() if file in held}


def _found(root: str, findings: Iterable[Finding]) -> list[Problem]:
    needles = {
        Problem(f"content/{found.source}", 0, found.message, found.hint): found.needle for found in findings
    }
    return located(root, needles, needles)


def _stories(session: Session, topics: set[str]) -> tuple[str, ...]:
    """The addresses of the live stories that changed, as far as they are known one by one."""
    return tuple(url for key in topic.stories_in(topics) if (url := live_url(session.db, key)) is not None)


def _marker(session: Session) -> str:
    return f"{session.state}.publishing"
