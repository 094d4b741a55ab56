"""An import that meets what an import before has read: it reads what is other, and reports what it would have reported."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from importing.conftest import SEED, SETTINGS, Newsroom
from importing.scrapes import everything
from slugline.importing import Imported, text
from slugline.importing.formats import READERS
from slugline.importing.remembered import Remembered, Sign

DATABASE = ".slugline/imports.sqlite"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the seeds that were read, as they are."""
    names: list[str] = []
    real = text.read_text

    def counted(raw: bytes, source: str, settings: object) -> object:
        names.append(source.removeprefix("seeds/"))
        return real(raw, source, settings)  # type: ignore[arg-type]

    monkeypatch.setattr(text, "read_text", counted)
    return names


def three(newsroom: Newsroom) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        newsroom.seed(name, SEED.replace("Old Fish Market", f"Old Fish Market {name[0].upper()}"))


def test_what_is_the_same_is_not_read_again(newsroom: Newsroom, read: list[str]) -> None:
    three(newsroom)
    newsroom.run()
    assert read == ["a.txt", "b.txt", "c.txt"]
    read.clear()
    newsroom.seed("b.txt", SEED.replace("Old Fish Market", "Old Fish Market B").replace("in May", "in June"))
    assert newsroom.actions(newsroom.run()) == ["unchanged", "updated", "unchanged"]
    assert read == ["b.txt"]


def test_files_with_other_times_are_known_by_their_bytes(newsroom: Newsroom, read: list[str]) -> None:
    three(newsroom)
    newsroom.run()
    read.clear()
    for path in (newsroom.root / "seeds").iterdir():
        again = path.with_suffix(".new")
        shutil.copyfile(path, again)
        os.replace(again, path)
    assert newsroom.actions(newsroom.run()) == ["unchanged"] * 3
    assert read == []


def test_a_change_of_the_same_size_in_the_moment_of_the_import_is_seen(newsroom: Newsroom, read: list[str]) -> None:
    newsroom.seed("a.txt", SEED)
    stat = (newsroom.root / "seeds" / "a.txt").stat()
    newsroom.run()
    newsroom.seed("a.txt", SEED.replace("in May", "in Mai"))
    os.utime(newsroom.root / "seeds" / "a.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert newsroom.actions(newsroom.run()) == ["updated"]


def test_a_section_that_a_seed_names_and_the_publication_has_since_is_asked_for_again(
    newsroom: Newsroom, read: list[str]
) -> None:
    newsroom.seed("a.txt", f"Harbour Watch\n{SEED}")
    newsroom.seed("b.txt", SEED.replace("Old Fish Market", "Old Fish Market B"))
    newsroom.run()
    read.clear()
    (newsroom.content / "sections").mkdir(exist_ok=True)
    (newsroom.content / "sections" / "harbour-watch.md").write_text("---\ntitle: Harbour Watch\n---\n", "utf-8")
    newsroom.run()
    assert read == ["a.txt"]


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + bytes(200)])
def test_a_damaged_database_costs_time_and_nothing_else(newsroom: Newsroom, read: list[str], damage: bytes) -> None:
    three(newsroom)
    newsroom.run()
    known = newsroom.run()
    (newsroom.root / DATABASE).write_bytes(damage)
    read.clear()
    assert newsroom.run() == known
    assert len(read) == 3
    read.clear()
    assert newsroom.run() == known
    assert read == []


def test_a_dry_run_reads_what_is_known_and_writes_nothing(newsroom: Newsroom, read: list[str]) -> None:
    three(newsroom)
    newsroom.run(dry_run=True)
    assert not (newsroom.root / DATABASE).exists()
    newsroom.run()
    before = (newsroom.root / DATABASE).read_bytes()
    read.clear()
    newsroom.seed("d.txt", SEED.replace("Old Fish Market", "New Hall"))
    newsroom.run(dry_run=True)
    assert read == ["d.txt"]
    assert (newsroom.root / DATABASE).read_bytes() == before


def test_other_settings_read_everything_again(newsroom: Newsroom, read: list[str]) -> None:
    three(newsroom)
    newsroom.run()
    read.clear()
    newsroom.run(settings=replace(SETTINGS, patterns=(("promo", ("Read on at {text}",)),)))
    assert len(read) == 3


def test_reports_are_the_same_with_and_without(tmp_path: Path) -> None:
    """Of every scrape there is, warnings, parts and words included."""
    newsroom = Newsroom(tmp_path / "paper")
    for number, scrape in enumerate(everything()):
        newsroom.seed(f"{number:03d}.txt", scrape.raw)
    newsroom.run()
    recalled = newsroom.run()
    (newsroom.root / DATABASE).unlink()
    assert newsroom.run() == recalled


def test_an_item_is_given_back_as_it_was(tmp_path: Path) -> None:
    memory = Remembered(str(tmp_path), "", keep=True)
    sign = Sign(1, "then")
    items = []
    for number, scrape in enumerate(everything()):
        item = text.read_text(scrape.raw, f"{number}.txt", SETTINGS)
        if isinstance(item, Imported):
            memory.note(f"/{number}", f"{number}.txt", sign, item)
            items.append((number, replace(item, asked=())))
    assert len(items) > 20
    assert [memory.recall(f"/{number}", f"{number}.txt") for number, _ in items] == [item for _, item in items]
    memory.close()


def test_only_plain_text_is_all_that_its_reader_looks_at() -> None:
    """A page shows files beside it, and an export is read as a stream."""
    assert [reader.name for reader in READERS if reader.alone] == ["text"]
