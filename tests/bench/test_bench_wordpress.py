"""The export that the benchmark imports is one that WordPress could have written."""

from __future__ import annotations

from pathlib import Path

from bench.wordpress import write_export

from slugline.importing import Imported, ImportSettings
from slugline.importing.wordpress import read, sniff


def test_the_generated_export_is_read_without_a_loss(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    stories = write_export(path, 0.1)
    assert 100_000 < path.stat().st_size < 150_000
    assert sniff(str(path))
    items = list(read(str(path), "export.xml", ImportSettings()))
    assert all(isinstance(item, Imported) for item in items)
    articles = [item for item in items if isinstance(item, Imported) and item.kind == "article"]
    assert len(articles) == stories
    assert all(item.words_in == item.words_out > 300 for item in articles)
    assert any("photos" in item.meta for item in articles)  # no file of it comes along
    assert any(item.comments for item in articles)


def test_the_same_seed_gives_the_same_export(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_export(tmp_path / name, 0.05)
    write_export(tmp_path / "c", 0.05, seed=2)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()
