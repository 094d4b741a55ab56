"""The result as Markdown."""

from __future__ import annotations

from bench.bars import Bar
from bench.results import Line, Result, Spread, Standing, disturbance, lines, standings

__all__ = ["NAMES", "WORKS", "markdown"]

NAMES = {
    "slugline": "Slugline",
    "slugline-full": "Slugline, default theme and all its pages",
    "hugo": "Hugo",
    "hugo-full": "Hugo, a theme with the same outputs as that",
    "hugo-full-unrelated": "Hugo, the same without related stories",
    "pelican": "Pelican",
    "eleventy": "Eleventy",
    "floor": "*the files alone*",
}

WORKS = {
    "clean": "clean build",
    "unchanged": "nothing changed",
    "body": "one body edited",
    "story": "one new story",
    "template": "base template edited",
    "read": "reading all sources (`cat`)",
    "copy": "copying the finished site (`cp -r`)",
}


def markdown(result: Result) -> str:
    """The bars, all measurements, the memory, the machine."""
    sizes = [size for size in (result.stories, result.large) if size]
    parts = ["## Bars", *_bar_table(result)]
    for size in sizes:
        own = [line for line in lines(result) if line.stories == size]
        parts += ["", f"## {size:,} stories", *_work_table(result, own, size)]
    parts += ["", "## Where and how", "", *(f"- {sentence}" for sentence in _circumstances(result))]
    return "\n".join(parts) + "\n"


def _bar_table(result: Result) -> list[str]:
    rows: list[tuple[str, ...]] = []
    for one in standings(result):
        bar, aim = (_limit(one.bar, limit) for limit in (one.bar.bar, one.bar.aim))
        rows.append((_described(result, one), _value(one), bar, aim, one.verdict or "not measured"))
    return _table(("work, in a new process", "median (lowest to highest)", "bar", "aim", ""), rows, "lrrrl")


def _described(result: Result, standing: Standing) -> str:
    bar = standing.bar
    if bar.against == "bytes":
        return f"{NAMES[bar.candidate]}: peak memory of all processes, clean build, {_count(result.large)}"
    if bar.against == "small":
        other = "the same by the story" if bar.work == "clean" else "the same"
        return f"{NAMES[bar.candidate]}: {WORKS[bar.work]}, {_count(result.large)}, to {other} at {result.stories:,}"
    of = " of a theme with the same outputs" if bar.against == "paper" else ""
    return f"{NAMES[bar.candidate]}: {WORKS[bar.work]}, {result.stories:,} stories, to Hugo's clean build{of}"


def _count(stories: int) -> str:
    return f"{stories:,} stories" if stories else "large corpus"


def _value(standing: Standing) -> str:
    if standing.value is None:
        return "–"
    unit = " GB" if standing.bar.against == "bytes" else ""
    return f"{_spread(standing.value)}{unit}"


def _limit(bar: Bar, value: float) -> str:
    return f"{value:g} GB" if bar.against == "bytes" else f"{value:g}"


def _work_table(result: Result, own: list[Line], size: int) -> list[str]:
    memory = {one.candidate: one.peak for one in result.memory if one.stories == size}
    rows: list[tuple[str, ...]] = []
    for line in own:
        peak = f"{memory[line.candidate] / 1e6:,.0f} MB" if line.work == "clean" and line.candidate in memory else ""
        ratio = _spread(line.ratio) if line.ratio else ""
        name, work = NAMES.get(line.candidate, line.candidate), WORKS.get(line.work, line.work)
        rows.append((name, work, str(line.runs), f"{_spread(line.wall)} s", f"{line.cpu:.3g} s", ratio, peak))
    heads = ("", "work", "runs", "wall", "processor", "to Hugo's clean build", "peak memory")
    return _table(heads, rows, "llrrrrr")


def _circumstances(result: Result) -> list[str]:
    machine = result.machine
    parts = (f"{machine['processors']} processors", f"{machine['memory_gb']} GB", machine["kernel"], machine["python"])
    found = [
        f"{machine['processor']}, {', '.join(map(str, parts))}.",
        f"Sources and build state on {machine['sources_on']}, output on {machine['output_on']}.",
        ", ".join(f"{NAMES.get(name, name)} {version}" for name, version in result.versions.items()) + ".",
        "Medians of all runs, lowest and highest in brackets; a ratio is to Hugo's clean build of the same round.",
    ]
    found.append(
        f"While runs were timed, other processes and the kernel had {disturbance(result):.1%} of the processors."
    )
    return found + result.checks


def _spread(spread: Spread) -> str:
    if spread.low == spread.high:
        return f"{spread.median:.3g}"
    return f"{spread.median:.3g} ({spread.low:.3g} to {spread.high:.3g})"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]], sides: str) -> list[str]:
    rules = ["---:" if side == "r" else "---" for side in sides]
    return ["", *("| " + " | ".join(cells) + " |" for cells in (heads, tuple(rules), *rows))]
