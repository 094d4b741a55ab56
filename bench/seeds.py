"""How long an archive of plain-text seeds takes to import: ``python -m bench.seeds --help``.

The stories of the corpus are dressed as scrapes of web pages: the head in one of several orders, captions, advertisements and
links between the paragraphs, a foot with share buttons, bios, tags and comments; some wrapped at a width, some without blank
lines, with other newlines or in another encoding. `slugline import` reads them in a process of its own, as an editor calls it;
what is measured is its wall time from start to end. Afterwards every headline, byline and paragraph is compared with the
corpus, and the publication is built.

A few of the seeds cannot be decided by anyone: without blank lines, a heading right below a list of other stories looks
like one more of them. They count as differences all the same; beside the count stands how many of them the importer's
report points to with the line.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.corpus import Author, Corpus, Story
from bench.prose import pick, visible

__all__ = ["Seed", "dressed", "main"]

BAR = 20.0
"""Seconds; for 10,000 seeds on two cores."""

_WRAPPED, _TIGHT, _WINDOWS, _UTF16 = 0.2, 0.1, 0.1, 0.05
"""How many of the seeds are saved so."""

_AMONG: Sequence[tuple[str, ...]] = (
    ("Advertisement",),
    ("Also read: {other}",),
    ("READ MORE: {other}",),
    ("The scene on Monday. Photo: Jane Rowe/Reuters",),
    ("Image caption, The square in the morning",),
    (
        "Sign up for our daily newsletter",
        "Enter your email address",
        "Sign up",
    ),
    (
        "Related stories",
        "{other}",
    ),
    ("Story continues below advertisement",),
    (
        "skip past newsletter promotion",
        "The Morning Tide",
        "after newsletter promotion",
    ),
)
_COMMENTS = "3 Comments|Old Reader says:|March 3, 2026 at 8:00 am|Well said.|Reply|Leave a Reply|Name *|Email *|Post Comment"


class Seed(NamedTuple):
    """A story as a scrape: what is to be found in it, and the bytes."""

    title: str
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    raw: bytes


def dressed(story: Story, staff: dict[str, Author], seed: int = 1) -> Seed:
    """A story as someone might have saved it from a web page."""
    rng = random.Random(f"seed/{seed}/{story.head.number}")
    people = [staff[slug] for slug in story.authors]
    paragraphs = [" ".join(visible(block).split()) for block in story.body.split("\n\n")]
    paragraphs = [text for text in paragraphs if text and not text.startswith(("-", "*"))]
    other = f"{story.head.title.split(' ')[0]} and what came of it"
    blocks = [*_head(story, people, rng)]
    for number, text in enumerate(paragraphs):
        blocks.append([text])
        if 0 < number < len(paragraphs) - 1 and rng.random() < 0.25:
            blocks.append([line.format(other=other) for line in pick(rng, _AMONG)])
    blocks.extend(_foot(story, people, rng))
    names = tuple(person.name for person in people)
    return Seed(story.head.title, names, tuple(paragraphs), _saved(blocks, rng))


def _head(story: Story, people: Sequence[Author], rng: random.Random) -> list[list[str]]:
    names = " and ".join(person.name for person in people)
    with_roles = "; ".join(f"{person.name}, {person.role}" for person in people)
    day = story.head.date
    long, short = f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"
    read = f"{max(1, story.words // 200)} min read"
    byline = pick(rng, (f"By {names}", f"Words by {names}", with_roles, f"By {with_roles}", f"Written by {names}"))
    dates = pick(
        rng, (f"Published on {long}", f"Published: {short}", long, f"{short}\nUpdated: {short}", f"Last updated: {long}")
    )
    meta = pick(rng, ([byline, dates, read], [dates, byline], [f"By {names} | {short} | {read}"], [read, byline, dates]))
    lines = [line for entry in meta for line in entry.split("\n")]
    head = [[f"Home › {story.head.section.capitalize()}"]] if rng.random() < 0.2 else []
    head.append([story.head.title])
    if rng.random() < 0.3:
        head.append([story.dek])
    head.append(lines)
    if rng.random() < 0.3:
        head.append(["Share", "Facebook", "X", "WhatsApp", "Copy link"])
    return head


def _foot(story: Story, people: Sequence[Author], rng: random.Random) -> list[list[str]]:
    foot = [["Share This Article"]]
    if rng.random() < 0.4:
        foot.append([f"Tags: {', '.join(story.tags)}"])
    if rng.random() < 0.5:
        foot.append(["About the author" if len(people) == 1 else "About the authors"])
        foot.extend([f"{person.name} is a {person.role.lower()} at the paper and lives by the river."] for person in people)
    if rng.random() < 0.2:
        foot.extend([line] for line in _COMMENTS.split("|"))
    foot.append([f"© {story.head.date.year} The Bench. All rights reserved.", "Privacy Policy", "Terms of Service"])
    return foot


def _saved(blocks: Sequence[Sequence[str]], rng: random.Random) -> bytes:
    lines: list[str] = []
    width = 72 if rng.random() < _WRAPPED else 0
    tight = rng.random() < _TIGHT
    for block in blocks:
        for line in block:
            lines.extend(textwrap.wrap(line, width, break_on_hyphens=False) if width and len(line) > width else [line])
        if not tight:
            lines.append("")
    text = ("\r\n" if rng.random() < _WINDOWS else "\n").join(lines) + "\n"
    return text.encode("utf-16") if rng.random() < _UTF16 else text.encode()


def _found(root: Path, seeds: dict[str, Seed], report: dict[str, object]) -> tuple[Counter[str], int]:
    """What was not found again as it was, and how many of the seeds with lost paragraphs have a warning at each of them."""
    wrong: Counter[str] = Counter()
    told = 0
    items = report["items"]
    assert isinstance(items, list)
    names = {entry["slug"]: entry["name"] for entry in report["authors"]}  # type: ignore[attr-defined]
    for item in items:
        seed = seeds[Path(item["source"]).name]
        if item["action"] != "written":
            wrong[str(item["action"])] += 1
            continue
        wrong["headline"] += item["title"] != seed.title
        wrong["authors"] += tuple(names.get(slug, slug) for slug in item["authors"]) != seed.authors
        body = _words((root / "content" / item["output"]).read_text("utf-8").partition("\n---\n")[2])
        lost = [words for text in seed.paragraphs if (words := _words(text)) not in body]
        wrong["paragraph"] += bool(lost)
        doubted = _doubted(seed, item["problems"]) if lost else []
        told += bool(lost) and all(any(words in line or line in words for line in doubted) for words in lost)
    return +wrong, told


def _doubted(seed: Seed, problems: Sequence[dict[str, object]]) -> list[str]:
    """The words of the lines that a warning points to."""
    lines = seed.raw.decode("utf-16" if seed.raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8").splitlines()
    found = (_words(lines[line - 1]) for problem in problems if isinstance(line := problem["line"], int) and line > 0)
    return [words for words in found if words]


def _words(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _run(*arguments: str) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "slugline", *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"slugline {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, compare, build, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.seeds", description="Measure `slugline import` over text seeds.")
    parser.add_argument("--seeds", type=int, default=10_000, help="how many (%(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="how often, each into an empty publication (%(default)s)")
    parser.add_argument("--dress", type=int, default=1, help="which of the many ways to dress them (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (%(default)s)")
    options = parser.parse_args(arguments)
    corpus = Corpus(max(options.seeds, 200))
    staff = {author.slug: author for author in corpus.authors}
    with tempfile.TemporaryDirectory() as folder:
        arrived = Path(folder, "seeds")
        arrived.mkdir()
        seeds = {}
        for number in range(options.seeds):
            seed = dressed(corpus.story(number), staff, options.dress)
            seeds[f"{number:06d}.txt"] = seed
            (arrived / f"{number:06d}.txt").write_bytes(seed.raw)
        size = sum(len(seed.raw) for seed in seeds.values())
        taken = []
        for run in range(options.runs):
            root = Path(folder, f"paper-{run}")
            _run("init", str(root))
            report = root / "report.json"
            jobs = ("--jobs", str(options.jobs))
            taken.append(_run("import", str(arrived), "--root", str(root), "--report", str(report), *jobs))
        again = _run("import", str(arrived), "--root", str(root), *jobs)
        built = _run("build", "--root", str(root), *jobs)
        wrong, told = _found(root, seeds, json.loads(report.read_text("utf-8")))
    spread = f"{min(taken):.1f} to {max(taken):.1f}"
    print(f"{options.seeds} seeds of {size / 1e6:.1f} MB, {options.jobs} processes: {median(taken):.1f} s ({spread})")
    print(f"the bar for 10,000 seeds on two cores is {BAR:.0f} s")
    print(f"a second import, in which nothing changed: {again:.1f} s; the whole of it built: {built:.1f} s")
    print("not found as it was: " + (", ".join(f"{name} {count}" for name, count in sorted(wrong.items())) or "nothing"))
    if wrong["paragraph"]:
        print(f"of the {wrong['paragraph']} with a lost paragraph, the report points to {told} with its line")


if __name__ == "__main__":
    main()
