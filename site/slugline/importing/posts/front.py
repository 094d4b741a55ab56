"""Front matter of other generators: YAML, TOML (Hugo's ``+++``), JSON, or lines of ``Key: value`` (Pelican).

Their keys are those of Hugo (https://gohugo.io/content-management/front-matter/), Jekyll
(https://jekyllrb.com/docs/front-matter/), Eleventy and Pelican (https://docs.getpelican.com/en/latest/content.html).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from slugline.content import load_front, split
from slugline.errors import Problem
from slugline.importing.moments import Moments

__all__ = ["Front", "front_of", "moment_of", "people_in", "texts_in"]

_PELICAN = re.compile(r"(?:[A-Za-z][\w -]{0,30}:[ \t]+\S.*\n)+(?:\n|\Z)")
_JEKYLL = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?:\d\d)(:\d\d)?(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*", re.IGNORECASE
)
_LISTED = re.compile(r"\s*[,;]\s*")


class Front(NamedTuple):
    """A file in two.

    Attributes:
        keys: in lower case.
        body: Markdown. body_line: where it begins in the file.
        problems: what keeps the front matter from being read.
    """

    keys: Mapping[str, Any]
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def front_of(text: str, source: str) -> Front:
    """The front matter of a file and its body; no keys where there are none."""
    if text.startswith("---"):
        parts = split(text)
        keys, problems = load_front(text, source, parts)
        errors = tuple(problem for problem in problems if problem.severity == "error")
        return Front(_lower(keys), parts.body, parts.body_line, errors)
    if text.startswith("+++\n") and (end := text.find("\n+++", 4)) > 0:
        return _loaded(text, 4, end, end + 4, tomllib.loads, source)
    if text.startswith("{\n") and (found := _object(text)) > 0:
        return _loaded(text, 0, found, found, json.loads, source)
    pelican = _PELICAN.match(text)
    if pelican and re.search(r"^title:", pelican[0], re.IGNORECASE | re.MULTILINE):
        lines = (line.partition(":") for line in pelican[0].splitlines() if line)
        body = text[pelican.end() :].lstrip("\n")
        return Front({key.strip().lower(): value.strip() for key, _, value in lines}, body, _line(text, body), ())
    return Front({}, text.lstrip("\n"), 1, ())


def _loaded(text: str, start: int, end: int, rest: int, load: Any, source: str) -> Front:
    body = text[rest:].lstrip("\n")
    try:
        keys = load(text[start:end])
    except (ValueError, RecursionError) as error:
        problem = Problem(source, 1, f"the front matter cannot be read: {error}", "mend it, or take it out")
        return Front({}, body, _line(text, body), (problem,))
    return Front(_lower(keys) if isinstance(keys, dict) else {}, body, _line(text, body), ())


def _lower(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in lower case; those below ``params``, where Hugo keeps a site's own, beside the others."""
    found = {str(key).lower(): value for key, value in keys.items()}
    params = found.pop("params", None)
    return {**{str(key).lower(): value for key, value in (params.items() if isinstance(params, dict) else ())}, **found}


def _object(text: str) -> int:
    """Where the JSON object ends with which a text begins; 0 where it does not."""
    try:
        return json.JSONDecoder().raw_decode(text)[1]
    except (ValueError, RecursionError):
        return 0


def _line(text: str, body: str) -> int:
    return text.count("\n", 0, len(text) - len(body)) + 1


def moment_of(value: object, moments: Moments) -> str:
    """A moment as front matter of Slugline has it, from whatever a key holds; empty where it is none."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, str) or not value.strip():
        return ""
    if found := _JEKYLL.fullmatch(value.strip()):
        year, month, day, time, seconds, zone = found.groups()
        stated = f"{year}-{int(month):02d}-{int(day):02d}"
        if not time:
            return stated
        zone = "" if zone is None else "Z" if zone.upper() in ("Z", "UTC", "GMT") else zone
        zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 and ":" not in zone else zone
        return f"{stated}T{time.rjust(5, '0')}{seconds or ''}{zone}"
    stated_so = moments.read(value)
    return stated_so.published or stated_so.updated if stated_so else ""


def texts_in(value: object, *, spaced: bool = False) -> list[str]:
    """The texts that a key holds: a list, a mapping's keys, one text with commas, or, ``spaced``, with spaces as Jekyll's."""
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    if isinstance(value, list | tuple | set):
        return [text for one in value for text in texts_in(one) if text] if not spaced else [str(one).strip() for one in value]
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return []
    text = str(value).strip()
    if "," in text or ";" in text or not spaced:
        return [part for part in _LISTED.split(text) if part]
    return text.split()


def people_in(value: object) -> Iterator[tuple[str, str]]:
    """(name, role) of the people that ``author`` or ``authors`` holds: names, mappings, or a list of either."""
    if isinstance(value, Mapping):
        if name := str(value.get("name") or value.get("title") or value.get("author") or value.get("slug") or "").strip():
            yield name, str(value.get("role") or value.get("job") or value.get("jobtitle") or "").strip()
        return
    if isinstance(value, list | tuple):
        for one in value:
            yield from people_in(one)
        return
    for name in texts_in(value):
        for part in re.split(r"\s+(?:and|&|und|et|y)\s+", name):
            if part.strip():
                yield part.strip(), ""
