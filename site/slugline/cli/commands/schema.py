"""``slugline schema``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.schemas.files import write_cms, write_schemas
from slugline.settings.load import load_settings

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Write the schemas, or the configuration of a content management system, and say where."""
    settings = load_settings(options.root)
    for path in (write_cms if options.cms else write_schemas)(options.root, settings):
        screen.say(f"wrote {path}")
    return 0
