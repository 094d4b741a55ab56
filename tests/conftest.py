"""What all tests share: the ``publication`` factory, papers that are built once a run, the seed, and what tests need.

``publication()`` writes a small publication with the tests' own tiny theme (``tests/sites/themes/tiny``) into a temporary
folder, and hands out a :class:`publications.Publication` to edit and build it with::

    def test_a_story_has_a_page(publication):
        courier = publication()
        courier.article("world/first", "Words.", tags=["Asia"])
        courier.check()                         # builds, and compares with a build from nothing
        assert "Words." in courier.read("build/world/2026/01/first/index.html")

``once("name", make)`` makes a folder in the first process of a run that asks for it, and returns it to all of them.

``sizes.py`` says how much is tried at random, ``chance.py`` with which seed, and ``needs.py`` what a machine may lack.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from chance import IS_FIXED, SEED
from needs import require
from publications import SETTINGS, Factory, Publication
from sizes import LONG, sample
from slugline.build import salt
from slugline.theme.jinja import ThemeEnvironment

settings.register_profile(
    "slugline",
    database=None,
    deadline=None,
    derandomize=IS_FIXED,
    max_examples=sample(40, 2000),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("slugline")

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(name, …): what the test needs; see tests/needs.py")
    if not IS_FIXED and config.getoption("hypothesis_seed") is None:
        config.option.hypothesis_seed = SEED


def pytest_report_header() -> str:
    length = "; long" if LONG else ""
    if IS_FIXED:
        return f"seed: fixed{length}; SLUGLINE_SEED=… chooses another"
    return f"seed: {SEED}{length}; SLUGLINE_SEED={SEED} repeats it"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        require(*mark.args)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock that only one process of a run can hold at a time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def once(shared: Path) -> Once:
    """A function that makes a folder once a run: ``once("gazette", make)``; ``make`` gets the folder, empty."""

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / name
        done = shared / f"{name}.done"
        with alone(shared / f"{name}.lock"):
            if not done.exists():
                # What a process that failed has left is made anew.
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture
def publication(tmp_path: Path) -> Factory:
    """A factory of publications: ``publication(name="courier", settings=…, themes=("tiny",))``, each in a folder of its own."""

    def make(name: str = "courier", settings: str = SETTINGS, themes: tuple[str, ...] = ("tiny",)) -> Publication:
        return Publication(tmp_path / name, settings, themes)

    return make


def once_a_process(method: str) -> None:
    """Let each template be parsed and compiled once a process: of a small first build with the default theme that is the most.

    What comes of it depends on what enters the key. Publications cache it in the same way, each beside its own build state.
    """
    made_anew = getattr(ThemeEnvironment, method)
    known: dict[tuple[object, ...], Any] = {}

    def made_once(environment: Any, *arguments: Any) -> Any:
        name = arguments[1] if len(arguments) > 1 else None
        parts = [environment.source_of(other) for other in environment.inlined(name)] if name else []
        parts += environment.list_templates() if parts else []
        options = (environment.autoescape, environment.optimized, frozenset(environment.filters.items()))
        key = (*options, *parts, *arguments)
        if key not in known:
            known[key] = made_anew(environment, *arguments)
        return known[key]

    setattr(ThemeEnvironment, method, made_once)


once_a_process("parse")
once_a_process("compile")

# Builds of one process are made by the code that it has loaded, whatever happens to the files of it meanwhile.
salt.code_salt = cache(salt.code_salt)
salt.code_digest = cache(salt.code_digest)
