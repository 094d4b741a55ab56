"""Run the benchmark: ``python -m bench.run --help``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import machine, sites
from bench.corpus import FEWEST_STORIES, Corpus
from bench.equality import compare_pages, compare_papers, html_pages, same_bytes
from bench.generators import PEERS, Generator, Slugline
from bench.generators.base import Unavailable
from bench.plot import svg
from bench.results import Memory, Result, Sample
from bench.table import markdown
from bench.works import FULL, INCREMENTAL, Candidate, Contestant, Floor

__all__ = ["main"]

SLOW = ("pelican", "eleventy")
SAMPLED_STORIES = 200


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for."""
    about = "Measure Slugline and its peers on the same stories, in turn, in one go."
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=about)
    slow, folder = " and ".join(SLOW), Path(tempfile.gettempdir()) / "slugline-bench"
    add = parser.add_argument
    add("--stories", type=int, default=10_000, help="size of the corpus (default: 10000)")
    add("--large", type=int, default=0, help="size of a second, larger corpus for Slugline and Hugo (default: none)")
    add("--seed", type=int, default=1, help="another seed, another corpus")
    add("--runs", type=int, default=5, help="rounds (default: 5)")
    add("--repeats", type=int, default=3, help="runs of each quick work in a round (default: 3)")
    add("--large-runs", type=int, default=3, help="rounds in which the large corpus takes part (default: 3)")
    add("--slow-runs", type=int, default=1, help=f"rounds in which {slow} take part (default: 1)")
    add("--peers", default=",".join(kind.name for kind in PEERS), help="names, with commas between (default: all)")
    add("--variants", default="plain,full", help="of Slugline (default: all); `none` for the peers alone")
    add("--links", choices=("files", "addresses"), default="files", help="how stories link to each other")
    add("--no-memory", action="store_true", help="leave out the runs that measure memory")
    add("--work", type=Path, default=folder, help=f"folder for sites and tools (default: {folder})")
    add("--output", type=Path, default=Path("/dev/shm"), help="a folder on tmpfs for outputs (default: /dev/shm)")
    add("--result", type=Path, help="JSON file to write")
    add("--table", type=Path, help="Markdown file to write")
    add("--plot", type=Path, help="SVG file to write")
    chosen = parser.parse_args(given)
    if min(chosen.stories, chosen.large or chosen.stories) < FEWEST_STORIES:
        parser.error(f"a corpus needs at least {FEWEST_STORIES} stories")
    if (kind := machine.filesystem(chosen.output)) != "tmpfs":
        parser.error(f"{chosen.output} is not on tmpfs but on {kind}: the disk would be measured")
    return chosen


def main(given: Sequence[str] | None = None) -> int:
    """Measure, print the table, write what is asked for."""
    chosen = arguments(given)
    output = Path(tempfile.mkdtemp(prefix="slugline-bench-", dir=chosen.output))
    try:
        result = measure(chosen, output)
    finally:
        shutil.rmtree(output, ignore_errors=True)
    text = markdown(result)
    print(text)
    if chosen.result:
        result.save(chosen.result)
    if chosen.table:
        chosen.table.write_text(text, encoding="utf-8")
    if chosen.plot:
        chosen.plot.write_text(svg(result), encoding="utf-8")
    return 0


def measure(chosen: argparse.Namespace, output: Path) -> Result:
    """Prepare, warm up and compare, run the rounds, check the edits, measure the memory."""
    work: Path = chosen.work
    work.mkdir(parents=True, exist_ok=True)
    versions: dict[str, str] = {}
    generators = _available(chosen, versions)
    about = {**machine.describe(), "sources_on": machine.filesystem(work), "output_on": machine.filesystem(output)}
    asked = {key: str(value) for key, value in vars(chosen).items() if key in _PARAMETERS}
    result = Result(chosen.stories, chosen.large, about, versions, dict(asked))

    small = [_candidate(one, Corpus(chosen.stories, chosen.seed), chosen, output) for one in generators]
    large = []
    if chosen.large:
        corpus = Corpus(chosen.large, chosen.seed)
        large = [_candidate(one, corpus, chosen, output) for one in generators if one.name in ("hugo", "slugline")]
    for size in (small, large):
        if size:
            _warm_up(size, result)
    everyone: list[Contestant] = [*small, *large, *_floors(small, large, output)]
    for at in range(chosen.runs):
        _round(everyone, at, chosen, result)
    for candidate in (*small, *large):
        if candidate.generator.state and len(candidate.works) > 1:
            _same_as_clean(candidate, result)
    if not chosen.no_memory:
        for candidate in (*small, *large):
            _say(f"memory: {candidate.name}, {candidate.stories:,} stories")
            result.memory.append(Memory(candidate.name, candidate.stories, candidate.memory()))
    return result


_PARAMETERS = ("seed", "runs", "repeats", "large_runs", "slow_runs", "links")


def _available(chosen: argparse.Namespace, versions: dict[str, str]) -> list[Generator]:
    """The generators that are asked for and can run here, Hugo first: the others are compared with it."""
    tools = chosen.work / "tools"
    wanted: list[Generator] = [kind(tools, chosen.links) for kind in PEERS if kind.name in chosen.peers.split(",")]
    variants = {
        "plain": Slugline(tools, chosen.links),
        "full": Slugline(tools, chosen.links, full=True),
    }
    wanted += [variant for name, variant in variants.items() if name in chosen.variants.split(",")]
    # The slow ones come last, so that the quick ones' runs lie close together.
    wanted.sort(key=lambda one: one.name in SLOW)
    found: list[Generator] = []
    for generator in wanted:
        try:
            versions[generator.name] = generator.version()
        except Unavailable as reason:
            if generator.name == "hugo":
                raise
            _say(f"{generator.name} is left out: {reason}")
            continue
        found.append(generator)
    return found


def _candidate(generator: Generator, corpus: Corpus, chosen: argparse.Namespace, output: Path) -> Candidate:
    name = f"{generator.name}-{corpus.stories}"
    _say(f"site: {generator.name}, {corpus.stories:,} stories")
    site = sites.written(generator, corpus, chosen.work / "sites")
    root = sites.copied(site, chosen.work / "copies" / name)
    works: Sequence[str] = ("clean",)
    if generator.name == "hugo":
        works = ("clean", "body")
    elif generator.state:
        works = FULL
    log = chosen.work / f"{name}.log"
    return Candidate(generator, corpus, root, output / name, works, log)


def _warm_up(candidates: list[Candidate], result: Result) -> None:
    """One clean build of each, not timed, whose outputs are compared."""
    for candidate in candidates:
        _say(f"warm-up: {candidate.name}, {candidate.stories:,} stories")
        candidate.run("clean")
    alike = {one.name: one.output for one in candidates if "full" not in one.name}
    first = candidates[0]
    step = max(1, first.stories // SAMPLED_STORIES)
    stories = {f"{first.corpus.head(number).path}/index.html" for number in range(0, first.stories, step)}
    lists = {page for page in html_pages(first.output) if page.count("/") < 3}
    pages = compare_pages(alike, sorted(stories | lists))
    for candidate in candidates:
        count = pages if candidate.name in alike else len(html_pages(candidate.output))
        result.pages[f"{candidate.name}-{candidate.stories}"] = count
    result.checks.append(
        f"{first.stories:,} stories: {', '.join(alike)} wrote the same {pages:,} HTML pages each; "
        f"words, headings and links are equal on all {len(lists)} lists and {len(stories)} stories that were compared."
    )
    papers = {one.name: one.output for one in candidates if one.name in ("slugline-full", "hugo-full")}
    if len(papers) > 1:
        counted = compare_papers(papers)
        told = "; ".join(f"{', '.join(f'{count:,}' for count in counts)} {what}" for what, counts in counted.items())
        result.checks.append(f"{first.stories:,} stories: {' and '.join(papers)} wrote {told}.")


def _floors(small: list[Candidate], large: list[Candidate], output: Path) -> list[Floor]:
    """The floor of each size: Slugline's files where it runs, else the first candidate's."""
    floors = []
    for candidates in filter(None, (small, large)):
        chosen = next((one for one in candidates if one.name == "slugline"), candidates[0])
        floors.append(
            Floor(chosen.root / "content", chosen.output, output / f"copy-{chosen.stories}", chosen.stories, chosen.log)
        )
    return floors


def _round(everyone: list[Contestant], at: int, chosen: argparse.Namespace, result: Result) -> None:
    for one in everyone:
        if at >= _rounds(one, chosen):
            continue
        for work in one.works:
            for _ in range(chosen.repeats if work in INCREMENTAL and one.name != "hugo" else 1):
                run = one.run(work)
                seconds = (round(value, 4) for value in (run.wall, run.cpu, run.others))
                result.samples.append(Sample(one.name, one.stories, work, at, *seconds))
                _say(f"round {at + 1}: {one.name}, {one.stories:,} stories, {work}: {run.wall:.3f} s")


def _rounds(one: Contestant, chosen: argparse.Namespace) -> int:
    if one.stories != chosen.stories:
        # No bar rests on Hugo's large build; it is there to be seen beside Slugline's.
        return int(min(chosen.slow_runs if one.name == "hugo" else chosen.large_runs, chosen.runs))
    return int(min(chosen.slow_runs if one.name in SLOW else chosen.runs, chosen.runs))


def _same_as_clean(candidate: Candidate, result: Result) -> None:
    """Compare what all the edits left with a clean build of the same sources."""
    kept = candidate.output.with_name(f"{candidate.output.name}-edited")
    os.replace(candidate.output, kept)
    candidate.start_over()
    candidate.run("clean")
    files = same_bytes(kept, candidate.output)
    shutil.rmtree(kept)
    result.checks.append(
        f"{candidate.name}, {candidate.stories:,} stories: after all edits its {files:,} files "
        "are byte for byte those of a clean build."
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
