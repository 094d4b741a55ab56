"""Plain text → Markdown: what a reader sees is what the seed says, and no more is escaped than must be."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slugline.importing.escaping import as_heading, as_text, visible
from slugline.markup import MarkupOptions, Renderer
from slugline.shortcodes.marks import uses

PLAIN = Renderer(MarkupOptions(smart=False))
SIGNS = st.lists(
    st.sampled_from(
        [
            *"ab1 *_`[](){}<>#+-.!|~:&;\\'\"=^$/@,?é",
            *(
                "&amp;",
                "&lt;",
                "<b>",
                "</b>",
                "<!--",
                "-->",
                "[TOC]",
                "1. ",
                "2) ",
                "- ",
                "# ",
                "[^1]",
                "[a]: b",
                "{.c}",
                "{: #i }",
            ),
            *("](", "**", "__", "~~", "*[x]: y", "```", "<script>", "word word", ": x", "www.x.org", "a@b.cd", "!!! x", "$a$"),
        ]
    ),
    min_size=1,
    max_size=12,
).map("".join)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def rendered(markdown: str) -> tuple[str, list[str]]:
    """The text of the HTML without spaces, and its tags."""
    page = _Text()
    page.feed(PLAIN.render(markdown, lang="en", source="articles/x/y.md").html)
    page.close()
    return "".join("".join(page.text).split()), page.tags


@given(SIGNS)
@example("1. January was cold")
@example("#hashtag")
@example("a_b_c and _d_ and *e*")
@example("<script>alert(1)</script>")
def test_a_paragraph_shows_its_text_and_makes_nothing_else(text: str) -> None:
    line = as_text(" ".join(text.split()))
    shown, tags = rendered(f"before\n\n{line}\n\nafter\n")
    assert shown == "before" + "".join(text.split()) + "after"
    assert set(tags) == {"p"}


@given(SIGNS)
def test_a_heading_shows_its_text_and_takes_no_attributes_from_it(text: str) -> None:
    if not text.strip():
        return
    shown, tags = rendered(f"before\n\n{as_heading(' '.join(text.split()))}\n\nafter\n")
    assert shown == "before" + "".join(text.split()) + "after"
    assert tags == ["p", "h2", "p"]


@given(SIGNS)
def test_an_item_of_a_list_shows_its_text(text: str) -> None:
    if not text.strip():
        return
    shown, tags = rendered(f"- x\n- {as_text(' '.join(text.split()))}\n\nafter\n")
    assert shown == "x" + "".join(text.split()) + "after"
    assert tags == ["ul", "li", "li", "p"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=80))
def test_what_was_escaped_can_be_read_back(text: str) -> None:
    assert visible(as_text(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "AT&T and R&D grew by 5 % (or more) — it’s “true”.",
        "He [the mayor] said 3 < 5; a_b; 1.5 million; C# and F#.",
        "Write to a.b@example.org or see https://example.org/a_b?c=d&e=f",
        "Half of it; a * at most",
    ],
)
def test_text_without_a_meaning_in_markdown_is_left_readable(text: str) -> None:
    assert as_text(text).count("\\") <= 1
    assert "&amp;" not in as_text(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*note", r"\*note"),
        ("1. First", r"1\. First"),
        ("1984. A year", r"1984\. A year"),
        ("1.5 million", "1.5 million"),
        ("#tag", r"\#tag"),
        ("- dash", r"\- dash"),
        ("-5 degrees", "-5 degrees"),
        ("> quoted", r"\> quoted"),
        ("<b>", "&lt;b>"),
        ("&copy;", "&amp;copy;"),
        ("AT&T", "AT&T"),
        ("[a](b)", r"\[a\](b)"),
        ("[sic]", "[sic]"),
        ("snake_case", "snake_case"),
        ("_em_", r"\_em\_"),
        (": x", "&#58; x"),
    ],
)
def test_a_sign_is_escaped_where_it_means_something_and_only_there(text: str, markdown: str) -> None:
    assert as_text(text) == markdown


def test_an_address_of_a_service_by_itself_is_no_embed() -> None:
    url = "https://youtu.be/abcdefghijk"
    for text in (url, "https://example.org/a", f"See {url}", "::note[x]", ":::"):
        markdown = as_text(text)
        body = Renderer(MarkupOptions()).render(markdown, lang="en", source="articles/a.md")
        assert not uses(body.html)
        assert visible(markdown) == text
