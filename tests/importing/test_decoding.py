"""Bytes → text: the encodings that are understood, what is repaired, and what is refused with a reason."""

from __future__ import annotations

import codecs

import pytest

from importing.conftest import SEED
from slugline.importing.decoding import MAX_BYTES, NotTextError, clean, decode

TEXT = "Café “déjà vu” — naïve\n\nA second line of it.\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "windows-1252"],
)
def test_every_usual_encoding_gives_the_same_text(raw: bytes) -> None:
    assert decode(raw).text == TEXT


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_by_its_zeros(codec: str) -> None:
    assert decode(SEED.encode(codec)).text == SEED


def test_what_was_not_plain_utf_8_is_said() -> None:
    assert decode(TEXT.encode("cp1252")).mended == ("read as Windows-1252",)
    assert decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")).mended == ("read as UTF-16",)


def test_utf_8_with_a_few_stray_bytes_keeps_the_letters_of_both() -> None:
    decoded = decode("« Où ? » dit-elle à l’été.\n".encode() + "Café.".encode("cp1252"))
    assert decoded.text == "« Où ? » dit-elle à l’été.\nCafé."
    assert decoded.doubts[0][0] == 2


def test_a_file_cut_in_the_middle_of_a_character_is_read_and_doubted() -> None:
    raw = b"A line.\nCaf" + "é".encode()[:1]
    decoded = decode(raw)
    assert decoded.text == "A line.\nCaf"
    assert decoded.doubts == ((2, "the file ends in the middle of a character"),)


def test_broken_utf_16_marks_what_was_lost() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + SEED.encode("utf-16-le") + b"\x00\xd8\x20\x00")
    assert "�" in decoded.text
    assert "lost" in decoded.doubts[0][1]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\u200b\n\ufeff".encode(), "nothing that can be read"),
        (b"%PDF-1.7 and more", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (bytes(range(256)) * 8, "binary"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "page of markup"),
        ("\ufeff<?xml version='1.0'?><rss/>".encode(), "page of markup"),
        ("مدينة تزرع أسطح بيوتها بالقمح والشعير".encode("cp1256"), "encoding"),
        ("Город выращивает пшеницу на крышах домов".encode("cp1251"), "encoding"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 40, "is not"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason) as caught:
        decode(raw)
    assert caught.value.hint


def test_a_file_beyond_the_bound_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(NotTextError, match="larger than 32 MB"):
        decode(bytes(MAX_BYTES + 1))


def test_newlines_of_every_system_become_one() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e\x85f\vg\fh")[0] == "a\nb\nc\nd\ne\nf\ng\nh"


def test_control_and_invisible_characters_are_removed_and_counted() -> None:
    text, notes = clean("a\x00b\x07c\u200bd\u202ee\ufefff")
    assert text == "abcdef"
    assert notes == ("3 invisible characters removed", "2 control characters removed")


def test_joiners_and_marks_of_direction_that_spelling_needs_stay() -> None:
    assert clean("می\u200cخواهم \u200f!")[0] == "می\u200cخواهم \u200f!"


def test_a_soft_hyphen_goes_and_takes_a_line_break_with_it() -> None:
    assert clean("morn\u00ading and trans\u00ad\n  port")[0] == "morning and transport"


def test_fixed_spaces_become_plain_but_for_those_that_typography_wants() -> None:
    assert clean("a\u00a0b")[0] == "a b"
    assert clean("Quoi\u202f?\u00a0«\u00a0Rien\u00a0», 10\u00a0000")[0] == "Quoi\u202f? «\u00a0Rien\u00a0», 10\u00a0000"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Council&#8217;s", "Council’s"),
        ("&ldquo;Hi&rdquo; &amp; bye", "“Hi” & bye"),
        ("&#x2014;", "—"),
        ("a&nbsp;b", "a b"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("?a=1&copy=2&para", "?a=1&copy=2&para"),
        ("&nosuch;", "&nosuch;"),
        ("&amp;lt;", "&lt;"),
        ("&#0;&#xD800;", "��"),
    ],
)
def test_entities_are_decoded_once_and_only_where_they_are_whole(written: str, meant: str) -> None:
    assert clean(written)[0] == meant


def test_letters_are_composed() -> None:
    assert clean("Cafe\u0301")[0] == "Café"


def test_text_that_was_decoded_wrongly_before_is_doubted_with_its_line() -> None:
    decoded = decode("A headline\n\nThe ministerâ€™s word.".encode())
    assert decoded.doubts == ((3, "`â€™` looks like text that was once decoded wrongly"),)
