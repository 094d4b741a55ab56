"""Search as a reader meets it: in the browser, with the keyboard, over the years of the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("browser")


def test_a_story_is_found_with_the_keyboard_in_every_year_and_what_is_found_is_said(
    look: Callable[..., Any], archive: str
) -> None:
    seen = look("search", url=archive + "/search/", words="lighthouse", nothing="zeppelin")
    assert seen["before"] == 0, "nothing of the index is loaded before somebody looks for something"
    assert seen["role"] == "status"
    assert seen["many"] == "14 stories have “lighthouse”."
    assert len(seen["first"]) == 10
    assert seen["address"].endswith("/search/?q=lighthouse")
    assert seen["next"] == seen["first"][0], "after the field the Tab key leads to the first story"
    assert seen["all"][:10] == seen["first"]
    assert sorted(seen["all"]) == sorted(f"Report {day} of {year}" for year in (2025, 2026) for day in range(1, 8))
    assert seen["after"] == seen["all"][10], "more stories: the focus is on the first of them"
    assert seen["again"] == [seen["many"], "lighthouse"]
    assert seen["none"] == "No story has “zeppelin”."
    assert seen["left"] == []
    assert sorted(seen["segments"]) == ["2025", "2026"]
    assert seen["objections"] == []
    assert seen["errors"] == []
