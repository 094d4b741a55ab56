"""Typographic characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.markup.quotes import Typesetter
from slugline.markup.signs import BREAK, JOINT, LITERAL, OPAQUE
from slugline.markup.typography import typography

LANGUAGES = (
    "en",
    "de",
    "de-CH",
    "fr",
    "fr-CH",
    "es",
    "es-MX",
    "it",
    "pt",
    "pt-PT",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "cs",
    "ru",
    "uk",
    "hu",
    "he",
    "ar",
    "ja",
    "zh",
)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "“It’s ‘fine’,” she said"),
        ("en-GB", "“It’s ‘fine’,” she said"),
        ("xx", "“It’s ‘fine’,” she said"),
        ("de", "„It’s ‚fine‘,“ she said"),
        ("de-AT", "„It’s ‚fine‘,“ she said"),
        ("de-CH", "«It’s ‹fine›,» she said"),
        ("fr", "«\u202fIt’s “fine”,\u202f» she said"),
        ("fr_CA", "«\u202fIt’s “fine”,\u202f» she said"),
        ("es", "«It’s “fine”,» she said"),
        ("es-MX", "“It’s ‘fine’,” she said"),
        ("it", "«It’s “fine”,» she said"),
        ("pt-BR", "“It’s ‘fine’,” she said"),
        ("pt-PT", "«It’s “fine”,» she said"),
        ("nl", "“It’s ‘fine’,” she said"),
        ("sv", "”It’s ’fine’,” she said"),
        ("da", "”It’s ’fine’,” she said"),
        ("fi", "”It’s ’fine’,” she said"),
        ("nb", "«It’s ‘fine’,» she said"),
        ("pl", "„It’s ‚fine’,” she said"),
        ("cs", "„It’s ‚fine‘,“ she said"),
        ("ru", "«It’s „fine“,» she said"),
        ("hu", "„It’s »fine«,” she said"),
        ("ar", "«It’s “fine”,» she said"),
        ("he", "”It’s ’fine’,” she said"),
        ("ja", "「It’s 『fine』,」 she said"),
    ],
)
def test_quotes_are_those_of_the_language(lang, expected):
    assert Typesetter(typography(lang)).text("\"It's 'fine',\" she said") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("the dogs' bowls", "the dogs’ bowls"),
        ("the '90s, rock 'n' roll, 'tis", "the ’90s, rock ’n’ roll, ’tis"),
        ("\"'Quoted' words\" twice", "“‘Quoted’ words” twice"),
        ("'\"Quoted\" words' twice", "‘“Quoted” words’ twice"),
        ('He said "yes"; ("no") ["maybe"]', "He said “yes”; (“no”) [“maybe”]"),
        ('a--"b"--c', "a–“b”–c"),
        ('"Wait--" he said', "“Wait–” he said"),
        ('"...and so"', "“…and so”"),
        ('"Well..." he said', "“Well…” he said"),
        ("a -- b --- c ---- d", "a – b — c ---- d"),
        ("a... b.... c..", "a… b.... c.."),
        ('12" x 18"', "12” x 18”"),
        ('" "', '" "'),
        ('"', '"'),
        ('他说"你好"和"再见"。', "他说“你好”和“再见”。"),
        ('&nbsp;"a"&nbsp;"b" &amp;"c"', "&nbsp;“a”&nbsp;“b” &amp;“c”"),
        ("“Typed” ‘so’ – already — …", "“Typed” ‘so’ – already — …"),
        (f'"{JOINT}a{JOINT}" {JOINT}"b"{JOINT}', f"“{JOINT}a{JOINT}” {JOINT}“b”{JOINT}"),
        (f'"{OPAQUE}"', f"“{OPAQUE}”"),
        (f'"a{BREAK}"b"', f"“a{BREAK}“b”"),
        (f'{LITERAL}"a{LITERAL}" {LITERAL}-- {LITERAL}...', f'{LITERAL}"a{LITERAL}" {LITERAL}-- {LITERAL}...'),
    ],
)
def test_english_text_is_made_typographic(typed, expected):
    assert Typesetter(typography("en")).text(typed) == expected


@pytest.mark.parametrize(
    ("lang", "typed", "expected"),
    [
        ("de", "die 68er, 's geht um Hans' Buch und 'Hans' selbst", "die 68er, ’s geht um Hans’ Buch und ‚Hans‘ selbst"),
        ("nl", "'s avonds in 't huis, 'zei hij'", "’s avonds in ’t huis, ‘zei hij’"),
        ("fr", "Quoi ? Non ! Si ; voici : « oui »", "Quoi\u202f? Non\u202f! Si\u202f; voici\u00a0: «\u202foui\u202f»"),
        ("fr", "l'homme d'aujourd'hui :-)", "l’homme d’aujourd’hui :-)"),
        ("he", "צה\"ל וג'ורג'", "צה״ל וג׳ורג׳"),
        ("fi", '"Hän"', "”Hän”"),
    ],
)
def test_other_languages_have_ways_of_their_own(lang, typed, expected):
    assert Typesetter(typography(lang)).text(typed) == expected


TEXTS = st.text(alphabet=f"ab1 \n\"'\"'.,-–“”„«»…;&!()?{JOINT}{BREAK}{OPAQUE}{LITERAL}é字", max_size=40)


@given(st.sampled_from(LANGUAGES), TEXTS)
def test_what_the_neighbours_settle_is_what_reading_one_by_one_leads_to(lang, text):
    typesetter = Typesetter(typography(lang))
    one_by_one = BREAK.join(typesetter.one_by_one(block) for block in text.split(BREAK))
    assert typesetter.quotes(text) == one_by_one


@given(st.sampled_from(LANGUAGES), TEXTS)
def test_nothing_but_quotes_dots_hyphens_and_spaces_is_changed(lang, text):
    drop = str.maketrans("", "", "\"'.-–—… \u00a0\u202f“”„‘’‚«»‹›「」『』״׳")
    assert Typesetter(typography(lang)).text(text).translate(drop) == text.translate(drop)


@given(st.sampled_from(LANGUAGES), TEXTS)
def test_signs_for_markup_stay_in_their_places(lang, text):
    signs = str.maketrans("", "", "".join(set(text) - {JOINT, BREAK, OPAQUE, LITERAL}) + "–—…“”„‘’‚«»‹›「」『』״׳\u00a0\u202f")
    assert Typesetter(typography(lang)).text(text).translate(signs) == text.translate(signs)


def test_markup_between_quotes_is_looked_through(render):
    assert render('"*Quite* so," said "**[he](x.md)**".').html == (
        '<p>“<em>Quite</em> so,” said “<strong><a href="content:articles/world/x.md">he</a></strong>”.</p>'
    )


def test_code_attributes_and_targets_are_left_as_typed(render):
    html = render('`"a" -- b...` [c](d--e.md "f -- g") <span title="h\'s">i</span>').html
    assert '<code>"a" -- b...</code>' in html
    assert 'href="content:articles/world/d--e.md" title="f -- g"' in html
    assert '<span title="h\'s">' in html


def test_escaped_characters_are_left_as_typed(render):
    assert render('\\"a\\" \\--b \\...').html == '<p>"a" --b ...</p>'
    assert render("a\\.html [b](c\\-\\-d.md)").links == ("content:articles/world/c--d.md",)


def test_typography_can_be_turned_off(render):
    assert render('"a" -- it\'s...', smart=False).html == '<p>"a" -- it\'s...</p>'


def test_typography_is_that_of_the_text_and_not_of_the_one_before(render):
    assert render('"a"', lang="de").html == "<p>„a“</p>"
    assert render('"a"', lang="en").html == "<p>“a”</p>"
