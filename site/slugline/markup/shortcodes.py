"""Shortcodes in a body: the places that the engine has left, and the marks that stay in the HTML until a page fills them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from slugline.markup.body import Body
from slugline.markup.directives import Fault, Pending
from slugline.markup.facts import Facts
from slugline.markup.inline_text import inline_text
from slugline.markup.links import SCHEME, is_local_path
from slugline.markup.quotes import Typesetter
from slugline.markup.signs import SHORTCODE, SHORTCODE_BEGIN, SHORTCODE_END
from slugline.shortcodes.marks import BEGIN, CLOSE, Use, mark
from slugline.shortcodes.signature import Parameter

__all__ = ["ShortcodeError", "placed", "with_marks"]

_PLACE = re.compile(f"<p>{BEGIN}(\\d+){BEGIN}</p>")
_LOST = re.compile(f"{BEGIN}(\\d+){BEGIN}")
_SIGN = re.compile(f"{SHORTCODE}|{SHORTCODE_BEGIN}|{SHORTCODE_END}")


class ShortcodeError(Exception):
    """Shortcodes of a text are wrong: all that is known of it is in ``faults``."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults)


def placed(html: str, found: Sequence[Pending]) -> str:
    """The engine's HTML with a sign in place of each paragraph that stands for a shortcode.

    Raises:
        ShortcodeError: one of them is inside of something else.
    """

    def sign(match: re.Match[str]) -> str:
        pending = found[int(match[1])]
        return SHORTCODE_END if pending.signature is None else SHORTCODE_BEGIN if pending.opens else SHORTCODE

    html = _PLACE.sub(sign, html)
    if BEGIN in html.replace(SHORTCODE, ""):
        raise ShortcodeError(_misplaced(found[int(number)]) for number in _LOST.findall(html))
    return html


def with_marks(body: Body, found: Sequence[Pending], facts: Facts, typesetter: Typesetter | None) -> Body:
    """A body with the marks of its shortcodes in place of signs; the files that they name are files of the body.

    Raises:
        ShortcodeError: one names a file outside of the content folder.
    """
    files: dict[str, None] = {}
    faults: list[Fault] = []
    marks = iter([_mark(pending, facts, typesetter, files, faults) for pending in found])
    if faults:
        raise ShortcodeError(faults)
    html = _SIGN.sub(lambda _: next(marks), body.html)
    return body._replace(html=html, files=(*body.files, *files), links=tuple(facts.links))


def _mark(
    pending: Pending, facts: Facts, typesetter: Typesetter | None, files: dict[str, None], faults: list[Fault]
) -> str:
    signature = pending.signature
    if signature is None:
        return CLOSE
    values: dict[str, Any] = dict(pending.values)
    for parameter in signature.parameters:
        value = values[parameter.name]
        if not (value and isinstance(value, str)):
            continue
        if parameter.kind == "text":
            values[parameter.name] = typesetter.text(value) if typesetter else value
        elif parameter.kind == "line":
            line = inline_text(value, facts.resolve, typesetter.text if typesetter else None)
            facts.links.update(dict.fromkeys(line.links))
            values[parameter.name] = line.html or escape(line.text, quote=False)
        elif parameter.kind in ("file", "story"):
            values[parameter.name] = _path(value, parameter, pending, facts, files, faults)
    return mark(Use(signature.name, values, pending.line), opens=pending.opens)


def _path(
    value: str, parameter: Parameter, pending: Pending, facts: Facts, files: dict[str, None], faults: list[Fault]
) -> str:
    """A path below the content folder; a whole address as it is."""
    value = value.strip()
    if value.startswith(("https://", "http://")) and parameter.kind == "file":
        return value
    target = value if value.startswith(SCHEME) else facts.resolve(escape(value))
    if value.startswith("/") and not value.startswith("//") and not is_local_path(value):
        target = f"{SCHEME}{escape(value.lstrip('/'))}"
    if not target.startswith(SCHEME):
        what = f"`{parameter.name}={value}` is no path of a file below content/"
        faults.append(Fault(pending.line, what, "put the file beside the text, and name it by its path from there"))
        return ""
    files[target] = None
    return unquote(unescape(target[len(SCHEME) :]))


def _misplaced(pending: Pending) -> Fault:
    name = pending.signature.name if pending.signature else ""
    what = f"the shortcode `{name}` stands" if name else "the end of a shortcode stands"
    hint = "put it on a line of its own, outside of HTML, with blank lines around"
    return Fault(pending.line, f"{what} inside of something else, where it is not read", hint)
