"""Quotation marks and spaces as each language writes them.

The marks are those of the Unicode CLDR (``delimiters`` of each locale), save where newspapers of the country write
otherwise: French second-level marks, Polish second-level marks, the Danish and Arabic marks.
"""

from __future__ import annotations

import re
from functools import cache

from slugline.frozen import Frozen

__all__ = ["Typography", "typography"]

NARROW = "\u202f"  # narrow no-break space
NO_BREAK = "\u00a0"

Replacement = tuple[re.Pattern[str], str]


class Typography(Frozen):
    """How one language writes what is typed as straight quotes and plain spaces.

    Attributes:
        double: opening and closing mark for a typed ``"``.
        single: opening and closing mark for a typed ``'``.
        clipped: words that begin with an apostrophe ('tis, 's avonds), without it, in lower case.
        first: replacements made before quotes are paired.
        last: replacements made after them.
    """

    double: tuple[str, str]
    single: tuple[str, str]
    clipped: frozenset[str] = frozenset()
    first: tuple[Replacement, ...] = ()
    last: tuple[Replacement, ...] = ()


_CLIPPED = {
    "af": "n",
    "de": "s n ne nen nem ner rum rein raus",
    "en": "cause em n neath nuff til tis twas twere twill twould",
    "fr": "tit tite",
    "it": "sto sta sti ste",
    "nl": "s t n k m r ie",
}

_MARKS = {
    # typed ":      typed ':
    "“ ” ‘ ’": "en af eu ga gd gl hi id ko lb ms mt pt sq sw th tr vi zh es-419 es-MX es-US es-AR es-CL es-CO es-PE",
    "„ “ ‚ ‘": "de bg bs cs et hr is lt mk sk sl",
    "« » ‹ ›": "de-CH de-LI it-CH fa hy",
    "« » “ ”": "es it ca el be kk pt-PT ar ast uk",
    "« » ‘ ’": "nb nn no",
    "« » „ “": "ru",
    "” ” ’ ’": "sv fi da he",
    "„ ” ‚ ’": "pl",
    "„ ” « »": "ro mo",
    "„ ” » «": "hu",
    "„ “ ‘ ’": "sr ka",
    "‘ ’ “ ”": "cy",
    "「 」 『 』": "ja zh-TW zh-HK zh-Hant",
}

_MARKS_OF = {tag.lower(): marks for marks, tags in _MARKS.items() for tag in tags.split()}
_MARKS_OF |= {
    # Dutch newspapers nest the other way round than its CLDR entry; what was typed double stays double.
    "nl": "“ ” ‘ ’",
    "fr": f"«{NARROW} {NARROW}» “ ”",
    "fr-ch": f"«{NARROW} {NARROW}» ‹{NARROW} {NARROW}›",
}


def typography(lang: str) -> Typography:
    """The typography of a language tag (``en``, ``de-CH``, ``pt_BR``…): by its longest known beginning."""
    tag = lang.lower().replace("_", "-")
    while tag and tag not in _MARKS_OF:
        tag = tag.rpartition("-")[0]
    return _typography(tag or "en")


@cache
def _typography(tag: str) -> Typography:
    opening, closing, inner_opening, inner_closing = _MARKS_OF[tag].split(" ")
    language = tag.partition("-")[0]
    return Typography(
        (opening, closing),
        (inner_opening, inner_closing),
        frozenset(_CLIPPED.get(language, "").split()),
        first=_hebrew() if tag == "he" else (),
        last=_french() if language == "fr" else (),
    )


def _french() -> tuple[Replacement, ...]:
    """A plain space that must not break is made one that cannot; none is put where none was typed."""
    return (
        (re.compile(r"« (?=\S)"), f"«{NARROW}"),
        (re.compile(r" »(?<=\S »)"), f"{NARROW}»"),
        (re.compile(r" (?=[;!?]+(?:[\s»”)\x11\x14]|$))"), NARROW),
        (re.compile(r" (?=:(?:[\s\x11\x14]|$))"), NO_BREAK),
    )


def _hebrew() -> tuple[Replacement, ...]:
    return (
        (re.compile('"(?<=[א-ת]")(?=[א-ת])'), "״"),
        (re.compile("'(?<=[א-ת]')"), "׳"),
    )
