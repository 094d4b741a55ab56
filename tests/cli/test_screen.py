"""What people read on standard error."""

from __future__ import annotations

import pytest

from slugline.cli.screen import Screen, plural
from slugline.errors import Problem

WARNING = Problem("content/a.md", 3, "a warning", severity="warning")
ERROR = Problem("content/a.md", 4, "an error", "write it otherwise")


def test_quiet_says_only_errors_and_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(quiet=True, verbose=False)
    screen.say("done")
    screen.detail("in detail")
    screen.problem(WARNING)
    screen.progress("render", 5000, 5000)
    assert capsys.readouterr().err == ""
    screen.say("asked for", always=True)
    screen.problem(ERROR)
    assert capsys.readouterr().err == "asked for\ncontent/a.md:4: error: an error\n    write it otherwise\n"


def test_elsewhere_than_on_a_terminal_long_work_is_a_line_each_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(quiet=False, verbose=False)
    for done in range(0, 2001, 10):
        screen.progress("render", done, 2000)
    screen.progress("parse", 1999, 1999)
    assert capsys.readouterr().err.splitlines() == [
        "render: 500 of 2,000",
        "render: 1,000 of 2,000",
        "render: 1,500 of 2,000",
        "render: 2,000 of 2,000",
    ]


def test_on_a_terminal_a_bar_is_drawn_and_cleared_and_severities_are_coloured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Screen(quiet=False, verbose=False)
    screen.terminal = True
    screen.progress("render", 100, 200)
    screen.progress("render", 101, 200)
    screen.end_line()
    screen.end_line()
    screen.problem(ERROR)
    shown = capsys.readouterr().err
    assert shown.count("█" * 15 + "░" * 15) == 1
    assert shown.count("\r\033[K") == 1
    assert "\033[31merror:\033[0m an error" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    screen.problem(ERROR)
    assert "\033" not in capsys.readouterr().err


def test_counts_agree_with_their_nouns() -> None:
    assert [plural(count, "page") for count in (0, 1, 2000)] == ["0 pages", "1 page", "2,000 pages"]
