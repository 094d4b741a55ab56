"""Which publication a command works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from slugline.cli import main
from slugline.cli.publication import find_publication
from slugline.cli.screen import Screen


@pytest.fixture
def screen() -> Screen:
    return Screen(quiet=False, verbose=True)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    root = tmp_path / "paper"
    (root / "content" / "articles").mkdir(parents=True)
    (root / "slugline.toml").touch()
    return root


def test_the_present_folder_is_the_publication_and_nothing_is_said(
    paper: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(paper)
    assert find_publication(None, screen) == Path()
    assert capsys.readouterr().err == ""


def test_below_it_the_nearest_folder_above_is_and_is_named(
    paper: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (paper.parent / "slugline.toml").touch()
    monkeypatch.chdir(paper / "content" / "articles")
    assert find_publication(None, screen) == Path("../..")
    assert capsys.readouterr().err == f"publication: {paper.resolve()}\n"


def test_a_folder_that_is_given_is_taken_as_it_is(paper: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(paper / "content")
    assert find_publication(Path("articles"), screen) == Path("articles")


def test_where_no_folder_has_settings_the_present_one_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 1
    assert "there is no slugline.toml here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_commands_work_in_a_folder_of_the_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "paper"
    assert main(["init", str(root), "--timezone", "UTC", "-q"]) == 0
    monkeypatch.chdir(root / "content" / "articles" / "news")
    assert main(["new", "article", "The ferry is late"]) == 0
    assert Path(capsys.readouterr().err.strip()).samefile("the-ferry-is-late.md")
    assert main(["build", "-q"]) == 0
    assert (root / "build" / "index.html").is_file()
    assert main(["redirects"]) == 0
    assert main(["check"]) == 1
    assert "[local-address]" in capsys.readouterr().out
    settings = root / "slugline.toml"
    written = settings.read_text(encoding="utf-8")
    settings.write_text(written.replace("http://localhost:8000", "https://paper.example"), encoding="utf-8")
    assert main(["check"]) == 0
