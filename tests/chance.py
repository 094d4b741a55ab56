"""The seed of what tests draw at random: one a session, printed in pytest's header.

A person's run always draws the same; with ``CI`` set each run draws anew. ``SLUGLINE_SEED=… make test`` repeats a run:
Hypothesis and the tests' own generators take their seed from here, in all processes of a run.
"""

from __future__ import annotations

import os
import random

__all__ = ["IS_FIXED", "SEED", "generator", "seeds"]

_VARIABLE = "SLUGLINE_SEED"
_SEEDS = 1 << 32

if os.environ.get("CI") and _VARIABLE not in os.environ:
    # Processes that pytest-xdist starts inherit the environment, and so they agree on the seed.
    os.environ[_VARIABLE] = str(random.SystemRandom().randrange(1, _SEEDS))

IS_FIXED = _VARIABLE not in os.environ
"""Whether this run draws what every run of a person draws."""

SEED = int(os.environ.get(_VARIABLE, "0"))
"""The seed of this run; 0 in a person's run."""


def generator(name: str) -> random.Random:
    """A generator of random numbers: another for each name and seed."""
    return random.Random(f"{SEED} {name}")


def seeds(count: int) -> range:
    """So many seeds in a row for documents written at random: from 0 in a person's run."""
    return range(SEED, SEED + count)
