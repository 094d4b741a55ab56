"""Which language a seed is written in, as far as its small words tell."""

from __future__ import annotations

import re
from collections import Counter

from slugline.importing.rules import Rules, plain_words

__all__ = ["DAY_FIRST", "language_of"]

DAY_FIRST = frozenset({"es", "fr", "de", "pt", "ar", "it", "nl", "pl", "ru", "tr", "id", "hi"})
"""Languages in which ``3/4/2026`` is the third of April. English is written both ways."""

_SAMPLE = 3000
_WORD = re.compile(r"[^\W\d_]+")
# What stands in most texts besides ASCII, and is no letter.
_SIGNS = "’‘“”–—£©›"
_SCRIPTS = tuple(map(re.compile, ("[\u3040-\u30ff]", "[\u3400-\u9fff]", "[\u0904-\u0939\u0958-\u0961]")))
_MOST, _SOME = 0.4, 0.05
_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}


def _by_script(text: str) -> str:
    """The language whose script most letters are of, where one script means one language to a newsroom; else empty."""
    if text.isascii():
        return ""
    letters = sum(char.isalpha() for char in text) or 1
    kana, han, devanagari = (len(one.findall(text)) / letters for one in _SCRIPTS)
    if kana + han > _MOST:
        return "ja" if kana > _SOME else "zh"
    return "hi" if devanagari > _MOST else ""


def language_of(text: str, rules: Rules) -> str:
    """The code of the language, or an empty text where the words do not tell it plainly."""
    if by_script := _by_script(text[:_SAMPLE]):
        return by_script
    plain = plain_words(text[:_SAMPLE])
    if not plain.isascii():
        for sign in _SIGNS:
            plain = plain.replace(sign, " ")
    words = Counter(plain.translate(_LETTERS).split() if plain.isascii() else _WORD.findall(plain))
    total = sum(words.values())
    if total < 20:
        return ""
    scores = sorted(
        (
            (sum(words[word] for word in own["stop"] if word in words), language)
            for language, own in rules.by_language.items()
            if "stop" in own
        ),
        reverse=True,
    )
    (best, language), (second, _) = scores[:2]
    return language if best > 0.08 * total and best > 1.4 * second else ""
