"""Write docs/settings.md from the declarations in the code: `python tools/settings_page.py`. A test compares the two."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, get_args, get_origin

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "site"))

HEAD = """\
# Settings

A publication's settings are in `slugline.toml`, in its root. Three are required: `publication.name`, `publication.timezone`
and, for a site that is to be found, `publication.base_url`. All others have defaults that suit a newspaper. A misspelt key, a
value of the wrong type and an impossible combination are reported together, each with its line and what to write instead.

Settings have a version, `slugline.version`: that of the release which they are written for. A file without one is of 0.1. Where
a later release removed or renamed a setting, an earlier file builds as before as long as it makes no difference; where it does,
the build says so and changes nothing. `slugline upgrade` changes the file, with its comments and order, and reports each
change. A file of a later version than Slugline's own is an error.

This page is written from the code's own declarations (`python tools/settings_page.py`).
"""


def page() -> str:
    """The whole page."""
    from slugline.settings import schema
    from slugline.settings.conversion import type_of

    parts = [HEAD]
    for item in schema.Settings.fields:
        if not item.key:
            continue
        kind = getattr(schema, item.type)
        parts.append(f"\n## `[{item.key}]`\n\n{kind.__doc__.strip().splitlines()[0]}\n")
        parts.append("\n| key | what | type | default |\n|---|---|---|---|\n")
        parts += [
            f"| `{key.name}` | {key.doc} | {_type(type_of(key))} | {_default(key)} |\n" for key in kind.fields
        ]
    return "".join(parts)


def _type(hint: Any) -> str:
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    names |= {tuple: "list", dict: "table", list: "list"}
    if hint in names:
        return names[hint]
    origin = get_origin(hint)
    if origin in names:
        inside = [_type(argument) for argument in get_args(hint) if argument is not Ellipsis]
        return f"{names[origin]} of {inside[-1]}s" if inside and inside[-1] in ("text", "number") else names[origin]
    choices = [f"`{choice}`" for choice in get_args(hint) if isinstance(choice, str)]
    return " or ".join(choices) or "any"


def _default(key: Any) -> str:
    if key.required:
        return "required"
    value = key.initial()
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(f'{chr(34)}{one}{chr(34)}' if isinstance(one, str) else str(one) for one in value)}]`"
    if isinstance(value, dict):
        return "`{}`" if not value else f"`{value}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


if __name__ == "__main__":
    (ROOT / "docs" / "settings.md").write_text(page(), encoding="utf-8")
