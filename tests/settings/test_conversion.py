"""Values of TOML as the settings' fields want them."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from slugline.settings.conversion import as_written, convert


@pytest.mark.parametrize(
    ("hint", "value", "converted"),
    [
        (str, "x", "x"),
        (int, 3, 3),
        (bool, True, True),
        (float, 0.5, 0.5),
        (Literal["full", "summary"], "full", "full"),
        (tuple[str, ...], ["a", "b"], ("a", "b")),
        (tuple[int, ...], [1, 2], (1, 2)),
        (dict[str, str], {"a": "b"}, {"a": "b"}),
        (dict[str, list[str]], {"a": ["b"]}, {"a": ["b"]}),
        (dict[str, Any], {"a": 1}, {"a": 1}),
        (str | int, 3, 3),
    ],
)
def test_a_value_of_the_right_type_is_converted(hint: Any, value: object, converted: object) -> None:
    assert convert(hint, value) == (converted, "")


@pytest.mark.parametrize(
    ("hint", "value", "expected"),
    [
        (str, 1, "a text in quotes"),
        (int, True, "a whole number"),
        (int, 1.0, "a whole number"),
        (bool, 1, "true or false"),
        (Literal["full", "summary"], "half", '"full" or "summary"'),
        (tuple[str, ...], "a", "a list of texts"),
        (tuple[str, ...], ["a", 1], "a list of texts"),
        (tuple[int, ...], ["a"], "a list of whole numbers"),
        (dict[str, str], {"a": 1}, "a table"),
        (dict[str, str], [], "a table"),
        (list[str], [1], "a list of texts"),
        (str | int, 1.5, "a whole number"),
    ],
)
def test_another_type_is_answered_with_what_was_expected(hint: Any, value: object, expected: str) -> None:
    assert convert(hint, value)[1] == expected


def test_values_are_named_as_the_file_has_them() -> None:
    assert [as_written(value) for value in (True, False, {}, "x", 3)] == ["true", "false", "a table", '"x"', "3"]
