"""Pure filters for templates. Dates and numbers are written as the language of the page writes them (Babel, CLDR)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context

from slugline.theme.ids import prefix_ids

__all__ = ["FILTERS", "format_date", "format_number", "iso"]

# CLDR skeletons, so that each language orders the parts in its own way; "full" and "long" are whole CLDR styles.
_SKELETONS = {"month": "yMMMM", "day": "MMMMd", "short": "yMd"}


def iso(moment: datetime) -> str:
    """ISO 8601 with offset, for ``datetime`` attributes and machine-readable outputs."""
    return moment.isoformat()


def format_date(moment: datetime, style: str, lang: str) -> str:
    """A moment as people write it: full, long, medium, short, month, month-name, day, time, datetime (long date and time)."""
    # Stories are many and days are few.
    return _moment(moment, style, lang) if style in ("time", "datetime") else _day(moment.date(), style, lang)


@lru_cache(maxsize=1 << 14)
def _day(day: date, style: str, lang: str) -> str:
    from babel.dates import format_date as by_style  # noqa: PLC0415  # loading CLDR takes longer than a small build
    from babel.dates import format_skeleton  # noqa: PLC0415

    locale = _locale(lang)
    if style in _SKELETONS:
        return str(format_skeleton(_SKELETONS[style], datetime(day.year, day.month, day.day), locale=locale))
    return str(by_style(day, "LLLL" if style == "month-name" else style, locale=locale))


@lru_cache(maxsize=4096)
def _moment(moment: datetime, style: str, lang: str) -> str:
    from babel.dates import format_time  # noqa: PLC0415

    time = str(format_time(moment, "short", locale=_locale(lang)))
    return f"{_day(moment.date(), 'long', lang)}, {time}" if style == "datetime" else time


@lru_cache(maxsize=4096)
def format_number(value: float, lang: str) -> str:
    """A number with the separators of a language."""
    from babel.numbers import format_decimal  # noqa: PLC0415

    return str(format_decimal(value, locale=_locale(lang)))


@lru_cache(maxsize=64)
def _locale(lang: str) -> Any:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    # Newspapers outside of the United States put the day before the month; plain "en" is read as the international form.
    wanted = "en-GB" if lang == "en" else lang
    try:
        return Locale.parse(wanted, sep="-")
    except (UnknownLocaleError, ValueError):
        try:
            return Locale.parse(wanted.split("-")[0])
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")


@pass_context
def _date(context: Context, moment: datetime, style: str = "long") -> str:
    return format_date(moment, style, context["page"].lang)


@pass_context
def _number(context: Context, value: float) -> str:
    return format_number(value, context["page"].lang)


@pass_context
def _absolute(context: Context, href: str) -> str:
    return str(context["site"].absolute(href))


def _urlencode(text: str) -> str:
    return quote(str(text), safe="")


FILTERS: dict[str, Any] = {
    "absolute": _absolute,
    "date": _date,
    "iso": iso,
    "number": _number,
    "prefix_ids": prefix_ids,
    "urlencode": _urlencode,
}
"""What templates may use besides Jinja's own."""
