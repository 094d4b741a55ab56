"""Lines → units: paragraphs on one line, wrapped ones, and lines that only look wrapped."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.importing.rules import load_rules, words_of
from slugline.importing.units import ends_sentence, is_prose, units_of

RULES = load_rules()

ONE = (
    "The harbour board voted on Tuesday to rebuild the Victorian fish market that burned down two winters ago, ending "
    "a dispute that had split the town council and three local trade groups for the better part of a year."
)
TWO = (
    "Work is expected to start in May and to take eighteen months. The board put the cost at eleven million pounds, of "
    "which about a third will come from the insurance settlement and the rest from a loan."
)


def texts(source: str) -> list[str]:
    return [unit.text for unit in units_of(source, RULES)]


def wrapped(*paragraphs: str, width: int = 72, between: str = "\n\n") -> str:
    return between.join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in paragraphs)


def test_a_line_is_a_unit_where_nothing_is_wrapped() -> None:
    assert texts(f"{ONE}\n{TWO}\n\nShare\n") == [ONE, TWO, "Share"]


@pytest.mark.parametrize("width", [50, 64, 72, 80, 100, 120])
def test_wrapped_paragraphs_are_joined_at_any_usual_width(width: int) -> None:
    assert texts(wrapped(ONE, TWO, ONE, width=width)) == [ONE, TWO, ONE]


def test_wrapped_paragraphs_without_blank_lines_between_them_are_parted() -> None:
    assert texts(wrapped(ONE, TWO, ONE, TWO, between="\n")) == [ONE, TWO, ONE, TWO]


def test_a_furniture_line_below_a_wrapped_paragraph_is_not_joined_to_it() -> None:
    assert texts(wrapped(ONE, TWO) + "\nShare This Article\nLeave a Comment")[-2:] == ["Share This Article", "Leave a Comment"]


def test_an_indented_first_line_begins_a_paragraph() -> None:
    source = "\n".join(textwrap.fill(text, 70, initial_indent="   ") for text in (ONE, TWO, ONE))
    assert texts(source) == [ONE, TWO, ONE]


def test_a_list_of_short_lines_is_not_taken_for_a_wrapped_paragraph() -> None:
    lines = ["How the price of a sandwich is made", "Five towns without a bakery", "The wheat belt moves north again"]
    assert texts("\n".join(lines)) == lines


def test_items_of_a_list_are_units_of_their_own_with_their_continuation() -> None:
    source = wrapped(ONE, TWO) + "\n\n- " + textwrap.fill(ONE, 70, subsequent_indent="  ") + "\n- A short item\n"
    assert texts(source)[2:] == [f"- {ONE}", "- A short item"]


def test_a_hyphen_at_the_end_of_a_line_stays_and_is_marked() -> None:
    text = "The members of the board of the ferry company, which for eleven years has been state-owned, met on Monday."
    lines = textwrap.wrap(text, 85)
    assert lines[0].endswith("state-")
    unit = units_of(wrapped(ONE, TWO, width=85) + "\n\n" + "\n".join(lines), RULES)[-1]
    assert unit.text == text
    assert unit.hyphen


def test_a_sentence_that_a_line_break_cut_is_joined_even_where_nothing_is_wrapped() -> None:
    place = ONE.index(" a dispute")
    assert texts(f"{ONE[:place]}\n{ONE[place + 1 :]}\n\n{TWO}") == [ONE, TWO]


def test_units_know_their_line_and_whether_a_gap_is_above_them() -> None:
    units = units_of("A headline\n\nBy Jane Doe\n3 min read\n", RULES)
    assert [(unit.line, unit.gap) for unit in units] == [(1, True), (3, True), (4, False)]


@pytest.mark.parametrize(
    "text", ["He said so.", "“He said so.”", "Did he?", "He did (he said so.)", "说完了。", "قال ذلك؟", "And then…"]
)
def test_a_sentence_may_close_with_quotes_and_brackets(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "A headline", "It was this:", "One,"])
def test_a_headline_is_no_sentence(text: str) -> None:
    assert not ends_sentence(text)
    assert not is_prose(text)


@given(st.text(alphabet=st.sampled_from("ab cD.,-•*1)\n\t\u00a0é"), max_size=400))
def test_no_word_is_lost_between_lines_and_units(source: str) -> None:
    found = [word for unit in units_of(source, RULES) for word in words_of(unit.text)]
    assert found == words_of(source)


def test_a_caption_among_wrapped_lines_is_a_unit_of_its_own() -> None:
    text = (
        "The contract runs until 2027, with a break after eleven years if the\n"
        "price of energy should change by more than anybody in the town hall\n"
        "had thought it would. Nobody signs it lightly, the mayor told them.\n"
        "The scene on Monday. Photo: Jane Rowe/Reuters\n"
        "That may change in January, when the union has to say how the whole\n"
        "of it is to be paid for, and by whom, and above all until which year\n"
        "of grace the payments are to run.\n"
    )
    assert [unit.text[:12] for unit in units_of(text, RULES)] == ["The contract", "The scene on", "That may cha"]
