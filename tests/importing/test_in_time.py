"""Files that would hold up an import, or end it: each is refused, and the others are imported."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.conftest import SEED, SETTINGS, STORY, Newsroom
from slugline.importing import Imported, Refused, in_time, run, text
from slugline.importing.bylines import Bylines
from slugline.importing.rules import load_rules
from slugline.importing.text import read_text

READER = Bylines(load_rules())


def endless(raw: bytes, decode=text.decode):  # type: ignore[no-untyped-def]
    while b"Endless" in raw:
        pass
    return decode(raw)


def test_a_file_that_takes_too_long_is_refused_and_the_others_are_imported(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_time, "SECONDS", 0.5)
    monkeypatch.setattr(text, "decode", endless)
    newsroom.seed("b-slow.txt", "Endless\n\nWords.\n")
    newsroom.seed("a.txt")
    newsroom.seed("c.txt", SEED.replace("Harbour", "Market"))
    report = newsroom.run()
    (refused,) = [outcome for outcome in report.outcomes if outcome.action == "refused"]
    assert refused.source == "seeds/b-slow.txt"
    assert "seconds of processor time" in refused.problems[0].message
    assert report.counts["written"] == 2
    assert newsroom.read(STORY)


def test_a_worker_refuses_a_file_that_takes_too_long(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_time, "SECONDS", 0.5)
    monkeypatch.setattr(text, "decode", endless)
    slow, good = newsroom.seed("slow.txt", "Endless\n\nWords.\n"), newsroom.seed("good.txt")
    run._start([SETTINGS])
    share = [run._Wire(str(path), path.name, "text", "") for path in (slow, good)]
    (refused,), (imported,) = run._work(share)
    assert isinstance(refused, Refused)
    assert isinstance(imported, Imported)


@pytest.mark.parametrize(
    "line",
    ["ann and " * 200, "Ann Doe and " * 16, "ann and " * 24 + "ann", "a و " * 45, "A, " * 60, "www." * 100_000, "(" * 100_000],
)
def test_a_byline_without_end_takes_no_time(line: str) -> None:
    begun = time.process_time()
    read_text(SEED.replace("Ines Marlow, City Correspondent", f"By {line}").encode(), "seeds/x.txt", SETTINGS)
    assert time.process_time() - begun < in_time.SECONDS


WORDS = ["Ann", "ann", "Doe", "and", "und", "و", ",", "by", "Editor", "in", "Seoul", "/", "–", "("]


@given(st.lists(st.sampled_from(WORDS), max_size=90))
def test_any_row_of_names_takes_no_time(words: list[str]) -> None:
    begun = time.process_time()
    READER.read(" ".join(words)[:200], 1, led=True)
    assert time.process_time() - begun < 1


@pytest.mark.skipif(sys.platform == "darwin", reason="this file system takes only names in UTF-8")
@pytest.mark.parametrize("name", [b"\xe9t\xe9.txt", b"\xff/story.txt"])
def test_a_file_whose_name_is_no_utf8_is_refused_and_the_others_are_imported(newsroom: Newsroom, name: bytes) -> None:
    newsroom.seed("a.txt")
    place = os.path.join(os.fsencode(newsroom.seeds), name)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    Path(os.fsdecode(place)).write_text(SEED.replace("Harbour", "Market"), encoding="utf-8")
    report = newsroom.run()
    (refused,) = [outcome for outcome in report.outcomes if outcome.action == "refused"]
    assert refused.source == f"seeds/{name.decode(errors='backslashreplace')}"
    assert "is not UTF-8" in refused.problems[0].message
    assert report.counts["written"] == 1
    # The record is there: nothing is written again.
    assert newsroom.run().counts["unchanged"] == 1
