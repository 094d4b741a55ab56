"""The lines around the one to blame."""

from __future__ import annotations

from pathlib import Path

from slugline.errors import Problem
from slugline.serve.excerpts import excerpt_of


def test_two_lines_on_each_side(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("1\n2\n3\n4\n5\n6\n", "utf-8")
    places = [("", str(tmp_path))]
    assert excerpt_of(Problem("a.md", 4, ""), places) == ((2, "2"), (3, "3"), (4, "4"), (5, "5"), (6, "6"))
    assert excerpt_of(Problem("a.md", 1, ""), places)[0] == (1, "1")


def test_a_theme_elsewhere_is_found_by_its_name(tmp_path: Path) -> None:
    theme = tmp_path / "elsewhere"
    theme.mkdir()
    (theme / "base.html").write_text("template", "utf-8")
    places = [("themes/tiny", str(theme)), ("", str(tmp_path))]
    assert excerpt_of(Problem("themes/tiny/base.html", 1, ""), places) == ((1, "template"),)


def test_without_a_line_or_a_file_there_is_none(tmp_path: Path) -> None:
    places = [("", str(tmp_path))]
    assert excerpt_of(Problem("a.md", 0, ""), places) == ()
    assert excerpt_of(Problem("", 3, ""), places) == ()
    assert excerpt_of(Problem("gone.md", 3, ""), places) == ()
