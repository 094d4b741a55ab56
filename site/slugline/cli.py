"""The command line: parse arguments, call, print, exit. All that a person reads is printed here."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from slugline.errors import Problem, PublicationError, SluglineError

if TYPE_CHECKING:
    from slugline.build.report import BuildReport
    from slugline.importing import ImportReport

__all__ = ["command", "main", "parser"]


def command() -> NoReturn:
    """Run the command that the process was started with, and end the process."""
    # Much of what a build makes is there to stay until it ends: the collector need not look at it again and again.
    gc.set_threshold(50_000, 20, 100)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        # Whoever was reading may have gone.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # The system takes back at once what Python would take apart piece by piece.
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        The exit code: 0 done, 1 the publication has errors, 2 wrong use, 70 a bug of Slugline.
    """
    try:
        options = parser().parse_args(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    screen = _Screen(quiet=options.quiet, verbose=options.verbose)
    try:
        code: int = options.run(options, screen)
    except PublicationError as error:
        screen.end_line()
        for problem in error.problems:
            screen.problem(problem)
        count = sum(problem.severity == "error" for problem in error.problems)
        screen.say("; ".join(filter(None, (_plural(count, "error"), options.failed))), always=True)
        return error.exit_code
    except SluglineError as error:
        screen.end_line()
        screen.say(f"slugline: {error}", always=True)
        return error.exit_code
    except KeyboardInterrupt:
        screen.end_line()
        screen.say("stopped", always=True)
        return 130
    except BrokenPipeError:
        # Whoever was reading has gone; nothing is left to be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # whatever is not raised on purpose
        screen.end_line()
        return _bug(error, options, sys.argv[1:] if arguments is None else arguments, screen)
    return code


def _bug(error: Exception, options: argparse.Namespace, arguments: Sequence[str], screen: _Screen) -> int:
    from slugline.crash import EXIT_CODE, bug_line

    outcome = options.failed if options.run is _build else ""
    root = getattr(options, "root", None)
    screen.say(f"slugline: {bug_line(error, root, _version(), arguments, outcome)}", always=True)
    return EXIT_CODE


def parser() -> argparse.ArgumentParser:
    """The command line's grammar; docs/command-line.md is compared with it by a test."""
    top = argparse.ArgumentParser(prog="slugline", description="A static site generator for news publications.")
    top.add_argument("--version", action="version", version=f"slugline {_version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    common.add_argument("-v", "--verbose", action="store_true", help="say more")
    rooted = argparse.ArgumentParser(add_help=False)
    rooted.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the publication's folder")

    init = commands.add_parser("init", parents=[common], help="make a new publication, ready to build")
    init.add_argument("folder", type=Path, metavar="DIR", help="where; it must be empty or not there yet")
    init.add_argument("--name", default="", help="the name on the masthead (default: from the folder's name)")
    init.add_argument("--timezone", default="", metavar="ZONE", help="an IANA time zone (default: this machine's)")
    init.set_defaults(run=_init, failed="nothing was made")

    bring = commands.add_parser("import", parents=[common, rooted], help="turn seeds into front-matter Markdown")
    bring.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files and folders")
    bring.add_argument("--into", type=Path, metavar="DIR", help="the content folder (default: content/ in the root)")
    bring.add_argument("--format", default="auto", help="text, html, wordpress, ghost, or auto to look at each file (default)")
    bring.add_argument("--media", type=Path, metavar="DIR", help="the folder of pictures and files that an export names")
    bring.add_argument("--date", help="the date of stories whose text names none")
    bring.add_argument("--section", help="the section of all of them")
    bring.add_argument("--force", action="store_true", help="write over what editors have changed since")
    bring.add_argument("--dry-run", action="store_true", help="write nothing, report what would be")
    bring.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes (default: one per processor)")
    bring.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON, and a page of it beside (.html)")
    bring.set_defaults(run=_import, failed="nothing was imported")

    build = commands.add_parser("build", parents=[common, rooted], help="make the site")
    build.add_argument("--output", type=Path, metavar="DIR", help="the build folder (default: build/ in the root)")
    build.add_argument("--drafts", action="store_true", help="show drafts")
    build.add_argument("--future", action="store_true", help="show stories under embargo")
    build.add_argument("--now", type=_moment, metavar="ISO", help="the instant of the build (default: now)")
    build.add_argument("--base-url", default="", metavar="URL", help="where the site will stand")
    build.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes (default: one per processor)")
    build.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")
    build.add_argument("--why", action="store_true", help="say what made each rendered page dirty")
    build.add_argument(
        "--verify",
        nargs="?",
        type=_part,
        const=1.0,
        metavar="PART",
        help="render the kept pages too and compare them, or a part of them (0.01)",
    )
    build.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for another build")
    build.set_defaults(run=_build, failed="nothing was published; the last good site is unchanged")

    serve = commands.add_parser("serve", parents=[common, rooted], help="show the publication, and every edit at once")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    serve.add_argument("--port", type=_port, default=8000, help="the port, or the next free one (default: 8000)")
    serve.add_argument("--no-drafts", action="store_true", help="show what the public will see")
    serve.add_argument("--poll", action="store_true", help="look for changes; for drives that send no events")
    serve.add_argument("--open", action="store_true", help="open the browser")
    serve.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes (default: one per processor)")
    serve.set_defaults(run=_serve, failed="nothing is served")

    check = commands.add_parser("check", parents=[common, rooted], help="say what an editor should know of")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to say it")
    check.add_argument("--external", action="store_true", help="visit addresses elsewhere, too")
    check.add_argument("--now", type=_moment, metavar="ISO", help="the instant to check for (default: now)")
    check.set_defaults(run=_check, failed="nothing was checked")

    moved = commands.add_parser("redirects", parents=[common, rooted], help="old addresses as a server's configuration")
    moved.add_argument("--format", choices=("netlify", "nginx", "caddy"), default="netlify", help="which server's")
    moved.set_defaults(run=_redirects, failed="")

    new = commands.add_parser("new", parents=[], help="start a story")
    kinds = new.add_subparsers(title="what", metavar="WHAT", required=True)
    article = kinds.add_parser("article", parents=[common, rooted], help="a file to start from")
    article.add_argument("headline", metavar="HEADLINE")
    article.add_argument("--section", metavar="S", help="its section (default: the first there is)")
    article.add_argument("--author", action="append", default=[], metavar="A", help="its author; may be repeated")
    article.add_argument("--now", type=_moment, metavar="ISO", help="its date (default: now)")
    article.set_defaults(run=_new_article, failed="nothing was made")
    return top


def _serve(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.serve.server import ServeOptions, serve

    settings = ServeOptions(
        host=options.host,
        port=options.port,
        drafts=not options.no_drafts,
        poll=options.poll,
        open_browser=options.open,
        jobs=options.jobs,
    )
    serve(options.root, settings, screen)
    screen.say("stopped")
    return 0


def _build(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.build.engine import build
    from slugline.build.session import BuildOptions

    settings = BuildOptions(
        output=options.output,
        drafts=options.drafts,
        future=options.future,
        now=options.now,
        base_url=options.base_url,
        jobs=options.jobs,
        verify=options.verify,
        wait=options.wait,
    )
    try:
        report = build(options.root, settings, screen.progress)
    except PublicationError as error:
        if options.report:
            from slugline.build.report import BuildReport

            _write_report(options.report, BuildReport(problems=error.problems).to_json())
        raise
    screen.end_line()
    for problem in report.problems:
        screen.problem(problem)
    if options.why:
        for page in report.rendered:
            screen.say(f"{page.url}: {page.reason}", always=True)
    _say_report(report, screen)
    if options.report:
        _write_report(options.report, report.to_json())
    return 0


def _say_report(report: BuildReport, screen: _Screen) -> None:
    parts = [f"{_plural(report.pages, 'page')}: {len(report.rendered)} rendered, {report.written} written"]
    parts.append(f"{report.unchanged} unchanged")
    if report.removed:
        parts.append(f"{report.removed} removed")
    if report.verified:
        parts.append(f"{report.verified} verified")
    screen.say(f"{', '.join(parts)} in {report.seconds['total']:.2f} s")
    for stage, seconds in report.seconds.items():
        screen.detail(f"  {stage}: {seconds:.3f} s")
    if report.next_event:
        moment = datetime.fromisoformat(report.next_event.at)
        screen.say(f"next: {moment:%Y-%m-%d %H:%M}, {report.next_event.what}")


def _import(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.importing import import_into

    report: ImportReport = import_into(
        options.root,
        options.paths,
        into=options.into,
        format=options.format,
        date=options.date,
        section=options.section,
        force=options.force,
        dry_run=options.dry_run,
        media=options.media,
        jobs=options.jobs,
        on_progress=lambda done, total: screen.progress("import", done, total),
    )
    screen.end_line()
    for problem in report.problems:
        screen.problem(problem)
    screen.say(report.summary())
    if options.report:
        from slugline.importing import to_html

        page = options.report.with_suffix(".html")
        if page != options.report:
            _write_report(options.report, report.to_json())
        _write_report(page, to_html(report))
    return report.exit_code


def _init(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.starting import init_publication

    made = init_publication(options.folder, options.name, options.timezone)
    screen.say(f"{made} is ready:\n\n    cd {options.folder}\n    slugline build\n")
    return 0


def _check(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.checks.run import check
    from slugline.checks.telling import FORMATS

    told = check(options.root, now=options.now, external=options.external)
    if options.quiet:
        told = tuple(one for one in told if one.level == "error")
    text = FORMATS[options.format](told)
    if text:
        print(text)
    counts = [_plural(sum(one.level == level for one in told), level) for level in ("error", "warning", "note")]
    screen.say(", ".join(counts))
    return 1 if any(one.level == "error" for one in told) else 0


def _redirects(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.redirects import FORMATS, redirects

    pairs = redirects(options.root)
    print(FORMATS[options.format](pairs), end="")
    screen.detail(_plural(len(pairs), "redirect"))
    return 0


def _new_article(options: argparse.Namespace, screen: _Screen) -> int:
    from slugline.starting import new_article

    path = new_article(options.root, options.headline, options.section, options.author, options.now)
    screen.say(str(path), always=True)
    return 0


class _Screen:
    """What a person sees: progress and words on standard error, plain lines where that is no terminal."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.terminal = sys.stderr.isatty()
        self._open = False
        self._shown = ("", -1)

    def say(self, text: str, *, always: bool = False) -> None:
        """A line, unless people want none."""
        if always or not self.quiet:
            print(text, file=sys.stderr)

    def detail(self, text: str) -> None:
        """A line for those who want more."""
        if self.verbose:
            print(text, file=sys.stderr)

    def problem(self, problem: Problem) -> None:
        """A problem; warnings are kept from those who want none."""
        if problem.severity == "error" or not self.quiet:
            print(_colored(str(problem), problem.severity, self.terminal), file=sys.stderr)

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a stage is: a bar on a terminal, elsewhere a line each quarter of work that takes long."""
        if self.quiet or total < 200:
            return
        if self.terminal:
            percent = done * 100 // total
            if (stage, percent) != self._shown:
                self._shown = (stage, percent)
                filled = percent * 30 // 100
                bar = "█" * filled + "░" * (30 - filled)
                print(f"\r{stage:<7} {bar} {done:,} of {total:,}\033[K", end="", file=sys.stderr, flush=True)
                self._open = True
        elif total >= 2000:
            quarter = done * 4 // total
            if (stage, quarter) != self._shown and quarter:
                self._shown = (stage, quarter)
                print(f"{stage}: {done:,} of {total:,}", file=sys.stderr, flush=True)

    def end_line(self) -> None:
        """Clear the bar."""
        if self._open:
            print("\r\033[K", end="", file=sys.stderr)
            self._open = False


def _write_report(path: Path, text: str) -> None:
    from slugline.files import write_atomic

    write_atomic(path, f"{text}\n".encode())


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no moment; write 2026-01-24T09:00:00Z") from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"`{text}` has no time zone; write 2026-01-24T09:00:00Z")
    return moment


def _jobs(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 256:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of processes; write 1 to 256")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"`{text}` is no port; write 0 to 65535")
    return int(text)


def _part(text: str) -> float:
    try:
        part = float(text)
    except ValueError:
        part = -1.0
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no part; write a number from 0 to 1")
    return part


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _colored(text: str, severity: str, terminal: bool) -> str:
    if not terminal or "NO_COLOR" in os.environ:
        return text
    code = "31" if severity == "error" else "33"
    return text.replace(f"{severity}:", f"\033[{code}m{severity}:\033[0m", 1)


def _version() -> str:
    from slugline import __version__

    return __version__


