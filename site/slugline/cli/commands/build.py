"""``slugline build``."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from slugline.build.engine import build
from slugline.build.report import BuildReport
from slugline.build.session import BuildOptions
from slugline.cli.report_file import write_report
from slugline.cli.screen import Screen, plural
from slugline.errors import PublicationError

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Make the site, and say what was done."""
    build_options = BuildOptions(
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
        report = build(options.root, build_options, screen.progress)
    except PublicationError as error:
        if options.report:
            write_report(options.report, BuildReport(problems=error.problems).to_json())
        raise
    screen.end_line()
    for problem in report.problems:
        screen.problem(problem)
    if options.why:
        for page in report.rendered:
            screen.say(f"{page.url}: {page.reason}", always=True)
    _say(report, screen)
    if options.report:
        write_report(options.report, report.to_json())
    return 0


def _say(report: BuildReport, screen: Screen) -> None:
    parts = [f"{plural(report.pages, 'page')}: {len(report.rendered)} rendered, {report.written} written"]
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
