"""``slugline extensions``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.extensions.loading import Extensions, extensions_in
from slugline.theme.environment import taken_names

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """List what the publication adds to Slugline, and from which file."""
    source = extensions_in(options.root)
    found = Extensions(source, taken=taken_names()).found
    for (kind, name), one in sorted(found.items()):
        print(f"{kind:7} {name:30} extensions/{one.file}:{one.line}")
    if not found:
        screen.say("no extensions; a file in extensions/ adds some, see docs/extensions.md")
    return 0
