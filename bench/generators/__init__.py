"""Slugline and its peers: each writes the same publication in its own form, and says how it is built."""

from __future__ import annotations

from bench.generators.base import Generator, Links
from bench.generators.eleventy import Eleventy
from bench.generators.hugo import Hugo
from bench.generators.pelican import Pelican
from bench.generators.slugline import Slugline

__all__ = ["PEERS", "Eleventy", "Generator", "Hugo", "Links", "Pelican", "Slugline"]

PEERS: tuple[type[Generator], ...] = (Hugo, Pelican, Eleventy)
"""The peers, by their names, in the order in which they run."""
