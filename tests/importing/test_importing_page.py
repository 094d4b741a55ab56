"""docs/importing.md is true: its kinds are the rules' kinds, its report has the report's keys, its patterns are good ones."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from pathlib import Path

from importing.conftest import Newsroom
from slugline.importing.report import ACTIONS
from slugline.importing.rules import load_rules, pattern_problems

PAGE = (Path(__file__).parents[2] / "docs/importing.md").read_text("utf-8")
RULES = tomllib.loads(resources.files("slugline.importing").joinpath("rules.toml").read_text("utf-8"))


def block(language: str, holding: str) -> str:
    return next(text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if holding in text)


def test_every_kind_of_rule_is_on_the_page() -> None:
    section = PAGE.partition("## Patterns of your own")[2].partition("## For developers")[0]
    named = {name for row in section.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row)}
    assert named == {*RULES["en"]["lines"], *RULES["en"]["labels"]}


def test_every_other_language_has_only_kinds_that_english_has() -> None:
    for language, tables in RULES.items():
        assert set(tables.get("lines", ())) <= set(RULES["en"]["lines"]), language
        assert set(tables.get("labels", ())) <= set(RULES["en"]["labels"]), language


def test_the_patterns_on_the_page_work() -> None:
    patterns = tomllib.loads(block("toml", "import.patterns"))["import"]["patterns"]
    assert pattern_problems(patterns) == ()
    rules = load_rules(tuple((kind, tuple(phrases)) for kind, phrases in sorted(patterns.items())))
    assert rules.kinds("Be one of our 20,000 readers") == ("newsletter",)


def test_the_report_on_the_page_has_the_keys_of_the_report(newsroom: Newsroom) -> None:
    shown = json.loads(block("json", "dry_run"))
    newsroom.seed("a.txt")
    real = json.loads(newsroom.run(date="2026-01-24").to_json())
    assert shown.keys() == real.keys()
    assert shown["items"][0].keys() == real["items"][0].keys()
    assert shown["items"][0]["parts"][0].keys() == real["items"][0]["parts"][0].keys()
    assert shown["authors"][0].keys() == real["authors"][0].keys()
    assert tuple(shown["counts"]) == tuple(ACTIONS)


def test_the_modules_on_the_page_are_there() -> None:
    folder = Path(__file__).parents[2] / "site/slugline/importing"
    section = PAGE.partition("## For developers")[2]
    for name in re.findall(r"`([\w/]+\.(?:py|toml))`", section):
        assert (folder / name.removeprefix("importing/")).is_file(), name
