"""Style sheets: minified, with the fingerprints of the files that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slugline.theme.assets import Asset, fingerprint_assets


def published(tmp_path: Path, sheet: str, *, plain_names: bool = False) -> Asset:
    (tmp_path / "own.css").write_text(sheet, encoding="utf-8")
    (tmp_path / "a.woff2").write_bytes(b"font")
    files = {name: tmp_path / name for name in ("own.css", "a.woff2")}
    return fingerprint_assets(files, {}, lambda _, text: text, plain_names=plain_names)["own.css"]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("/* why */\na {\n  color : red ;\n}\n", "a{color:red}"),
        ("/*! licence */\na { color: red }", "/*! licence */a{color:red}"),
        # Spaces that mean something.
        ("a :hover { margin: 0 -1px }", "a :hover{margin:0 -1px}"),
        ("a { width: calc( 1px + 2px ); --empty: ; }", "a{width:calc(1px + 2px);--empty:}"),
        ("@media screen and (width >= 40rem) { a { color: red } }", "@media screen and (width>=40rem){a{color:red}}"),
        ("a::before { content: '  ; } /* no comment */  ' }", "a::before{content:'  ; } /* no comment */  '}"),
        (".a { &:hover { color: red } & .b { color: red } }", ".a{&:hover{color:red}& .b{color:red}}"),
        ("@layer a, b;", "@layer a,b"),
    ],
)
def test_comments_and_layout_of_a_style_sheet_are_left_out_and_nothing_else(tmp_path: Path, sheet: str, expected: str) -> None:
    assert published(tmp_path, sheet).content.decode() == expected


def test_a_comment_changes_no_fingerprint(tmp_path: Path) -> None:
    before = published(tmp_path, "a { color: red }")
    assert published(tmp_path, "/* new */ a {\n color: red;\n}\n") == before
    assert published(tmp_path, "a { color: teal }").url != before.url


@pytest.mark.parametrize("plain_names", [False, True])
def test_a_file_that_a_style_sheet_names_has_its_published_name_in_it(tmp_path: Path, plain_names: bool) -> None:
    sheet = published(tmp_path, 'b { src: url( "a.woff2" ) }', plain_names=plain_names)
    name = r"a\.woff2" if plain_names else r"a\.[0-9a-f]{12}\.woff2"
    assert re.fullmatch(rf'b{{src:url\("{name}"\)}}', sheet.content.decode())
