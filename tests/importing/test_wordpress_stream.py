"""The channel of an RSS file, element by element: mended where it can be, refused with its line where it cannot."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from importing.wxr import HEAD, item, wxr
from slugline.importing.wordpress import decoding, stream
from slugline.importing.wordpress.decoding import Mends
from slugline.importing.wordpress.stream import BrokenXmlError, Element, elements


def read(folder: Path, raw: bytes) -> tuple[list[Element], Mends, BrokenXmlError | None]:
    path = folder / "export.xml"
    path.write_bytes(raw)
    mends = Mends()
    found: list[Element] = []
    try:
        found.extend(elements(str(path), mends))
    except BrokenXmlError as error:
        return found, mends, error
    return found, mends, None


def channel(inner: bytes, encoding: bytes = b"UTF-8") -> bytes:
    return b'<?xml version="1.0" encoding="' + encoding + b'"?>\n<rss><channel>\n<title>' + inner + b"</title></channel></rss>"


def test_elements_come_with_their_line_and_what_is_in_them(tmp_path: Path) -> None:
    found, _, error = read(tmp_path, b'<rss><channel>\n<title>A</title>\n<item a="1"><x>y</x>\n<x>z</x></item></channel></rss>')
    assert error is None
    assert [(one.name, one.line, one.text) for one in found] == [("title", 2, "A"), ("item", 3, "\n")]
    assert found[1].attributes == {"a": "1"}
    assert found[1].get("x") == "y"
    assert [one.text for one in found[1].all("x")] == ["y", "z"]


def test_cdata_that_was_split_is_whole(tmp_path: Path) -> None:
    found, _, _ = read(tmp_path, channel(b"<![CDATA[a ]]]]><![CDATA[> b]]>"))
    assert found[0].text == "a ]]> b"


def test_characters_that_xml_does_not_allow_are_taken_out_and_counted(tmp_path: Path) -> None:
    found, mends, error = read(tmp_path, channel(b"<![CDATA[a\x08b\x0bc\x1f]]>\xef\xbf\xbf&#8;&#x1F;&#31;&#65;&#10;d"))
    assert error is None
    assert found[0].text == "abcA\nd"
    assert mends.illegal == 7
    assert mends.line == 3
    assert mends.told() == ("7 characters that XML does not allow removed",)


def test_bytes_of_windows_in_utf8_are_read_as_what_they_are(tmp_path: Path) -> None:
    found, mends, error = read(tmp_path, channel(b"caf\xe9 caf\xc3\xa9 \x93quoted\x94"))
    assert error is None
    assert found[0].text == "café café “quoted”"
    assert mends.told() == ("3 bytes that are not UTF-8 read as Windows-1252",)


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("ISO-8859-1", "cp1252"), ("windows-1251", "cp1251")],
)
def test_other_encodings_are_read(tmp_path: Path, declared: str, codec: str) -> None:
    words = "Приве́т" if codec == "cp1251" else "café – “yes”"
    words = "Привет" if codec == "cp1251" else words
    raw = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>{words}</title></channel></rss>'.encode(codec)
    found, mends, error = read(tmp_path, raw)
    assert error is None
    assert found[0].text == words
    assert not mends.told()


def test_an_encoding_that_is_not_known_is_named(tmp_path: Path) -> None:
    _, _, error = read(tmp_path, channel(b"a", b"unicode_escape"))
    assert error is not None
    assert str(error) == "the file says that its encoding is `unicode_escape`, which is not known"


def test_entities_of_html_are_read_without_a_document_type(tmp_path: Path) -> None:
    found, _, error = read(tmp_path, channel(b"a&nbsp;b &hellip; &amp; &nosuch;"))
    assert error is None
    assert found[0].text == "a\xa0b … & &nosuch;"


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<rss><channel><title>&lol3;</title></channel></rss>"""


def test_entities_that_grow_are_never_read(tmp_path: Path) -> None:
    found, _, error = read(tmp_path, BOMB)
    assert found == []
    assert error is not None
    assert "declares a document type or entities" in str(error)
    assert error.line == 2


def test_external_entities_open_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the crown jewels", "utf-8")
    for declared in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">',
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>',
    ):
        found, _, error = read(
            tmp_path, f"<?xml version='1.0'?>{declared}<rss><channel><title>&x;</title></channel></rss>".encode()
        )
        assert error is not None
        assert not any("jewels" in one.text for one in found)


@pytest.mark.parametrize(
    ("raw", "line", "message", "hint"),
    [
        (HEAD.encode() + item(1).encode(), 9, "no element found", "cut off"),
        (HEAD.encode() + item(1).encode() + b"<item><title>x", 9, "no element found", "cut off"),
        (HEAD.encode() + item(1).encode() + b"<item><title><![CDATA[x", 9, "unclosed CDATA section", "cut off"),
        (wxr(item(1), "<item><title>Fish <and chips</title></item>"), 9, "not well-formed", "&amp;"),
        (wxr(item(1), "<item><title>x</item>"), 9, "mismatched tag", "edited"),
        (wxr(item(1)) + b"<rss>", 11, "junk after document element", "glued"),
        (b"", 1, "no element found", "cut off"),
        (b"not xml at all", 1, "syntax error", ""),
    ],
)
def test_broken_xml_gets_its_line_and_what_stands_before_is_read(
    tmp_path: Path, raw: bytes, line: int, message: str, hint: str
) -> None:
    found, _, error = read(tmp_path, raw)
    assert error is not None
    assert message in str(error)
    assert hint in error.hint
    assert error.line == line
    assert len([one for one in found if one.name == "item"]) == raw.count(b"</wp:post_id>")


def test_elements_nested_beyond_measure_are_refused(tmp_path: Path) -> None:
    _, _, error = read(tmp_path, b"<rss><channel>" + b"<a>" * 5000)
    assert error is not None
    assert "nested too deeply" in str(error)


def test_an_item_that_is_too_large_is_cut_and_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_ELEMENT", 10_000)
    found, _, error = read(tmp_path, wxr(item(1, "x" * 20_000), item(2)))
    assert error is None
    large, small = (one for one in found if one.name == "item")
    assert not large.whole
    assert len(large.get("content:encoded")) < 10_000
    assert small.whole


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    one = item(1, "word " * 4000)
    peaks = []
    for number in (20, 200):
        path.write_bytes(wxr(one * number))
        tracemalloc.start()
        assert sum(element.name == "item" for element in elements(str(path), Mends())) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert path.stat().st_size > 4_000_000
    assert peaks[1] < peaks[0] * 1.2


@pytest.mark.parametrize("size", [1 << 18, 7, 1])
def test_bare_signs_are_mended_outside_of_cdata_and_nowhere_else(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "_PIECE", size)
    title = "Fish & chips: 3 < 4 &amp; &#233;&eacute; AT&T <![CDATA[a & b < c &amp; ]] d]]> & <!-- e & f -->g"
    path = tmp_path / "export.xml"
    path.write_bytes(wxr(f"<item><title>{title}</title><link>https://a.example/?a=1&b=2</link></item>"))
    mends = Mends()
    (found,) = (one for one in elements(str(path), mends) if one.name == "item")
    assert found.get("title") == "Fish & chips: 3 < 4 & éé AT&T a & b < c &amp; ]] d & g"
    assert found.get("link") == "https://a.example/?a=1&b=2"
    assert mends.told() == ("6 bare `&` or `<` read as the sign itself",)
    assert mends.line == 8
