"""A bug is a bug: never a damaged state, never a change of what is published; and damage is damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from chance import generator
from publications import NOW, Factory, Publication, assert_same_tree
from slugline import crash
from slugline.build import grants, ledger, plan, render, sources, workshop
from slugline.build.integrity import is_damaged
from slugline.checks import run as checks_run
from slugline.cli import main
from slugline.importing import run as importing_run
from slugline.pages import rendering


@pytest.fixture
def paper(publication: Factory) -> Publication:
    made = publication()
    made.author("jane-doe", "Writes.")
    for number in range(1, 4):
        day = f"2026-01-0{number}"
        made.article(f"world/story-{number}", f"Words {number}.", date=day, tags=["Asia"], authors=["jane-doe"])
    made.source("pages/about.md", {"title": "About"}, "About us.")
    made.build()
    return made


def raising(error: Exception) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def failing_share(share: Sequence[workshop.Job]) -> list[workshop.Outcome]:
    """What a worker finds by its name, whether it was forked or not."""
    raise TypeError(f"planted in {len(share)} pages")


def command(paper: Publication, *arguments: str) -> int:
    return main([*arguments, "--root", str(paper.root)])


def crash_reports(paper: Publication) -> list[Path]:
    return sorted((paper.root / ".slugline").glob("crash-*.txt"))


PLANTED = [
    (plan, "in_words", TypeError("planted")),
    (grants, "_story_grants", KeyError("planted")),
    (sources, "cross_check", ValueError("planted\nin two lines")),
    (rendering, "RenderContext", AttributeError("planted")),
    (workshop, "route_of", KeyError("planted")),
    (ledger, "number_of", IndexError("planted")),
]


@pytest.mark.parametrize(("module", "name", "error"), PLANTED, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_bug_of_a_build_ends_with_70_and_changes_nothing(
    paper: Publication,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    error: Exception,
) -> None:
    before = paper.stamps()
    paper.replace("content/articles/world/story-2.md", "Words", "Wards")
    with monkeypatch.context() as patch:
        patch.setattr(module, name, raising(error))
        assert command(paper, "build", "--now", NOW.isoformat()) == 70
    (line,) = capsys.readouterr().err.splitlines()
    (report,) = crash_reports(paper)
    assert str(report) in line
    assert type(error).__name__ in line
    assert "nothing was published; the last good site is unchanged" in line
    assert "developers of Slugline" in line
    said = report.read_text()
    for part in ("Traceback", "planted", "Python", "slugline build --now", "test_bugs.py"):
        assert part in said
    assert paper.stamps() == before
    assert not list((paper.root / ".slugline").glob("*.damaged"))
    # What the failed build owes is made up for by the next one.
    paper.build()
    assert_same_tree(paper.tree(), paper.clean_tree())


def test_a_bug_in_another_process_brings_its_traceback(
    paper: Publication, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "_ALONE", 1)
    monkeypatch.setattr(render, "_do_share", failing_share)
    paper.write("themes/tiny/base.html", paper.read("themes/tiny/base.html") + "<!-- -->")
    before = paper.tree()
    assert command(paper, "build", "--jobs", "2", "--now", NOW.isoformat()) == 70
    assert len(capsys.readouterr().err.splitlines()) == 1
    (report,) = crash_reports(paper)
    assert "in failing_share" in report.read_text()
    assert paper.tree() == before


def test_a_bug_of_a_check_or_an_import_is_said_as_one(
    paper: Publication, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checks_run, "Archive", raising(KeyError("planted")))
    monkeypatch.setattr(importing_run, "Writer", raising(ValueError("planted")))
    seed = tmp_path / "seed.txt"
    seed.write_text("A headline\n\nSome words.\n")
    for arguments in (("check",), ("import", str(seed))):
        assert command(paper, *arguments) == 70
        (line,) = capsys.readouterr().err.splitlines()
        assert "a bug of Slugline" in line
        assert "published" not in line
    assert len(crash_reports(paper)) == 2
    assert not is_damaged(str(paper.state))


def test_outside_of_a_publication_the_report_is_in_the_temporary_folder(tmp_path: Path) -> None:
    line = crash.bug_line(KeyError("planted"), tmp_path, "0", ["init", "x"])
    (named,) = [word for word in line.split() if word.endswith(".txt")]
    assert "slugline init x" in Path(named).read_text()
    assert not Path(named).is_relative_to(tmp_path)


def test_errors_of_a_publication_say_what_did_not_happen(paper: Publication, capsys: pytest.CaptureFixture[str]) -> None:
    paper.write("slugline.toml", "[publication]\nname = 3\n")
    said = {}
    for arguments in (("build",), ("check",), ("import", str(paper.root / "content")), ("new", "article", "Headline")):
        assert command(paper, *arguments) == 1
        said[arguments[0]] = capsys.readouterr().err.splitlines()[-1]
    assert said["build"].endswith("nothing was published; the last good site is unchanged")
    assert all("last good site" not in line for name, line in said.items() if name != "build")


def folded(paper: Publication) -> bytes:
    with sqlite3.connect(paper.state) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return paper.state.read_bytes()


def test_a_sound_state_is_not_taken_for_damaged(paper: Publication) -> None:
    assert not is_damaged(str(paper.state))
    paper.article("world/story-2", "Other words.", date="2026-01-05", tags=["Trade"], draft=True)
    paper.delete("content/articles/world/story-1.md")
    paper.build()
    assert not is_damaged(str(paper.state))


DAMAGE = [
    "UPDATE query SET body = '[\"articles/x\", \"Nothing\"]'",
    "UPDATE page SET name = 'bucket x' WHERE name LIKE 'article %-1.md'",
    "UPDATE page SET queries = x'0102' WHERE path IS NOT NULL",
    "UPDATE article SET teaser = '[1]'",
    "UPDATE article SET teaser = 5",
    "UPDATE item SET value = 'x'",
    "UPDATE fact SET value = '{' WHERE name = 'clock'",
    "UPDATE fact SET value = '[]' WHERE name = 'clock'",
    "UPDATE fact SET value = 'x' WHERE name = 'facts'",
    "DELETE FROM story",
    "DELETE FROM article WHERE key LIKE '%-1.md'",
    "DELETE FROM item WHERE kind = 'page'",
]


UNNOTICED = [
    "UPDATE page SET name = 'nonsense ' || name WHERE name LIKE 'article %'",
    "UPDATE route SET page = 'nonsense' WHERE parent = 'root' AND page = (SELECT min(page) FROM route WHERE parent = 'root')",
    "UPDATE page SET folded = 'x' WHERE path = 'index.html'",
    "DELETE FROM route WHERE parent = 'root'",
    "UPDATE article SET sort = '2'",
]
"""What need not make a build fail, and proves damage all the same once something does."""


@pytest.mark.parametrize("statement", DAMAGE + UNNOTICED)
def test_damaged_rows_are_proved(paper: Publication, statement: str) -> None:
    with sqlite3.connect(paper.state) as db:
        db.execute(statement)
    db.close()
    assert is_damaged(str(paper.state))


@pytest.mark.parametrize("statement", DAMAGE)
def test_damaged_rows_are_set_aside_with_a_warning(paper: Publication, statement: str) -> None:
    with sqlite3.connect(paper.state) as db:
        db.execute(statement)
    db.close()
    paper.replace("content/articles/world/story-2.md", "Words", "Wards")
    paper.write("themes/tiny/base.html", paper.read("themes/tiny/base.html") + "<!-- -->")
    report = paper.build()
    (warning,) = [problem for problem in report.problems if "damaged" in problem.message]
    assert warning.severity == "warning"
    assert (paper.root / warning.path).exists()
    assert_same_tree(paper.tree(), paper.clean_tree())


def test_a_schema_that_is_no_text_is_damage(paper: Publication) -> None:
    raw = folded(paper)
    at = raw.index(b"CREATE TABLE fact (name")
    paper.delete(".slugline")
    paper.write(".slugline/state.db", raw[:at] + b"CREATE TA\xa8LE fact" + raw[at + 17 :])
    (warning,) = [problem for problem in paper.build().problems if "damaged" in problem.message]
    assert warning.severity == "warning"
    assert_same_tree(paper.tree(), paper.clean_tree())


def test_bytes_that_differ_anywhere_make_no_bug(paper: Publication) -> None:
    chance = generator("bytes of the state")
    whole = folded(paper)
    for number in range(6):
        raw = bytearray(whole)
        for _ in range(40):
            raw[chance.randrange(100, len(raw))] ^= 1 << chance.randrange(8)
        paper.delete(".slugline")
        paper.write(".slugline/state.db", bytes(raw))
        paper.article("world/story-2", f"Else {number}.", date="2026-01-02")
        paper.build()


def test_redirects_of_a_damaged_state_say_so(paper: Publication, capsys: pytest.CaptureFixture[str]) -> None:
    paper.state.write_bytes(b"This is no database.\n" * 300)
    assert command(paper, "redirects") == 2
    assert "damaged" in capsys.readouterr().err
