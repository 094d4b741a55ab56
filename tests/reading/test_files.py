"""Hashing, walking, joining and writing files."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.errors import OutputError, UsageError
from slugline.files import (
    digest,
    digest_file,
    on_disk,
    relative_path,
    remove_left_parts,
    safe_join,
    walk,
    write_atomic,
    write_plain,
)


@given(st.lists(st.binary(max_size=5), max_size=4), st.lists(st.binary(max_size=5), max_size=4))
def test_parts_that_differ_have_digests_that_differ(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_a_file_s_digest_is_that_of_its_bytes(tmp_path: Path) -> None:
    for raw in (b"", b"abc", bytes(3_000_000)):
        (tmp_path / "file").write_bytes(raw)
        assert digest_file(str(tmp_path / "file")) == (digest(raw), len(raw))


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", "a\\..\\b", "a\0b", "link/x"])
def test_a_path_that_leaves_its_folder_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path)
    with pytest.raises(UsageError):
        safe_join(tmp_path / "inside", path)


def test_a_path_that_stays_is_joined(tmp_path: Path) -> None:
    assert safe_join(tmp_path, "a/b..c/d") == tmp_path.resolve() / "a/b..c/d"


def test_walking_passes_over_leftovers_and_yields_links(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", ".hidden", "a.md~", "#a.md#", "deep/c.md", ".git/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "deep" / "link.md").symlink_to(tmp_path / "a.md")
    found = [(folder, [name for name, _ in files], links) for folder, files, links in walk(tmp_path)]
    assert found == [("", ["a.md", "b.md"], []), ("deep", ["c.md"], ["deep/link.md"])]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("Words.")
    assert [[name for name, _ in files] for _, files, _ in walk(tmp_path)] == [["b.md"]]


def test_walking_a_folder_that_is_not_there_finds_nothing(tmp_path: Path) -> None:
    assert list(walk(tmp_path / "absent")) == []


def test_writing_replaces_whole_and_leaves_no_part(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "er" / "file.txt"
    for raw in (b"one", b"", b"x" * 100_000):
        write_atomic(place, raw)
        assert place.read_bytes() == raw
    assert os.listdir(place.parent) == ["file.txt"]


def test_a_place_that_cannot_be_written_to_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for write in (write_atomic, write_plain):
        with pytest.raises(OutputError, match="could not be written"):
            write(str(tmp_path / "file" / "below"), b"x")


def test_paths_are_composed() -> None:
    assert relative_path(unicodedata.normalize("NFD", "été/ü.md")) == unicodedata.normalize("NFC", "été/ü.md")


def test_a_file_is_found_whatever_form_its_name_has(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        folder = tmp_path / form
        place = folder / unicodedata.normalize(form, "été") / unicodedata.normalize(form, "ü.md")
        place.parent.mkdir(parents=True)
        place.write_text(form)
        assert Path(on_disk(str(folder), unicodedata.normalize("NFC", "été/ü.md"))).read_text() == form
    assert on_disk(str(tmp_path), "ä/absent") == f"{tmp_path}/ä/absent"


def test_what_a_killed_process_had_begun_to_write_is_removed_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"news/a.md.{ended.pid}.part"
    others = [tmp_path / f"news/b.md.{os.getppid()}.part", tmp_path / "news/part", tmp_path / "news/of 2.part"]
    left.parent.mkdir()
    for path in (left, *others):
        path.write_text("half")
    remove_left_parts(tmp_path)
    assert sorted((tmp_path / "news").iterdir()) == sorted(others)
