"""The values of options."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from slugline.cli.values import jobs, moment, part, port


def test_values_are_converted() -> None:
    assert moment("2026-01-24T09:00:00Z") == datetime(2026, 1, 24, 9, tzinfo=UTC)
    assert (jobs("1"), jobs("256"), port("0"), port("65535"), part("0"), part("0.01"), part("1")) == (
        1, 256, 0, 65535, 0.0, 0.01, 1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (moment, "yesterday"),
        (moment, "2026-01-24"),
        (jobs, "0"),
        (jobs, "257"),
        (jobs, "many"),
        (port, "65536"),
        (port, "-1"),
        (part, "1.1"),
        (part, "-0.1"),
        (part, "nan"),
        (part, "half"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_to_write(kind: Callable[[str], object], text: str) -> None:
    with pytest.raises(ArgumentTypeError, match=rf"`{text}` .*; write "):
        kind(text)
