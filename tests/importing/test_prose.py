"""The units of a story → Markdown: headings, lists, quotes and rules where the text shows them."""

from __future__ import annotations

import pytest

from slugline.importing.prose import blocks_of, paragraphs, shown, to_markdown
from slugline.importing.rules import load_rules
from slugline.importing.units import units_of

PROSE = "The council said on Monday that it would look at the matter again in the spring of next year."


def markdown(*lines: str) -> str:
    return to_markdown(blocks_of(units_of("\n\n".join(lines), load_rules())))


def test_paragraphs_stand_apart() -> None:
    assert markdown(PROSE, PROSE) == f"{PROSE}\n\n{PROSE}"


@pytest.mark.parametrize("heading", ["What comes next", "Who pays?", "After the Flood", "Der Mais ist schuld", "12 March 2010"])
def test_a_short_line_alone_over_a_paragraph_is_a_heading(heading: str) -> None:
    assert markdown(PROSE, heading, PROSE) == f"{PROSE}\n\n## {heading}\n\n{PROSE}"


@pytest.mark.parametrize(
    "line", ["He paused.", "he paused", "“No one,” he said", "And so:", "— Swans, she said", "A very long line " * 8]
)
def test_a_line_that_reads_like_speech_or_a_sentence_is_no_heading(line: str) -> None:
    assert "## " not in markdown(PROSE, line.strip(), PROSE)


def test_a_short_line_at_the_end_is_no_heading() -> None:
    assert "## " not in markdown(PROSE, "What comes next")


def test_a_short_line_in_the_middle_of_a_block_is_no_heading() -> None:
    source = f"{PROSE}\n\n{PROSE}\n\n{PROSE}\nWhat comes next\n{PROSE}"
    assert "## " not in to_markdown(blocks_of(units_of(source, load_rules())))


def test_headings_that_are_marked_keep_their_level_below_the_headlines() -> None:
    assert markdown("# One", PROSE, "### Three", PROSE, "**Bold**", PROSE).count("\n## Bold") == 1
    assert markdown("# One", PROSE, "### Three", PROSE).startswith("## One\n")
    assert "### Three" in markdown("# One", PROSE, "### Three", PROSE)


@pytest.mark.parametrize("sign", ["•", "-", "*", "▪", "◦", "·"])
def test_lines_with_the_same_sign_are_a_list(sign: str) -> None:
    assert markdown(PROSE, f"{sign} one\n{sign} two", PROSE) == f"{PROSE}\n\n- one\n- two\n\n{PROSE}"


def test_items_with_blank_lines_between_them_are_one_list() -> None:
    assert markdown("• one", "• two", "• three") == "- one\n- two\n- three"


@pytest.mark.parametrize("stop", [".", ")"])
def test_numbers_that_count_up_are_an_ordered_list(stop: str) -> None:
    assert markdown(f"1{stop} one\n2{stop} two") == "1. one\n2. two"


def test_an_ordered_list_keeps_the_number_that_it_begins_with() -> None:
    assert markdown("4. four\n5. five") == "4. four\n5. five"


@pytest.mark.parametrize(
    "line", ["- a dash alone", "* a note", "1984. It was a year like any other.", "007. It was a film like any other."]
)
def test_a_sign_or_number_alone_is_text(line: str) -> None:
    assert shown(markdown(PROSE, line, PROSE)) == shown(PROSE) + shown(line) + shown(PROSE)
    assert "\\" in markdown(PROSE, line, PROSE)


def test_numbers_that_do_not_count_up_stay_as_they_are() -> None:
    assert markdown("1. one\n1. again") == "1\\. one\n\n1\\. again"


def test_a_quoted_line_is_a_quote() -> None:
    assert markdown(PROSE, "> To be or not to be.") == f"{PROSE}\n\n> To be or not to be."


def test_a_rule_stays_between_paragraphs_and_goes_at_the_edges() -> None:
    assert markdown("***", PROSE, "* * *", "---", PROSE, "———") == f"{PROSE}\n\n* * *\n\n{PROSE}"


def test_a_paragraph_that_begins_in_lower_case_is_doubted() -> None:
    blocks = blocks_of(units_of(f"{PROSE[:-1]}\n\nand so did the mayor.", load_rules()))
    assert "lower case" in blocks[1].doubt


def test_paragraphs_of_a_bio_are_escaped_too() -> None:
    assert paragraphs(["*Star*", "Plain."]) == "\\*Star\\*\n\nPlain."
