"""Papers that exist: one of an earlier release, with its settings and its build state, goes on with this one."""

from __future__ import annotations

import lzma
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publications import assert_same_tree, tree
from slugline.build.engine import build
from slugline.build.report import BuildReport
from slugline.build.session import BuildOptions
from slugline.cli import main

TESTS = Path(__file__).parent
GAZETTE = TESTS.parent / "examples" / "harbour-gazette"
PAPERS = TESTS / "old_papers"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def unpack(name: str, root: Path) -> Path:
    """A paper as it was left by the release that its name ends with; pictures are those of the Gazette."""
    shutil.copytree(PAPERS / name, root)
    shutil.copytree(GAZETTE / "content" / "drawings", root / "content" / "drawings")
    (root / "content" / "photos").mkdir()
    shutil.copy(GAZETTE / "content" / "photos" / "coffee.jpg", root / "content" / "photos")
    put_back_the_state(root)
    return root


def put_back_the_state(root: Path) -> None:
    state = root / ".slugline" / "state.db"
    state.parent.mkdir(exist_ok=True)
    for beside in ("", "-wal", "-shm"):
        Path(f"{state}{beside}").unlink(missing_ok=True)
    state.write_bytes(lzma.decompress((root / "state.db.xz").read_bytes()))


def run(root: Path) -> BuildReport:
    return build(root, BuildOptions(now=NOW))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Gazette of 0.1, built by this release."""
    root = unpack("gazette-0.1", tmp_path_factory.mktemp("old") / "gazette")
    report = run(root)
    assert report.problems == ()
    return root


def test_a_paper_of_0_1_is_built_anew_without_a_warning(paper: Path) -> None:
    assert (paper / "build" / "index.html").is_file()
    assert not [name for name in os.listdir(paper / ".slugline") if "damaged" in name]


def test_its_state_is_neither_used_nor_called_damaged_where_its_site_is_there_too(paper: Path) -> None:
    before = tree(paper / "build")
    put_back_the_state(paper)
    report = run(paper)
    assert report.problems == ()
    assert len(report.rendered) == report.pages == len(before)
    assert_same_tree(tree(paper / "build"), before)


def test_upgraded_it_has_the_same_pages(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(paper / "build")
    written = (paper / "slugline.toml").read_text(encoding="utf-8")
    assert main(["upgrade", "--root", str(paper), "--dry-run"]) == 0
    assert (paper / "slugline.toml").read_text(encoding="utf-8") == written
    assert main(["upgrade", "--root", str(paper)]) == 0
    assert capsys.readouterr().err == "".join(
        f"slugline.toml {verb} upgraded from version 0.1 to version 0.4\n"
        "  `markdown.engine` is removed: Python-Markdown is the only engine\n"
        "  `feeds.id_base` is the address of the site, of which the ids in feeds were made: so they stay when it moves\n"
        "  `urls.spell_out_signs` is off: so tags such as C++ and Disney+ stay at their addresses\n"
        for verb in ("would be", "is")
    )
    upgraded = (paper / "slugline.toml").read_text(encoding="utf-8")
    assert "engine =" not in upgraded
    assert all(line in upgraded for line in written.splitlines() if line.startswith("#"))
    assert main(["upgrade", "--root", str(paper)]) == 0
    assert capsys.readouterr().err == "slugline.toml is up to date: version 0.4\n"
    report = run(paper)
    assert report.problems == ()
    assert_same_tree(tree(paper / "build"), before)
