"""``slugline check``."""

from __future__ import annotations

from argparse import Namespace

from slugline.checks.formats import FORMATS
from slugline.checks.run import check
from slugline.cli.screen import Screen, plural

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Print what the checks find; 1 if there is an error among it."""
    findings = check(options.root, now=options.now, external=options.external, live=options.live)
    if options.quiet:
        findings = tuple(one for one in findings if one.level == "error")
    text = FORMATS[options.format](findings)
    if text:
        print(text)
    counts = [plural(sum(one.level == level for one in findings), level) for level in ("error", "warning", "note")]
    screen.say(", ".join(counts))
    return 1 if any(one.level == "error" for one in findings) else 0
