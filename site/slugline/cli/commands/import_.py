"""``slugline import``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.report_file import write_report
from slugline.cli.screen import Screen
from slugline.importing import ImportReport, import_into, to_html

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Turn files into Markdown, and say what came of them."""
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
        page = options.report.with_suffix(".html")
        if page != options.report:
            write_report(options.report, report.to_json())
        if str(options.report) != "-":
            write_report(page, to_html(report))
    return report.exit_code
