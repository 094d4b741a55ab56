"""Frozen values: what a frozen dataclass would do, done by functions that are written once."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import ClassVar

import pytest

from slugline.frozen import Frozen, doc, fresh


class Place(Frozen):
    name: str
    people: int = 0
    tags: dict[str, str] = doc("What is said of it.", {})
    notes: list[str] = fresh(list, key="remarks")
    text: str = ""

    hidden: ClassVar[frozenset[str]] = frozenset(("text",))


@dataclass(frozen=True)
class Twin:
    name: str
    people: int = 0


def test_fields_are_given_by_place_or_by_name_and_defaults_fill_the_rest() -> None:
    place = Place("Harbour", people=9)
    assert (place.name, place.people, place.tags, place.notes) == ("Harbour", 9, {}, [])


def test_what_is_made_for_each_value_is_not_shared() -> None:
    one, other = Place("a"), Place("a")
    one.notes.append("seen")
    one.tags["x"] = "y"
    assert (other.notes, other.tags) == ([], {})


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("a",), {"nmae": 1}), (("a", 1, {}, [], "", 6), {}), ((), {"people": 1})]
)
def test_a_field_too_few_or_too_many_is_an_error(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Place(*values, **named)  # type: ignore[arg-type]


def test_a_value_does_not_change() -> None:
    place = Place("Harbour")
    with pytest.raises(AttributeError, match="frozen"):
        place.name = "Quay"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del place.name
    assert place.replaced(name="Quay").name == "Quay"
    assert place.name == "Harbour"


def test_values_are_equal_by_class_and_by_what_is_not_hidden() -> None:
    class Other(Frozen):
        name: str

    assert Place("a", text="one") == Place("a", text="two")
    assert Place("a") != Place("b")
    assert Place("a") != Other("a")
    assert hash(Other("a")) == hash(Other("a"))


def test_a_value_looks_like_a_dataclass_and_survives_pickling() -> None:
    class Small(Frozen):
        name: str
        people: int = 0

    assert repr(Small("x", 2)).partition("(")[2] == repr(Twin("x", 2)).partition("(")[2]
    place = Place("Harbour", 3, {"a": "b"})
    assert pickle.loads(pickle.dumps(place)) == place


def test_a_declaration_has_its_sentence_its_key_and_whether_it_is_required() -> None:
    name, people, tags, notes, text = Place.fields
    assert (name.required, people.required, tags.required, notes.required) == (True, False, False, False)
    assert (tags.doc, notes.key, text.key) == ("What is said of it.", "remarks", "text")


def test_a_class_below_another_has_the_fields_of_both() -> None:
    class Town(Place):
        mayor: str = "nobody"

    assert [field.name for field in Town.fields] == ["name", "people", "tags", "notes", "text", "mayor"]
    assert Town("a").mayor == "nobody"
