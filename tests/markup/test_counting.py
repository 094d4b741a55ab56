"""Words and excerpts."""

from __future__ import annotations

import pytest

from slugline.markup.counting import EXCERPT_LENGTH, excerpt, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n ", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("  one   two  ", 2),
        ("one – two — three - four & five", 5),
        ("… — …", 0),
        ("it’s well-known, e.g. 1,200", 4),
        ("“Quoted,” he said.", 3),
        ("«\u202fMot\u202f» et mot\u202f!", 3),
        ("10\u00a0000 km", 2),
        ("a \u202f b", 2),
        ("a\tb", 2),
        ("Москва שלום", 2),
        ("你好，世界。", 4),
        ("東京 2026 です", 5),
        ("한국어", 3),
        ("see 東京 now", 4),
        ("𠀀", 1),
        ("😀 smile", 1),
        ("* * *", 0),
        ("_", 0),
    ],
)
def test_words_are_counted(text, count):
    assert words(text) == count


def test_code_and_markup_are_no_words(render):
    assert render("One *two* `not this` **th**ree.\n\n    not this\n\n```\nnor this\n```").words == 3


def test_a_short_text_is_its_own_excerpt():
    assert excerpt(" One\ntwo   three ") == "One two three"


def test_a_long_text_is_cut_between_words():
    found = excerpt("word, " * 100)
    assert found.endswith("word…")
    assert len(found) <= EXCERPT_LENGTH


def test_a_text_without_spaces_is_cut_at_the_limit():
    assert excerpt("字" * 400) == "字" * (EXCERPT_LENGTH - 1) + "…"


def test_a_text_of_just_the_limit_is_not_cut():
    assert excerpt("a" * EXCERPT_LENGTH) == "a" * EXCERPT_LENGTH


def test_the_excerpt_is_the_first_paragraph_with_text(render):
    assert render("## Head\n\n![A](a.jpg)\n\n- item\n\nThe *first* `code` &amp; [link](x.md).\n\nSecond.").excerpt == (
        "The first code & link."
    )


def test_a_quotation_is_the_excerpt_only_if_there_is_no_other_paragraph(render):
    assert render("> Quoted.\n\nText.").excerpt == "Text."
    assert render("> Quoted.").excerpt == "Quoted."


def test_a_footnote_is_no_excerpt_and_its_mark_no_part_of_one(render):
    assert render("Text[^1] here.\n\n[^1]: Note.").excerpt == "Text here."
    assert render("- item[^1]\n\n[^1]: Note.").excerpt == ""


def test_a_hard_break_parts_words(render):
    body = render("One  \ntwo<br>three")
    assert body.words == 3
    assert body.excerpt == "One two three"
