"""The rules: how phrases are compared, and that each of the package's own does what it is there for."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from slugline.importing.rules import Rules, fold, load_rules, pattern_problems, words_of

DATA = tomllib.loads(resources.files("slugline.importing").joinpath("rules.toml").read_text("utf-8"))
LANGUAGES = ("en", "es", "fr", "de", "pt", "ar")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SHARE THIS ARTICLE!", "Share this article"),
        ("⏱️ 3 min read", "3 Min Read"),
        ("Leído", "leido"),
        ("Don’t miss", "don't miss"),
        ("© 2019–2026 X", "(c) 2026 X"),
        ("1.2K shares", "14 shares"),
        ("اقرأ أيضًا", "اقرا ايضا"),
    ],
)
def test_lines_that_differ_only_in_dress_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_kind_of_rule_that_a_page_needs(language: str) -> None:
    lines = {
        "read_time",
        "share",
        "advertisement",
        "newsletter",
        "cookies",
        "related_list",
        "comment_form",
        "legal",
        "copyright",
    }
    labels = {"byline", "published", "updated", "tags", "related", "caption", "credit"}
    words = {"join", "months", "weekdays", "section", "role", "bio", "stop"}
    assert lines <= set(DATA[language]["lines"])
    assert labels <= set(DATA[language]["labels"])
    assert words <= set(DATA[language]["words"])
    assert len(DATA[language]["words"]["months"]) == 12
    assert len(DATA[language]["words"]["weekdays"]) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_matches_a_line_made_of_it(language: str, rules: Rules) -> None:
    for kind, phrases in DATA[language]["lines"].items():
        for phrase in phrases:
            line = phrase.replace("{n}", "7").replace("{year}", "2026").replace("{text}", "words").replace("…", " words ")
            while "{" in line:
                start = line.index("{")
                end = line.index("}", start)
                line = line[:start] + line[start + 1 : end].split("|")[0] + line[end + 1 :]
            assert kind in rules.kinds(line.strip()), phrase


@pytest.mark.parametrize(
    "line",
    [
        "Sharing is what the committee does best.",
        "Comments from the floor went on until midnight.",
        "“We use cookies,” said the mayor.",
        "Copyright law is not kind to towns.",
        "C. Everett Koop was there.",
        "More on that later, the mayor said.",
        "The board said it would advertise the post.",
        "World Business",
        "Home is where the town hall is.",
    ],
)
def test_a_sentence_of_a_story_is_no_furniture(line: str, rules: Rules) -> None:
    assert rules.kinds(line) == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Terms of Service Privacy Policy", "legal"),
        ("Terms of Service | Privacy Policy | Cookie Policy", "legal"),
        ("Facebook Twitter WhatsApp Email", "social"),
        ("Home World Politics Business", "navigation"),
    ],
)
def test_a_row_of_links_is_recognised_whatever_parts_them(line: str, kind: str, rules: Rules) -> None:
    assert kind in rules.kinds(line)


@pytest.mark.parametrize(
    ("line", "kind", "lead", "value"),
    [
        ("By Jane Doe", "byline", "By", "Jane Doe"),
        ("By: Jane Doe", "byline", "By", "Jane Doe"),
        ("Also read: A story", "related", "Also read", "A story"),
        ("READ MORE | A story", "related", "READ MORE", "A story"),
        ("Crédit photo : Jane", "credit", "Crédit photo", "Jane"),
        ("Image source, Getty Images", "credit", "Image source", "Getty Images"),
        ("Tags:Asia, Korea", "tags", "Tags", "Asia, Korea"),
        ("بقلم: أحمد", "byline", "بقلم", "أحمد"),
    ],
)
def test_a_label_is_told_from_its_value(line: str, kind: str, lead: str, value: str, rules: Rules) -> None:
    found = rules.label(line)
    assert found is not None
    assert kind in found.kinds
    assert (found.lead, found.value) == (lead, value)


@pytest.mark.parametrize("line", ["Photo finish at the races", "Image by image", "Read the law", "Sources say"])
def test_a_label_that_needs_a_colon_is_none_without_it(line: str, rules: Rules) -> None:
    found = rules.label(line)
    assert found is None or not {"tags", "related", "desk"} & set(found.kinds)


def test_a_publication_can_add_phrases_and_labels() -> None:
    own = load_rules((("promo", ("The Desk Briefing…",)), ("related", ("From our files:",))))
    assert own.kinds("The Desk Briefing, every morning at six") == ("promo",)
    label = own.label("From our files: The flood of 1953")
    assert label is not None
    assert label.kinds == ("related",)
    assert load_rules().kinds("The Desk Briefing, every morning at six") == ()


@pytest.mark.parametrize(
    ("patterns", "what"),
    [
        ({"advertisment": ["x"]}, "no kind of furniture"),
        ({"share": ["{text}"]}, "fit any line"),
        ({"share": ["…!"]}, "fit any line"),
        ({"share": ["Spread {the|that word"]}, "a brace too many"),
    ],
)
def test_a_pattern_that_makes_no_sense_is_explained(patterns: dict[str, list[str]], what: str) -> None:
    ((_, message, hint),) = pattern_problems(patterns)
    assert what in message
    assert hint


def test_a_good_pattern_is_no_problem() -> None:
    assert pattern_problems({"share": ["Spread {the|that} word"], "tags": ["Stichworte:"]}) == ()


def test_words_are_runs_of_letters_and_digits_and_signs_of_chinese_count_each() -> None:
    assert words_of("It’s 3.5 o'clock — 東京 now_then") == ["It", "s", "3", "5", "o", "clock", "東", "京", "now", "then"]
