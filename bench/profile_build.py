"""Where the time of a clean build goes: ``python -m bench.profile_build --help``.

The stages are those that ``slugline build --report`` tells, in seconds of wall time. With ``--functions`` the build
runs in one process under Python's profiler, which slows it down and tells in which functions it spends its time.
"""

from __future__ import annotations

import argparse
import json
import pstats
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench import sites
from bench.corpus import Corpus
from bench.generators import Slugline
from bench.measure import timed

__all__ = ["stage_table"]


def stage_table(runs: list[Mapping[str, float]]) -> str:
    """The stages of several builds as a Markdown table: median seconds, share of the total.

    What no stage accounts for (starting Python, importing, ending) is its own row where the builds tell ``process``.
    """
    totals = [run.get("process", run["total"]) for run in runs]
    whole = median(totals)
    stages = [name for name in runs[0] if name not in ("total", "process")]
    rows = [(name, median(run.get(name, 0.0) for run in runs)) for name in stages]
    rows.append(
        (
            "the rest",
            median(total - sum(run.get(name, 0.0) for name in stages) for run, total in zip(runs, totals, strict=True)),
        )
    )
    lines = ["| stage | seconds | share |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {seconds:.3f} | {seconds / whole:.0%} |" for name, seconds in rows]
    return "\n".join((*lines, f"| **all** | **{whole:.3f}** | **100%** |"))


def main() -> None:
    """Build, and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.profile_build", description="Where a clean build's time goes."
    )
    parser.add_argument("--stories", type=int, default=10_000, help="size of the corpus (default: 10000)")
    parser.add_argument("--runs", type=int, default=3, help="builds, whose median is told (default: 3)")
    parser.add_argument(
        "--full", action="store_true", help="the default theme and all its pages instead of the plain site"
    )
    parser.add_argument(
        "--functions", type=int, metavar="N", help="the N functions that take longest, from one build in one process"
    )
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "slugline-bench")
    parser.add_argument(
        "--output", type=Path, default=Path("/dev/shm"), help="a folder on tmpfs for outputs (default: /dev/shm)"
    )
    chosen = parser.parse_args()

    generator = Slugline(chosen.work / "tools", full=chosen.full)
    site = sites.written(generator, Corpus(chosen.stories), chosen.work / "sites")
    root = sites.copied(site, chosen.work / "copies" / f"{generator.name}-{chosen.stories}-profile")
    output = Path(tempfile.mkdtemp(prefix="slugline-profile-", dir=chosen.output))
    try:
        if chosen.functions:
            print(_functions(generator, root, output, chosen.functions))
        else:
            print(stage_table([_stages(generator, root, output) for _ in range(chosen.runs)]))
    finally:
        shutil.rmtree(output, ignore_errors=True)


def _stages(generator: Slugline, root: Path, output: Path) -> Mapping[str, float]:
    generator.forget(root)
    shutil.rmtree(output / "site", ignore_errors=True)
    report = output / "report.json"
    command = [*generator.command(root, output / "site"), "--report", str(report)]
    run = timed(command, root, generator.environment(), output / "log")
    seconds: dict[str, float] = json.loads(report.read_text(encoding="utf-8"))["seconds"]
    return {**seconds, "process": run.wall}


# The command ends its process at once, without what Python does at the end: its inside is called.
_PROFILED = """
import cProfile, sys
from slugline.cli import main
profile = cProfile.Profile()
code = profile.runcall(main, sys.argv[2:])
profile.dump_stats(sys.argv[1])
sys.exit(code)
"""


def _functions(generator: Slugline, root: Path, output: Path, count: int) -> str:
    generator.forget(root)
    profile = output / "profile"
    given = generator.command(root, output / "site")
    build = given[given.index("build") :]
    command = [sys.executable, "-c", _PROFILED, str(profile), *build, "--jobs", "1"]
    timed(command, root, generator.environment(), output / "log")
    with open(output / "functions", "w+", encoding="utf-8") as told:
        pstats.Stats(str(profile), stream=told).sort_stats("tottime").print_stats(count)
        told.seek(0)
        return told.read()


if __name__ == "__main__":
    main()
