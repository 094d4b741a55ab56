"""The ledger up close: pages and their places, traces, grants, and what builds owe."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from publications import changed
from slugline.build import ledger as module
from slugline.build.clashes import clash_problem
from slugline.build.ledger import Clash, Ledger, Read, Written, route_of, url_of
from slugline.catalog.store import open_state
from slugline.catalog.sync import EVERYTHING
from slugline.files import number_of
from slugline.pages.kinds.registry import STANDARD
from slugline.pages.page import Page, Route

TEMPLATES = {"article": "article.html", "section": "section.html"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = open_state(str(tmp_path / "state.db"), "salt")
    db.execute("BEGIN")
    yield db
    db.close()


@pytest.fixture
def ledger(db: sqlite3.Connection) -> Ledger:
    return Ledger(db)


def route(name: str, url: str = "") -> Route:
    return Route.at(Page("article", name), url or f"/{name}/")


def read(text: str, topic: str = "topic", answer: bytes = b"answer") -> Read:
    return Read(number_of(text), number_of(topic), text, answer)


def page(ledger: Ledger, name: str, *reads: Read, template: str = "article.html") -> int:
    """Place a page, or take it where it is, and store its trace."""
    (found := ledger.find(f"article {name}")) or ledger.place([route(name)], TEMPLATES)
    found = ledger.find(f"article {name}")
    assert found is not None
    ledger.write([Written(found[0], template, reads, b"digest", 7, 8)])
    return found[0]


def known(ledger: Ledger, *topics: str) -> set[tuple[str, bytes]]:
    """The queries with these topics: text, answer."""
    return {(text, answer) for _, text, answer in ledger.queries(topics)}


def readers(ledger: Ledger, text: str) -> list[str]:
    return sorted(name for _, name in ledger.readers(number_of(text)))


def links(db: sqlite3.Connection) -> set[tuple[int, int]]:
    """Every pair of a query and a page that asks it, and every query that is stored without one."""
    pairs = set(db.execute("SELECT query, page FROM reads"))
    return pairs | {(query, 0) for (query,) in db.execute("SELECT id FROM query WHERE id NOT IN (SELECT query FROM reads)")}


# What builds owe


def test_a_ledger_is_empty_until_it_has_a_page(ledger: Ledger) -> None:
    assert ledger.empty()
    assert (ledger.count(), ledger.last_id()) == (0, 0)
    ledger.place([route("one")], TEMPLATES)
    assert not ledger.empty()
    assert (ledger.count(), ledger.last_id()) == (1, 1)


def test_touched_topics_are_owed_until_they_are_settled(ledger: Ledger) -> None:
    ledger.owe({"b", "a"})
    ledger.owe({"b", "c"})
    assert ledger.pending() == {"a", "b", "c"}
    ledger.settle()
    assert ledger.pending() == set()


# Places


def test_new_pages_get_a_place_and_pages_where_they_were_are_left_alone(ledger: Ledger) -> None:
    ids, left, problems = ledger.place([route("two"), route("one")], TEMPLATES)
    assert (left, problems) == ({}, [])
    assert [row.name for row in ledger.rows(ids)] == ["article one", "article two"]
    assert {row.template for row in ledger.rows(ids)} == {"article.html"}
    ids, left, problems = ledger.place([route("one"), route("three")], TEMPLATES)
    assert [row.name for row in ledger.rows(ids)] == ["article three"]
    assert (left, problems) == ({}, [])


def test_a_page_that_moves_leaves_its_place_and_has_to_be_written_again(ledger: Ledger) -> None:
    number = page(ledger, "one", read("q"))
    ids, left, problems = ledger.place([route("one", "/elsewhere/")], TEMPLATES)
    assert (ids, left, problems) == ([number], {"one/index.html": "article one"}, [])
    (row,) = ledger.rows(ids)
    assert (row.path, row.digest, row.size, row.mtime) == ("elsewhere/index.html", b"", 0, 0)
    assert ledger.at("one/index.html") is None
    assert ledger.at("elsewhere/index.html") == row
    assert readers(ledger, "q") == ["article one"]


def test_pages_may_take_each_others_places(ledger: Ledger) -> None:
    ledger.place([route("one"), route("two")], TEMPLATES)
    ids, left, problems = ledger.place([route("one", "/two/"), route("two", "/one/")], TEMPLATES)
    assert problems == []
    assert len(ids) == 2
    assert left == {"one/index.html": "article one", "two/index.html": "article two"}
    assert ledger.find("article one") == (1, "two/index.html")
    assert ledger.find("article two") == (2, "one/index.html")


@pytest.mark.parametrize("many", [1000, 0])
def test_two_pages_at_one_place_are_a_problem_even_where_only_case_differs(ledger: Ledger, many: int) -> None:
    ledger.place([route("one")], TEMPLATES)
    with changed(module, "_MANY", many):
        ids, _, (problem,) = ledger.place([route("two", "/ONE/"), route("three")], TEMPLATES)
    assert [row.name for row in ledger.rows(ids)] == ["article three"]
    assert problem == Clash(route("two", "/ONE/"), "article one")


def test_two_pages_at_one_place_are_reported_with_their_sources(ledger: Ledger, db: sqlite3.Connection) -> None:
    ledger.place([route("one")], TEMPLATES)
    _, _, (clash,) = ledger.place([route("two", "/ONE/")], TEMPLATES)
    problem = clash_problem(db, clash, STANDARD)
    assert (problem.path, problem.line) == ("content/one", 0)
    assert problem.message == "two pages would stand at /ONE/: content/one and content/two"


def test_an_alias_at_the_place_of_a_page_names_the_story_that_claims_it(ledger: Ledger, db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO article VALUES (1, 'articles/x.md', 'place', 'sort', 0, 1, 0, '', 0, '/x/', ?, 'teaser', x'')",
        ("section:world\nalias:/one/",),
    )
    ledger.place([route("articles/one.md", "/one/")], TEMPLATES)
    _, _, (clash,) = ledger.place([Route.at(Page("redirect", "/one/"), "/one/")], TEMPLATES)
    problem = clash_problem(db, clash, STANDARD)
    assert problem.path == "content/articles/x.md"
    assert problem.message == "the alias /one/ is the address of content/articles/one.md"


@pytest.mark.parametrize("many", [1000, 0])
def test_many_pages_are_placed_and_read_as_few_are(ledger: Ledger, many: int) -> None:
    ledger.place([route("moving"), route("staying")], TEMPLATES)
    with changed(module, "_MANY", many):
        ids, left, problems = ledger.place([route("staying"), route("new"), route("moving", "/moved/")], TEMPLATES)
        found = {row.name: row.path for row in ledger.rows(ids)}
    assert found == {"article new": "new/index.html", "article moving": "moved/index.html"}
    assert (left, problems) == ({"moving/index.html": "article moving"}, [])
    # A page placed among many has a trace as any other.
    page(ledger, "new", read("q"))
    page(ledger, "new")
    assert known(ledger, EVERYTHING) == set()


def test_rows_outputs_and_templates_are_those_of_the_pages(ledger: Ledger) -> None:
    one, two = page(ledger, "one"), page(ledger, "two", template="other.html")
    assert ledger.outputs() == [(one, "one/index.html", 7, 8), (two, "two/index.html", 7, 8)]
    assert [(row.name, row.digest, row.size, row.mtime) for row in ledger.all_rows()] == [
        ("article one", b"digest", 7, 8),
        ("article two", b"digest", 7, 8),
    ]
    assert ledger.templates() == ["article.html", "other.html"]
    assert (ledger.with_template("other.html"), ledger.with_template("none.html")) == ([two], [])
    assert ledger.existing([one, two, 99]) == {one, two}
    assert ledger.find("article none") is None


@pytest.mark.parametrize(
    ("path", "url"), [("index.html", "/"), ("a/b/index.html", "/a/b/"), ("404.html", "/404.html"), ("feed.xml", "/feed.xml")]
)
def test_a_path_is_served_at_its_url(path: str, url: str) -> None:
    assert url_of(path) == url


def test_a_row_leads_back_to_its_route(ledger: Ledger) -> None:
    ids, _, _ = ledger.place([route("one")], TEMPLATES)
    assert [route_of(row) for row in ledger.rows(ids)] == [route("one")]


def test_the_pages_below_a_folder_are_found(ledger: Ledger) -> None:
    urls = ["/world/a/", "/world/", "/world-cup/", "/wor/", "/worlds/b/"]
    ledger.place([route(str(number), url) for number, url in enumerate(urls)], TEMPLATES)
    assert ledger.below("world/") == ["article 0", "article 1"]
    assert ledger.below("worlds/") == ["article 4"]
    assert ledger.below("w/") == []


# Traces


def test_queries_are_found_by_topic_and_readers_by_query(ledger: Ledger) -> None:
    page(ledger, "one", read("a", "x", b"1"), read("b", "y", b"2"))
    page(ledger, "two", read("a", "x", b"1"))
    assert known(ledger, "x") == {("a", b"1")}
    assert known(ledger, "x", "y", "z") == known(ledger, EVERYTHING) == {("a", b"1"), ("b", b"2")}
    assert known(ledger) == known(ledger, "z") == set()
    assert readers(ledger, "a") == ["article one", "article two"]
    assert readers(ledger, "b") == ["article one"]


def test_a_page_that_stops_asking_is_no_reader_any_more(ledger: Ledger, db: sqlite3.Connection) -> None:
    one = page(ledger, "one", read("a"), read("b"))
    two = page(ledger, "two", read("a"))
    page(ledger, "one", read("b"), read("c"))
    assert readers(ledger, "a") == ["article two"]
    assert known(ledger, "topic") == {("a", b"answer"), ("b", b"answer"), ("c", b"answer")}
    assert links(db) == {(number_of("a"), two), (number_of("b"), one), (number_of("c"), one)}


def test_a_query_that_nobody_asks_any_more_is_forgotten(ledger: Ledger, db: sqlite3.Connection) -> None:
    page(ledger, "one", read("a"), read("b"))
    page(ledger, "one", read("b"))
    assert known(ledger, EVERYTHING) == {("b", b"answer")}
    page(ledger, "one")
    assert links(db) == set()


def test_a_page_may_stop_asking_and_begin_again(ledger: Ledger) -> None:
    for reads in ((read("a"),), (), (read("a", answer=b"later"),)):
        page(ledger, "one", *reads)
    assert readers(ledger, "a") == ["article one"]
    assert known(ledger, "topic") == {("a", b"later")}


def test_a_trace_does_not_take_back_an_answer_that_the_plan_has_stored(ledger: Ledger) -> None:
    page(ledger, "one", read("a", answer=b"old"))
    ledger.answers({number_of("a"): b"new"})
    assert known(ledger, "topic") == {("a", b"new")}
    page(ledger, "one", read("a", answer=b"old"))
    assert known(ledger, "topic") == {("a", b"new")}


def test_a_dropped_page_takes_its_trace_along(ledger: Ledger, db: sqlite3.Connection) -> None:
    one = page(ledger, "one", read("a"), read("b"))
    two = page(ledger, "two", read("b"))
    assert ledger.drop(["article one", "article none"]) == [(one, "one/index.html")]
    assert ledger.find("article one") is None
    assert links(db) == {(number_of("b"), two)}


# Grants


def test_grants_give_pages_until_they_are_taken_back(ledger: Ledger) -> None:
    ledger.grant({("root", "front"), ("root", "lists tag"), ("lists tag", "tag asia")}, set())
    assert ledger.granted("root") == {"front", "lists tag"}
    assert ledger.all_granted() == {("root", "front"), ("root", "lists tag"), ("lists tag", "tag asia")}
    ledger.grant({("lists tag", "tag trade")}, {("lists tag", "tag asia"), ("root", "absent")})
    assert ledger.granted("lists tag") == {"tag trade"}
    assert ledger.is_granted("tag trade")
    assert not ledger.is_granted("tag asia")


def test_what_is_given_twice_is_granted_until_both_are_taken_back(ledger: Ledger) -> None:
    ledger.grant({("story a", "media x"), ("story b", "media x")}, set())
    ledger.grant(set(), {("story a", "media x")})
    assert ledger.is_granted("media x")
    ledger.grant(set(), {("story b", "media x")})
    assert not ledger.is_granted("media x")


def test_a_grant_has_a_trace_and_is_no_output(ledger: Ledger) -> None:
    ledger.write_grant("lists tag", [read("a"), read("b")])
    ledger.write_grant("lists tag", [read("b")])
    assert readers(ledger, "b") == ["lists tag"]
    assert known(ledger, EVERYTHING) == {("b", b"answer")}
    assert (ledger.count(), ledger.outputs(), ledger.templates()) == (0, [], [])
    assert ledger.find("lists tag") == (1, "")
    assert ledger.drop(["lists tag"]) == [(1, "")]
    assert known(ledger, EVERYTHING) == set()
