"""The seed that the project began with, and the two forms of its read time."""

from __future__ import annotations

from pathlib import Path

import pytest

SEED = next((Path(__file__).parents[2] / "seeds").glob("000_*.txt"))
RAW = SEED.read_bytes()


@pytest.fixture
def item(read):
    return read(RAW)


def test_the_headline_the_author_and_the_role_are_found(item) -> None:
    assert item.title == "New Era for US-South Korea Defence Cooperation"
    assert [(person.name, person.role) for person in item.people] == [("Michael Okonkwo", "Middle East Correspondent")]


def test_the_bio_is_the_authors_and_not_the_storys(item) -> None:
    assert item.people[0].bio.startswith("Michael Okonkwo is an experienced Middle East correspondent")
    assert "Born in Lagos" not in item.body


def test_the_body_is_the_eight_paragraphs_of_the_seed_unchanged(item) -> None:
    lines = RAW.decode("utf-8").split("\n")
    paragraphs = lines[6:21:2]
    assert len(paragraphs) == 8
    assert item.body == "\n\n".join(paragraphs)


def test_both_forms_of_the_read_time_are_recognised(item) -> None:
    assert [part.text for part in item.parts if part.kind == "read_time"] == ["3 Min Read", "⏱️ 3 min read"]
    assert item.meta["stated_read_time"] == 3


def test_each_line_of_furniture_is_named_with_its_line(item) -> None:
    kinds = {part.line: part.kind for part in item.parts}
    assert kinds == {
        1: "headline",
        3: "byline",
        4: "read_time",
        5: "read_time",
        23: "share",
        24: "bio",
        25: "comment_form",
        27: "comment_form",
        29: "comment_form",
        31: "copyright",
        32: "legal",
    }


def test_no_date_is_invented(item) -> None:
    assert item.date is None
    assert item.updated is None


def test_the_body_keeps_all_462_of_its_words(item) -> None:
    assert (item.words_in, item.words_out, item.words_total) == (462, 462, 566)
