"""Lines of inline Markdown: captions, credits, deks, corrections."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slugline.markup.errors import MarkdownError
from slugline.markup.inline_text import InlineText, escape_inline, inline_text, without_links

TAG = re.compile(r"</?(?:em|strong|code|a)\b[^<>]*>")


def read(line: str) -> InlineText:
    return inline_text(line, lambda target: target)


@pytest.mark.parametrize(
    "line",
    [
        "", "A plain line", "5 * 3 * 2", "a lone * and a lone _", "snake_case_name", "*open", "[no link]", "[a](b", "`open",
        "C:\\new", "AT&T <b>bold</b> &copy;", "*…**word*X", "# 1", "1. First", "> quoted", "- item", "~~~", "<!-- x -->",
        "![x](y.jpg",
    ],
)  # fmt: skip
def test_a_line_without_marks_is_itself(line: str) -> None:
    assert read(line) == InlineText(line)


@pytest.mark.parametrize(
    ("line", "html", "text"),
    [
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>", "a b c"),
        ("by [CC BY](https://x.org/by)", 'by <a href="https://x.org/by">CC BY</a>', "by CC BY"),
        ('[*a*](/x/ "T & t")', '<a href="/x/" title="T &amp; t"><em>a</em></a>', "a"),
        ("<b>*x*</b> & &copy;", "&lt;b&gt;<em>x</em>&lt;/b&gt; &amp; &amp;copy;", "<b>x</b> & &copy;"),
        ("`<b> & &amp;` *x*", "<code>&lt;b&gt; &amp; &amp;amp;</code> <em>x</em>", "<b> & &amp; x"),
        ("**b *c***", "<strong>b <em>c</em></strong>", "b c"),
    ],
)
def test_marks_are_read(line: str, html: str, text: str) -> None:
    assert read(line)[:2] == (text, html)


def test_a_backslash_makes_a_mark_text() -> None:
    assert read(r"\*x\* \[a](b)") == InlineText("*x* [a](b)")


def test_links_are_resolved_and_listed() -> None:
    found = inline_text("[a](b.md) [c](d)", lambda target: f"content:{target}")
    assert found.links == ("content:b.md", "content:d")
    assert 'href="content:b.md"' in found.html


def test_quotes_are_set_across_marks() -> None:
    def typeset(text: str) -> str:
        assert "*" not in text
        return text.replace('"', "”")

    found = inline_text('*a "b* c" `"`', str, typeset)
    assert found[:2] == ('a ”b c” "', '<em>a ”b</em> c” <code>"</code>')


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x"])
def test_a_link_that_would_run_a_script_is_an_error(target: str) -> None:
    with pytest.raises(MarkdownError, match="would run a script"):
        read(f"*x* [a]({target})")


def test_links_can_be_left_out() -> None:
    assert without_links(read("*x* [a *b*](https://x.org/)").html) == "<em>x</em> a <em>b</em>"
    assert without_links("<em>x</em>") == "<em>x</em>"


LINES = st.text(st.sampled_from("ab *_`[]()\\<>&\"'!#{}:/."), max_size=30)


@given(LINES)
@example("[a](")
@example("`` ` ``")
def test_any_line_is_safe_and_loses_no_letter(line: str) -> None:
    try:
        found = read(line)
    except MarkdownError:
        return
    html = found.html or escape(found.text, quote=False)
    bare = TAG.sub("", html)
    assert "<" not in bare
    assert ">" not in bare
    assert unescape(bare) == found.text
    targets = "".join(re.findall(r'(?:href|title)="([^"]*)"', html))
    assert sorted(re.sub("[^ab]", "", line)) == sorted(re.sub("[^ab]", "", found.text + unescape(targets)))


@given(LINES)
def test_an_escaped_line_is_read_as_it_was(line: str) -> None:
    assert read(escape_inline(line)) == InlineText(line)
