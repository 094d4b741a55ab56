"""The report as a page for people: one HTML file that needs nothing else, the items that want an eye first."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from slugline.importing.report import ACTIONS, ImportReport, Outcome

__all__ = ["to_html"]

_STYLE = """
body { font: 1rem/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.8rem } h2 { font-size: 1.3rem; margin-top: 2.5rem } h3 { font-size: 1.05rem; margin: 1.5rem 0 0 }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top }
td.n { text-align: right; font-variant-numeric: tabular-nums }
p { margin: .3rem 0 } ul { margin: .3rem 0; padding-left: 1.2rem } details { margin: .3rem 0 }
code { font: .9em ui-monospace, monospace } .warning { color: #7a4b00 } .error { color: #a00000 } .quiet { color: #555 }
@media (prefers-color-scheme: dark) {
  body { color: #e8e8e8; background: #161616 } .warning { color: #ffc870 } .error { color: #ff8a8a } .quiet { color: #aaa }
}
"""


def to_html(report: ImportReport) -> str:
    """The report as a page: what was counted, the items with errors or warnings, then all the others."""
    asking = [outcome for outcome in report.outcomes if outcome.problems]
    quiet = [outcome for outcome in report.outcomes if not outcome.problems]
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Import report</title><style>{_STYLE}</style></head><body>",
        f"<h1>Import report{' (dry run: nothing was written)' if report.dry_run else ''}</h1>",
        *_counts(report),
    ]
    if report.further:
        parts += ["<ul>", *(f'<li class="{p.severity}">{escape(p.message)}</li>' for p in report.further), "</ul>"]
    for title, outcomes in (("To look at", asking), ("Without a question", quiet)):
        if outcomes:
            parts.append(f"<h2>{title} ({len(outcomes)})</h2>")
            for outcome in outcomes:
                parts += _item(outcome)
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _counts(report: ImportReport) -> Iterator[str]:
    yield "<table>"
    for action, count in report.counts.items():
        if count:
            yield f'<tr><td class="n">{count}</td><th>{action}</th><td>{escape(ACTIONS[action])}</td></tr>'
    words = report.words
    yield f'<tr><td class="n">{words["in"]}</td><th>words</th><td>of body text in, {words["out"]} out</td></tr>'
    yield f'<tr><td class="n">{len(report.authors)}</td><th>authors</th><td></td></tr>'
    yield "</table>"


def _item(outcome: Outcome) -> Iterator[str]:
    yield f"<h3>{escape(outcome.title or outcome.source)}</h3>"
    where = f" → <code>{escape(outcome.output)}</code>" if outcome.output else ""
    yield f'<p class="quiet"><code>{escape(outcome.source)}</code>{where} · {outcome.action}</p>'
    if outcome.problems:
        yield "<ul>"
        for problem in outcome.problems:
            line = f"line {problem.line}: " if problem.line else ""
            hint = f" ({escape(problem.hint)})" if problem.hint else ""
            yield f'<li class="{problem.severity}">{line}{escape(problem.message)}{hint}</li>'
        yield "</ul>"
    if outcome.action in ("refused", "left") or outcome.kind in ("section", "tag"):
        return
    facts = [
        f"by {escape(', '.join(outcome.authors))}" if outcome.authors else "no author",
        f"dated {escape(outcome.date)} ({escape(outcome.date_source)})" if outcome.date else "",
        f"{outcome.words_in} words of {outcome.words_total} are the body",
        f"{outcome.comments} comments" if outcome.comments else "",
        *map(escape, outcome.mended),
    ]
    yield f'<p class="quiet">{" · ".join(filter(None, facts))}</p>'
    if outcome.parts:
        yield f"<details><summary>{len(outcome.parts)} parts that are not body text</summary><table>"
        for part in outcome.parts:
            yield (
                f'<tr><td class="n">{part.line}</td><th>{escape(part.kind.replace("_", " "))}</th>'
                f"<td>{escape(part.text)}</td></tr>"
            )
        yield "</table></details>"
