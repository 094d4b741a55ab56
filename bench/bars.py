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
        against: ``hugo``: a ratio to Hugo's clean build; ``paper``: to Hugo's of a site with the outputs of the paper that
            ships; ``small``: a ratio of the large corpus to the small one, by
            the story for a clean build and as it is for an edit; ``bytes``: gigabytes.
        bar: must not be exceeded.
        aim: what is wished for.
    """

    candidate: str
    work: str
    against: Literal["hugo", "paper", "small", "bytes"]
    bar: float
    aim: float


BARS: tuple[Bar, ...] = (
    Bar("slugline-full", "clean", "hugo", 1.5, 1.0),
    Bar("slugline-full", "clean", "paper", 0.8, 0.5),
    Bar("slugline-full", "unchanged", "hugo", 0.03, 0.02),
    Bar("slugline-full", "body", "hugo", 0.06, 0.035),
    Bar("slugline-full", "story", "hugo", 0.07, 0.04),
    Bar("slugline-full", "template", "hugo", 1.0, 0.6),
    Bar("slugline", "clean", "hugo", 0.75, 0.6),
    Bar("slugline", "unchanged", "hugo", 0.018, 0.012),
    Bar("slugline", "body", "hugo", 0.028, 0.02),
    Bar("slugline", "story", "hugo", 0.03, 0.02),
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
