"""Settings of earlier releases."""

from __future__ import annotations

from pathlib import Path

import pytest

from slugline.errors import PublicationError
from slugline.settings.changes import CHANGES, VERSIONS
from slugline.settings.load import parse_settings
from slugline.settings.upgrade import upgrade_settings, upgraded

LEAST = '[publication]\nname = "The Courier"\ntimezone = "Europe/London"\n'

SIGNS = "[urls]\nspell_out_signs = false\n"

OLD = """\
# The Courier's settings
[publication]   # who we are
name = "The Courier"
timezone = 'Europe/London'

[markdown]
engine = "commonmark"   # quicker
# Ours.
smart = false

[archives]
length = 4
"""


def test_a_removed_setting_goes_and_all_else_stays_as_it_is_written() -> None:
    upgrade = upgraded(OLD)
    assert (upgrade.before, upgrade.after) == ("0.1", VERSIONS[-1])
    assert upgrade.changes[0] == "`markdown.engine` is removed: Python-Markdown is the only engine"
    assert upgrade.text.startswith(OLD.replace('engine = "commonmark"   # quicker\n', "") + f"\n{SIGNS}\n[slugline]\n")
    assert parse_settings(upgrade.text).slugline.version == VERSIONS[-1]


def test_a_section_in_which_nothing_is_left_goes_too() -> None:
    text = upgraded(f'{LEAST}\n[markdown]\nengine = "commonmark"\n\n[archives]\nlength = 4\n').text
    assert "[markdown]" not in text
    assert parse_settings(text).archives.length == 4


@pytest.mark.parametrize("text", [OLD, LEAST, OLD.replace("[markdown]\nengine", "[markdown.settings]\n[markdown]\nengine")])
def test_upgrading_twice_is_upgrading_once(text: str) -> None:
    once = upgraded(text)
    twice = upgraded(once.text)
    assert (twice.before, twice.after, twice.changes, twice.text) == (VERSIONS[-1], VERSIONS[-1], (), once.text)


def test_a_version_that_is_written_is_replaced_where_it_is() -> None:
    text = f'[slugline]\nversion = "0.1"  # ours\n\n{LEAST}'
    assert upgraded(text).text == text.replace("0.1", VERSIONS[-1]) + f"\n{SIGNS}"


@pytest.mark.parametrize(("version", "written"), [("0.1", True), ("0.3", True), ("0.4", False)])
def test_addresses_of_tags_with_signs_stay_where_a_paper_has_them(version: str, written: bool) -> None:
    text = f'[slugline]\nversion = "{version}"\n\n{LEAST}'
    assert parse_settings(upgraded(text).text).urls.spell_out_signs is not written
    assert parse_settings(upgraded(f"{text}\n[urls]\nspell_out_signs = true\n").text).urls.spell_out_signs


def test_a_setting_that_makes_no_difference_any_more_is_passed_over() -> None:
    assert parse_settings(f'{LEAST}[markdown]\nengine = "python-markdown"\nsmart = false\n').markdown.smart is False


def test_one_that_does_is_an_error_that_names_the_mend() -> None:
    with pytest.raises(PublicationError) as raised:
        parse_settings(OLD)
    (problem,) = raised.value.problems
    assert problem.line == 7
    assert problem.message == "since 0.2, `markdown.engine` is removed: Python-Markdown is the only engine"
    assert problem.hint == "`slugline upgrade` brings the settings up to date"


@pytest.mark.parametrize(
    ("version", "message", "hint"),
    [
        ('"9.0"', 'the settings are written for a Slugline that this one does not know: version "9.0"', "install a newer"),
        ("0.2", "`slugline.version` must be a text in quotes, not 0.2", ""),
    ],
)
def test_a_version_that_is_not_known_is_the_one_error_that_is_reported(version: str, message: str, hint: str) -> None:
    text = f"{LEAST}[later]\nkey = 1\n\n[slugline]\nversion = {version}\n"
    for read in (parse_settings, upgraded):
        with pytest.raises(PublicationError) as raised:
            read(text)
        (problem,) = raised.value.problems
        assert (problem.line, problem.message) == (8, message)
        assert problem.hint.startswith(hint)


def test_the_file_keeps_its_line_ends_and_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "slugline.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode())
    before = path.read_bytes()
    assert upgrade_settings(tmp_path, dry_run=True).changes
    assert path.read_bytes() == before
    upgrade = upgrade_settings(tmp_path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + upgrade.text.replace("\n", "\r\n").encode()
    assert not upgrade_settings(tmp_path).changes


def test_settings_that_cannot_be_read_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "slugline.toml").write_text("[publication\n")
    with pytest.raises(PublicationError, match="not valid TOML"):
        upgrade_settings(tmp_path)
    assert (tmp_path / "slugline.toml").read_text() == "[publication\n"


def test_every_change_is_of_a_version_and_of_a_setting_that_is_no_more() -> None:
    settings = parse_settings(LEAST)
    for change in CHANGES:
        assert change.version in VERSIONS[1:]
        section, _, key = change.setting.partition(".")
        # One that is written where nothing was before is a setting still.
        known = {item.name for item in getattr(getattr(settings, section), "fields", ())}
        assert ("is removed" in change.what) == (key not in known)
