"""``slugline upgrade``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.settings.schema import SETTINGS_FILE
from slugline.settings.upgrade import upgrade_settings

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Bring the settings up to date, and say what changed."""
    upgrade = upgrade_settings(options.root, dry_run=options.dry_run)
    if upgrade.before == upgrade.after and not upgrade.changes:
        screen.say(f"{SETTINGS_FILE} is up to date: version {upgrade.after}")
        return 0
    earlier = f"from version {upgrade.before} " if upgrade.before != upgrade.after else ""
    screen.say(f"{SETTINGS_FILE} {'would be' if options.dry_run else 'is'} upgraded {earlier}to version {upgrade.after}")
    for change in upgrade.changes:
        screen.say(f"  {change}")
    return 0
