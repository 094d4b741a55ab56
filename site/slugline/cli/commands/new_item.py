"""``slugline new section``, ``new author`` and ``new page``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.starting import new_item

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Write a file to start from, and name it."""
    screen.say(str(new_item(options.root, options.kind, options.title)), always=True)
    return 0
