"""The importer against the annotated seeds: everything a page says is found, and nothing else is in the story."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from importing.conftest import SETTINGS
from importing.scrapes import Scrape, everything, load, spaced
from slugline.importing import Imported
from slugline.importing.decoding import decode
from slugline.importing.escaping import visible
from slugline.importing.rules import words_of
from slugline.importing.text import read_text
from slugline.parse import Parser
from slugline.settings.load import parse_settings

SCRAPES = everything()
_KINDS = (("h", r"## "), ("l", r"- "), ("n", r"\d+\. "), ("q", r"> "))


def imported(scrape: Scrape) -> Imported:
    item = read_text(scrape.raw, scrape.name, SETTINGS)
    assert isinstance(item, Imported), item
    return item


def body_of(item: Imported) -> list[tuple[str, str]]:
    """The blocks of the Markdown, marked as the annotated seeds mark theirs."""
    blocks = []
    for line in item.body.split("\n"):
        if not line or line == "* * *":
            continue
        found = ((kind, match) for kind, pattern in _KINDS if (match := re.match(pattern, line)))
        kind, match = next(found, ("p", None))
        blocks.append((kind, spaced(visible(line[match.end() :] if match else line))))
    return blocks


@pytest.fixture(params=SCRAPES, ids=lambda scrape: scrape.name)
def scrape(request: pytest.FixtureRequest) -> Scrape:
    return request.param


def test_there_are_seeds_of_fifteen_languages_and_more_than_sixty_of_them() -> None:
    assert len(SCRAPES) > 60
    languages = {"en", "es", "fr", "de", "pt", "ar", "it", "nl", "pl", "ru", "tr", "id", "zh", "ja", "hi"}
    assert {scrape.name[:2] for scrape in SCRAPES} == languages


def test_the_headline_is_exact(scrape: Scrape) -> None:
    assert imported(scrape).title == scrape.expected["title"]


def test_the_authors_and_their_roles_are_exact(scrape: Scrape) -> None:
    assert [(person.name, person.role) for person in imported(scrape).people] == scrape.authors


def test_the_body_is_the_story_whole_and_nothing_but_the_story(scrape: Scrape) -> None:
    assert body_of(imported(scrape)) == list(scrape.body)


def test_what_the_page_states_beside_the_story_is_found_and_nothing_is_invented(scrape: Scrape) -> None:
    item = imported(scrape)
    expected = scrape.expected
    found = {
        "date": item.date.iso[:10] if item.date else "",
        "updated": item.updated.iso[:10] if item.updated else "",
        "dek": item.meta.get("dek", ""),
        "read": str(item.meta.get("stated_read_time", "")),
        "tags": ", ".join(item.meta.get("tags", ())),
        "lang": item.meta.get("lang", ""),
        "photos": str(len(item.photos) or ""),
        "comments": str(len(item.comments) or ""),
    }
    assert found == {key: expected.get(key, "") for key in found}


def test_a_bio_goes_to_its_author(scrape: Scrape) -> None:
    bios = sum(bool(person.bio) for person in imported(scrape).people)
    assert "bios" not in scrape.expected or str(bios) == scrape.expected["bios"]


def test_every_word_of_the_page_is_in_the_body_or_in_a_part(scrape: Scrape) -> None:
    item = imported(scrape)
    placed = words_of(visible(item.body))
    for part in item.parts:
        placed.extend(words_of(part.text))
    assert Counter(placed) == Counter(words_of(decode(scrape.raw).text))
    assert item.words_in == item.words_out
    assert item.words_total == item.words_in + sum(part.words for part in item.parts)


def test_what_is_imported_parses_without_an_error_or_a_warning(scrape: Scrape, newsroom) -> None:
    newsroom.seed(f"{scrape.name}.txt", scrape.raw)
    report = newsroom.run(date="2026-01-01")
    assert report.exit_code == 0
    settings = parse_settings('[publication]\nname = "The Update Desk"\ntimezone = "Europe/London"\n')
    parser = Parser(settings)
    for path, raw in newsroom.files().items():
        assert parser.parse(path, raw).problems == ()


def test_the_marks_of_an_annotated_seed_are_not_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "x.seed"
    path.write_text("title: T\nauthors: A B, Editor\nlayout: tight\n---\nT\n\n|p Some words.\n|l • an item\n", "utf-8")
    scrape = load(path)
    assert scrape.raw == "T\nSome words.\n• an item\n".encode()
    assert scrape.body == (("p", "Some words."), ("l", "an item"))
    assert scrape.authors == [("A B", "Editor")]
