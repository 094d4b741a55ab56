"""``slugline redirects``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen, plural
from slugline.redirects import FORMATS, redirects

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Print the old addresses as a server's configuration."""
    moves = redirects(options.root, base_url=options.base_url, output=options.output)
    print(FORMATS[options.format](moves), end="")
    screen.detail(plural(len(moves), "redirect"))
    return 0
