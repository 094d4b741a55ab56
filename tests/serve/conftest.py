"""``serving(paper, "--no-drafts")`` serves a publication until the test is over."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from served import Served

from publications import Publication

Serving = Callable[..., Served]


@pytest.fixture
def serving() -> Iterator[Serving]:
    """A function that serves a publication: ``serving(paper, "--no-drafts")``."""
    running: list[Served] = []

    def start(paper: Publication, *arguments: str, **options: Any) -> Served:
        running.append(Served(paper, *arguments, **options))
        return running[-1]

    yield start
    for served in running:
        if served.process.poll() is None:
            served.stop(signal.SIGKILL)
