"""``slugline publish-now``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.starting import publish_now

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Date a story now and make it no draft, and name it."""
    path = publish_now(options.root, options.story, options.now)
    screen.say(f"{path} goes out with the next build")
    return 0
