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
        ("/*! licence */\na { color: red }", "/*! licence */\na{color:red}"),
        # Spaces that mean something.
        ("a :hover { margin: 0 -1px }", "a :hover{margin:0 -1px}"),
        ("@layer x { .a :is(b, i) { color: red } }", "@layer x{.a :is(b,i){color:red}}"),
        ("@container (width > 1px) { .a :hover { color: red } }", "@container (width>1px){.a :hover{color:red}}"),
        (".a { &:hover { color: red } .b :hover { margin: 0 } }", ".a{&:hover{color:red}& .b :hover{margin:0}}"),
        ("a { --empty: ; width: calc( 1px + 2em ) }", "a{--empty: ;width:calc(1px + 2em)}"),
        ("a::before { content: '  ; } /* no comment */  ' }", 'a:before{content:"  ; } /* no comment */  "}'),
        # What the library does not know.
        ("@new x { a: b } a { new: b; color: new( 1 ) }", "@new x{a: b}a{new:b;color:new(1)}"),
        ("a { top: attr(data-x type(<length>+)) }", "a{top:attr(data-x type(<length>+))}"),
        # What is no CSS.
        ("a { *zoom: 1; color: red }\n", "a { *zoom: 1; color: red }\n"),
    ],
)
def test_a_style_sheet_is_minified_and_means_the_same(tmp_path: Path, sheet: str, expected: str) -> None:
    assert published(tmp_path, sheet).content.decode().rstrip("\n") == expected.rstrip("\n")


def test_a_comment_changes_no_fingerprint(tmp_path: Path) -> None:
    before = published(tmp_path, "a { color: red }")
    assert published(tmp_path, "/* new */ a {\n color: red;\n}\n") == before
    assert published(tmp_path, "a { color: teal }").url != before.url


@pytest.mark.parametrize("plain_names", [False, True])
def test_a_file_that_a_style_sheet_names_has_its_published_name_in_it(tmp_path: Path, plain_names: bool) -> None:
    sheet = published(tmp_path, 'b { src: url( "a.woff2" ) }', plain_names=plain_names)
    name = r"a\.woff2" if plain_names else r"a\.[0-9a-f]{12}\.woff2"
    assert re.fullmatch(rf'b{{src:url\("?{name}"?\)}}', sheet.content.decode())
