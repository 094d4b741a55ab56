"""Bring the catalog up to date, run every check, put what they found in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from slugline.build.addresses import planned_paths
from slugline.build.cross_checks import unread_files
from slugline.build.lock import build_lock
from slugline.build.lost_addresses import Led
from slugline.build.recovery import recover
from slugline.build.salt import code_signs
from slugline.build.scan.changes import find_changes
from slugline.build.session import BuildOptions
from slugline.build.setup import Setup, open_session, read_setup, state_path
from slugline.build.sync import sync_catalog
from slugline.catalog.inventory import file_digests, source_warnings
from slugline.catalog.store import open_state
from slugline.checks.external import check_links
from slugline.checks.findings import Archive, Check, Finding
from slugline.checks.formats import Graded
from slugline.checks.links import LINK_CHECKS, external_links
from slugline.checks.lists import LIST_CHECKS
from slugline.checks.live import live_addresses, lost_from_public
from slugline.checks.own import own_checks
from slugline.checks.publication import PUBLICATION_CHECKS
from slugline.checks.stories import STORY_CHECKS
from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.extensions.loading import NO_EXTENSIONS, Extensions, extensions_in
from slugline.files import on_disk
from slugline.markup.links import line_of
from slugline.theme.environment import taken_names

__all__ = ["CHECKS", "LEVELS", "check"]

CHECKS: tuple[Check, ...] = (*PUBLICATION_CHECKS, *STORY_CHECKS, *LINK_CHECKS, *LIST_CHECKS)

LEVELS: Mapping[str, str] = {
    "alias-twice": "error",
    "broken-address": "error",
    "broken-anchor": "warning",
    "broken-external": "warning",
    "broken-link": "error",
    "date-without-zone": "warning",
    "duplicate-title": "warning",
    "feed-ids": "note",
    "heading-levels": "warning",
    "local-address": "error",
    "local-path": "error",
    "long-headline": "warning",
    "lost-address": "error",
    "missing-alt": "warning",
    "missing-credit": "note",
    "missing-dek": "note",
    "missing-description": "warning",
    "missing-original": "error",
    "missing-picture": "error",
    "near-duplicate-slug": "note",
    "no-picture": "off",
    "orphan-author": "note",
    "other-spelling": "note",
    "security-expired": "warning",
    "source": "error",
    "source-warning": "warning",
    "tag-once": "note",
    "third-party": "warning",
    "unknown-author": "note",
}
"""The checks by name, and the level of each unless the settings say otherwise."""

_ORDER = ("error", "warning", "note")


def check(root: Path, *, now: datetime | None = None, external: bool = False, live: str = "") -> tuple[Graded, ...]:
    """What an editor should know of the publication, errors first, then by file and line.

    The catalog is brought up to date with the sources on the way; the next build has that much less to do.

    Args:
        root: the publication's folder.
        now: the instant to check for; the present one unless given.
        external: whether addresses elsewhere are visited.
        live: the sitemap of the site as it is public now, an address or a file: what it names must not be lost.

    Raises:
        UsageError: that sitemap cannot be read.
        PublicationError: the settings or the theme are wrong; wrong sources are among the findings.
        BuildLocked: a build of the publication is running.
    """
    root = root.resolve()
    options = BuildOptions(now=now)
    setup = read_setup(root, options)
    public = live_addresses(live) if live else []
    source = extensions_in(root, setup.packages)
    extensions = Extensions(source, taken=taken_names()) if source else NO_EXTENSIONS
    known = {**dict.fromkeys(extensions.of("check"), "warning"), **LEVELS}
    levels = _levels(setup.settings.check.levels, setup.settings.line("check", "levels"), known)
    output = (root / "build").resolve()
    state = state_path(root, output)
    with build_lock(f"{state}.lock", 0.0):
        try:
            return _check(root, options, setup, extensions, state, levels, public, external=external)
        except Exception as error:
            if recover(root, state, error) is None:
                raise
            return _check(root, options, setup, extensions, state, levels, public, external=external)


def _check(
    root: Path,
    options: BuildOptions,
    setup: Setup,
    extensions: Extensions,
    state: Path,
    levels: Mapping[str, str],
    public: list[str],
    *,
    external: bool,
) -> tuple[Graded, ...]:
    output = (root / "build").resolve()
    db = open_state(str(state), *code_signs(setup.modules))
    try:
        session = open_session(root, output, state, options, setup, db, _silent)
        try:
            sync_catalog(session, find_changes(session))
        except PublicationError as error:
            # The catalog is as it was: the other checks would not see the files as they are.
            return _graded([_of(problem) for problem in error.problems], levels)
        archive = Archive(root, db, setup.settings, session.clock)
        # Some were reported by the build that read the files, which may have been long ago.
        unread = unread_files(db, (path.partition("/")[2] for path in file_digests(db, "content")))
        found = [_of(problem) for problem in dict.fromkeys([*session.problems, *source_warnings(db), *unread])]
        for look in CHECKS:
            found += look(archive)
        found += own_checks(archive, setup.site, extensions, levels)
        if public:
            led = Led(db, setup.settings.urls.gone)
            found += lost_from_public(public, planned_paths(session), led, setup.site.prefix)
        if external and levels["broken-external"] != "off":
            cache = root / ".slugline" / "links.json"
            found += check_links(external_links(archive), cache, (options.now or datetime.now(UTC)).timestamp())
    finally:
        db.close()
    # What reading a source warns of may be what a check of its own finds in all.
    checked = {(one.path, one.message) for one in found if one.check != "source-warning"}
    wanted = [
        one
        for one in found
        if levels[one.check] != "off" and (one.check != "source-warning" or (one.path, one.message) not in checked)
    ]
    return _graded(_located(root, wanted), levels)


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _levels(chosen: Mapping[str, str], line: int, known: Mapping[str, str]) -> dict[str, str]:
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        hint = did_you_mean(unknown[0], known) or f"checks are {', '.join(known)}"
        raise PublicationError([Problem("slugline.toml", line, f"there is no check `{unknown[0]}`", hint)])
    return {**known, **chosen}


def _of(problem: Problem) -> Finding:
    name = "source" if problem.severity == "error" else "source-warning"
    return Finding(name, problem.path, problem.message, problem.hint, line=problem.line)


def _located(root: Path, found: Iterable[Finding]) -> list[Finding]:
    """The same with the lines of their needles; a file is read for its needles only, and once."""
    texts: dict[str, str] = {}
    located = []
    for one in found:
        if one.needle and not one.line:
            if one.path not in texts:
                texts[one.path] = _text(on_disk(str(root), one.path))
            text = texts[one.path]
            place = text.find(one.needle, text.find("\n---") + 1 if one.in_text else 0)
            line = text.count("\n", 0, place) + 1 if place >= 0 else line_of(text, one.needle)
            one = one._replace(line=line)  # noqa: PLW2901
        located.append(one)
    return located


def _text(place: str) -> str:
    # Thousands of files may be to blame: a plain read takes a third of the time that pathlib's takes.
    try:
        with open(place, "rb", buffering=0) as file:
            return file.read().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError:
        return ""


def _graded(found: Iterable[Finding], levels: Mapping[str, str]) -> tuple[Graded, ...]:
    graded = {Graded(levels[one.check], one) for one in found}
    return tuple(
        sorted(graded, key=lambda each: (_ORDER.index(each.level), each.finding.path, each.finding.line, each.finding))
    )
