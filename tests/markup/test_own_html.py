"""HTML of an author's own, however it is typed: one form, closed, with every address resolved, and nothing of the text lost."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.errors import PublicationError
from slugline.markup.own_html import parse_own_html, resolve_set

HERE = "content:articles/world/"


def same(target: str) -> str:
    return target


@pytest.mark.parametrize(
    "typed",
    [
        '<img src="x.jpg" alt="a > b">',
        "<img src='x.jpg' alt='a > b'>",
        "<IMG SRC=x.jpg ALT='a > b'>",
        '<img\nsrc = "x.jpg"\nalt = "a > b" />',
        '<img src="x.jpg" alt="a > b" src="y.jpg">',
    ],
)
def test_an_image_has_one_form_however_it_is_typed(render, typed):
    body = render(f"Text.\n\n<p>{typed}</p>")
    assert f'<img src="{HERE}x.jpg" alt="a &gt; b">' in body.html
    assert [image.src for image in body.images] == [f"{HERE}x.jpg"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ('<a title="5 > 3" href="b.md">x</a>', f'<a title="5 &gt; 3" href="{HERE}b.md">x</a>'),
        ("<A HREF=/about/>x</A>", '<a href="/about/">x</a>'),
        ("<a href='?x=1'>x</a>", '<a href="?x=1">x</a>'),
        (
            '<video src="clip.mp4" poster=p.jpg controls></video>',
            f'<video src="{HERE}clip.mp4" poster="{HERE}p.jpg" controls="">',
        ),
        ("<video src='/v.mp4#t=10'></video>", '<video src="content:/v.mp4#t=10">'),
        ("<audio><source src=a.ogg><track src='a.vtt'></audio>", f'<source src="{HERE}a.ogg"><track src="{HERE}a.vtt">'),
        ("<iframe src='/game.html?x=1'></iframe>", '<iframe src="content:/game.html?x=1"></iframe>'),
        ("<object data=map.pdf></object>", f'<object data="{HERE}map.pdf">'),
        ("<embed src=map.svg>", f'<embed src="{HERE}map.svg">'),
        ('<svg viewBox="0 0 1 1"><use xlink:href="i.svg#a"/></svg>', f'<use xlink:href="{HERE}i.svg#a">'),
        (
            "<picture><source srcset='p.jpg, /q.jpg 2x,https://x.example/a,b.jpg 3x'></picture>",
            f'srcset="{HERE}p.jpg, content:/q.jpg 2x, https://x.example/a,b.jpg 3x"',
        ),
        ("<div data-src='x.jpg' title='src=\"y.jpg\"'></div>", '<div data-src="x.jpg" title="src=&quot;y.jpg&quot;">'),
        ("<form action='/search/'><input name=q></form>", '<form action="/search/"><input name="q">'),
    ],
)
def test_addresses_are_resolved_and_written_in_one_form(render, typed, stored):
    body = render(f"<div>\n{typed}\n</div>")
    assert stored in body.html
    references = set(re.findall(r'content:[^"\s]*?(?=["\s,])', body.html))
    assert references <= {*body.files, *body.links, *(image.src for image in body.images)}


@pytest.mark.parametrize(
    ("typed", "closed"),
    [
        ("<div>\n\ntext", "<div>\n\ntext</div>"),
        ("<p>text", "<p>text</p>"),
        ("text <b>bold", "<p>text <b>bold</b></p>"),
        ("text <i>slanted <b>bold</i> on", "<p>text <i>slanted <b>bold</b></i><b> on</b></p>"),
        ("</div>\n\ntext", "<p>text</p>"),
        ("</section></main></body></html>\n\ntext", "<p></p>\n<p>text</p>"),
        ("<script>\nvar a;", "<script>\nvar a;</script>"),
        ("<table><tr><td>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<div>\n<plaintext>a\n</div>", "<div>\n<pre>a\n&lt;/div&gt;</pre></div>"),
    ],
)
def test_what_is_left_open_ends_with_its_body(render, typed, closed):
    assert render(typed).html == closed


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("Text.\n\n<div>\n\nMore.", "div", 3),
        ("<div>a</div>\n\n<div>\n<div>b</div>\n\nMore.", "div", 3),
        ("<p>open\n\nMore.", "p", 1),
        ("Text <b>bold\n\nmore.", "b", 1),
        ("One.\n\n<script>\nvar a;\n\nMore.", "script", 3),
        ("`<div>` is code.\n\n```\n<div>\n```\n\n<div>\n\nMore.", "div", 7),
        ("One.\n\n<!-- a note\n\nMore.", "!--", 3),
        ("<iframe src='https://x.example/' />\n\nMore.", "iframe", 1),
    ],
)
def test_what_is_left_open_is_warned_of_with_its_line(render, text, name, line):
    (remark,) = render(text).remarks
    assert (remark.line, f"`<{name}" in remark.message) == (line, True)


@pytest.mark.parametrize(
    "text",
    [
        "Plain *text*, `<div>` and\n\n    <div>\n\nmore < less.",
        "<ul><li>a<li>b</ul>\n\n<div><p>a<p>b</div>\n\n<br> <hr/> <img src=x.jpg>",
        "<!-- a <div> in a comment -->\n\n<svg><path d='M0 0'/></svg>",
        '<details markdown="1">\n<summary>More</summary>\n\n*Text*\n\n</details>',
        "<script>\nif (a < b) document.write('<div>');\n</script>",
    ],
)
def test_what_is_closed_is_not_warned_of(render, text):
    assert render(text).remarks == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## One {#a}\n\n## Two {#a}", 3),
        ('## One {#a}\n\n<p id="a">Two</p>', 3),
        ("## One\n\n<h2 id='page:main'>Two</h2>", 3),
        ("<p id=page:share>One</p>", 1),
    ],
)
def test_an_id_that_is_used_twice_or_is_the_themes_is_warned_of(render, text, line):
    (remark,) = render(text).remarks
    assert (remark.line, "the id `" in remark.message) == (line, True)


def test_headings_of_one_text_are_no_twins(render):
    assert render("## One\n\n## One\n\nText[^1] and[^1].\n\n[^1]: Note.").remarks == ()


def test_a_script_a_style_and_a_drawing_are_left_as_they_were_typed(render):
    script = "<script>\nif (a < b && c) { s = '<img src=x>'; }\n</script>"
    style = "<style>\np > a::before { content: '<' }\n</style>"
    drawing = '<svg viewBox="0 0 2 2"><linearGradient id="g"></linearGradient><style>a &gt; b { fill: red }</style></svg>'
    html = render(f"{script}\n\n{style}\n\n<div>{drawing}</div>").html
    for part in (script, style, drawing):
        assert part in html


def test_a_template_keeps_what_is_in_it():
    html = "<template><p>a<template>b</template></p></template><p>c</p>"
    assert parse_own_html(html, same).html == html


@given(st.text(alphabet="<>/ab=\"' !-&;\n", max_size=60))
def test_a_body_is_in_its_form_already_when_it_is_parsed_again(text):
    once = parse_own_html(text, same).html
    assert parse_own_html(once, same).html == once


class Texts(HTMLParser):
    """The text of HTML, of comments too."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.found += data


TAGS = ("<b>", "</b>", "<div>", "</div>", "<p>", "</p>", "<table>", "<td>", "</table>", "<i a='>'>", "<select>", "</select>")
WORDS = st.sampled_from(("alpha", "beta", "gamma", *TAGS))


@given(st.lists(WORDS, max_size=14))
def test_no_word_is_lost_however_tags_are_nested(words):
    typed = " ".join(words)
    found = Texts(parse_own_html(typed, same).html).found.split()
    assert sorted(found) == sorted(word for word in words if word.isalpha())


@given(st.text(alphabet="a/,: 1x\n", max_size=40))
def test_a_set_of_addresses_is_read_and_written_alike(value):
    once = resolve_set(value, same)
    assert resolve_set(once, same) == once


@given(st.text(alphabet="<>/adivp=\"'!-#` \n", max_size=80))
def test_any_text_is_rendered_or_refused(render, text):
    try:
        html = render(text).html
    except PublicationError:
        return
    assert not re.search(r'<[a-z][^<>]*=(?!")', html)


def test_a_text_without_html_of_its_own_does_not_load_the_parser():
    program = (
        "import sys; from slugline.markup import MarkupOptions, Renderer; r = Renderer(MarkupOptions());"
        "r.render('*Text*\\n\\n```\\n<div>\\n```\\n\\n## A {#b}\\n\\n![a](b.jpg)', lang='en', source='a.md');"
        "assert 'selectolax' not in sys.modules; r.render('<p>a', lang='en', source='a.md'); assert 'selectolax' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
