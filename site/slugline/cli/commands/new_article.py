"""``slugline new article``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.starting import new_article

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Write a file to start a story from, and name it."""
    path = new_article(options.root, options.headline, options.section, options.author, options.now)
    screen.say(str(path), always=True)
    return 0
