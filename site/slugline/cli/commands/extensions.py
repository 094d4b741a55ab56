"""``slugline extensions``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.extensions.loading import Extensions, extensions_in
from slugline.extensions.packages import modules_of
from slugline.settings.load import load_settings
from slugline.theme.environment import taken_names

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """List what the publication adds to Slugline, and from which file."""
    settings = load_settings(options.root)
    packages = modules_of(settings.extensions.packages, settings.line("extensions", "packages"))
    source = extensions_in(options.root, packages)
    found = Extensions(source, taken=taken_names()).found
    for (kind, name), one in sorted(found.items()):
        print(f"{kind:9} {name:30} {one.place}:{one.line}")
    if not found:
        screen.say("no extensions; a file in extensions/ adds some, see docs/extensions.md")
    return 0
