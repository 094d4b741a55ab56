"""``slugline redirects``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen, plural
from slugline.redirects import FORMATS, redirects

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Print the old addresses as a server's configuration."""
    pairs = redirects(options.root)
    print(FORMATS[options.format](pairs), end="")
    screen.detail(plural(len(pairs), "redirect"))
    return 0
