"""Answers and traces up close: what is asked once, what is recorded, and what enters a digest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from publications import SETTINGS, changed
from slugline.catalog import trace as module
from slugline.catalog.clock import Clock
from slugline.catalog.queries import Answer, ArticleOf, Catalog, Fact, Facts, Listing, Query, Related, TeaserOf, Window
from slugline.catalog.rows import article_row
from slugline.catalog.store import DamagedState, open_state
from slugline.catalog.sync import CatalogUpdate, tick
from slugline.catalog.trace import Answers, Trace
from slugline.parse import Parser
from slugline.settings.load import parse_settings

PARSER = Parser(parse_settings(SETTINGS))
PREVIEW = Clock("20260301120000", future=True)


class Counted(NamedTuple):
    """A query that counts how often it is asked, in the facts of the catalog."""

    name: str
    query: str = "Counted"

    @property
    def topic(self) -> str:
        return "counted"

    def answer(self, catalog: Catalog) -> Answer:
        facts: Any = catalog.facts
        facts[self.name] = facts.get(self.name, 0) + 1
        return Answer(facts[self.name], b"%d" % facts[self.name])


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_state(str(tmp_path / "state.db"), "salt")) as db:
        db.execute("BEGIN")
        yield db


@pytest.fixture
def answers(db: sqlite3.Connection) -> Answers:
    return Answers(Catalog(db, {}))


def write(db: sqlite3.Connection, *stories: tuple[str, str], clock: Clock = PREVIEW) -> None:
    """Stories by name and date, all on one list."""
    update = CatalogUpdate(db, clock, len(stories))
    for name, date in stories:
        text = f"---\ntitle: Story {name}\ndate: {date}\ntags: [Asia]\n---\n\nWords.\n"
        update.put_article(article_row(PARSER.parse(f"articles/world/{name}.md", text.encode()), 200))
    update.finish()


def key(name: str) -> str:
    return f"articles/world/{name}.md"


# Answers


def test_each_query_is_asked_once(answers: Answers) -> None:
    assert [answers.ask(Counted(name)).value for name in "abaab"] == [1, 1, 1, 1, 1]
    answers.forget()
    assert answers.ask(Counted("a")).value == 2


def test_when_too_many_are_cached_all_are_asked_again(answers: Answers) -> None:
    with changed(module, "_KEPT", 2):
        assert [answers.ask(Counted(name)).value for name in "abaabca"] == [1, 1, 1, 1, 1, 1, 2]


def test_of_many_stories_fewer_answers_are_cached(answers: Answers, db: sqlite3.Connection) -> None:
    write(db, ("one", "2026-01-01"), ("two", "2026-01-02"))
    stories = Listing("tag:asia")
    with changed(module, "_KEPT", 4):
        asked = [answers.ask(query) for query in (stories, Counted("a"), stories)]
        assert asked[0] is asked[2]
        answers.ask(Counted("b"))
        assert answers.ask(stories) is not asked[0]


def test_what_only_one_page_asks_is_not_cached(answers: Answers, db: sqlite3.Connection) -> None:
    write(db, ("one", "2026-01-01"))
    before = answers.ask(ArticleOf(key("one"))).value[0].title
    db.execute("UPDATE article SET live = 0")
    assert (before, answers.ask(ArticleOf(key("one"))).value) == ("Story one", None)


def test_what_was_prepared_is_used_once_and_dropped_with_the_next(answers: Answers, db: sqlite3.Connection) -> None:
    write(db, ("one", "2026-01-01"), ("two", "2026-01-02"))
    asked = {name: answers.ask(ArticleOf(key(name))) for name in ("one", "two")}
    answers.prepare([key("one"), key("none"), key("two")])
    db.execute("UPDATE article SET live = 0")
    assert answers.ask(ArticleOf(key("one"))) == asked["one"]
    assert answers.ask(ArticleOf(key("one"))).value is None
    assert answers.ask(ArticleOf(key("none"))).value is None
    answers.prepare([])
    assert answers.ask(ArticleOf(key("two"))).value is None


def test_to_forget_is_to_read_the_stories_again(answers: Answers, db: sqlite3.Connection) -> None:
    write(db, ("one", "2026-01-01"))
    answers.ask(TeaserOf(key("one")))
    answers.prepare([key("one")])
    db.execute("UPDATE article SET live = 0")
    answers.forget()
    assert answers.ask(TeaserOf(key("one"))).value is None
    assert answers.ask(ArticleOf(key("one"))).value is None


@pytest.mark.parametrize("query", [TeaserOf(key("one")), ArticleOf(key("one")), Listing("")])
def test_a_row_that_is_not_as_it_was_written_is_no_answer(answers: Answers, db: sqlite3.Connection, query: Query) -> None:
    write(db, ("one", "2026-01-01"))
    db.execute("UPDATE article SET teaser = replace(teaser, 'Story', 'Stork')")
    with pytest.raises(DamagedState):
        answers.ask(query)


# Traces


def test_a_trace_records_what_was_asked_in_the_order_of_the_first_time(answers: Answers) -> None:
    trace = Trace(answers)
    assert [trace.ask(Counted(name)) for name in "bab"] == [1, 1, 1]
    assert trace.reads == {Counted("b"): Answer(1, b"1"), Counted("a"): Answer(1, b"1")}
    assert list(trace.reads) == [Counted("b"), Counted("a")]


def test_a_page_has_one_answer_to_a_question_whatever_happens_meanwhile(answers: Answers) -> None:
    trace = Trace(answers)
    trace.ask(Counted("a"))
    answers.forget()
    assert trace.ask(Counted("a")) == 1
    assert Trace(answers).ask(Counted("a")) == 2


def test_that_something_is_absent_is_recorded(answers: Answers) -> None:
    trace = Trace(answers)
    assert trace.ask(Fact("none")) is None
    assert list(trace.reads) == [Fact("none")]


def test_what_a_part_of_a_page_asked_is_recorded_with_the_page(answers: Answers) -> None:
    part, page = Trace(answers), Trace(answers)
    part.ask(Counted("a"))
    page.ask(Counted("b"))
    page.take(part)
    assert set(page.reads) == {Counted("a"), Counted("b")}
    assert set(part.reads) == {Counted("a")}


def test_the_facts_that_a_page_reads_are_one_query_which_names_those_of_its_parts_too(answers: Answers) -> None:
    part, page = Trace(answers), Trace(answers)
    assert part.fact("b") is None
    page.take(part)
    assert page.fact("c") is None
    page.note(("a",))
    assert list(page.complete()) == [Facts("a\nb\nc")]
    assert list(part.complete()) == [Facts("b")]


# Digests


@pytest.mark.parametrize(
    ("query", "is_under_embargo"),
    [
        (Listing("tag:asia"), lambda value: value[0].embargo),
        (TeaserOf(key("later")), lambda value: value.embargo),
        (ArticleOf(key("later")), lambda value: value[0].embargo),
        (Window(key("early"), "tag:asia", newer=True), lambda value: value[0].embargo),
        (Related(key("last"), ("tag:asia",), 1), lambda value: value[0].embargo),
    ],
    ids=lambda value: getattr(value, "query", ""),
)
def test_that_an_embargo_ends_changes_the_digest_of_every_answer_that_says_so(
    db: sqlite3.Connection, query: Query, is_under_embargo: Callable[[Any], bool]
) -> None:
    write(db, ("early", "2026-01-01"), ("later", "2026-05-01"), ("last", "2026-05-02"))
    # The listing's first story is the last; it ends its embargo together with the other.
    found = []
    for now in (PREVIEW, Clock("20260601000000", future=True)):
        tick(db, PREVIEW if found else None, now)
        found.append(query.answer(Catalog(db, {})))
    before, after = found
    assert (is_under_embargo(before.value), is_under_embargo(after.value)) == (True, False)
    assert before.digest != after.digest


def test_two_answers_have_one_digest_only_if_they_are_equal(db: sqlite3.Connection) -> None:
    write(db, *[(name, f"2026-01-0{number}") for number, name in enumerate(("one", "two", "three"), 1)])
    catalog = Catalog(db, {})
    listings = [Listing("", limit=limit, oldest=oldest) for limit in (1, 2, 3) for oldest in (False, True)]
    assert len({listing.answer(catalog).digest for listing in listings}) == 6
    assert Listing("", limit=3).answer(catalog) == Listing("tag:asia").answer(catalog)
