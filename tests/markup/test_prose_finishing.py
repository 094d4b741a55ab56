"""The quick way to finish a body of prose, against the walk and against simple readings."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chance import seeds
from sizes import sample
from slugline.markup.counting import words
from slugline.markup.dialect import build_markdown
from slugline.markup.errors import MarkdownError
from slugline.markup.facts import Facts
from slugline.markup.figures import take_figures
from slugline.markup.finishing import finish, finish_any
from slugline.markup.links import content_reference
from slugline.markup.prose.finishing import finish_prose
from slugline.markup.quotes import Typesetter
from slugline.markup.signs import RAW_OPEN, SIGNS
from slugline.markup.typography import typography

from .documents import TAME, Writer

FOLDER = "articles/world"
NO_SIGNS = str.maketrans("", "", SIGNS)

ARTICLE = """The minister's "plan" -- [a paper](../x.md) -- wasn't *new*... See [the file](https://example.org/?a=1&b=2).

## What's in it?

- One
- **Two**: it's "due"

### Then?

> "No," she said.
>
> "Not yet." R&D

1. First
2. Second

![The gate](gate.jpg "It's \"the\" gate"){credit="Photo: Jane Doe"}

---

## What's in it?

End, said 3 × 4 of 100 — “all of them”.
"""

_TAGS = (
    *("<p>", "</p>", "</p>\n<p>", "<p>", "</p>\n<h2>", "</h2>\n<p>", "<h3>", "</h3>", "<h1>", "</h1>", "<h4>\n<h2>"),
    *("<ul>\n<li>", "</li>\n<li>", "</li>\n</ul>", "</p>\n<blockquote>\n<p>", "</p>\n</blockquote>\n<p>", "<blockquote>"),
    *("</blockquote>", "<hr>", "<hr />", "<br>", "<br />\n", "<em>", "</em>", "<strong>", "</strong>", "<code>", "</code>"),
    *('<a href="../a.md#b">', '<a href="https://a.example/">', '<a href="a">\n<em>', "</a>", '<a id="x">', "<a>", "\n"),
    *(
        '<a href="x" title="a>b">',
        "<a href='y'>",
        '<a href="z',
        '<a href="">',
        '<h2 id="own">',
        "<td>",
        "<table>",
        "<!-- a -->",
    ),
    *('<sup id="fnref:1"><a href="#fn:1">1</a></sup>', '<img src="a.jpg" alt="b">', '<p><img src="a.jpg" title="c"></p>'),
    *('</p>\n<p><img src="../b.jpg" alt="a" /></p>\n<h2>', '<p><a href="c.md"><img src="d.jpg"></a></p>\n<p>'),
    *('<div class="footnote">', '<p class="lead">', "<pre>", "</pre>", "<x>", "</li>\n<ul>\n<li>", "<", ">"),
)
_TEXTS = (
    *("a word", "Two words.", ' "quoted" ', "it's", " 'so' ", '"', "'", "--", " -- ", "...", " ", "  ", "\n", "&amp;", "&lt;"),
    *(" &quot;x&quot; ", "– ", "½", "3 × 4", "東京", "שלום", "Łódź", "Привет", "« mot »", " ; ", "id=a-word", "\ufdd0'", "é"),
)


@pytest.fixture(scope="module")
def engine():
    """Markdown → HTML, not finished."""
    plain = build_markdown(lang="en")

    def html(text):
        try:
            return plain.reset().convert(text)
        except MarkdownError:
            return ""

    return html


def _alike(html: str, lang: str) -> bool:
    """Whether the quick way was taken; where it was, its outcome has to be that of the walk."""
    typesetter = Typesetter(typography(lang)) if lang else None
    if RAW_OPEN in html or html.rfind("<") > html.rfind(">"):
        return False  # no engine's HTML ends within a tag
    html, figures = take_figures(html, Facts(FOLDER).resolve, typesetter.text if typesetter else None)
    body = finish_prose(html, Facts(FOLDER), typesetter, figures)
    if body is not None:
        assert body == finish_any(html, Facts(FOLDER), typesetter, figures), html
    return body is not None


@pytest.mark.parametrize("share", range(3))
def test_prose_is_finished_as_the_walk_does_it(engine, share):
    taken = 0
    documents = seeds(sample(300, 9000))[share::3]
    for number, seed in enumerate(documents):
        text = Writer(seed).document().translate(NO_SIGNS)
        taken += _alike(engine(text), ("en", "fr", "de", "he", "sv", "")[number % 6])
    assert taken > 0.1 * len(documents)


@given(st.lists(st.sampled_from(_TAGS + _TEXTS), max_size=12).map("".join), st.sampled_from(["en", "fr", "pl", "he", ""]))
def test_a_heap_of_tags_is_finished_as_the_walk_does_it(html, lang):
    _alike(html, lang)


@given(st.lists(st.sampled_from(_TAGS[:16] + _TAGS[17:23] + _TEXTS), max_size=16).map("".join))
def test_a_heap_of_plain_tags_is_finished_as_the_walk_does_it(html):
    _alike(f"<p>{html}</p>", "en")


def test_an_article_takes_the_quick_way(engine):
    assert _alike(engine(ARTICLE), "en")
    assert _alike(engine(ARTICLE), "fr")


def test_what_is_more_than_prose_takes_the_walk(engine):
    for text in ("a `b`", "a | b\n--|--\n1 | 2", "a[^1]\n\n[^1]: b", "one  \ntwo", "# One", "![a](b.jpg) c", "    code"):
        assert not _alike(engine(text), "en"), text


def test_many_tame_documents_take_the_quick_way(engine):
    assert TAME
    taken = sum(_alike(engine(Writer(seed).document().translate(NO_SIGNS)), "en") for seed in range(200))
    assert taken > 30


def test_nothing_is_noted_of_what_is_left_to_the_walk():
    facts = Facts(FOLDER)
    assert finish_prose('<p><a href="a.md">b</a></p>\n<h2>c</h2>\n<pre>d</pre>', facts, None) is None
    assert not facts.links
    assert not facts.headings
    assert not facts.ids


def test_many_headings_are_no_heavier_each_than_few():
    # With a look at all that stands before each, this would take minutes.
    body = finish("<h2>a</h2>\n<p>b</p>\n" * 20_000, folder="", typesetter=None)
    assert len(body.headings) == 20_000
    assert body.headings[-1].id == "a_19999"


def test_words_of_any_character_are_counted_as_they_are_defined():
    for code in (*range(0x2100), 0x2C00, 0xFB01, 0xFFFD, 0x1F600, 0xD800):
        character = chr(code)
        if character in SIGNS or re.match(r"[\u3000-\u31ff]", character):
            continue
        for text in (character, f"a {character} b", f"a{character} b", f"{character}a", f"a {character}{character}b c"):
            found = [word for word in re.split(r"[ \n\t]+", text) if re.search(r"[^\W_]", word)]
            assert words(text) == len(found), (hex(code), text)


@pytest.mark.parametrize("folder", ["", "articles", "articles/a b", "articles/été/x", "a//b", "./a", "a/../b", "a&b/c"])
def test_a_plain_path_is_resolved_like_any(folder):
    for above in ("", "../", "../../", "../../../", "./", "../../../../"):
        for path in ("x.md", "a/x.md", "a/b/x-y_z.md#part", "x", ".x", "a/.x", "a/..x", "a..b/c", "a/./x", "a/../x", "a//x"):
            target, _, part = (above + path).partition("#")
            full = unicodedata.normalize("NFC", posixpath.normpath(f"{folder}/{target}" if folder else target))
            expected = "content:" + escape(quote(full, safe="/!$&()*+,;=:@-._~") + (f"#{part}" if part else ""))
            assert content_reference(above + path, folder) == expected
