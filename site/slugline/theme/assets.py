"""The theme's assets under names that change with their content, so that browsers may cache them for ever.

A file ``assets/style.css`` becomes ``/assets/style.1f2e3d4c5b6a.css``. Style sheets may be templates
(``assets/style.css.jinja``, with ``site``), and the files that a style sheet names by relative ``url(…)`` are replaced by their
fingerprinted names, which therefore enter its own fingerprint. Style sheets are minified.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from slugline.errors import Problem, PublicationError
from slugline.files import digest

__all__ = ["Asset", "fingerprint_assets", "is_published"]

_URL = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")


class Asset(NamedTuple):
    """One published asset: its name in the theme, its URL, its bytes."""

    name: str
    url: str
    content: bytes


def fingerprint_assets(
    files: Mapping[str, Path],
    labels: Mapping[str, str],
    render: Callable[[str, str], str],
    *,
    plain_names: bool = False,
) -> dict[str, Asset]:
    """All assets of a theme by name.

    Args:
        files: names below ``assets/``, and the path of each.
        labels: how errors name each.
        render: renders a template's source, given its name.
        plain_names: publish under the name in the theme, whatever the content is.

    Raises:
        PublicationError: a style sheet names a file that is not there.
    """
    plain: dict[str, bytes] = {}
    for source, path in sorted(files.items()):
        name = source.removesuffix(".jinja")
        content = path.read_bytes()
        if name != source:
            content = render(f"assets/{name}.jinja", content.decode()).encode()
        plain[name] = content
    assets: dict[str, Asset] = {}
    sheets = sorted(name for name in plain if name.endswith(".css"))
    for name in sorted(plain):
        if name not in sheets:
            assets[name] = _asset(name, plain[name], plain_names)
    problems: list[Problem] = []
    for name in sheets:

        def fingerprinted(match: re.Match[str], sheet: str = name) -> str:
            target = match[2]
            if target.startswith(("data:", "http:", "https:", "/", "#")):
                return match[0]
            path, mark, rest = target.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), path))
            if found not in assets:
                line = plain[sheet].decode().count("\n", 0, match.start()) + 1
                place = labels.get(f"{sheet}.jinja") or labels.get(sheet, sheet)
                problems.append(Problem(place, line, f"the style sheet names `{target}`, which is not there"))
                return match[0]
            # Relative, so that the sheet works under any base URL.
            here = posixpath.dirname(f"/assets/{sheet}")
            return f'url("{posixpath.relpath(assets[found].url, here)}{mark}{rest}")'

        assets[name] = _asset(name, _minified(_URL.sub(fingerprinted, plain[name].decode())).encode(), plain_names)
    if problems:
        raise PublicationError(problems)
    return assets


def is_published(name: str) -> bool:
    """Whether a file of the assets folder is sent to readers; licences and notes beside fonts are, programs are not."""
    return not name.endswith((".py", ".toml", ".md")) and not posixpath.basename(name).startswith(".")


def _minified(sheet: str) -> str:
    """A style sheet without comments and layout; one that is no valid CSS as it is: browsers pass over the wrong part."""
    import lightningcss  # noqa: PLC0415  # a library of megabytes, which only a build that makes assets needs

    try:
        return lightningcss.process_stylesheet(sheet, parser_flags=lightningcss.calc_parser_flags(nesting=True), minify=True)
    except ValueError:
        return sheet


def _asset(name: str, content: bytes, plain_name: bool) -> Asset:
    if plain_name:
        return Asset(name, f"/assets/{name}", content)
    stem, suffix = posixpath.splitext(name)
    return Asset(name, f"/assets/{stem}.{digest(content).hex()[:12]}{suffix}", content)
