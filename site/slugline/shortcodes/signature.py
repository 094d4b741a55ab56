"""What a shortcode takes, and whether what a text gives it is right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from slugline.errors import did_you_mean

__all__ = ["KINDS", "Given", "Parameter", "Signature", "nearest", "read_values"]

Kind = Literal["text", "line", "word", "number", "whole", "flag", "choice", "file", "story", "url", "day", "ratio"]

KINDS: Mapping[str, str] = {
    "text": "words, made typographic",
    "line": "a line of words, emphasis and links",
    "word": "a text that stays as it is typed",
    "number": "a number",
    "whole": "a whole number",
    "flag": "true or false; the name alone means true",
    "choice": "one of some words",
    "file": "the path of a file beside the text",
    "story": "the path of a story, as in a link",
    "url": "a whole address, https://…",
    "day": "a date, 2026-11-25",
    "ratio": "a shape, width to height, such as 16:9",
}
"""What a parameter can be."""

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RATIO = re.compile(r"[1-9]\d{0,3}:[1-9]\d{0,3}")
_FLAGS = {"": True, "true": True, "yes": True, "false": False, "no": False}


class Parameter(NamedTuple):
    """One thing that a shortcode takes.

    Attributes:
        kind: see :data:`KINDS`.
        required: whether a text must give it.
        default: what it is otherwise: a text is empty, a number 0, a flag false unless this says more.
        choices: of a choice.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    default: Any = ""
    choices: tuple[str, ...] = ()


class Signature(NamedTuple):
    """What a shortcode takes.

    Attributes:
        name: as texts write it.
        parameters: in the order in which they are documented.
        block: whether it has Markdown inside: "never", "always", "either".
        label: the parameter that ``[label]`` gives; empty: none.
        origin: the file that declares it, below the publication's folder; empty for those of Slugline.
    """

    name: str
    parameters: tuple[Parameter, ...] = ()
    block: Literal["never", "always", "either"] = "never"
    label: str = ""
    origin: str = ""


class Given(NamedTuple):
    """What a text gives a shortcode: its label and its attributes, as they are typed."""

    label: str
    attributes: tuple[tuple[str, str], ...]


def read_values(signature: Signature, given: Given) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The value of each parameter by name, and what is wrong: (message, hint) each.

    Texts, lines and paths are still as they are typed.
    """
    name = signature.name
    problems: list[tuple[str, str]] = []
    typed: dict[str, str] = {}
    known = {parameter.name: parameter for parameter in signature.parameters}
    for key, value in given.attributes:
        if key not in known:
            hint = did_you_mean(key, known) or (f"it takes {', '.join(known)}" if known else "it takes nothing")
            problems.append((f"the shortcode `{name}` takes no `{key}`", hint))
        elif key in typed:
            problems.append((f"`{key}` is given twice to the shortcode `{name}`", "delete one of them"))
        typed[key] = value
    if given.label:
        if not signature.label:
            problems.append((f"the shortcode `{name}` takes no text in brackets", f"it takes {', '.join(known)}"))
        elif signature.label in typed:
            what = f"the shortcode `{name}` has its `{signature.label}` twice, in brackets and in braces"
            problems.append((what, "delete one of them"))
        else:
            typed[signature.label] = given.label
    values: dict[str, Any] = {}
    for parameter in signature.parameters:
        if parameter.name not in typed:
            if parameter.required:
                problems.append((f"the shortcode `{name}` needs `{parameter.name}`", _how(signature, parameter)))
            values[parameter.name] = parameter.default
            continue
        value = values[parameter.name] = _value(parameter, typed[parameter.name])
        if value is None:
            what = f"`{parameter.name}={typed[parameter.name]}` of the shortcode `{name}` is not {_wanted(parameter)}"
            problems.append((what, did_you_mean(typed[parameter.name], parameter.choices) or _how(signature, parameter)))
    return values, problems


def nearest(name: str, signatures: Iterable[str]) -> str:
    """The hint for a name that no shortcode has."""
    from difflib import get_close_matches  # noqa: PLC0415  # only a mistake pays for it

    names = sorted(signatures)
    close = get_close_matches(name.lower(), names, 1)
    escape = f"a line of text that begins so needs a backslash: `\\::{name}`"
    return f"did you mean `{close[0]}`? {escape}" if close else f"there are {', '.join(names)}; {escape}"


def _value(parameter: Parameter, typed: str) -> Any:
    """The value, or None where the text is none of its kind."""
    text = typed.strip()
    if parameter.kind == "flag":
        return _FLAGS.get(text.lower())
    if parameter.kind in ("number", "whole"):
        match = _NUMBER.fullmatch(text)
        if match is None or (parameter.kind == "whole" and "." in text):
            return None
        return float(text) if "." in text else int(text)
    if parameter.kind == "choice":
        return text if text in parameter.choices else None
    if parameter.kind == "url":
        return text if re.fullmatch(r"https?://[^\s<>\"]+", text) else None
    if parameter.kind == "day":
        return text if _DAY.fullmatch(text) and _is_day(text) else None
    if parameter.kind == "ratio":
        return text if _RATIO.fullmatch(text) else None
    if parameter.kind in ("file", "story"):
        return text or None
    return typed if text or not parameter.required else None


def _is_day(text: str) -> bool:
    from datetime import date  # noqa: PLC0415  # few texts have one

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wanted(parameter: Parameter) -> str:
    if parameter.kind == "choice":
        return f"one of {', '.join(parameter.choices)}"
    return "a text" if parameter.kind in ("text", "line", "word") else KINDS[parameter.kind]


def _how(signature: Signature, parameter: Parameter) -> str:
    example = "".join(_example(parameter))
    sign = ":::" if signature.block == "always" else "::"
    label = " (or in brackets)" if signature.label == parameter.name else ""
    return f"write `{sign}{signature.name}{{{parameter.name}={example}}}`{label}"


def _example(parameter: Parameter) -> Iterator[str]:
    examples = {
        "number": "4.5",
        "whole": "3",
        "flag": "true",
        "file": "numbers.csv",
        "story": "../town/clock.md",
        "url": "https://example.org/",
        "day": "2026-11-25",
        "ratio": "16:9",
    }
    yield parameter.choices[0] if parameter.choices else examples.get(parameter.kind, '"Words"')
