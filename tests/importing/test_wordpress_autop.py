"""The classic editor's text: blank lines are paragraphs, newlines are breaks, and blocks are left as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slugline.importing.wordpress.autop import autop


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("One.\r\n\r\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("One\ntwo.", "<p>One<br>\ntwo.</p>\n"),
        ("One<br />\ntwo.", "<p>One<br />\ntwo.</p>\n"),
        ("One<br><br>two.", "<p>One</p>\n<p>two.</p>\n"),
        ("<strong>One</strong>\ntwo", "<p><strong>One</strong><br>\ntwo</p>\n"),
        ("A\n<h2>Head</h2>\nB", "<p>A</p>\n<h2>Head</h2><p>B</p>\n"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<blockquote>Quoted.\n\nTwice.</blockquote>", "<blockquote><p>Quoted.</p>\n<p>Twice.</p>\n</blockquote>"),
        ("<blockquote>Quoted.</blockquote>", "<blockquote><p>Quoted.</p>\n</blockquote>"),
        ("<div>Alone</div>", "<div>Alone</div>"),
        ("<div>One\n\ntwo</div>", "<div><p>One</p>\n<p>two</p>\n</div>"),
        ("<p>Done\nalready</p>", "<p>Done<br>\nalready</p>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
        ("A<!--more-->\n\nB", "<p>A</p>\n<p>B</p>\n"),
        ("&nbsp;\n\nA", "<p>A</p>\n"),
        ("", ""),
        ("<table>\n<tr>\n<td>x</td>\n</tr>\n</table>", "<table>\n<tr>\n<td>x</td>\n</tr>\n</table>"),
    ],
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert autop(text) == html


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab <>/\n\r-!p&;") | st.characters(codec="utf-8"), max_size=200))
def test_no_word_is_lost_and_nothing_crashes(text: str) -> None:
    text = text.replace("<!--", "")
    words = re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", text))
    assert re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", autop(text))) == words
