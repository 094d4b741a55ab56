"""``slugline import``."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from slugline.cli.report_file import write_report
from slugline.cli.screen import Screen
from slugline.errors import Problem
from slugline.importing import ImportReport, import_into, to_html

__all__ = ["alike_once", "run"]


_FEW = 3


def alike_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems in their order; of more than three warnings that say the same, the first with their number."""
    counts = Counter((problem.message, problem.hint) for problem in problems if problem.severity == "warning")
    told: set[tuple[str, str]] = set()
    for problem in problems:
        key = (problem.message, problem.hint)
        count = counts[key] if problem.severity == "warning" else 0
        if count <= _FEW:
            yield problem
        elif key not in told:
            told.add(key)
            yield problem._replace(message=f"{problem.message} ({count:,} times; the first is here, all are in the report)")


def _learnt(folder: str, files: int, patterns: Mapping[str, Sequence[str]]) -> str:
    """What the pages of a folder have in common, in one line."""
    lines = len(patterns.get("repeated", ()))
    labels = [f"`{label}`" for kind, names in patterns.items() if kind != "repeated" for label in names]
    told = [f"{lines} lines that repeat" if lines != 1 else "1 line that repeats"] if lines else []
    told += [f"the labels {', '.join(labels[:5])}"] if labels else []
    return f"learnt from {files} pages of {folder or 'the import'}: {' and '.join(told)}; the report lists them"


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
    for problem in alike_once(report.problems):
        screen.problem(problem)
    for one in report.learnt:
        screen.say(_learnt(one.folder, one.files, dict(one.patterns)))
    screen.say(report.summary())
    if options.report:
        page = options.report.with_suffix(".html")
        if page != options.report:
            write_report(options.report, report.to_json())
        if str(options.report) != "-":
            write_report(page, to_html(report))
    return report.exit_code
