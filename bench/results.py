"""What a run of the benchmark found: plain values, kept as JSON, and the medians and ratios that follow from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.bars import BARS, Bar, Verdict, verdict

__all__ = ["Line", "Memory", "Result", "Sample", "Spread", "Standing", "disturbance", "lines", "standings"]


class Sample(NamedTuple):
    """One timed run, in seconds; see :mod:`bench.measure`."""

    candidate: str
    stories: int
    work: str
    round: int
    wall: float
    cpu: float
    others: float


class Memory(NamedTuple):
    """The peak memory of one clean build, in bytes."""

    candidate: str
    stories: int
    peak: int


@dataclass(frozen=True)
class Result:
    """All that is kept of a run.

    Attributes:
        stories: the size of the small corpus.
        large: the size of the large one; 0 where there was none.
        machine: processor, memory, kernel, Python, file systems.
        versions: of the generators.
        parameters: how the run was asked for.
        checks: sentences about what was compared and found equal.
        pages: HTML pages that each generator wrote, by size of the corpus.
        samples: every timed run.
        memory: every run whose memory was measured.
    """

    stories: int
    large: int
    machine: dict[str, str | int]
    versions: dict[str, str]
    parameters: dict[str, str | int]
    checks: list[str] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        data = asdict(self)
        data["samples"] = [sample._asdict() for sample in self.samples]
        data["memory"] = [memory._asdict() for memory in self.memory]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Result:
        """Read what :meth:`save` wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        samples = [Sample(**one) for one in data.pop("samples")]
        memory = [Memory(**one) for one in data.pop("memory")]
        return cls(**data, samples=samples, memory=memory)


class Spread(NamedTuple):
    """A median with what lies lowest and highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Of one value or more."""
        return cls(median(values), min(values), max(values))


class Line(NamedTuple):
    """One candidate at one work."""

    candidate: str
    stories: int
    work: str
    runs: int
    wall: Spread
    cpu: float
    ratio: Spread | None
    """To Hugo's clean build of the same stories, pair by pair within each round; None where Hugo did not run."""


class Standing(NamedTuple):
    """A bar with what was measured: None where it was not."""

    bar: Bar
    value: Spread | None
    verdict: Verdict | None


def lines(result: Result) -> list[Line]:
    """Every candidate and work, in the order in which they first ran."""
    keys = dict.fromkeys((one.stories, one.candidate, one.work) for one in result.samples)
    found: list[Line] = []
    for stories, candidate, work in keys:
        own = _samples(result, candidate, stories, work)
        cpu = median(one.cpu for one in own)
        ratios = _ratios(own, _samples(result, "hugo", stories, "clean"))
        wall = Spread.of([one.wall for one in own])
        found.append(Line(candidate, stories, work, len(own), wall, cpu, Spread.of(ratios) if ratios else None))
    return found


def disturbance(result: Result) -> float:
    """The share of the processors that others had while runs were timed: 0.02 is a quiet machine, 0.5 means nothing."""
    room = sum(one.wall for one in result.samples) * int(result.machine["processors"])
    return sum(one.others for one in result.samples) / room if room else 0.0


def standings(result: Result) -> list[Standing]:
    """Every bar, with the ratio or size that was measured."""
    found: list[Standing] = []
    for bar in BARS:
        values = _values(result, bar)
        spread = Spread.of(values) if values else None
        found.append(Standing(bar, spread, verdict(bar, spread.median) if spread else None))
    return found


def _values(result: Result, bar: Bar) -> list[float]:
    if bar.against == "bytes":
        size = result.large
        return [one.peak / 1e9 for one in result.memory if (one.candidate, one.stories) == (bar.candidate, size)]
    if bar.against in ("hugo", "paper"):
        own = _samples(result, bar.candidate, result.stories, bar.work)
        peer = "hugo" if bar.against == "hugo" else "hugo-full"
        return _ratios(own, _samples(result, peer, result.stories, "clean"))
    large = _samples(result, bar.candidate, result.large, bar.work)
    small = _samples(result, bar.candidate, result.stories, bar.work)
    growth = result.large / result.stories if bar.work == "clean" else 1.0
    return [ratio / growth for ratio in _ratios(large, small)]


def _samples(result: Result, candidate: str, stories: int, work: str) -> list[Sample]:
    return [one for one in result.samples if (one.candidate, one.stories, one.work) == (candidate, stories, work)]


def _ratios(own: Iterable[Sample], reference: Sequence[Sample]) -> list[float]:
    """Each run's wall time against the median of the reference's in the same round."""
    rounds: dict[int, list[float]] = {}
    for one in reference:
        rounds.setdefault(one.round, []).append(one.wall)
    return [one.wall / median(rounds[one.round]) for one in own if one.round in rounds]
