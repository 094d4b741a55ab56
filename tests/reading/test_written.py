"""Numbers as they were written, in both readers of front matter and in what comes of them."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.content import dump, load_front
from slugline.fields import Fields
from slugline.visibility import rest_of
from slugline.written import as_written, read_float, read_int

WRITTEN = ["007", "2.50", "3.10", "1984.", "0010", "-0", "+5", "00", "1.0e999", "1.10e3", "12", "1.5", "9" * 5000]

# The second line makes the front matter one that only the YAML parser reads.
BOTH = pytest.mark.parametrize("more", ["", "other: >\n  words\n"], ids=["certain", "parser"])


@BOTH
@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_in_the_place_of_a_text_is_as_it_was_written(text: str, more: str) -> None:
    front = f"title: {text}\ntags: [{text}, a]\nimage: {{src: a.jpg, alt: {text}}}\nseries: {text}\n{more}"
    data, problems = load_front(f"---\n{front}---\n", "x.md")
    fields = Fields("x.md", data, front)
    assert problems == []
    assert fields.text("title") == text
    assert fields.texts("tags") == (text, "a")
    assert fields.texts("series") == (text,)
    image = fields.image("image", str)
    assert image is not None
    assert image.alt == text
    assert fields.problems == []


@BOTH
def test_a_slug_of_digits_keeps_its_zeros(more: str) -> None:
    front = f"slug: 0010\n{more}"
    assert Fields("x.md", load_front(f"---\n{front}---\n", "x.md")[0], front).slug("slug", "") == "0010"


@BOTH
def test_to_a_theme_a_number_is_a_number(more: str) -> None:
    front = f"jersey: 007\nratio: 2.50\nlist: [01]\n{more}"
    extra = rest_of(Fields("x.md", load_front(f"---\n{front}---\n", "x.md")[0], front))
    assert (extra["jersey"], extra["ratio"]) == (7, 2.5)
    assert json.loads(json.dumps(extra)) == {**extra, "list": [1]}


@given(st.from_regex(r"[-+]?[0-9]{1,20}", fullmatch=True))
def test_whole_numbers_count_and_remember(text: str) -> None:
    number = read_int(text)
    assert number == int(text)
    assert as_written(number) == text
    assert as_written(pickle.loads(pickle.dumps(number))) == text


@given(st.from_regex(r"[-+]?[0-9]{1,12}\.[0-9]{0,12}(?:[eE][-+]?[0-9]{1,3})?", fullmatch=True))
def test_decimal_numbers_remember(text: str) -> None:
    assert as_written(read_float(text)) == text


@pytest.mark.parametrize("text", WRITTEN[:-1])
def test_what_is_written_back_is_as_it_was_written(text: str) -> None:
    data, _ = load_front(f"---\nphone: {text}\n---\n", "x.md")
    assert dump(data, "") in (f"---\nphone: {text}\n---\n", f"---\nphone: '{text}'\n---\n")
