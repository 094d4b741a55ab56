"""Settings: typed, all problems at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.errors import PublicationError
from slugline.settings.load import load_settings, parse_settings
from slugline.settings.schema import Settings

LEAST = '[publication]\nname = "The Courier"\ntimezone = "Europe/London"\n'


def problems(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PublicationError) as raised:
        parse_settings(text)
    return [(problem.line, problem.message, problem.hint) for problem in raised.value.problems]


def test_a_name_and_a_zone_are_enough() -> None:
    settings = parse_settings(LEAST)
    assert settings.publication.name == "The Courier"
    assert settings.archives.length == 30


def test_every_problem_is_reported_at_once_in_the_order_of_the_file() -> None:
    found = problems(LEAST + 'nmae = "x"\n\n[archives]\nlength = "x"\nmonths = 1\n\n[nothing-like-it]\n')
    assert [line for line, _, _ in found] == [4, 7, 8, 10]


@pytest.mark.parametrize("value", ["true", "1.5", '"x"', "[1]", "{a = 1}", "2026-01-01"])
def test_a_number_is_a_whole_number_and_nothing_else(value: str) -> None:
    ((line, message, _),) = problems(f"{LEAST}\n[archives]\nlength = {value}\n")
    assert line == 6
    assert "must be a whole number" in message


def test_what_is_missing_is_reported_with_what_it_is() -> None:
    ((line, message, hint),) = problems('[publication]\nname = "x"\n')
    assert (line, message) == (1, "`publication.timezone` is missing")
    assert "IANA" in hint


def test_a_missing_file_gets_a_hint_where_to_look(tmp_path: object) -> None:
    with pytest.raises(PublicationError, match=r"there is no slugline\.toml here"):
        load_settings(str(tmp_path))


def test_a_section_that_is_written_twice_is_reported_with_its_line() -> None:
    with pytest.raises(PublicationError) as raised:
        parse_settings(f"{LEAST}\n[publication]\n")
    (problem,) = raised.value.problems
    assert problem.line == len(f"{LEAST}\n[publication]\n".splitlines())
    assert problem.hint == "write each key and each `[section]` once"


def test_text_that_ends_too_soon_is_wrong_at_its_end() -> None:
    with pytest.raises(PublicationError) as raised:
        parse_settings(f"{LEAST}\n[archives")
    (problem,) = raised.value.problems
    assert problem.line == len(LEAST.splitlines()) + 2 - (not LEAST.endswith("\n"))


def test_each_section_has_a_digest_of_its_values() -> None:
    one, other = parse_settings(LEAST), parse_settings(f"{LEAST}\n[archives]\nlength = 3\n")
    assert one.digest("publication", "urls") == other.digest("publication", "urls")
    assert one.digest("archives") != other.digest("archives")


def test_every_setting_has_a_sentence_that_documents_it() -> None:
    for section in Settings.fields:
        value = getattr(parse_settings(LEAST), section.name)
        if section.name != "text":
            assert all(item.doc.strip() for item in value.fields), section.name


@given(st.text(alphabet="[]=\"a.1 \n#{}',", max_size=60))
def test_any_text_is_settings_or_problems(text: str) -> None:
    with pytest.raises(PublicationError) as raised:
        parse_settings(text)
    assert raised.value.problems


def test_settings_that_name_the_only_markdown_engine_are_accepted() -> None:
    text = '[publication]\nname = "A"\ntimezone = "UTC"\n[markdown]\nengine = "python-markdown"\n'
    assert parse_settings(text).markdown.smart
