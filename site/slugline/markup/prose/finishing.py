"""The quick way through the last stage, for HTML of nothing but prose.

That is paragraphs, headings, lists, quotations, figures, links and emphasis, as in most of a newspaper's bodies. What replaces
their tags in the running text is looked up for all at once, and only links, figures and headings are visited one by one. The
outcome is that of the walk in ``markup/finishing.py``, which takes all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from operator import itemgetter

from slugline.markup.body import Body
from slugline.markup.counting import excerpt, words
from slugline.markup.facts import Facts
from slugline.markup.figures import Figure
from slugline.markup.quotes import Typesetter
from slugline.markup.signs import BREAK, FIGURE, JOINT, LITERAL, SHORTCODE, SHORTCODE_BEGIN, SHORTCODE_END
from slugline.markup.tags import plain_text

__all__ = ["PLAIN_TAGS", "finish_prose"]

PLAIN_TAGS = {
    **dict.fromkeys(("<em>", "</em>", "<strong>", "</strong>", "</a>", "<b>", "</b>", "<i>", "</i>"), JOINT),
    **dict.fromkeys(("<p>", "</p>", "</p>\n<p>", "</li>\n<li>", "<ul>\n<li>", "<ol>\n<li>", "</p>\n<ul>\n<li>"), BREAK),
    **dict.fromkeys(("<td>", "</td>\n<td>", "</td>\n</tr>\n<tr>\n<td>", "</td><td>", "</td></tr>\n<tr><td>"), BREAK),
    **dict.fromkeys(("</p>\n<ol>\n<li>", "</li>\n</ul>\n<p>", "</li>\n</ol>\n<p>", "</h2>\n<p>", "</h3>\n<p>"), BREAK),
}
"""What replaces, in the running text, tags of which nothing else is to be noted."""

_TOKEN = re.compile(r"(<[^>]*+>(?:\n<[^>]*+>)*+)")
"""What divides the running text, as `TOKEN` does where no attribute has a ``>`` in it."""

_SHORTCODES = f"{SHORTCODE}|{SHORTCODE_BEGIN}|{SHORTCODE_END}"
_TAG = rf"(?:</?(?:p|ul|ol|li|blockquote)>|</h[2-6]>|<hr(?: /)?>|{FIGURE}|{_SHORTCODES})"
_BLOCK_TAGS = re.compile(rf"{_TAG}(?:\n{_TAG})*(?:\n<h[2-6]>)?|<h[2-6]>")
"""Nothing but blocks of prose; a heading begins last, if at all."""
_LONGEST = 200
"""Characters of a token; a longer one, of lists in lists in lists, is for the walk."""


def finish_prose(html: str, facts: Facts, typesetter: Typesetter | None, figures: Iterable[Figure] = ()) -> Body | None:
    """Finish a body of prose; nothing where it is none, and then nothing is changed or noted.

    Args:
        html: as Markdown was converted to it, without raw HTML, and with a sign for each figure.
        facts: of the body, with the ids that are in it.
        typesetter: of the text's language; none leaves all characters as they were typed.
        figures: in order.
    """
    done = _TOKEN.split(html)
    tokens = done[1::2]
    marks = list(map(PLAIN_TAGS.get, tokens))
    targets: list[int] = []  # places of links and figures
    headings: list[int] = []
    n = -1
    for _ in range(marks.count(None)):
        n = marks.index(None, n + 1)
        token = tokens[n]
        if token.startswith("<a ") and "\n" not in token and "'" not in token and not token.count('"') % 2:
            targets.append(n)
            marks[n] = JOINT
        elif len(token) <= _LONGEST and _is_plain(token):
            if token[-4:-2] == "<h" and token[-2] != "r":
                headings.append(n)
            if FIGURE in token:
                targets.append(n)
            marks[n] = BREAK
        else:
            return None
    done[1::2] = marks
    running = "".join(done)
    text = typesetter.text(running) if typesetter else running
    texts = text.replace(BREAK, JOINT).split(JOINT)
    first = excerpt(_first_paragraph(texts, tokens, marks))
    made = iter(figures)
    for n in targets:
        if marks[n] == JOINT:
            tokens[n] = facts.link(tokens[n])
        else:
            tokens[n] = re.sub(FIGURE, lambda _: facts.figure(next(made)), tokens[n])
    for n in headings:
        token = tokens[n]
        tokens[n] = token[:-4] + facts.heading(token[-4:], _block(texts, marks, n), n)
    done[::2] = texts
    done[1::2] = tokens
    html = "".join(done).strip()
    return Body(
        html.replace(LITERAL, "") if LITERAL in html else html,
        _count(running if typesetter and typesetter.keeps_spaces else text),
        first,
        tuple(map(itemgetter(1), facts.headings)),
        tuple(facts.links),
        tuple(facts.images),
    )


@lru_cache(maxsize=256)
def _is_plain(token: str) -> bool:
    return _BLOCK_TAGS.fullmatch(token) is not None


def _count(text: str) -> int:
    if "&" in text:
        text = unescape(text.replace(JOINT, "").replace(BREAK, " "))
    return words(text)


def _block(texts: list[str], marks: list[str | None], n: int) -> str:
    """The text of the block that begins in the token at a place."""
    end = n + 1
    while end < len(marks) and marks[end] == JOINT:
        end += 1
    return "".join(texts[n + 1 : end + 1])


def _first_paragraph(texts: list[str], tokens: list[str], marks: list[str | None]) -> str:
    """The text of the first paragraph that has text, one outside quotations and shortcodes if there is."""
    depth = 0
    second = ""
    for n, token in enumerate(tokens):
        if "blockquote" in token and marks[n] == BREAK:
            depth += token.count("<blockquote>") - token.count("</blockquote>")
        if SHORTCODE_BEGIN in token or SHORTCODE_END in token:
            depth += token.count(SHORTCODE_BEGIN) - token.count(SHORTCODE_END)
        if token.endswith("<p>"):
            text = plain_text(_block(texts, marks, n)).replace(LITERAL, "").strip()
            if text and not depth:
                return text
            second = second or text
    return second
