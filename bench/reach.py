"""What publishing one story costs, and how long a check takes: ``python -m bench.reach --help``.

The default theme with feeds, sitemaps and archives on the corpus. Each build is a process of its own. What is rendered for one
new story is counted by kind: only what shows it should be among it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from bench import sites
from bench.corpus import Corpus
from bench.generators import Slugline

__all__ = ["kinds", "main"]

NOW = "2026-01-02T12:00:00Z"
"""The clock of all builds: the day after the newest story of the corpus."""

KINDS = (
    ("news sitemap", re.compile(r"/news-sitemap\.xml")),
    ("sitemap index", re.compile(r"/sitemap\.xml")),
    ("sitemap part", re.compile(r"/sitemaps/.*")),
    ("feed", re.compile(r".*/feed\.(xml|atom|json)")),
    ("month of an archive", re.compile(r"(/[^/]+(/[^/]+)?)?/\d{4}/\d{2}/(page-\d+/)?")),
    ("story", re.compile(r"/[^/]+/\d{4}/\d{2}/[^/]+/")),
    ("front", re.compile(r"/")),
    ("author, tag", re.compile(r"/(author|tag|series)/[^/]+/")),
    ("section", re.compile(r"/[^/]+/")),
)
"""The kinds of pages, by their addresses: the first that fits."""


def kinds(urls: Iterable[str]) -> Counter[str]:
    """How many pages there are of each kind; the address itself for one of none."""
    return Counter(next((name for name, pattern in KINDS if pattern.fullmatch(url)), url) for url in urls)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reach", description="What publishing one story costs.")
    parser.add_argument("--stories", type=int, default=10_000, help="size of the corpus (default: 10000)")
    parser.add_argument("--repeats", type=int, default=5, help="stories published, and checks (default: 5)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "slugline-bench")
    chosen = parser.parse_args()
    generator = Slugline(chosen.work / "tools", full=True)
    site = sites.written(generator, Corpus(chosen.stories), chosen.work / "sites")
    root = sites.copied(site, chosen.work / "copies" / f"reach-{chosen.stories}")
    seconds, report = _build(root)
    print(f"clean build: {seconds:.2f} s, {report['pages']:,} pages")
    seconds, report = _build(root)
    print(f"nothing changed: {seconds:.3f} s, {report['rendered']} rendered")
    times, counts = [], []
    for number in range(chosen.repeats):
        _publish(root, number)
        seconds, report = _build(root)
        times.append(seconds)
        counts.append(kinds(page["url"] for page in report["why"]))
    print(f"one story published: {median(times):.3f} s (median of {chosen.repeats}), {counts[-1].total()} rendered, which are")
    for name, number in sorted(counts[-1].items()):
        print(f"    {number:3} {name}")
    if len(set(map(tuple, map(sorted, (count.items() for count in counts))))) > 1:
        print("    (not the same for each story: " + ", ".join(str(count.total()) for count in counts) + ")")
    times = [_check(root) for _ in range(chosen.repeats + 1)]
    print(f"check: {times[0]:.3f} s the first time, {median(times[1:]):.3f} s then (median of {chosen.repeats})")


def _publish(root: Path, number: int) -> None:
    front = {
        "title": f"A story that came in at {number}",
        "date": f"2026-01-02T0{number}:00:00Z",
        "authors": f"[{_some(root, 'authors')}]",
        "tags": "[Breaking]",
        "dek": "What is known so far.",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    place = root / "content" / "articles" / _some(root, "sections") / f"came-in-at-{number}.md"
    place.write_text(f"---\n{lines}---\n\nOne paragraph of news.\n", encoding="utf-8")


def _some(root: Path, kind: str) -> str:
    return min(path.stem for path in (root / "content" / kind).glob("*.md"))


def _build(root: Path) -> tuple[float, dict[str, Any]]:
    told = root.with_suffix(".json")
    seconds = _run("build", "--root", str(root), "--now", NOW, "--quiet", "--report", str(told))
    return seconds, json.loads(told.read_text(encoding="utf-8"))


def _check(root: Path) -> float:
    return _run("check", "--root", str(root), "--now", NOW, "--format", "json")


def _run(*arguments: str) -> float:
    environment = Slugline(Path()).environment()
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "slugline", *arguments], env=environment, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
