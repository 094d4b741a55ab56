"""The build folder up close: what is staged, moved into place, removed and swept away, and which folder is refused."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from slugline.build.publish import Staged, Staging, check_output, publish, remove_outputs, sweep
from slugline.errors import OutputError, UsageError


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "paper" / "build"


def lay(folder: Path, *paths: str) -> None:
    """Files that hold their own paths."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path, encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder: path, text."""
    return {
        place.relative_to(folder).as_posix(): place.read_text(encoding="utf-8")
        for place in folder.rglob("*")
        if place.is_file()
    }


def folders(folder: Path) -> set[str]:
    return {place.relative_to(folder).as_posix() for place in folder.rglob("*") if place.is_dir()}


def staged(staging: Staging, **pages: str) -> list[Staged]:
    """Stage pages by path (two underscores for a slash), each with its text."""
    found = []
    for number, (name, text) in enumerate(pages.items(), 1):
        path = name.replace("__", "/")
        place, size, mtime = staging.write(number, path, text.encode())
        stat = os.stat(place)
        assert (size, mtime) == (len(text), stat.st_mtime_ns)
        found.append(Staged(path, place))
    return found


# Staging


def test_a_staging_folder_is_empty_whatever_a_killed_build_left(output: Path) -> None:
    first = Staging.prepare(str(output))
    lay(Path(first.folder), "a/left")
    again = Staging.prepare(str(output))
    assert (again.folder, files(Path(again.folder)), again.whole) == (first.folder, {}, True)
    assert Path(first.folder).parent == output.parent
    again.discard()
    assert not Path(first.folder).exists()


def test_a_staging_folder_that_cannot_be_made_is_an_error_with_its_name(output: Path) -> None:
    lay(output.parent.parent, "paper")
    with pytest.raises(OutputError, match=r"\.build\.staging could not be written"):
        Staging.prepare(str(output))


def test_a_new_build_folder_is_the_staging_folder_renamed(output: Path) -> None:
    staging = Staging.prepare(str(output))
    pages = staged(staging, a__one="1", a__two="2", a__b__c__three="3", four="4")
    number = os.stat(staging.folder).st_ino
    staging.move(pages)
    assert files(output) == {"a/one": "1", "a/two": "2", "a/b/c/three": "3", "four": "4"}
    assert os.stat(output).st_ino == number


def test_a_page_that_cannot_be_staged_is_an_error_with_the_name_of_its_folder(output: Path) -> None:
    staging = Staging.prepare(str(output))
    staging.write(1, "a", b"")
    with pytest.raises(OutputError, match=r"\.build\.staging/a could not be written"):
        staging.write(2, "a/b", b"")


def test_into_an_old_build_folder_files_are_moved_one_by_one(output: Path) -> None:
    lay(output, "a/one", "a/two")
    staging = Staging.prepare(str(output))
    assert not staging.whole
    pages = staged(staging, a__one="new", b__c__three="3")
    assert files(output) == {"a/one": "a/one", "a/two": "a/two"}
    staging.move(pages)
    assert files(output) == {"a/one": "new", "a/two": "a/two", "b/c/three": "3"}
    assert files(Path(staging.folder)) == {}


def test_a_copy_is_staged_and_moved_as_a_page_is(output: Path, tmp_path: Path) -> None:
    lay(output, "a")
    lay(tmp_path, "source")
    staging = Staging.prepare(str(output))
    place, size, mtime = staging.copy(1, "b/copy", str(tmp_path / "source"))
    assert (size, mtime) == (len("source"), os.stat(place).st_mtime_ns)
    staging.move([Staged("b/copy", place)])
    assert files(output) == {"a": "a", "b/copy": "source"}


def test_what_is_in_the_way_of_a_page_gives_way(output: Path) -> None:
    lay(output, "file", "deep/file", "folder/x/y", "other")
    staging = Staging.prepare(str(output))
    staging.move(staged(staging, file__one="1", deep__file__a__two="2", deep__file__b__three="3", folder="4"))
    moved = {"file/one": "1", "deep/file/a/two": "2", "deep/file/b/three": "3", "folder": "4"}
    assert files(output) == {**moved, "other": "other"}


def test_a_link_in_the_way_gives_way_and_what_it_leads_to_does_not(output: Path, tmp_path: Path) -> None:
    lay(tmp_path, "aside/precious")
    lay(output, "one")
    (output / "page").symlink_to(tmp_path / "aside")
    staging = Staging.prepare(str(output))
    staging.move(staged(staging, page="1"))
    assert files(output) == {"one": "one", "page": "1"}
    assert files(tmp_path / "aside") == {"precious": "aside/precious"}


def test_without_room_for_its_folders_nothing_is_moved(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(output, "a/one")
    staging = Staging.prepare(str(output))
    pages = staged(staging, a__one="new", b__c__two="2", d__three="3")
    make = os.makedirs

    def full(path: str, *, exist_ok: bool = False) -> None:
        if path.endswith("/d"):
            raise OSError(errno.ENOSPC, "no room")
        make(path, exist_ok=exist_ok)

    monkeypatch.setattr(os, "makedirs", full)
    with pytest.raises(OutputError, match="the disk is full"):
        staging.move(pages)
    assert (files(output), folders(output)) == ({"a/one": "a/one"}, {"a"})


# Removing


def test_removed_outputs_take_the_folders_along_that_they_leave_empty(output: Path) -> None:
    lay(output, "a/b/c/one", "a/two", "d/e/three", "four")
    assert remove_outputs(str(output), ["a/b/c/one", "d/e/three", "d/none", "four"]) == ["a/b/c/one", "d/e/three", "four"]
    assert (files(output), folders(output)) == ({"a/two": "a/two"}, {"a"})


def test_a_folder_where_a_removed_output_was_and_a_file_above_it_stay(output: Path) -> None:
    lay(output, "a/one", "b")
    assert remove_outputs(str(output), ["a", "b/two"]) == []
    assert files(output) == {"a/one": "a/one", "b": "b"}


def test_an_output_that_cannot_be_removed_is_an_error(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(output, "one")

    def refuse(path: str) -> None:
        raise OSError(errno.EACCES, path)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(OutputError, match="one could not be written: no permission"):
        remove_outputs(str(output), ["one"])


def test_a_sweep_leaves_what_is_owned(output: Path, tmp_path: Path) -> None:
    lay(output, "a/one", "a/stranger", "b/c/stranger", "two", "stranger")
    lay(tmp_path, "aside/precious")
    (output / "empty" / "inside").mkdir(parents=True)
    (output / "a" / "link").symlink_to(tmp_path / "aside")
    gone = sweep(str(output), ["a/one", "two", "absent"])
    assert gone == ["a/link", "a/stranger", "b/c/stranger", "stranger"]
    assert (files(output), folders(output)) == ({"a/one": "a/one", "two": "two"}, {"a"})
    assert files(tmp_path / "aside") == {"precious": "aside/precious"}


def test_a_sweep_of_all_leaves_the_build_folder(output: Path) -> None:
    lay(output, "one")
    assert sweep(str(output), []) == ["one"]
    assert output.is_dir()


@pytest.mark.parametrize(("owned", "swept"), [(None, []), (["a/new", "b"], ["stranger"])])
def test_files_are_moved_then_removed_and_swept_only_where_they_may_be(
    output: Path, owned: list[str] | None, swept: list[str]
) -> None:
    lay(output, "a/old", "b", "stranger")
    staging = Staging.prepare(str(output))
    assert publish(staging, staged(staging, a__new="1"), ["a/old", "none"], owned) == ["a/old", *swept]
    assert files(output).keys() == {"a/new", "b", "stranger"} - set(swept)


# Which folder may be the build folder


@pytest.mark.parametrize(
    "name",
    ["", "..", "../..", "content", "content/articles", "themes/own/build", "seeds/x", ".git", "link", "content/../themes"],
)
def test_a_publication_and_its_sources_are_no_build_folder(output: Path, name: str) -> None:
    root = output.parent
    root.mkdir()
    (root / "link").symlink_to(root / "content")
    with pytest.raises(UsageError, match="it holds the publication itself"):
        check_output(str(root / name), str(root))


@pytest.mark.parametrize("name", ["build", "contents", "content-build", "../paper-build", "../pap", "static/content"])
def test_a_folder_beside_the_sources_is_one_whether_it_exists_or_not(output: Path, name: str) -> None:
    root = output.parent
    root.mkdir()
    check_output(str(root / name), str(root))
    (root / name).mkdir(parents=True)
    check_output(str(root / name), str(root))
    lay(root / name, "index.html", "404.html")
    check_output(str(root / name), str(root))
    lay(root / name, "more.html")
    check_output(str(root / name), str(root))


@pytest.mark.parametrize("names", [("index.html",), ("404.html", "letters.txt"), ("letters.txt",)])
def test_a_folder_of_other_files_is_none(output: Path, names: tuple[str, ...]) -> None:
    lay(output, *names)
    with pytest.raises(UsageError, match="holds files that are no site"):
        check_output(str(output), str(output.parent))


def test_a_file_is_none(output: Path) -> None:
    lay(output.parent, "build")
    with pytest.raises(UsageError, match="it is a file"):
        check_output(str(output), str(output.parent))
