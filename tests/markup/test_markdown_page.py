"""The page on Markdown says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slugline.markup.typography import typography

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "markdown.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^(```|~~~)markdown\n(.*?)^\1\n\n```html\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_has_examples():
    assert len(EXAMPLES) >= 13
    assert PAGE.count("\n```html\n") == len(EXAMPLES)


@pytest.mark.parametrize(("markdown", "html"), [example[1:] for example in EXAMPLES], ids=lambda text: text[:20])
def test_an_example_is_rendered_as_the_page_says(render, markdown, html):
    found = render(markdown, source="articles/africa/x.md").html
    assert re.sub(r"\n+", "\n", found) == html.rstrip("\n")


def test_the_marks_of_each_language_are_those_of_the_page():
    rows = {
        row[0]: row[1:] for row in re.findall(r"^\| ([^|]+?) \| (\S \S|« » with [^|]+?) \| (\S \S) \|$", PAGE, re.MULTILINE)
    }
    names = {
        "English": "en",
        "German,": "de",
        "German and": "de-CH",
        "French": "fr",
        "Spanish": "es",
        "Norwegian": "nb",
        "Russian": "ru",
        "Swedish": "sv",
        "Polish": "pl",
        "Romanian": "ro",
        "Hungarian": "hu",
        "Japanese": "ja",
    }
    assert len(rows) == len(names)
    for beginning, tag in names.items():
        double, single = next(marks for name, marks in rows.items() if name.startswith(beginning))
        rules = typography(tag)
        assert double[:3] == " ".join(mark.strip() for mark in rules.double)
        assert single == " ".join(rules.single)
