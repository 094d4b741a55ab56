"""The second engine."""

from __future__ import annotations

import re

import pytest

from slugline.markup.commonmark import CommonMarkEngine
from slugline.markup.events import write_events
from slugline.markup.signs import RAW_CLOSE, RAW_OPEN

from .documents import Writer

MARKS = re.compile(f"[{RAW_OPEN}{RAW_CLOSE}]")


@pytest.mark.parametrize("share", range(4))
def test_what_is_written_from_events_is_what_pulldown_cmark_writes(share):
    reader = CommonMarkEngine(lang="en", raw_html=True).reader
    for seed in range(share, 800, 4):
        text = Writer(seed).document().replace("[^", "[")
        written = write_events(reader.events(text), raw_html=True, back="{}")
        assert MARKS.sub("", written) == reader.html(text), seed


def test_emphasis_follows_commonmark(render):
    assert render("**a*", engine="commonmark").html == "<p>*<em>a</em></p>"


def test_a_heading_needs_a_space(render):
    assert render("#hashtag", engine="commonmark").html == "<p>#hashtag</p>"
    assert render("#hashtag").html == '<h2 id="hashtag">hashtag</h2>'


def test_a_note_without_a_mark_stands_last(render):
    html = render("B[^b].\n\n[^a]: First.\n\n[^b]: Second.", engine="commonmark").html
    assert html.index("Second.") < html.index("First.")


def test_a_note_that_ends_with_a_list_leads_back_from_a_line_of_its_own(render):
    html = render("A[^a].\n\n[^a]: Text.\n\n    - item", engine="commonmark").html
    assert "</ul>\n<p><a aria-label" in html


def test_languages_of_code_and_alignments_are_written(render):
    assert 'class="language-py"' in render("```py\na\n```\n\n<b>", engine="commonmark").html
    assert "text-align: center" in render("|a|\n|:-:|\n|b|\n\n<b>", engine="commonmark").html
