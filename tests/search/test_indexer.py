from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needs import needs
from sizes import sample
from slugline.search import indexer
from slugline.search.documents import Document
from slugline.search.indexer import SearchFailed, make_index

pagefind = needs("pagefind")

PAGE = "<html><body><main data-pagefind-body><h1>{}</h1><p>{}</p></main></body></html>"


@pagefind
@settings(max_examples=sample(3, 100))
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=40), min_size=1, max_size=12))
def test_the_same_documents_give_the_same_bytes(texts: list[str]):
    documents = [Document(f"/{number}/", PAGE.format(number, text)) for number, text in enumerate(texts)]
    assert make_index(documents, "en") == make_index(documents, "en")


@pagefind
def test_an_answer_larger_than_a_pipe_arrives_whole():
    documents = [Document(f"/{n}/", PAGE.format(n, " ".join(f"w{n}x{k}" for k in range(3000)))) for n in range(40)]
    files = make_index(documents, "en-GB")
    entry = json.loads(files["pagefind-entry.json"])
    assert entry["languages"]["en"]["page_count"] == 40
    assert sum(path.startswith("fragment/") for path in files) == 40


@pagefind
def test_only_what_a_theme_needs_is_kept():
    files = make_index([Document("/a/", PAGE.format("a", "b"))], "en")
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"} <= set(files)
    assert not any("ui" in path for path in files)
    assert "wasm.unknown.pagefind" not in files


@pagefind
def test_a_language_whose_endings_are_not_known_is_indexed_all_the_same():
    files = make_index([Document("/a/", PAGE.format("a", "b"))], "zu")
    assert "wasm.unknown.pagefind" in files


def stand_in(monkeypatch: pytest.MonkeyPatch, program: Path, script: str) -> None:
    """Let a script take the place of Pagefind's program."""
    program.write_text(script)
    program.chmod(0o755)

    class Package:
        @staticmethod
        def get_executable() -> Path:
            return program

    monkeypatch.setattr(indexer, "import_module", lambda _: Package)


def test_a_program_that_ends_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    stand_in(monkeypatch, tmp_path / "pagefind", f"#!{sys.executable}\n")
    with pytest.raises(SearchFailed, match="the search index could not be made"):
        make_index([Document("/a/", PAGE.format("a", "b"))], "en")


def test_a_program_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, tmp_path / "pagefind", "#!/bin/sh\nexec sleep 600\n")
    monkeypatch.setattr(indexer, "_TIMEOUT", 0.2)
    with pytest.raises(SearchFailed, match="its program ended"):
        make_index([], "en")
