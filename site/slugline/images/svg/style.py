r"""Style sheets, ``style`` attributes and values of a drawing: what may stand in them.

They are split as browsers split them, escapes included, so ``@im\port`` and ``u\72l(…)`` are what they mean. At-rules and
functions are listed: one that can load something is refused by not being here, whatever it will be called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import tinycss2

from slugline.images.svg.addresses import embeds_font, embeds_picture, is_local

__all__ = ["needs_look", "read_style"]

_RULES = frozenset(
    """
    charset container counter-style font-face font-feature-values keyframes layer media namespace page property scope
    starting-style supports -moz-keyframes -o-keyframes -webkit-keyframes
    """.split()  # noqa: SIM905
)
_ANYWHERE = frozenset(("namespace", "charset"))
"""At-rules whose addresses are names: nothing is loaded from there."""

_FUNCTIONS = frozenset(
    """
    abs acos asin atan atan2 blur brightness calc circle clamp color color-mix conic-gradient contrast cos cubic-bezier
    device-cmyk drop-shadow ellipse env exp fit-content format grayscale hsl hsla hue-rotate hwb hypot icc-color inset
    invert is lab lang lch light-dark linear linear-gradient local log matrix matrix3d max min mod not nth-child
    nth-last-child nth-last-of-type nth-of-type oklab oklch opacity path perspective polygon pow radial-gradient rect
    rem repeating-conic-gradient repeating-linear-gradient repeating-radial-gradient rgb rgba rotate rotate3d rotatex
    rotatey rotatez round saturate scale scale3d scalex scaley scalez selector sepia sign sin skew skewx skewy sqrt
    steps tan tech translate translate3d translatex translatey translatez url var where has xywh
    """.split()  # noqa: SIM905
)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, and an escape of CSS can mean."""

_STRAY = frozenset(")]}")
"""Brackets that nothing opened: browsers pass over them."""

_LOADING = frozenset(
    "image-set -webkit-image-set image cross-fade -webkit-cross-fade src element expression paint attr url-prefix".split()  # noqa: SIM905
)


def needs_look(value: str) -> bool:
    """Whether a value of an attribute can hold more than words, numbers and colours."""
    return "(" in value or "\\" in value or "@" in value


def read_style(css: str) -> tuple[str, str]:
    """A style sheet, a ``style`` attribute or a value, as it is published; and what forbids to publish it, or an empty text."""
    tokens = tinycss2.parse_component_value_list(css)
    try:
        if problem := _problem(tokens, fonts=False):
            return "", problem
        # Escapes are written in the plain form that was checked.
        plain = tinycss2.serialize(tokens) if "\\" in css else css
    except RecursionError:
        return "", "nests brackets too deeply"
    return (plain, "") if _FORBIDDEN.search(plain) is None else ("", "holds control characters")


def _problem(tokens: Iterable[Any], *, fonts: bool) -> str:
    rule = ""
    for token in tokens:
        kind = token.type
        if kind == "at-keyword":
            rule = token.lower_value
            if rule == "import":
                return "loads another style sheet (`@import`)"
            if rule not in _RULES:
                return f"holds the rule `@{rule[:40]}`, which no drawing needs"
        elif kind == "url":
            if rule not in _ANYWHERE and not _is_allowed(token.value, fonts=fonts):
                return f"loads `{token.value[:60]}` from elsewhere"
        elif kind == "function":
            name = token.lower_name
            if name in _LOADING:
                return f"holds `{name}()`, which can load something"
            if name not in _FUNCTIONS:
                return f"holds the function `{name[:40]}()`, which no drawing needs"
            if name == "url":
                named = next((one.value for one in token.arguments if one.type == "string"), "")
                if rule not in _ANYWHERE and not _is_allowed(named, fonts=fonts):
                    return f"loads `{named[:60]}` from elsewhere"
            if problem := _problem(token.arguments, fonts=fonts):
                return problem
        elif kind in ("{} block", "() block", "[] block"):
            if problem := _problem(token.content, fonts=fonts or (kind == "{} block" and rule == "font-face")):
                return problem
            if kind == "{} block":
                rule = ""
        elif kind == "error" and token.kind not in _STRAY:
            return f"cannot be read ({token.message})"
        elif kind == "literal" and token.value == ";":
            rule = ""
    return ""


def _is_allowed(address: str, *, fonts: bool) -> bool:
    return is_local(address) or embeds_picture(address) or (fonts and embeds_font(address))
