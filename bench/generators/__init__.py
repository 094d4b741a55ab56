"""Slugline and its peers: each writes the same publication in its own form, and says how it is built."""

from __future__ import annotations

from bench.generators.base import Generator, Links
from bench.generators.eleventy import Eleventy
from bench.generators.hugo import Hugo, HugoPaper, HugoUnrelated
from bench.generators.pelican import Pelican
from bench.generators.slugline import Slugline

__all__ = ["PEERS", "Eleventy", "Generator", "Hugo", "HugoPaper", "HugoUnrelated", "Links", "Pelican", "Slugline"]

PEERS: tuple[type[Generator], ...] = (Hugo, HugoPaper, HugoUnrelated, Pelican, Eleventy)
"""The peers, by their names, in the order in which they run."""
