"""Where a build's time goes, as the benchmark shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import profile_build


@pytest.mark.parametrize(("arguments", "shown"), [((), "| **all** |"), (("--functions", "3"), "cumtime")])
def test_a_profile_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], shown: str
) -> None:
    given = ["profile_build", "--stories", "120", "--runs", "1", "--work", str(tmp_path), "--output", str(tmp_path), *arguments]
    monkeypatch.setattr("sys.argv", given)
    profile_build.main()
    assert shown in capsys.readouterr().out
