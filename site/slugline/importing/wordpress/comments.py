"""Comments of WordPress → what readers wrote, without spam, pingbacks, and what waits for an editor."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from slugline.importing.model import Comment
from slugline.importing.wordpress.records import Remark

__all__ = ["comments_of"]


def comments_of(remarks: Iterable[Remark]) -> tuple[list[Comment], list[str]]:
    """What readers wrote and an editor approved, and how much else there was, in words."""
    found, left, pings = [], 0, 0
    for remark in remarks:
        if remark.kind not in ("", "comment", "review"):
            pings += 1
        elif remark.approved != "1":
            left += 1
        else:
            found.append(Comment(remark.name, remark.date, _plain_text(remark.text), remark.line))
    notes = [f"{_many(left, 'comment')} not approved, left out"] if left else []
    notes += [f"{_many(pings, 'pingback or trackback', 'pingbacks and trackbacks')} left out"] if pings else []
    return found, notes


def _plain_text(text: str) -> str:
    text = re.sub(r"<br\s*/?>|</p>|\r\n?", "\n", text, flags=re.IGNORECASE)
    lines = [" ".join(html.unescape(re.sub(r"<[^<>]*>", "", line)).split()) for line in text.split("\n")]
    return "\n\n".join(line for line in lines if line)


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
