"""What to warn of in a body that is rendered all the same: elements and comments never closed, ids used twice.

Whether an element is closed is seen in the HTML, where code is code; its line is found in the Markdown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from slugline.markup.body import Remark
from slugline.markup.tags import BLOCK_TAG, TAG, VOID, name_of

__all__ = ["id_remarks", "open_comment", "open_elements"]

_MAY_STAY_OPEN = frozenset(
    (
        *("li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "caption", "option", "optgroup"),
        *("rp", "rt", "html", "head", "body"),
    )
)
_SWALLOWING = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"))
"""Elements in which no tag is read; where one is left open, nothing after it is displayed."""

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_ID = re.compile(r'<[a-zA-Z][^<>]*?\sid="([^"<>]+)"')
_OF_THE_THEME = "page:"


def open_elements(html: str, text: str) -> list[Remark]:
    """A remark for each element that is left open.

    Args:
        html: as it is before a parser closes what is open.
        text: the Markdown that it was made of.
    """
    names = list(_open_names(html))
    if not names:
        return []
    lines = _open_lines(_without_code(text))
    found = []
    for name in names:
        line = lines[name].pop(0) if lines[name] else 0
        what = "what comes after it is not displayed" if name in _SWALLOWING else "it takes in the text after it"
        message = f"`<{name}>` is never closed: {what}"
        found.append(Remark(line, message, f"write `</{name}>` where it ends; Markdown is not read in a block of HTML"))
    return sorted(found)


def _open_names(html: str) -> Iterator[str]:
    tags = TAG.findall(html)
    open_names: list[str] = []
    until = ""
    for tag in tags:
        name = name_of(tag)
        if not name or name in VOID or (until and name != until):
            continue
        if tag[1] != "/":
            if open_names and open_names[-1] == "p" and BLOCK_TAG.match(tag):
                open_names.pop()
            if not (tag.endswith("/>") and ("svg" in open_names or "math" in open_names)):
                open_names.append(name)
                until = name if name in _SWALLOWING else ""
        elif name in open_names:
            until = ""
            while (last := open_names.pop()) != name:
                if last not in _MAY_STAY_OPEN and last != "p":
                    yield last
    yield from (name for name in open_names if name not in _MAY_STAY_OPEN)


def _open_lines(text: str) -> dict[str, list[int]]:
    """The lines of the start tags that have no end tag, by the element's name."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for match in TAG.finditer(text):
        name = name_of(match.group())
        if not name or name in VOID:
            continue
        if match.group()[1] != "/":
            lines[name].append(text.count("\n", 0, match.start()) + 1)
        elif lines[name]:
            lines[name].pop()
    return lines


def open_comment(text: str) -> list[Remark]:
    """A remark where a comment is left open in Markdown: it is no comment then, and is displayed."""
    plain = _without_code(text)
    at = plain.rfind("<!--")
    if at < 0 or "-->" in plain[at:]:
        return []
    message = "`<!--` is never closed: it is displayed as text"
    return [Remark(plain.count("\n", 0, at) + 1, message, "write `-->` where the comment ends")]


def id_remarks(html: str, text: str) -> list[Remark]:
    """A remark for each id that two elements have, or that belongs to the theme.

    Args:
        html: the finished body.
        text: the Markdown that it was made of.
    """
    seen: set[str] = set()
    found: dict[str, Remark] = {}
    for name in _ID.findall(html):
        if name in seen:
            message = f"the id `{name}` is used twice: a link to it leads to the first"
            found[name] = Remark(_line_of_id(name, text), message, "give one of them another id")
        elif name.startswith(_OF_THE_THEME):
            message = f"the id `{name}` may be one of the theme's, which begin with `{_OF_THE_THEME}`"
            found[name] = Remark(_line_of_id(name, text), message, "give it another id")
        seen.add(name)
    return sorted(found.values())


def _line_of_id(name: str, text: str) -> int:
    places = [*re.finditer(rf"""(?:#|\bid\s*=\s*["']?){re.escape(name)}(?![\w:-])""", text)]
    return text.count("\n", 0, places[-1].start()) + 1 if places else 0


def _without_code(text: str) -> str:
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
