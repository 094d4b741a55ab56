"""Where Python-Markdown would lose a part of a text, it is text, or an error with its line."""

from __future__ import annotations

import pytest

from slugline.errors import PublicationError
from slugline.parse import Parser
from slugline.settings.load import parse_settings


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*Note: this **story*was updated.", "<p>*Note: this **story*was updated.</p>"),
        ("*x **5*6 = 30", "<p>*x **5*6 = 30</p>"),
        ("*a **b*c d", "<p>*a **b*c d</p>"),
        ("***a** b*", "<p><em><strong>a</strong> b</em></p>"),
        ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
    ],
)
def test_emphasis_that_would_lose_a_letter_is_text(render, text, html):
    assert render(text).html == html


@pytest.mark.parametrize(
    "text",
    [
        'See [r](http://x.example/r.pdf "page 3 (annex). The mayor said no.',
        'See [r](r.pdf "page 3)',
        "See [r](r.pdf 'page 3)",
        'See ![r](r.jpg "page 3). The mayor said no.',
        "See [sic](note:).",
    ],
)
def test_a_link_that_is_not_closed_is_text(render, text):
    body = render(text, smart=False)
    assert body.html == f"<p>{text}</p>"
    assert body.links == ()


def test_a_line_that_begins_with_a_name_in_brackets_is_text(render):
    assert render("[Smith]: No.\n\n[Jones]: Why?").html == "<p>[Smith]: No.</p>\n<p>[Jones]: Why?</p>"


@pytest.mark.parametrize(
    "address", ["https://a.example", "../x.md", "x.md#part", "/about/", "#part", "<a.md>", "mailto:a@b.example"]
)
def test_a_definition_has_an_address(render, address):
    assert "<a href=" in render(f"[Smith]\n\n[Smith]: {address}").html


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a[^1]\n\n[^1]: First.\n\n[^1]: Second.", 5, "the footnote `1` is defined twice"),
        ("a[^1 the mayor said]\n\n[^1 the mayor said]: x", 3, "the name of the footnote `1 the mayor said` has spaces"),
        ("[a]\n\n[a]: b.md\n[a]: c.md", 4, "the reference `a` is defined twice"),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |", 5, "a row of the table has more cells than its head: `| 1 | 2 | 3 |`"),
        ("a\n\n*Note*{to the editor}", 3, "`{to the editor}` is read as attributes, and `to the editor` is none"),
        ("a\n\n## Title {draft}", 3, "`{draft}` is read as attributes, and `draft` is none"),
        ('a\n\n![](a.jpg){caption="The gate"}', 3, '`caption` in `{caption="The gate"}` is no attribute of HTML'),
        ('a\n\n![](a.jpg) {caption="The gate"}', 3, '`caption` in `{caption="The gate"}` is no attribute of HTML'),
        ('a\n\n[x](a.jpg){credit="J. Doe"}', 3, '`{credit="J. Doe"}` is not at a picture'),
        ('a\n\n[b](c.md "d [e](f.md "g")', 3, "the title of a link reaches into the next link"),
        ("a\n\n[b](https://c.example/ and so on) d", 3, "the address `https://c.example/ and so on` has spaces"),
        ("a\n\n![[b](c.md)](d.jpg)", 3, "there is a link in the description of an image"),
        ("a\n\n![b]([c](d.md))", 3, "there is a link in the address of a link"),
        ("a\n\n*[NATO]: A treaty", 3, "the abbreviation `NATO` is explained, and the text does not have it"),
        (
            'a\n\n<div class="b>\n\nc\n\n<p id="d">\n\n</div>',
            3,
            'a quotation mark in the HTML tag `<div class="b>` is one too many, or is not closed',
        ),
    ],
)
def test_what_would_be_lost_is_an_error_with_its_line(render, text, line, said):
    with pytest.raises(PublicationError) as refused:
        render(text)
    (problem,) = refused.value.problems
    assert (problem.line, problem.message) == (line, said)
    assert problem.hint


def test_equal_definitions_are_no_error(render):
    assert 'href="https://b.example"' in render("[a]\n\n[a]: https://b.example\n\n[a]: https://b.example").html


@pytest.mark.parametrize(
    "listed", ["{.wide}", "{#own}", "{hidden}", '{data-x="y"}', "{lang=de}", "{title='a b'}", "{aria-label=x}"]
)
def test_attributes_are_attributes(render, listed):
    assert "{" not in render(f"*a*{listed}").html


def test_the_line_is_counted_from_the_beginning_of_the_file():
    parser = Parser(parse_settings('[publication]\nname = "A"\ntimezone = "UTC"\n'))
    raw = b"---\ntitle: A\ndate: 2026-11-20 09:00\n---\n\nGood.\n\n## T {draft}\n"
    (problem,) = parser.parse("articles/news/a.md", raw).problems
    assert (problem.path, problem.line) == ("content/articles/news/a.md", 8)
