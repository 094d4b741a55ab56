"""The scan up close: what looks changed, and what is gone, after each kind of edit."""

from __future__ import annotations

import os
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publications import changed
from slugline.build.scan import listings as module
from slugline.build.scan.listings import UNSURE, Scan, file_line, lines_of, scan, store
from slugline.catalog.store import open_state
from slugline.files import digest, relative_path

LONG_AGO = 1_700_000_000 * 10**9


class Tree:
    """A folder that is scanned, and the state that it is compared with."""

    def __init__(self, root: Path, db: sqlite3.Connection) -> None:
        self.root = root
        self.db = db
        self.clock = LONG_AGO

    def write(self, path: str, text: str = "words", *, mtime: int = 0) -> Path:
        """Write a file that was changed long ago; no two at the same time unless asked for."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        self.clock += 10**9
        os.utime(place, ns=(mtime or self.clock, mtime or self.clock))
        return place

    def scan(self, *, everything: bool = False, below: str = "") -> Scan:
        return scan(self.db, str(self.root), "content", everything=everything, below=below)

    def settle(self) -> Scan:
        """Scan, and note what was found, as a build does."""
        found = self.scan()
        digests = [(relative_path(path), digest((self.root / path).read_bytes())) for path, _ in found.candidates]
        store(self.db, "content", found, digests)
        return found

    def changed(self) -> list[str]:
        """Paths that look changed."""
        return sorted(path for path, _ in self.scan().candidates)


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    (tmp_path / "content").mkdir()
    db = open_state(str(tmp_path / "state.db"), "salt")
    db.execute("BEGIN")
    yield Tree(tmp_path / "content", db)
    db.close()


@pytest.fixture
def settled(tree: Tree) -> Tree:
    """A tree of three files that a build has seen."""
    for path in ("one.md", "two.md", "deep/three.md"):
        tree.write(path)
    tree.settle()
    return tree


def test_files_never_seen_look_changed_and_have_no_digest(tree: Tree) -> None:
    tree.write("one.md")
    tree.write("deep/two.md")
    found = tree.scan()
    assert sorted(found.candidates) == [("deep/two.md", b""), ("one.md", b"")]
    assert (found.removed, found.files, found.problems) == ([], 2, [])


def test_nothing_changed_is_nothing_found(settled: Tree) -> None:
    assert settled.scan() == Scan([], [], [], 3, [])


def resized(tree: Tree) -> None:
    place = tree.root / "one.md"
    found = place.stat()
    place.write_text("more words", encoding="utf-8")
    os.utime(place, ns=(found.st_mtime_ns, found.st_mtime_ns))


def rewritten(tree: Tree) -> None:
    tree.write("one.md", "wards")


def rewritten_with_an_older_time(tree: Tree) -> None:
    tree.write("one.md", "wards", mtime=LONG_AGO - 10**9)


def replaced(tree: Tree) -> None:
    """Another file of the same size and time takes its place."""
    place = tree.root / "one.md"
    mtime = place.stat().st_mtime_ns
    tree.write("new.md", "wards", mtime=mtime).replace(place)


def touched(tree: Tree) -> None:
    tree.write("one.md")


@pytest.mark.parametrize("edit", [resized, rewritten, rewritten_with_an_older_time, replaced, touched])
def test_a_file_whose_size_time_or_inode_differs_looks_changed_and_brings_its_digest(
    settled: Tree, edit: Callable[[Tree], None]
) -> None:
    edit(settled)
    found = settled.scan()
    # The digest says whether it was: a file that was only touched has it still.
    assert found.candidates == [("one.md", digest(b"words"))]
    assert (found.removed, found.files) == ([], 3)
    settled.settle()
    assert settled.scan() == Scan([], [], [], 3, [])


def test_a_renamed_file_is_a_new_one_and_one_that_is_gone(settled: Tree) -> None:
    (settled.root / "one.md").rename(settled.root / "deep" / "one.md")
    found = settled.settle()
    assert (found.candidates, found.removed) == ([("deep/one.md", b"")], ["one.md"])
    assert settled.scan() == Scan([], [], [], 3, [])


def test_a_file_that_took_the_name_of_another_looks_changed(settled: Tree) -> None:
    (settled.root / "two.md").replace(settled.root / "one.md")
    found = settled.scan()
    assert (found.candidates, found.removed) == ([("one.md", digest(b"words"))], ["two.md"])


def test_a_deleted_file_is_gone_and_so_is_its_digest(settled: Tree) -> None:
    (settled.root / "one.md").unlink()
    found = settled.settle()
    assert (found.candidates, found.removed, found.files) == ([], ["one.md"], 2)
    settled.write("one.md")
    assert settled.scan().candidates == [("one.md", b"")]


@pytest.mark.parametrize("name", ["été.md", "deep/日本.md"])
def test_a_deleted_file_is_gone_whatever_its_name(settled: Tree, name: str) -> None:
    place = settled.write(name)
    settled.settle()
    place.unlink()
    assert settled.scan().removed == [name]


def test_a_question_mark_in_a_name_makes_no_folder_unsure(settled: Tree) -> None:
    settled.write("why?.md")
    settled.settle()
    assert settled.scan() == Scan([], [], [], 4, [])


def test_a_deleted_folder_takes_its_files_along(settled: Tree) -> None:
    (settled.root / "deep/three.md").unlink()
    (settled.root / "deep").rmdir()
    found = settled.settle()
    assert (found.candidates, found.removed, found.files) == ([], ["deep/three.md"], 2)
    assert ("content/deep", None) in found.listings
    assert settled.scan() == Scan([], [], [], 2, [])


def test_a_moved_folder_is_gone_here_and_new_there(settled: Tree) -> None:
    (settled.root / "deep").rename(settled.root / "deeper")
    found = settled.scan()
    assert (found.candidates, found.removed) == ([("deeper/three.md", b"")], ["deep/three.md"])


def test_a_file_changed_within_the_grain_of_the_clock_is_looked_at_again(settled: Tree) -> None:
    with changed(module, "_GRAIN_NS", 10**19):
        settled.write("one.md")
        settled.settle()
        assert settled.changed() == ["deep/three.md", "one.md", "two.md"]
        settled.settle()
    # Later it is certain, and then it is left alone.
    assert settled.changed() == ["deep/three.md", "one.md", "two.md"]
    settled.settle()
    assert settled.changed() == []


def test_all_files_can_be_asked_for_again_as_if_they_were_new(settled: Tree) -> None:
    (settled.root / "two.md").unlink()
    found = settled.scan(everything=True)
    assert sorted(found.candidates) == [("deep/three.md", b""), ("one.md", b"")]
    assert found.removed == ["two.md"]


def test_a_look_below_a_folder_finds_what_is_there_and_nothing_else(settled: Tree) -> None:
    settled.write("one.md", "else")
    settled.write("deep/four.md")
    settled.write("deep/er/five.md")
    settled.write("deeper/six.md")
    (settled.root / "deep/three.md").unlink()
    found = settled.scan(below="deep")
    assert sorted(path for path, _ in found.candidates) == ["deep/er/five.md", "deep/four.md"]
    assert (found.removed, found.files) == (["deep/three.md"], 2)
    assert settled.scan(below="deep/er").removed == []


def test_trees_under_different_labels_are_apart(settled: Tree, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/one.md").write_text("words", encoding="utf-8")
    found = scan(settled.db, str(tmp_path / "theme"), "theme 0")
    assert (found.candidates, found.removed) == ([("one.md", b"")], [])
    store(settled.db, "theme 0", found, [("one.md", digest(b"words"))])
    assert settled.scan() == Scan([], [], [], 3, [])


def test_digests_of_many_files_are_those_of_each(settled: Tree) -> None:
    for path in ("one.md", "two.md", "four.md"):
        settled.write(path, "else")
    few = settled.scan().candidates
    with changed(module, "_MANY", 0):
        assert settled.scan().candidates == few
    assert sorted(few) == [("four.md", b""), ("one.md", digest(b"words")), ("two.md", digest(b"words"))]


def test_hidden_files_and_pipes_are_no_sources_and_a_link_is_a_problem(settled: Tree) -> None:
    settled.write(".hidden.md")
    settled.write("one.md~")
    (settled.root / "link.md").symlink_to(settled.root / "one.md")
    found = settled.scan()
    assert (found.candidates, found.files) == ([], 3)
    (problem,) = found.problems
    assert (problem.path, problem.line, problem.message) == ("content/link.md", 0, "is a symbolic link")


def test_a_name_that_is_no_text_is_a_problem_and_the_others_are_found(settled: Tree) -> None:
    os.mkdir(os.fsencode(settled.root) + b"/\xfe")
    for name in (b"/\xff.md", b"/\xfe/inner.md"):
        with open(os.fsencode(settled.root) + name, "wb"):
            pass
    settled.write("four.md")
    found = settled.scan()
    assert ([path for path, _ in found.candidates], found.files) == (["four.md"], 4)
    assert sorted((problem.line, problem.message) for problem in found.problems) == [
        (0, "the file's name is not UTF-8 text"),
        (0, "the folder's name is not UTF-8 text"),
    ]


def test_a_name_in_two_forms_of_unicode_is_a_problem_and_in_another_form_it_is_not_gone(tree: Tree) -> None:
    composed, decomposed = (unicodedata.normalize(form, "été.md") for form in ("NFC", "NFD"))
    tree.write(decomposed)
    tree.settle()
    (tree.root / decomposed).rename(tree.root / composed)
    found = tree.scan()
    assert (found.candidates, found.removed, found.problems) == ([(composed, digest(b"words"))], [], [])
    tree.write(decomposed)
    (problem,) = tree.scan().problems
    assert problem.path == f"content/{composed}"
    assert "two files have this name" in problem.message


def test_a_listing_has_a_line_for_each_file(tree: Tree) -> None:
    found = tree.write("one.md").stat()
    line = file_line("one.md", found, LONG_AGO * 2)
    assert line == f"one.md/5/{found.st_mtime_ns}/{found.st_ino}"
    assert file_line("one.md", found, found.st_mtime_ns + 1) == f"one.md/5{UNSURE}{found.st_ino}"
    tree.write("two.md")
    tree.settle()
    (listing,) = tree.db.execute("SELECT listing FROM folder WHERE path = 'content/'").fetchone()
    assert sorted(lines_of(listing)) == ["one.md", "two.md"]
    assert f"one.md{lines_of(listing)['one.md']}" == line
    assert lines_of("") == {}
