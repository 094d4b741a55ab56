"""``slugline init``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.starting import init_publication

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Make a new publication, and say how to go on."""
    name = init_publication(options.folder, options.name, options.timezone)
    screen.say(f"{name} is ready:\n\n    cd {options.folder}\n    slugline build\n")
    return 0
