"""Dates and times as pages write them → ISO 8601.

A line states a moment if *all* of it is date, time, zone, or one of the small words around them ("Published on",
"Uhr"). So "Updated: 24 January 2026, 09:00 GMT" does, and "On 24 January 2026 the ministry said" does not.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from slugline.importing.rules import MARKS, Rules, plain_words

__all__ = ["Found", "Moments"]

_LIFE = 12
"""Years between two dates on one line from which on they are no date of publication and of an update."""

_MAX_TEXT = 160
_SPACED_HALF = re.compile(r"\b([ap])\. m\b\.?")
_DIGIT = re.compile(r"\d")


class Found(NamedTuple):
    """What a line states.

    Attributes:
        published, updated: ISO 8601, or empty.
        others: further dates without a label.
        doubts: what could not be told, in words.
    """

    published: str = ""
    updated: str = ""
    others: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class _Token(NamedTuple):
    kind: str
    value: str
    doubt: str = ""


class Moments:
    """The reader of dates; ``day_first`` says how the text's language writes ``3/4/2026`` (None: both are in use)."""

    def __init__(self, rules: Rules) -> None:
        self._months = {
            name: number % 12 + 1
            for own in rules.by_language.values()
            for number, names in enumerate(own.get("months", ()))
            for name in names.split("|")
        }
        self._small = {name for key in ("weekdays",) for names in rules.words[key] for name in names.split("|")} | rules.words[
            "filler"
        ]
        self._published, self._updated = rules.words["published"], rules.words["updated"]
        self._zones = rules.zones
        month = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        # The line that states a date is asked again and again what it is, and a day's stories share theirs.
        self._remembered = functools.lru_cache(maxsize=1024)(self._read)
        self._token = re.compile(
            rf"(?P<iso>(?P<iy>\d{{4}})[-./](?P<im>\d\d?)[-./](?P<id>\d\d?)(?!\d)"
            rf"(?:[t ]+(?P<ih>\d\d?:\d\d)(?::\d\d(?:\.\d+)?)?(?P<iz>z|[+-]\d\d:?\d\d)?)?)"
            rf"|(?P<numeric>(?P<n1>\d\d?)[./·-](?P<n2>\d\d?)[./·-](?P<ny>\d{{4}}|\d\d)(?!\d))"
            rf"|(?P<dmy>(?P<dd>\d\d?)(?:st|nd|rd|th|er|º|ª|°)?[ ./-]+(?:de |of )?(?P<dm>{month})(?!\w)"
            rf"(?:\s?/\s?(?:{month})(?!\w))?[ .,/-]+(?:de |del )?(?P<dy>\d{{4}})(?!\d))"
            rf"|(?P<mdy>(?P<mm>{month})(?!\w)\.? (?P<md>\d\d?)(?:st|nd|rd|th)?,? (?P<my>\d{{4}})(?!\d))"
            rf"|(?P<short>(?:\d\d?\.? (?:de )?(?:{month})|(?:{month})\.? (?:de )?\d{{1,4}})\b(?!\d))"
            r"|(?P<cjk>(?P<cy>\d{4})年(?P<cm>\d\d?)月(?P<cd>\d\d?)日)"
            r"|(?P<time>(?P<th>\d\d?)(?:(?:[:.]|\s?h\s?)(?P<tm>\d\d)(?::\d\d)?)(?!\d)\s?(?P<tp>[ap]\.?m\b\.?|ص|صباحا|مساء|م(?!\w))?"
            r"|(?P<hh>\d\d?)\s?(?P<hp>[ap]\.?m\b\.?)|(?P<uh>\d\d?)\s?(?:uhr|h)\b)"
            r"|(?P<offset>(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?(?!\d))"
            rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{MARKS}])*(?:[.'’-][^\W\d_]+)*)|(?P<digits>\d+)|(?P<other>.)",
            re.DOTALL,
        )

    def read(self, text: str, *, day_first: bool | None = None) -> Found | None:
        """The moments that a line states; None if the line says anything else, or names no date."""
        if len(text) > _MAX_TEXT or not _DIGIT.search(text):
            return None
        found = self._remembered(text, day_first)
        return found if found and (found.published or found.updated or found.doubts) else None

    def time(self, text: str) -> str:
        """The time of day that a line states, if it states nothing else: ``09:05``."""
        if len(text) > 40 or not _DIGIT.search(text):
            return ""
        tokens = list(self._tokens(plain_words(text), None))
        times = [token.value for token in tokens if token.kind == "time"]
        plain = all(token.kind in ("time", "zone", "small", "label") for token in tokens)
        return times[0] if plain and len(times) == 1 else ""

    def is_life(self, text: str) -> bool:
        """Whether a line holds the dates of somebody's birth and death, and little else."""
        if len(text) > _MAX_TEXT or not _DIGIT.search(text):
            return False
        dates = [token.value for token in self._tokens(plain_words(text), None) if token.kind == "date" and token.value]
        return _is_a_life([("", value) for value in dates])

    def _read(self, text: str, day_first: bool | None) -> Found | None:
        label = pending = zone = ""
        entries: list[tuple[str, str]] = []
        doubts: list[str] = []
        for token in self._tokens(plain_words(text), day_first):
            if token.doubt:
                doubts.append(token.doubt)
            if token.kind == "label":
                label = token.value
            elif token.kind == "date":
                entries.append((label, f"{token.value}T{pending}" if pending and token.value else token.value))
                label, pending = "", ""
            elif token.kind == "time":
                if entries and "T" not in entries[-1][1] and entries[-1][1]:
                    entries[-1] = (entries[-1][0], f"{entries[-1][1]}T{token.value}")
                elif not entries:
                    pending = token.value
            elif token.kind == "zone":
                zone = zone or token.value
            elif token.kind == "strange":
                return None
        if not entries or _is_a_life(entries):
            return None
        return _sorted(entries, zone, doubts)

    def _tokens(self, text: str, day_first: bool | None) -> Iterator[_Token]:
        for found in self._token.finditer(_SPACED_HALF.sub(r"\1m", text)):
            kind = found.lastgroup
            if found["iso"]:
                yield _dated(found["iy"], found["im"], found["id"], found["iso"])
                if found["ih"]:
                    yield _Token("time", found["ih"].rjust(5, "0"))
                if found["iz"]:
                    yield _Token("zone", _offset(found["iz"]))
            elif found["numeric"]:
                yield _numeric(found, day_first)
            elif found["dmy"]:
                yield _dated(found["dy"], self._months[found["dm"]], found["dd"], found["dmy"])
            elif found["mdy"]:
                yield _dated(found["my"], self._months[found["mm"]], found["md"], found["mdy"])
            elif found["short"]:
                yield _Token("date", "", f"`{found['short']}` is no whole date; it is not used")
            elif found["cjk"]:
                yield _dated(found["cy"], found["cm"], found["cd"], found["cjk"])
            elif found["time"]:
                yield _timed(found)
            elif found["offset"]:
                yield _Token("zone", _offset(found["offset"]))
            elif kind == "word":
                yield self._word(found["word"])
            elif kind == "digits":
                yield _Token("strange", found["digits"])

    def _word(self, word: str) -> _Token:
        bare = word.rstrip(".")
        if bare in self._updated:
            return _Token("label", "updated")
        if bare in self._published:
            return _Token("label", "published")
        if bare in self._small:
            return _Token("small", bare)
        if bare in self._zones:
            zone = self._zones[bare]
            return _Token("zone", zone if isinstance(zone, str) else _signed(zone))
        if 2 < len(bare) < 5 and bare.endswith(("st", "dt", "t")):
            return _Token(
                "small",
                bare,
                f"the time zone `{bare.upper()}` is not known or means several; the time is taken as local",
            )
        return _Token("strange", word)


def _dated(year: str, month: str | int, day: str, written: str) -> _Token:
    try:
        moment = date(int(year), int(month), int(day))
    except ValueError:
        return _Token("date", "", f"`{written}` is no date of any calendar")
    if not 1600 <= moment.year <= 2200:
        return _Token("date", "", f"the year of `{written}` cannot be right")
    return _Token("date", moment.isoformat())


def _numeric(found: re.Match[str], day_first: bool | None) -> _Token:
    one, two = int(found["n1"]), int(found["n2"])
    written = found["numeric"]
    if "." in written or "·" in written or one > 12:
        day_first = True
    elif two > 12 or one == two:
        day_first = False
    elif day_first is None:
        return _Token("date", "", f"`{written}` can be read in two ways, day or month first; the date is not used")
    day, month = (one, two) if day_first else (two, one)
    year = found["ny"] if len(found["ny"]) == 4 else f"20{found['ny']}"
    return _dated(year, month, str(day), written)


def _timed(found: re.Match[str]) -> _Token:
    hour = int(found["th"] or found["hh"] or found["uh"])
    minute = int(found["tm"] or 0)
    half = (found["tp"] or found["hp"] or "").replace(".", "")
    if half:
        late = half in ("pm", "م", "مساء")
        if not 1 <= hour <= 12:
            return _Token("small", "", f"`{found['time'].strip()}` is no time of day")
        hour = hour % 12 + (12 if late else 0)
    if hour > 23 or minute > 59:
        return _Token("small", "", f"`{found['time'].strip()}` is no time of day")
    return _Token("time", f"{hour:02d}:{minute:02d}")


def _offset(text: str) -> str:
    sign, digits = ("", "") if text == "z" else (text.lstrip("utcgm")[0], re.sub(r"\D", "", text))
    if not digits:
        return "Z"
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    return _signed((hours + minutes / 60) * (-1 if sign == "-" else 1)) if hours < 15 and minutes < 60 else ""


def _signed(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    return f"{'-' if hours < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}" if minutes else "Z"


def _is_a_life(entries: list[tuple[str, str]]) -> bool:
    """Whether two dates are those of somebody's birth and death: years apart, and neither said to be of the story."""
    if len(entries) != 2 or any(label or not iso for label, iso in entries):
        return False
    (_, born), (_, died) = entries
    return int(died[:4]) - int(born[:4]) >= _LIFE


def _sorted(entries: list[tuple[str, str]], zone: str, doubts: list[str]) -> Found:
    published = updated = ""
    others: list[str] = []
    for label, iso in entries:
        moment = _zoned(iso, zone) if "T" in iso else iso
        if not moment:
            continue
        if label == "updated":
            updated = updated or moment
        elif not published:
            published = moment
        else:
            others.append(moment)
    return Found(published, updated, tuple(others), tuple(doubts))


def _zoned(iso: str, zone: str) -> str:
    """The moment with its offset; the abbreviation of a zone with summer time means the one of that day."""
    if "/" not in zone:
        return f"{iso}{zone}"
    offset = datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(zone)).utcoffset()
    return f"{iso}{_signed(offset.total_seconds() / 3600)}" if offset is not None else iso
