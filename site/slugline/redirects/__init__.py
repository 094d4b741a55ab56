"""Old addresses as a server's configuration: what the last build knows, for nginx, Caddy and hosts that read ``_redirects``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from slugline.redirects.caddy import caddy
from slugline.redirects.moves import Moved, Moves, moves_of
from slugline.redirects.netlify import netlify
from slugline.redirects.nginx import nginx

__all__ = ["FORMATS", "Moved", "Moves", "redirects"]

FORMATS: Mapping[str, Callable[[Moves], str]] = {"netlify": netlify, "nginx": nginx, "caddy": caddy}
"""What ``slugline redirects --format`` writes."""


def redirects(root: Path, *, base_url: str = "", output: Path | None = None) -> Moves:
    """The old addresses that the last build of a publication knows; see :func:`slugline.redirects.moves.moves_of`."""
    return moves_of(root, base_url, output)
