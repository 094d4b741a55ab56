"""What Slugline has to reach: ratios to Hugo's clean build of the same stories in the same round, and a few others."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["BARS", "Bar", "Verdict", "verdict"]

Verdict = Literal["aim met", "bar met", "missed"]


class Bar(NamedTuple):
    """One thing to reach.

    Attributes:
        candidate: who is measured.
        work: what it does.
        against: ``hugo``: a ratio to Hugo's clean build; ``small``: a ratio of the large corpus to the small one, by
            the story for a clean build and as it is for an edit; ``bytes``: gigabytes.
        bar: must not be exceeded.
        aim: what is wished for.
    """

    candidate: str
    work: str
    against: Literal["hugo", "small", "bytes"]
    bar: float
    aim: float


BARS: tuple[Bar, ...] = (
    Bar("slugline", "clean", "hugo", 1.2, 0.7),
    Bar("slugline", "unchanged", "hugo", 0.035, 0.02),
    Bar("slugline", "body", "hugo", 0.045, 0.025),
    Bar("slugline", "story", "hugo", 0.06, 0.03),
    Bar("slugline", "template", "hugo", 0.4, 0.2),
    Bar("slugline", "clean", "small", 1.15, 1.0),
    Bar("slugline", "body", "small", 3.0, 1.5),
    Bar("slugline", "memory", "bytes", 1.2, 0.6),
)


def verdict(bar: Bar, value: float) -> Verdict:
    """Whether a median reaches the aim, the bar, or neither."""
    if value <= bar.aim:
        return "aim met"
    return "bar met" if value <= bar.bar else "missed"
