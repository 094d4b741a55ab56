"""Maps for nginx, for ``http``; in ``server``: ``if ($slugline_moved) { return 301 $slugline_moved; }``.

Behind it stands ``if ($slugline_gone) { return 410; }``, and ``error_page 410 /404.html;`` where people shall see a page.

``$uri`` is compared rather than what the browser sent: decoded, so that an address can be percent-encoded in any way, and
without its query, so that a link with ``?utm_source=…`` is led on too. Addresses that have a query of their own are compared by
the parameters that they name. The maps are asked one after the other, each being the default of the one before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from slugline.redirects.moves import Moves
from slugline.urls import href

__all__ = ["nginx"]

_BUCKET, _ENTRIES, _OVERHEAD = 64, 2048, 32
"""What the tables of nginx hold by default: bytes of an entry, entries; and what an entry needs beside its text."""

_PARAMETER = re.compile(r"[A-Za-z0-9_]+")


class _Map(NamedTuple):
    """A map: what is compared, and its rows of (key, new address)."""

    source: str
    rows: list[tuple[str, str]]


def nginx(moves: Moves) -> str:
    """The configuration."""
    taken = {f"{moves.plain_prefix}{url}".lower() for url in moves.taken}
    maps = [_Map(source, _told_apart(rows, taken)) for source, rows in _exact(moves).items()]
    maps.append(_Map("$request_uri", _folders(moves)))
    maps = [one for one in maps if one.rows] or [_Map("$uri", [])]
    gone = _Map("$uri", _told_apart({f"{moves.plain_prefix}{path}": "1" for path in moves.gone}, taken))
    parts = [_sizes([*maps, gone])]
    for number, one in enumerate(maps, 1):
        default = f"$slugline_moved_{number + 1}" if number < len(maps) else '""'
        rows = "".join(f"    {_quoted(key)} {_quoted(new)};\n" for key, new in one.rows)
        name = "$slugline_moved" if number == 1 else f"$slugline_moved_{number}"
        parts.append(f"map {one.source} {name} {{\n    default {default};\n{rows}}}\n")
    rows = "".join(f"    {_quoted(key)} 1;\n" for key, _ in gone.rows)
    return "".join((*parts, f"map $uri $slugline_gone {{\n    default 0;\n{rows}}}\n"))


def _exact(moves: Moves) -> dict[str, dict[str, str]]:
    """The rows of each map of single addresses, those with a query first: what is compared, then key and new address."""
    paths: dict[str, str] = {}
    queries: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for moved in moves.single:
        rows, tail = paths, ""
        if query := moved.query:
            names = [name for name, _ in query.pairs]
            if names and all(_PARAMETER.fullmatch(name) for name in names):
                ordered = sorted(query.pairs)
                source = '"$uri?' + "&".join(f"{name}=$arg_{name}" for name, _ in ordered) + '"'
                tail = "?" + "&".join(f"{name}={value}" for name, value in ordered)
            else:
                source, tail = '"$uri?$args"', f"?{query.text}"
            rows = queries[source]
        for path in moved.paths:
            rows[f"{moves.plain_prefix}{path}{tail}"] = moves.target(moved)
    return {**{source: queries[source] for source in sorted(queries, key=lambda one: (-one.count("="), one))}, "$uri": paths}


def _told_apart(rows: dict[str, str], taken: set[str]) -> list[tuple[str, str]]:
    """Rows that a table can hold: it takes upper and lower case for the same, which an expression does not."""
    groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, new in rows.items():
        groups[key.lower()][key] = new
    found = []
    for folded, group in groups.items():
        if len(set(group.values())) == 1 and folded not in taken and f"{folded}/" not in taken:
            key, new = next(iter(group.items()))
            found.append((key, new))
        else:
            found += [(f"~^{re.escape(key)}$", new) for key, new in group.items()]
    return found


def _folders(moves: Moves) -> list[tuple[str, str]]:
    """The rows of the map of sections, which leads on what is below them, encoded as it came; and of months that were."""
    rows = []
    for number, moved in enumerate(moves.folders):
        rest = f"slugline_rest_{number}"
        start = re.escape(href(moved.old, moves.prefix).rstrip("/"))
        rows.append((f"~^{start}(?:/(?<{rest}>[^?]*))?(?:[?]|$)", f"{moves.target(moved)}${rest}"))
    for number, feeds in enumerate(moves.feeds):
        kinds = "|".join(feeds.kinds)
        place = "/[^/?]+/" if feeds.kinds == ("section",) else f"/(?:{kinds})/[^/?]+/"
        files = "|".join(map(re.escape, feeds.files))
        key = rf"~^{re.escape(moves.prefix)}(?<slugline_feed_{number}>{place})(?:{files})(?:[?]|$)"
        rows.append((key, f"{moves.prefix}${{slugline_feed_{number}}}{feeds.new}"))
    if moves.years:
        start = re.escape(moves.prefix)
        months = rf"~^{start}(?<slugline_list>/(?:author|tag)/[^/?]+/)[0-9][0-9][0-9][0-9]/[0-9][0-9](?:[/?]|$)"
        rows.append((months, f"{moves.prefix}$slugline_list"))
    return rows


def _sizes(maps: list[_Map]) -> str:
    """Larger tables, where an address or their number asks for them: nginx refuses to start otherwise."""
    keys = [[key for key, _ in one.rows if not key.startswith("~")] for one in maps]
    bucket = max((len(key.encode()) for some in keys for key in some), default=0) + _OVERHEAD
    most = max(map(len, keys))
    sizes = ""
    if most > _ENTRIES:
        sizes = f"map_hash_max_size {_power(most)};\n"
        bucket *= 4
    if bucket > _BUCKET:
        sizes += f"map_hash_bucket_size {_power(bucket)};\n"
    return sizes


def _power(number: int) -> int:
    """The power of two that is not below a number."""
    return 1 << (number - 1).bit_length()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
