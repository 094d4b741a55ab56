"""Codes of languages (BCP 47): whether one is one, and which was meant.

The two-letter codes of languages and regions are listed here, so that a build that meets no others loads nothing to know them;
all else is asked of Babel.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["language_problem", "news_language"]

_FORM = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)

_REGION_CODES = """
AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET
FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN
IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG
MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL
PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD
TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
_LANGUAGE_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so
sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_REGIONS = frozenset(_REGION_CODES.split())
_LANGUAGES = frozenset(_LANGUAGE_CODES.split())


@lru_cache(maxsize=256)
def language_problem(code: str) -> str:
    """What to write instead of a code that is none; empty for one that is."""
    form = _FORM.fullmatch(code.lower())
    if form:
        language, script, region = form["language"], form["script"], form["region"]
        known = language in _LANGUAGES or (len(language) == 3 and _is_language(language))
        if known and (not script or _is_script(script)) and (not region or region.isdigit() or region.upper() in _REGIONS):
            return ""
    meant = _meant(code) if code else ""
    return f"write `{meant}`" if meant and meant != code else "write a code of BCP 47, such as `en`, `en-GB` or `zh-Hant`"


def news_language(code: str) -> str:
    """A language as Google's news sitemaps want it: ISO 639, but for the two ways of writing Chinese."""
    primary, *rest = code.lower().split("-")
    if primary not in ("zh", "yue", "cmn"):
        return primary
    if "hans" in rest:
        return "zh-cn"
    return "zh-tw" if primary == "yue" or {"hant", "tw", "hk", "mo"} & set(rest) else "zh-cn"


def _is_language(code: str) -> bool:
    from babel import Locale  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415

    return code in Locale("en").languages and code not in get_global("language_aliases")


def _is_script(code: str) -> bool:
    from babel import Locale  # noqa: PLC0415

    return code.title() in Locale("en").scripts


def _meant(code: str) -> str:
    """The code that somebody probably had in mind: ``en-GB`` for ``en_GB``, ``en`` for ``eng`` and for ``English``."""
    from babel import Locale  # noqa: PLC0415
    from babel.core import UnknownLocaleError, get_global  # noqa: PLC0415

    english = Locale("en")
    plain = code.strip().casefold()
    for known in sorted(_LANGUAGES):
        try:
            own = Locale(known).languages.get(known, "")
        except UnknownLocaleError:
            own = ""
        if plain in (english.languages.get(known, "").casefold(), own.casefold()):
            return known
    parts = [part for part in re.split(r"[_\s.@-]+", plain) if part]
    if not parts:
        return ""
    language, *rest = parts
    language = get_global("language_aliases").get(language, language)
    if language not in english.languages:
        return ""
    found = [language]
    for part in rest:
        if len(part) == 4 and _is_script(part):
            found.append(part.title())
        elif len(part) == 2:
            region = (get_global("territory_aliases").get(part.upper()) or [part.upper()])[0]
            found += [region] if region in _REGIONS else []
    return "-".join(found)
