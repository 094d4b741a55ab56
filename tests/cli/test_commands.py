"""The command line: what it prints, what it leaves, how it exits."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from slugline import __version__
from slugline.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A publication as `slugline init` makes it."""
    root = tmp_path / "paper"
    assert main(["init", str(root), "--name", "The Paper", "--timezone", "Europe/Berlin", "-q"]) == 0
    return root


def build(root: Path, *more: str) -> int:
    return main(["build", "--root", str(root), "--now", "2030-01-01T00:00:00Z", *more])


def test_a_new_publication_builds_and_says_what_it_did(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(paper) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "pages:" in said.err
    assert "Welcome to The Paper" in (paper / "build" / "index.html").read_text(encoding="utf-8")


def test_a_folder_that_is_not_empty_is_not_made_a_publication(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor")
    assert main(["init", str(tmp_path)]) == 2
    assert "is not empty, it has letter.txt" in capsys.readouterr().err
    assert os.listdir(tmp_path) == ["letter.txt"]


def test_a_new_repository_becomes_a_publication_and_retains_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("README.md", "LICENSE", ".gitattributes"):
        (tmp_path / name).write_text("as it was\n")
    (tmp_path / ".gitignore").write_text("*.bak\n/build/")
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    assert "cd " not in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text() == "as it was\n"
    assert (tmp_path / ".gitignore").read_text() == "*.bak\n/build/\n/.build.staging/\n.slugline/\n"
    assert build(tmp_path, "-q") == 0


def test_a_name_is_made_of_the_folders_and_the_way_there_is_quoted_for_the_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "the gazette's paper"
    assert main(["init", str(root)]) == 0
    said = capsys.readouterr().err
    assert said.startswith("The Gazette's Paper is ready:")
    assert shlex.split(next(line for line in said.splitlines() if line.startswith("    cd "))) == ["cd", str(root)]


def test_a_check_of_a_new_publication_asks_for_its_address_and_nothing_else(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(paper, "-q") == 0
    assert main(["check", "--root", str(paper)]) == 1
    said = capsys.readouterr()
    assert "`publication.base_url` is `http://localhost:8000`" in said.out
    assert said.err == "1 error, 0 warnings, 0 notes\n"
    settings = paper / "slugline.toml"
    settings.write_text(settings.read_text("utf-8").replace("http://localhost:8000", "https://paper.example"), "utf-8")
    assert main(["check", "--root", str(paper)]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "0 errors, 0 warnings, 0 notes\n")


def test_an_unknown_time_zone_makes_no_publication(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "paper"), "--timezone", "Europe/Lodnon"]) == 1
    assert "did you mean `Europe/London`?" in capsys.readouterr().err
    assert not (tmp_path / "paper").exists()


def test_a_name_with_quotes_makes_settings_that_can_be_read(tmp_path: Path) -> None:
    root = tmp_path / "paper"
    assert main(["init", str(root), "--name", 'The "Good" Paper \\ Co', "--timezone", "UTC", "-q"]) == 0
    assert build(root, "-q") == 0


def test_errors_are_all_reported_with_file_line_and_mend_and_nothing_is_published(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = paper / "content" / "articles" / "news"
    (news / "one.md").write_text("---\ntitle: One\ndate: 2026-13-45\n---\nText.\n")
    (news / "two.md").write_text("---\ndate: 2026-01-01\nauthors: [the-editor]\n---\nText.\n")
    report = paper / "report.json"
    assert build(paper, "--report", str(report)) == 1
    said = capsys.readouterr().err
    assert "content/articles/news/one.md:3: error:" in said
    assert "content/articles/news/two.md:1: error: `title` is missing" in said
    assert "Traceback" not in said
    assert said.endswith("\n2 errors; nothing was published; the last good site is unchanged\n")
    assert not (paper / "build").exists()
    errors = json.loads(report.read_text())["errors"]
    assert {(error["path"], error["line"]) for error in errors} == {
        ("content/articles/news/one.md", 3),
        ("content/articles/news/two.md", 1),
    }
    assert all(error["hint"] for error in errors)


def test_the_report_has_the_fields_of_the_design(paper: Path) -> None:
    target = paper / "report.json"
    assert build(paper, "-q", "--report", str(target)) == 0
    report = json.loads(target.read_text())
    assert report["pages"] == report["rendered"] == report["written"] > 10
    assert report["unchanged"] == report["removed"] == 0
    assert report["errors"] == []
    assert {"scan", "parse", "render", "write", "total"} <= report["seconds"].keys()
    assert build(paper, "-q", "--report", str(target)) == 0
    again = json.loads(target.read_text())
    assert (again["rendered"], again["written"], again["unchanged"]) == (0, 0, report["pages"])


def test_why_names_the_reason_of_each_rendered_page(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(paper, "-q")
    story = paper / "content" / "articles" / "news" / "welcome.md"
    story.write_text(story.read_text() + "\nOne more paragraph.\n")
    capsys.readouterr()
    assert build(paper, "-q", "--why") == 0
    lines = capsys.readouterr().err.splitlines()
    (page,) = [line for line in lines if "/welcome/" in line]
    assert page.endswith(": the story content/articles/news/welcome.md changed")


def test_why_names_lists_by_their_titles(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(paper, "-q")
    (paper / "content" / "articles" / "news" / "second.md").write_text("---\ntitle: Second\ndate: 2026-01-02\n---\nText.\n")
    capsys.readouterr()
    assert build(paper, "-q", "--why") == 0
    lines = capsys.readouterr().err.splitlines()
    assert "/news/: the list of News changed" in lines
    assert not [line for line in lines if "(" in line or "section:" in line]


def test_a_report_on_standard_output_is_all_that_is_there(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(paper, "--why", "--report", "-") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["written"] == len(report["addresses"]["written"]) > 10
    assert not (paper / "-").exists()
    (paper / "content" / "articles" / "news" / "welcome.md").write_text("---\ntitle: T\n---\n")
    assert build(paper, "--report", "-") == 1
    assert json.loads(capsys.readouterr().out)["errors"]


def test_a_report_of_an_import_on_standard_output(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = paper / "seed.txt"
    seed.write_text("A story\n\nBy Jane Doe\n\nIts words.\n", "utf-8")
    main(["import", str(seed), "--root", str(paper), "--report", "-"])
    assert json.loads(capsys.readouterr().out)
    assert not list(paper.glob("-*"))


def test_the_report_lists_what_was_written_and_removed(paper: Path) -> None:
    target = paper / "report.json"
    build(paper, "-q")
    (paper / "content" / "articles" / "news" / "welcome.md").unlink()
    assert build(paper, "-q", "--report", str(target)) == 0
    report = json.loads(target.read_text())
    assert len(report["addresses"]["written"]) == report["written"] > 0
    assert len(report["addresses"]["removed"]) == report["removed"] > 0
    assert [url for url in report["addresses"]["removed"] if url.endswith("/welcome/")]
    assert "/" in report["addresses"]["written"]


def test_the_next_event_is_reported(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (paper / "content" / "articles" / "news" / "later.md").write_text("---\ntitle: Later\ndate: 2031-05-06 07:08\n---\nText.\n")
    assert build(paper) == 0
    assert "next: 2031-05-06 07:08, embargo of “Later” ends" in capsys.readouterr().err
    assert b"Later" not in b"".join(path.read_bytes() for path in (paper / "build").rglob("*.html"))


def test_a_new_article_is_a_draft_that_is_named_and_never_overwritten(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["new", "article", "Ünïcode & more: a headline", "--root", str(paper), "--author", "the-editors"]
    assert main(command) == 0
    path = Path(capsys.readouterr().err.strip())
    assert path.name == "unicode-more-a-headline.md"
    before = path.read_text(encoding="utf-8")
    assert "draft: true" in before
    assert main(command) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == before
    assert build(paper, "-q") == 0
    assert not list((paper / "build").glob("**/unicode-more-a-headline"))
    assert build(paper, "-q", "--drafts") == 0
    assert list((paper / "build").glob("**/unicode-more-a-headline"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--author", "the-editor"], "did you mean `the-editors`?"),
        (["--section", "nwes"], "did you mean `news`?"),
        (["--section", "../../etc"], "is no section's slug"),
    ],
)
def test_a_new_article_with_a_misspelt_author_or_section_is_refused(
    paper: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "article", "Headline", "--root", str(paper), *more]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["new"],
        ["--root", "."],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--now", "yesterday"],
        ["build", "--now", "2026-01-01"],
        ["build", "--verify", "2"],
    ],
)
def test_wrong_use_exits_with_two_and_says_why(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage:" in capsys.readouterr().err


def test_a_folder_without_settings_gets_a_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(tmp_path)]) == 1
    assert "slugline init" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []  # nothing is made in a folder that is no publication


def test_an_address_that_no_site_can_have_is_wrong_use(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(paper), "--base-url", "nothing"]) == 2
    assert "--base-url nothing is not the address of a site; write it as `https://www.example.org`" in capsys.readouterr().err


def test_the_output_cannot_be_the_publication_itself_or_a_folder_of_other_files(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(paper, "--output", str(paper / "content")) == 2
    assert build(paper, "--output", str(paper)) == 2
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    assert build(paper, "--output", str(precious)) == 2
    assert (precious / "thesis.txt").read_text() == "years of work"
    assert "holds files that are no site" in capsys.readouterr().err


def test_the_version_is_the_packages() -> None:
    import tomllib

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


def test_the_module_is_the_command(paper: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "site")}
    command = [sys.executable, "-m", "slugline", "build", "--root", str(paper)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "rendered" in done.stderr
