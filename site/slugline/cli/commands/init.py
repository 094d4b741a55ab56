"""``slugline init``."""

from __future__ import annotations

import shlex
from argparse import Namespace
from pathlib import Path

from slugline.cli.screen import Screen
from slugline.starting import init_publication

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Make a new publication, and say how to go on."""
    name = init_publication(options.folder, options.name, options.timezone)
    steps = [
        "slugline serve     # shows it in the browser, and every save at once",
        "slugline build     # writes the site into build/",
    ]
    if options.folder.resolve() != Path.cwd():
        steps.insert(0, f"cd {shlex.quote(str(options.folder))}")
    screen.say("".join([f"{name} is ready:\n\n", *(f"    {step}\n" for step in steps)]))
    return 0
