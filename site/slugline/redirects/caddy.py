"""A snippet to import into a site of a Caddyfile.

``{path}`` is compared: decoded and without its query. Addresses that have a query of their own are compared by the parameters
that they name, and come first. What is gone is an error 410, for which a site may have a page (``handle_errors``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import unquote

from slugline.redirects.moves import Moves
from slugline.urls import href

__all__ = ["caddy"]

_PARAMETER = re.compile(r"[A-Za-z0-9_-]+")


def caddy(moves: Moves) -> str:
    """The snippet."""
    maps = _exact(moves)
    if moves.folders or moves.years or moves.feeds:
        maps["{uri}"] = _folders(moves)
    parts = []
    for number, (source, rows) in enumerate(maps.items(), 1):
        if rows:
            name = f"slugline_moved_{number}"
            lines = "".join(f'    "{key}" "{new}"\n' for key, new in rows.items())
            parts.append(
                f'map "{source}" {{{name}}} {{\n{lines}    default ""\n}}\n'
                f'@{name} expression `{{{name}}} != ""`\nredir @{name} {{{name}}} permanent\n'
            )
    if moves.gone:
        lines = "".join(f'    "{moves.plain_prefix}{path}" 1\n' for path in moves.gone)
        parts.append(
            f'map "{{path}}" {{slugline_gone}} {{\n{lines}    default ""\n}}\n'
            '@slugline_gone expression `{slugline_gone} != ""`\nhandle @slugline_gone {\n    error 410\n}\n'
        )
    return "".join(parts)


def _exact(moves: Moves) -> dict[str, dict[str, str]]:
    """The rows of each map of single addresses: what is compared, then key and new address."""
    paths: dict[str, str] = {}
    queries: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for moved in moves.single:
        rows, tail = paths, ""
        if query := moved.query:
            values = [unquote(value) for _, value in query.pairs]
            plain = not any(char in '"{}\\' or not char.isprintable() for value in values for char in value)
            if query.pairs and plain and all(_PARAMETER.fullmatch(name) for name, _ in query.pairs):
                ordered = sorted(query.pairs)
                source = "{path}?" + "&".join(f"{name}={{query.{name}}}" for name, _ in ordered)
                tail = "?" + "&".join(f"{name}={unquote(value)}" for name, value in ordered)
            else:
                source, tail = "{path}?{query}", f"?{query.text}"
            rows = queries[source]
        for path in moved.paths:
            rows[f"{moves.plain_prefix}{path}{tail}"] = moves.target(moved)
    return {**{source: queries[source] for source in sorted(queries, key=lambda one: (-one.count("="), one))}, "{path}": paths}


def _folders(moves: Moves) -> dict[str, str]:
    """The rows of the map of sections, which leads on what is below them, encoded as it came; and of months that were."""
    rows = {}
    for moved in moves.folders:
        start = re.escape(href(moved.old, moves.prefix).rstrip("/"))
        rows[f"~^{start}(?:/([^?]*))?(?:[?].*)?$"] = f"{moves.target(moved)}${{1}}"
    for feeds in moves.feeds:
        kinds = "|".join(feeds.kinds)
        place = "/[^/?]+/" if feeds.kinds == ("section",) else f"/(?:{kinds})/[^/?]+/"
        files = "|".join(map(re.escape, feeds.files))
        rows[rf"~^{re.escape(moves.prefix)}({place})(?:{files})(?:[?].*)?$"] = f"{moves.prefix}${{1}}{feeds.new}"
    if moves.years:
        start = re.escape(moves.prefix)
        months = rf"~^{start}(/(?:author|tag)/[^/?]+/)[0-9][0-9][0-9][0-9]/[0-9][0-9](?:[/?].*)?$"
        rows[months] = f"{moves.prefix}${{1}}"
    return rows
