"""A ``_redirects`` file: Netlify, Cloudflare Pages, and others. It has no word for what is gone: 410 is no status of theirs."""

from __future__ import annotations

from slugline.pages.writers.redirects import feed_lines, folder_line, month_lines, redirects_line
from slugline.redirects.moves import Moves
from slugline.urls import href

__all__ = ["netlify"]


def netlify(moves: Moves) -> str:
    """The file, the same that a build with ``redirects.file`` publishes."""
    lines = [redirects_line(moved.old, moved.new, moves.prefix) for moved in moves.single]
    lines += [folder_line(href(moved.old, moves.prefix), href(moved.new, moves.prefix)) for moved in moves.folders]
    return "".join([*lines, *month_lines(moves.years, moves.prefix), *feed_lines(moves.feeds, moves.prefix)])
