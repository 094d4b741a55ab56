"""The text of WordPress's classic editor → HTML: paragraphs are blank lines there, and line breaks are newlines.

It does what WordPress's ``wpautop`` does when it shows a post, in one walk over the tags.
"""

from __future__ import annotations

import re

__all__ = ["autop"]

_BLOCK = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address"
    "|style|script|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details"
    "|menu|summary|iframe|video|audio|object|noscript"
)
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_BLOCK})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->", re.DOTALL)
_PARTING = re.compile(r"\n[ \t\xa0]*\n\s*|(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
_BREAK = re.compile(r"(?<!>)[ \t]*\n[ \t]*|(?<=>)(?<!br>)(?<!br />)(?<!br/>)[ \t]*\n[ \t]*")
_ONLY_BREAKS = re.compile(r"(?:\s|<br\s*/?>|&nbsp;|\xa0)*", re.IGNORECASE)

_VOID = frozenset(("hr", "col", "area"))
# What stands directly in these is a paragraph of its own; in the others only if blank lines part it.
_FLOW = frozenset(("", "blockquote", "section", "article", "aside", "details", "noscript"))
_LOOSE = frozenset(("div", "li", "td", "th", "dd", "address", "figure", "header", "footer", "fieldset", "form"))


def autop(text: str) -> str:
    """Text of the classic editor as HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"<pre data-kept={len(kept) - 1}></pre>"

    if "<pre" in text or "<script" in text or "<style" in text or "<textarea" in text:
        text = _VERBATIM.sub(keep, text)
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    out: list[str] = []
    open_tags: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        out.append(_run(text[end : tag.start()], open_tags[-1] if open_tags else ""))
        out.append(tag[0])
        end = tag.end()
        name = tag["name"].lower()
        if tag["close"]:
            if name in open_tags:
                while open_tags.pop() != name:
                    pass
        elif name not in _VOID and not tag[0].endswith("/>"):
            if name == "p" and open_tags and open_tags[-1] == "p":
                open_tags.pop()
            open_tags.append(name)
    out.append(_run(text[end:], open_tags[-1] if open_tags else ""))
    html = "".join(out)
    for number, piece in enumerate(kept):
        html = html.replace(f"<pre data-kept={number}></pre>", piece, 1)
    return html


def _run(text: str, parent: str) -> str:
    """Text between two block tags."""
    if not text.strip():
        return "\n" if text else ""
    if parent not in _FLOW and parent not in _LOOSE:
        return _broken(text) if parent in ("p", "figcaption", "summary", "caption", "dt") else text
    parts = [part for raw in _PARTING.split(text) if not _ONLY_BREAKS.fullmatch(part := raw.strip())]
    if not parts:
        return "\n"
    if parent in _LOOSE and len(parts) == 1:
        return _broken(parts[0])
    return "".join(f"<p>{_broken(part)}</p>\n" for part in parts)


def _broken(text: str) -> str:
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = text.strip()
    if "\n" not in inner:
        return text
    return (" " if lead else "") + _BREAK.sub("<br>\n", inner) + (" " if trail else "")
