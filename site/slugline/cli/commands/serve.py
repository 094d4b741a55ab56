"""``slugline serve``."""

from __future__ import annotations

from argparse import Namespace

from slugline.cli.screen import Screen
from slugline.serve.server import ServeOptions, serve

__all__ = ["run"]


def run(options: Namespace, screen: Screen) -> int:
    """Serve the publication until interrupted."""
    serve_options = ServeOptions(
        host=options.host,
        port=options.port,
        allow_hosts=tuple(options.allow_host),
        drafts=not options.no_drafts,
        poll=options.poll,
        open_browser=options.open,
        jobs=options.jobs,
    )
    serve(options.root, serve_options, screen)
    screen.say("stopped")
    return 0
