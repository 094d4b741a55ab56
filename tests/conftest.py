"""What all tests share: the ``publication`` factory, and the profiles of the property tests.

``publication()`` writes a small publication with the tests' own tiny theme (``tests/sites/themes/tiny``) into a temporary
folder, and hands out a :class:`publications.Publication` to edit and build it with::

    def test_a_story_has_a_page(publication):
        courier = publication()
        courier.article("world/first", "Words.", tags=["Asia"])
        courier.check()                         # builds, and compares with a build from nothing
        assert "Words." in courier.read("build/world/2026/01/first/index.html")

Property tests run with few, always equal examples, so that a run says the same everywhere; SLUGLINE_HYPOTHESIS=long asks
for many and new ones.
"""

from __future__ import annotations

import os
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from publications import SETTINGS, Factory, Publication
from slugline.build import engine

settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=40, suppress_health_check=list(HealthCheck), database=None
)
settings.register_profile(
    "long", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck), print_blob=True
)
# Tests that generate their inputs take new ones in every run; the processes of one run share them.
os.environ.setdefault("SLUGLINE_SEED", str(random.SystemRandom().randrange(2**32)))

settings.load_profile(os.environ.get("SLUGLINE_HYPOTHESIS") or "ci")


def pytest_report_header() -> str:
    """The seed that repeats the run's generated inputs."""
    return f"generated inputs: SLUGLINE_SEED={os.environ['SLUGLINE_SEED']}"


@pytest.fixture
def publication(tmp_path: Path) -> Factory:
    """A factory of publications: ``publication(name="courier", settings=…, themes=("tiny",))``, each in a folder of its own."""

    def make(name: str = "courier", settings: str = SETTINGS, themes: tuple[str, ...] = ("tiny",)) -> Publication:
        return Publication(tmp_path / name, settings, themes)

    return make


# Builds of one process are made by the code that it has loaded, whatever happens to the files of it meanwhile.
engine.code_salt = cache(engine.code_salt)
