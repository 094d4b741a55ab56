"""Warnings of an import in the terminal: those that say the same are one."""

from __future__ import annotations

from slugline.cli.commands.import_ import alike_once
from slugline.errors import Problem


def test_many_like_warnings_are_one_with_a_count() -> None:
    many = [Problem(f"seeds/{number}.txt", 1, "another paper's", "", "warning") for number in range(2_000)]
    few = [Problem(f"seeds/{number}.txt", 2, "no date", "", "warning") for number in range(3)]
    error = [Problem(f"seeds/{number}.txt", 0, "empty", "", "error") for number in range(5)]
    told = list(alike_once([*many, *few, *error]))
    assert [problem.message for problem in told] == [
        "another paper's (2,000 times; the first is here, all are in the report)",
        *["no date"] * 3,
        *["empty"] * 5,
    ]
    assert told[0].path == "seeds/0.txt"
