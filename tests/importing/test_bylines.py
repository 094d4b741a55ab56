"""Bylines → people, and the lines that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.importing.bylines import Bylines, merged
from slugline.importing.model import Person
from slugline.importing.rules import load_rules

READER = Bylines(load_rules(), ["The Update Desk"])


def people(text: str, *, led: bool = True) -> list[tuple[str, str]]:
    byline = READER.read(text, 1, led=led)
    return [(person.name, person.role) for person in byline.people] if byline else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", [("Jane Doe", "")]),
        ("Jane Doe and John Roe", [("Jane Doe", ""), ("John Roe", "")]),
        ("Jane Doe, John Roe and Ann Poe", [("Jane Doe", ""), ("John Roe", ""), ("Ann Poe", "")]),
        ("Jane Doe & John Roe", [("Jane Doe", ""), ("John Roe", "")]),
        ("Jane Doe, Chief Reporter; John Roe, Asia Editor", [("Jane Doe", "Chief Reporter"), ("John Roe", "Asia Editor")]),
        ("Jane Doe, Chief Reporter, and John Roe, Asia Editor", [("Jane Doe", "Chief Reporter"), ("John Roe", "Asia Editor")]),
        ("John Roe, Asia Editor and Jane Doe", [("John Roe", "Asia Editor"), ("Jane Doe", "")]),
        ("Jane Doe, Business and Economy Correspondent", [("Jane Doe", "Business and Economy Correspondent")]),
        ("Jane Doe | Senior Writer", [("Jane Doe", "Senior Writer")]),
        ("Jane Doe – Senior Writer", [("Jane Doe", "Senior Writer")]),
        ("Jane Doe in Seoul and John Roe in New York", [("Jane Doe", ""), ("John Roe", "")]),
        ("Jane Doe, Seoul", [("Jane Doe", "")]),
        ("Jane Doe, The Update Desk", [("Jane Doe", "")]),
        ("Jane Doe for The Update Desk", [("Jane Doe", "")]),
        ("Jane Doe (@janedoe)", [("Jane Doe", "")]),
        ("Jane Doe jane@example.org", [("Jane Doe", "")]),
        ("JANE DOE", [("Jane Doe", "")]),
        ("Nyla", [("Nyla", "")]),
        ("Reuters", [("Reuters", "")]),
        ("Jane Doe, Reuters", [("Jane Doe", ""), ("Reuters", "")]),
        ("Jean-Pierre de la Tour", [("Jean-Pierre de la Tour", "")]),
        ("Siobhán O'Brien-Smith Jr.", [("Siobhán O'Brien-Smith Jr.", "")]),
        ("J. K. Rowe", [("J. K. Rowe", "")]),
        ("Dr. Jane Doe, Professor of Law", [("Dr. Jane Doe", "Professor of Law")]),
        ("María José Pérez y Juan García", [("María José Pérez", ""), ("Juan García", "")]),
        ("Anne Müller, Wissenschaftsredakteurin", [("Anne Müller", "Wissenschaftsredakteurin")]),
        ("أحمد علي وسارة حسن", [("أحمد علي", ""), ("سارة حسن", "")]),
        ("أحمد علي، مراسل الشرق الأوسط", [("أحمد علي", "مراسل الشرق الأوسط")]),
        ("Jane Doe and John Roe, Staff Writers", [("Jane Doe", ""), ("John Roe", "Staff Writers")]),
    ],
)
def test_names_and_roles_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister said so",
        "The Long Road to Peace",
        "Politics Editor and Columnist",
        "Seoul, South Korea",
        "Friday",
        "World News",
        "Jane Doe went to the market and bought a pound of plums for her aunt",
        "24 January 2026",
        "",
    ],
)
def test_a_line_without_a_name_is_no_byline(text: str) -> None:
    assert people(text, led=False) == []


def test_a_task_goes_with_the_people_behind_it() -> None:
    byline = READER.read("Jane Doe, photographs by John Roe", 4, led=True)
    assert byline is not None
    assert byline.people == (Person("Jane Doe", line=4), Person("John Roe", line=4, task="Photographs"))


def test_a_place_is_kept_apart() -> None:
    byline = READER.read("Jane Doe, Middle East Correspondent, in Beirut", 1, led=True)
    assert byline is not None
    assert byline.place == "Beirut"
    assert byline.people[0].role == "Middle East Correspondent"


def test_a_second_name_that_may_be_a_place_is_doubted() -> None:
    byline = READER.read("Jane Doe, New York", 1, led=True)
    assert byline is not None
    assert byline.doubts == ("`New York` is taken for a second author",)


def test_a_role_that_no_rule_knows_is_doubted() -> None:
    byline = READER.read("Jane Doe, keeper of the lighthouse", 1, led=True)
    assert byline is not None
    assert byline.people[0].role == "keeper of the lighthouse"
    assert "taken for the role" in byline.doubts[0]


def test_the_same_person_twice_is_one_with_what_either_line_says() -> None:
    one = merged([Person("Jane Doe"), Person("John Roe"), Person("JANE DOE", role="Editor", bio="Bio.")])
    assert one == (Person("Jane Doe", role="Editor", bio="Bio."), Person("John Roe"))


@given(st.text(max_size=120), st.booleans())
def test_any_line_is_a_byline_or_none_and_never_fails(text: str, led: bool) -> None:
    byline = READER.read(text, 1, led=led)
    assert byline is None or all(person.name for person in byline.people)
