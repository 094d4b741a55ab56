"""Drawings that try to run or load something: what is published of them does neither in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chance import generator
from sizes import sample
from slugline.images.svg import read_svg
from svg_vectors import ACTIVE, drawing, within

pytestmark = pytest.mark.xdist_group("browser")

_ON_A_PAGE = 60


@pytest.mark.parametrize("name", ACTIVE)
def test_what_chromium_obeys_is_refused(look: Callable[..., Any], name: str) -> None:
    assert look("drawings", drawings=[within(ACTIVE[name])]) != []
    assert read_svg(within(ACTIVE[name]).encode()).problem


def test_what_is_published_of_any_drawing_runs_and_loads_nothing(look: Callable[..., Any]) -> None:
    chance = generator("drawings")
    published = []
    for _ in range(sample(1_000, 40_000)):
        found = read_svg(drawing(chance).encode())
        if not found.problem:
            published.append(found.markup.decode())
            assert read_svg(found.markup).markup == found.markup, "what is published is read as it was written"
    assert len(published) > sample(1_000, 40_000) / 20, "hardly anything is published, so hardly anything was tried"
    for start in range(0, len(published), _ON_A_PAGE):
        tried = published[start : start + _ON_A_PAGE]
        assert look("drawings", drawings=tried) == [], tried
