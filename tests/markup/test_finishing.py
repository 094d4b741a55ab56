"""What is gathered of a body, against a slow and simple reading of its HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest

from slugline.errors import PublicationError
from slugline.markup import Body
from slugline.markup.signs import SIGNS

from .documents import Writer

UNREAD = {"code", "kbd", "pre", "figcaption", "script", "style"}
INLINE = {"a", "abbr", "b", "br", "code", "del", "em", "i", "img", "input", "kbd", "span", "strong", "sup"}
NOT_SIMPLE = ("<!--", "<script", "<![", "<?", "<div>", "unclosed", "</div>")


class Reading(HTMLParser):
    """Reads a body again from its HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: dict[str, None] = {}
        self.images: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self._text: list[str] = []
        self._unread: list[str] = []
        self.feed(html)
        self.close()
        self.words = [word for word in re.split(r"[ \n\t]+", "".join(self._text)) if re.search(r"[^\W_]", word)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag in UNREAD or (tag == "sup" and (given.get("id") or "").startswith("fnref")):
            self._unread.append(tag)
        if tag == "a" and given.get("href") is not None:
            self.links[given["href"] or ""] = None
        if tag == "img":
            self.images.append(given.get("src") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), given["id"] or ""))
        if tag not in INLINE or tag == "br":
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()
        if tag not in INLINE:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._text.append(data)


@pytest.mark.parametrize("share", range(6))
def test_the_facts_are_those_of_the_html(render, share):
    read = 0
    for seed in range(share, 600, 6):
        text = Writer(seed).document().translate(str.maketrans("東京ニュース", "abcdef"))
        try:
            body = render(text)
        except PublicationError:
            continue  # the text is one that Python-Markdown loses its way in
        assert not set(SIGNS) & set(body.html)
        if any(sign in text or sign in body.html for sign in NOT_SIMPLE):
            continue
        if body.remarks:
            continue  # an element is left open: a parser closes it where it likes
        reading = Reading(body.html)
        read += 1
        assert list(reading.links) == list(dict.fromkeys(map(unescape, body.links))), seed
        assert reading.images == [unescape(image.src) for image in body.images], seed
        assert reading.headings == [(heading.level, heading.id) for heading in body.headings], seed
        assert len(reading.words) == body.words, seed
        own = [heading.id for heading in body.headings if not re.fullmatch("own|id", heading.id)]
        assert len(set(own)) == len(own), seed
    assert read > 50


def test_rendering_is_the_same_the_second_time(render):
    for seed in range(50):
        text = Writer(seed).document()
        assert _outcome(render, text) == _outcome(render, text)


def _outcome(render: Callable[..., Body], text: str) -> object:
    try:
        return render(text)
    except PublicationError as refused:
        return refused.problems
