"""Where in the settings file something is written."""

from __future__ import annotations

import pytest

from slugline.settings.lines import line_of

TEXT = """\
top = 1

[publication]
name = "x"
"quoted" = 1

[import.patterns]
mail = ["x"]

[theme.options]
accent = "#000"
"""


@pytest.mark.parametrize(
    ("section", "key", "line"),
    [
        ("", "top", 1),
        ("top", "", 1),
        ("publication", "", 3),
        ("publication", "name", 4),
        ("publication", "quoted", 5),
        ("publication", "missing", 3),
        ("import", "patterns", 7),
        ("import.patterns", "mail", 8),
        ("theme", "options", 10),
        ("theme", "", 10),
        ("missing", "name", 0),
    ],
)
def test_the_line_of_a_key_else_of_its_section(section: str, key: str, line: int) -> None:
    assert line_of(TEXT, section, key) == line
