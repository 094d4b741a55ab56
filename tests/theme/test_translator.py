"""The theme's words in a language: values are escaped as Markup's own method escapes them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from slugline.theme.translations import translator

values = st.one_of(st.text(max_size=8), st.integers(), st.text(max_size=8).map(Markup), st.none(), st.booleans())
words = st.lists(st.sampled_from(["{n}", "{name}", "{{", "}}", "&", "<b>", " words "]), max_size=6).map("".join)


@given(words, values, values)
def test_words_with_values_are_what_markup_makes_of_them(text: str, n: Any, name: Any) -> None:
    assert translator({})(text, n=n, name=name) == escape(text).format(n=n, name=name)
    assert translator({"x": text})("x", n=n, name=name) == escape(text).format(n=n, name=name)


@given(words)
def test_words_without_values_are_escaped_and_their_placeholders_stay(text: str) -> None:
    found = translator({})(text)
    assert isinstance(found, Markup)
    assert found == escape(text)


def test_more_than_a_plain_name_between_braces_means_what_it_means_to_python() -> None:
    translate = translator({})
    assert translate("{n:03} of {n!r}", n=7) == "007 of 7"
    with pytest.raises(KeyError):
        translate("{other}", n=7)


def test_words_that_differ_without_end_are_not_all_retained() -> None:
    translate = translator({"a": "b"})
    for number in range(5000):
        assert translate(f"{number}") == str(number)
    assert translate("a") == "b"
