from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from bench.corpus import FEWEST_STORIES, WORDS_MAX, WORDS_MIN, Corpus, Story
from bench.lexicon import LEXICON
from bench.prose import count_words, curl, visible

CORPUS = Corpus(400)
STORIES = list(CORPUS)


def test_a_corpus_is_the_same_in_every_process_whatever_the_hash_seed() -> None:
    code = "from bench.corpus import Corpus; print(repr([Corpus(400).story(n) for n in (0, 7, 399)]))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {repr([STORIES[number] for number in (0, 7, 399)]) + "\n"}


def test_another_seed_makes_other_stories() -> None:
    assert Corpus(400, seed=2).story(7).body != STORIES[7].body


def test_stories_have_between_350_and_900_words_and_use_the_whole_range() -> None:
    words = [story.words for story in STORIES]
    assert min(words) >= WORDS_MIN == 350
    assert max(words) <= WORDS_MAX == 900
    assert min(words) < 420
    assert max(words) > 830


def test_the_words_told_are_those_that_a_reader_sees() -> None:
    for story in STORIES[:50]:
        assert story.words == count_words(story.body)
    text = (
        '## A *bold* **step**\n\n- one\n- two [three four](https://example.com/five)\n\n> "six" -- seven\n\n1. eight\n'
    )
    assert visible(text).split() == [
        "A",
        "bold",
        "step",
        "one",
        "two",
        "three",
        "four",
        '"six"',
        "--",
        "seven",
        "eight",
    ]
    assert count_words(text) == 10


def test_there_are_8_sections_50_authors_and_120_tags_and_all_are_used() -> None:
    assert {story.head.section for story in STORIES} == {section.slug for section in CORPUS.sections}
    assert {slug for story in STORIES for slug in story.authors} == {author.slug for author in CORPUS.authors}
    assert {tag for story in STORIES for tag in story.tags} == set(CORPUS.tags)
    assert (len(CORPUS.sections), len(CORPUS.authors), len(CORPUS.tags)) == (8, 50, 120)


def test_the_smallest_corpus_still_uses_every_tag() -> None:
    assert {tag for story in Corpus(FEWEST_STORIES) for tag in story.tags} == set(CORPUS.tags)
    with pytest.raises(ValueError, match="at least 120"):
        Corpus(FEWEST_STORIES - 1)


def test_no_two_stories_share_a_minute_or_an_address_and_later_numbers_are_newer() -> None:
    dates = [story.head.date for story in STORIES]
    assert dates == sorted(set(dates))
    assert len({story.head.path for story in STORIES}) == len(STORIES)
    assert datetime(2016, 1, 1, tzinfo=UTC) <= dates[0]
    assert dates[-1] < datetime(2026, 1, 1, tzinfo=UTC) <= CORPUS.head(400).date


def test_stories_have_links_emphasis_headings_lists_and_quotes() -> None:
    constructs = {
        "external link": r"\]\(https://",
        "internal link": r"\]\(story:",
        "emphasis": r"(?<!\*)\*\w+\*(?!\*)",
        "strong": r"\*\*",
        "heading": r"^## ",
        "smaller heading": r"^### ",
        "list": r"^- ",
        "numbered list": r"^1\. ",
        "quote": r"^> ",
        "straight quote": '"',
        "straight apostrophe": r"\w'\w",
        "curly quote": "“",
        "curly apostrophe": r"\w’\w",
    }
    found = Counter(name for story in STORIES for name, one in constructs.items() if re.search(one, story.body, re.M))
    assert {name for name in constructs if found[name] < 5} == set()


def test_stories_link_only_to_older_stories_that_exist() -> None:
    for story in STORIES:
        for target in re.findall(r"\(story:(\d+)\)", story.body):
            assert int(target) < story.head.number


def test_every_slot_is_filled_and_every_sentence_begins_with_a_capital() -> None:
    for story in STORIES:
        for text in (story.head.title, story.dek, story.summary or "", story.body):
            assert "{" not in text
            assert "}" not in text
        for paragraph in story.body.split("\n\n"):
            first = re.search(r"\w", visible(paragraph))
            assert first
            assert not first[0].islower(), paragraph


def test_slots_of_the_patterns_are_known() -> None:
    texts = [text for group in (LEXICON.patterns, LEXICON.words) for texts in group.values() for text in texts]
    slots = {slot.lower() for text in texts for slot in re.findall(r"\{(\w+)\}", text)}
    fixed = {"body", "bare", "full", "short", "place", "place2", "matter", "matter2", "target", "count"}
    people = {f"{kind}{number}" for kind in ("p", "l", "job", "a_job") for number in "123"}
    numbers = {"n", "small", "big", "pct", "pct2", "money", "year", "year2"}
    assert slots - fixed - people - numbers - set(LEXICON.words) - {"trend2"} == set()


def test_curled_text_has_no_straight_quotes_and_opens_and_closes_rightly() -> None:
    assert curl('"It\'s time," she said. ("Now.")') == "“It’s time,” she said. (“Now.”)"
    assert curl("'Nobody asked us'") == "‘Nobody asked us’"


def test_a_title_is_safe_in_front_matter_whatever_it_holds() -> None:
    from bench.generators.base import front_matter, scalar

    for title in (
        *(story.head.title for story in STORIES),
        "Who: us",
        'Say "no"',
        "'Quoted': yes",
        "no",
        "12",
        "a #b",
        "true",
    ):
        assert yaml.safe_load(front_matter({"title": scalar(title)}).strip("-\n"))["title"] == title


def test_stories_are_values() -> None:
    assert isinstance(STORIES[0], Story)
    assert CORPUS.story(0) == STORIES[0]
    with pytest.raises(AttributeError):
        STORIES[0].dek = ""  # type: ignore[misc]
