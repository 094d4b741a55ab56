"""Codes of languages: those that are none are refused with the one that was meant."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis.strategies import text

from publications import Publication
from slugline.languages import language_problem


@pytest.mark.parametrize(
    "code",
    ["en", "EN", "en-GB", "en-gb", "de-CH-1901", "zh-Hant-HK", "sr-Latn", "es-419", "yue", "hsb", "ca-valencia",
     "de-DE-u-co-phonebk",
     "en-x-house"],
)  # fmt: skip
def test_codes_of_languages(code: str) -> None:
    assert language_problem(code) == ""


@pytest.mark.parametrize(
    ("code", "right"),
    [("en_GB", "en-GB"), ("eng", "en"), ("english", "en"), ("English", "en"), ("Deutsch", "de"), ("ger", "de"),
     ("en-UK", "en-GB"),
     ("pt_br", "pt-BR"), ("fran\u00e7ais", "fr"), ("xx", "en-GB"), ("", "en-GB"),
     ("the Queen's", "en-GB"), ("zh_Hant", "zh-Hant")],
)  # fmt: skip
def test_what_is_none_is_answered_with_the_right_one(code: str, right: str) -> None:
    assert f"`{right}`" in language_problem(code)


@example(".")
@given(text(max_size=12))
def test_any_text_is_a_code_or_is_not(code: str) -> None:
    assert isinstance(language_problem(code), str)


def test_stories_pages_and_settings_are_looked_at(publication: object) -> None:
    paper: Publication = publication()  # type: ignore[operator]
    paper.article("world/one", lang="en_GB")
    paper.article("world/two", lang="english")
    paper.page("about", lang="eng")
    assert [(problem.path, problem.line, problem.hint) for problem in paper.problems()] == [
        ("content/articles/world/one.md", 4, "write `en-GB`"),
        ("content/articles/world/two.md", 4, "write `en`"),
        ("content/pages/about.md", 3, "write `en`"),
    ]
    paper.replace("slugline.toml", "base_url", 'language = "en_US"\nbase_url')
    (problem,) = paper.problems()
    assert (problem.path, problem.line, problem.hint) == ("slugline.toml", 4, "write `en-US`")
