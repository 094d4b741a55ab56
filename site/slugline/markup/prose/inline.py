r"""Inline markup whose meaning is certain, made HTML in one reading of a whole document.

Python-Markdown reads a text once for each of some twenty patterns, and the first to match wins. Here one expression
finds the markup that comes out the same whatever is around it:

* ``[text](target)`` and ``![alt](target "title"){credit="…"}``, with no markup inside and nothing to escape;
* ``*em*``, ``**strong**``, ``_em_``, ``__strong__``, not nested and with nothing of their kind at their sides;
* brackets that are no link, ``&`` and ``>``, underscores inside words.

At anything else that could be markup, a sign is left: its block is for Python-Markdown. References,
footnotes and abbreviations are found by name, so a document that defines any is not for this module, nor is one
with HTML in it: see ``reader.py``.
"""

from __future__ import annotations

import re

from slugline.markup.signs import UNSURE

__all__ = ["certain_inline"]

# A line end inside markup: only where the next line begins like prose, so that it is no item, quotation or heading.
_LINE = r"\n(?=[^\W\d_]|[\"“‘«„])"
_IN_LABEL = r"[^\[\]*_`\\<{}\n]"
_LABEL = rf"(?!\^){_IN_LABEL}+(?:{_LINE}{_IN_LABEL}+)*"
_IN_TARGET = r"[^\s()<>\[\]\"'`\\{}]"
_TARGET = rf"{_IN_TARGET}+(?:\({_IN_TARGET}*\){_IN_TARGET}*)*(?<!:)"
_TITLE = r"[^\"'\[\]`\\<{}\n]+|[^\"()\[\]`\\<{}\n]+"
_IN_EMPHASIS = r"[^*_`\\\[\]<{}\n]"
_WITHIN = rf"{_IN_EMPHASIS}*(?:{_LINE}{_IN_EMPHASIS}*)*"
_EDGE = r"[^\s*_`\\\[\]<{}]"
_EMPHASIS = rf"{_EDGE}(?:{_WITHIN}{_EDGE})?"

# Every alternative begins with a literal character: only then does the `re` module skip over plain text quickly. The
# name of the last group says what was found; where none is named, it is not certain.
_MARKUP = re.compile(
    rf"""
      \[(?P<label>{_LABEL})\]\((?P<href>{_TARGET})(?:[ ]"(?P<hint>{_TITLE})")?\)
    | !\[(?P<alt>(?!\^)[^\[\]`\\<{{}}\n]*)\]\((?P<src>{_TARGET})(?:[ ]"(?P<title>{_TITLE})")?\)
        (?:\{{credit="(?P<credit>[^"\[\]`\\<>&*_{{}}\n]*)"\}})?
    | \*(?<![*_]\*)(?P<em>{_EMPHASIS})\*(?![*_])
    | \*\*(?<![*_]\*\*)(?P<strong>{_EMPHASIS})\*\*(?![*_])
    | _(?<![*\w]_)(?P<em2>{_EMPHASIS})_(?![*\w])
    | __(?<![*\w]__)(?P<strong2>{_EMPHASIS})__(?![*\w])
    | _(?<=[^\W_]_)(?=[^\W_])(?P<inside_word>)
    | \[(?=[^\[\]]*\](?![(\[]|\s\[))(?P<bracket>)
    | >(?<=^>)(?P<quotation>)
    | \*(?<=^\*)[ ](?P<item>)
    | &(?:[a-zA-Z0-9]+|\#[0-9]+|\#[xX][0-9a-fA-F]+);(?P<entity>)
    | &(?P<amp>)
    | >(?P<gt>)
    | \* | _ | \[ | !\[ | ` | \\ | < | \{{ | \}}
    """,
    re.VERBOSE | re.MULTILINE,
)
_BEGINNINGS = "[*_&>`\\<{}"
"""What the alternatives begin with, save for the ``!`` before a bracket."""
_BARE_AMP = re.compile(r"&(?!(?:[a-zA-Z0-9]+|#[0-9]+|#[xX][0-9a-fA-F]+);)")
_SPACE = re.compile(r"\s")


def certain_inline(text: str) -> str:
    """The text with certain markup made HTML, and ``UNSURE`` where there is other."""
    # The few characters that markup begins with are searched for one by one, much quicker than all of them at once.
    ahead = [(at, sign) for sign in _BEGINNINGS if (at := text.find(sign)) >= 0]
    done: list[str] = []
    end = 0
    while ahead:
        at = min(ahead)[0]
        if at > end and text.startswith("![", at - 1):
            at -= 1
        match = _MARKUP.match(text, at)
        assert match, "every beginning is an alternative by itself"
        done += (text[end:at], _html(match))
        end = match.end()
        ahead = [
            (at, sign) for at, sign in [(at if at >= end else text.find(sign, end), sign) for at, sign in ahead] if at >= 0
        ]
    done.append(text[end:])
    return "".join(done)


def escape_text(text: str) -> str:
    """Text for HTML; entities stay."""
    if "&" in text:
        text = _BARE_AMP.sub("&amp;", text)
    return text.replace(">", "&gt;") if ">" in text else text


def _html(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind is None:
        return UNSURE
    if kind in ("href", "hint"):
        label, href, hint = match.group("label", "href", "hint")
        return f'<a href="{escape_text(href)}"{_title(hint)}>{escape_text(label)}</a>'
    if kind in ("em", "em2"):
        return f"<em>{escape_text(match[kind])}</em>"
    if kind in ("strong", "strong2"):
        return f"<strong>{escape_text(match[kind])}</strong>"
    if kind == "amp":
        return "&amp;"
    if kind == "gt":
        return "&gt;"
    if kind in ("src", "title", "credit"):
        alt, credit, src, title = match.group("alt", "credit", "src", "title")
        attribute = "" if credit is None else f' credit="{credit}"'
        quoted = escape_text(alt).replace('"', "&quot;")
        return f'<img alt="{quoted}"{attribute} src="{escape_text(src)}"{_title(title)}>'
    return match.group()


def _title(text: str | None) -> str:
    if text is None:
        return ""
    if text[0] in " '" or text[-1] in " '":
        return UNSURE
    return f' title="{escape_text(_SPACE.sub(" ", text))}"'
