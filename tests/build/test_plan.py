"""The plan up close: which pages a touched fact makes dirty, and which pages there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from publications import SETTINGS
from slugline.build.grants import plan_grants
from slugline.build.ledger import Ledger, Written
from slugline.build.plan import Plan, plan_queries, plan_templates
from slugline.build.reasons import in_words
from slugline.build.traces import TraceWriter
from slugline.catalog.clock import Clock
from slugline.catalog.queries import Catalog, Fact, Listing, Query
from slugline.catalog.rows import article_row
from slugline.catalog.store import open_state
from slugline.catalog.sync import CatalogUpdate, MediaRow, tick
from slugline.catalog.topics import EVERYTHING
from slugline.catalog.trace import Answers, Trace
from slugline.pages.kinds.registry import STANDARD
from slugline.pages.page import Page, Route
from slugline.parse import Parser
from slugline.settings.load import parse_settings

CLOCK = Clock("20260301120000")
ROUTED = parse_settings(SETTINGS)
PARSER = Parser(ROUTED)


class Desk:
    """A catalog with its ledger, and a plan for what was touched since the last."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.ledger = Ledger(db)
        self.facts: dict[str, str] = {"assets": "{}", "settings": "1"}
        self.touched: set[str] = {EVERYTHING}
        self.clock = CLOCK

    # What pages and grants read

    def page(self, name: str, *queries: Query, template: str = "page.html") -> int:
        """Render a page, so to speak: it asks these and nothing else."""
        if self.ledger.find(f"page {name}") is None:
            self.ledger.place([Route.at(Page("page", name), f"/{name}/")], {})
        found = self.ledger.find(f"page {name}")
        assert found is not None
        self.ledger.write([Written(found[0], template, TraceWriter().rows(self.trace(queries).reads), b"digest", 1, 1)])
        return found[0]

    def trace(self, queries: Iterable[Query]) -> Trace:
        trace = Trace(self.answers())
        for query in queries:
            trace.ask(query)
        return trace

    def answers(self) -> Answers:
        return Answers(Catalog(self.db, self.facts))

    def set(self, **facts: str) -> set[str]:
        """Give facts other values; their topics."""
        self.facts |= facts
        return {f"fact {name}" for name in facts}

    # What content there is

    def story(self, name: str, date: str = "2026-01-10", *, body: str = "Words.", more: str = "") -> None:
        text = f"---\ntitle: {name}\ndate: {date}\n{more}---\n\n{body}\n"
        parsed = PARSER.parse(f"articles/world/{name}.md", text.encode())
        update = CatalogUpdate(self.db, self.clock, 1)
        # An archive that is not new: what is touched is named.
        update.fresh, update.bulk, update.touched = False, False, set()
        update.put_article(article_row(parsed, 200))
        self.touched |= update.finish()

    def remove(self, name: str) -> None:
        update = CatalogUpdate(self.db, self.clock, 1)
        update.remove(f"articles/world/{name}.md")
        self.touched |= update.finish()

    def media(self, path: str) -> None:
        update = CatalogUpdate(self.db, self.clock, 1)
        update.put_media(MediaRow(path, b"digest".ljust(16), 6))
        self.touched |= update.finish()

    def plan(self) -> Plan:
        """Plan what was touched, and finish the build: every dirty page is written."""
        plan, answers = Plan(STANDARD), self.answers()
        if EVERYTHING not in self.touched:
            plan_queries(plan, self.ledger, answers, self.touched)
        plan_grants(plan, self.ledger, self.db, answers, ROUTED, self.touched)
        self.ledger.answers(plan.answers)
        self.touched = set()
        return plan

    def names(self, plan: Plan) -> set[str]:
        """The dirty pages by name."""
        return {row.name for row in self.ledger.rows(plan.dirty)}

    def pages(self) -> set[str]:
        return {row.name for row in self.ledger.all_rows()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    db = open_state(str(tmp_path / "state.db"), "salt")
    db.execute("BEGIN")
    yield Desk(db)
    db.close()


def planned(desk: Desk, *topics: str) -> Plan:
    """A plan of the queries with touched topics; its answers are stored as a build stores them."""
    plan = Plan(STANDARD)
    plan_queries(plan, desk.ledger, desk.answers(), topics)
    desk.ledger.answers(plan.answers)
    return plan


# Queries


def test_a_page_is_dirty_if_an_answer_that_it_read_changed_and_the_reason_names_the_query(desk: Desk) -> None:
    one, two = desk.page("one", Fact("a"), Fact("b")), desk.page("two", Fact("b"))
    plan = planned(desk, *desk.set(a="new"))
    assert plan.dirty == {one: in_words(Fact("a"), lambda kind, slug: slug)}
    assert set(planned(desk, *desk.set(b="new")).dirty) == {one, two}


def test_the_same_answer_makes_no_page_dirty(desk: Desk) -> None:
    desk.set(a="as ever")
    desk.page("one", Fact("a"))
    plan = planned(desk, *desk.set(a="as ever"))
    assert (plan.dirty, plan.grants, plan.answers) == ({}, set(), {})


def test_an_answer_that_changed_once_is_the_one_to_compare_with_from_then_on(desk: Desk) -> None:
    one = desk.page("one", Fact("a"))
    topics = desk.set(a="new")
    assert set(planned(desk, *topics).dirty) == {one}
    desk.page("one", Fact("a"))
    assert planned(desk, *topics).dirty == {}
    # Back to what it was is a change as well.
    del desk.facts["a"]
    assert set(planned(desk, *topics).dirty) == {one}


def test_queries_whose_topic_was_not_touched_are_not_asked(desk: Desk) -> None:
    desk.page("one", Fact("a"))
    desk.set(a="new")
    assert planned(desk, "fact b").dirty == planned(desk).dirty == {}
    assert len(planned(desk, EVERYTHING).dirty) == 1


def test_a_page_that_stopped_asking_is_not_dirty_from_it_later(desk: Desk) -> None:
    one, two = desk.page("one", Fact("a"), Fact("b")), desk.page("two", Fact("a"))
    desk.page("one", Fact("b"))
    assert set(planned(desk, *desk.set(a="new")).dirty) == {two}
    assert set(planned(desk, *desk.set(b="new")).dirty) == {one}


def test_a_fact_that_was_absent_is_a_fact(desk: Desk) -> None:
    one = desk.page("one", Listing("tag:asia"))
    desk.page("two", Listing("tag:trade"))
    desk.story("first", more="tags: [Asia]\n")
    plan = planned(desk, *desk.touched - {EVERYTHING})
    assert plan.dirty == {one: "the list of the tag Asia changed"}


def test_the_first_reason_of_a_page_is_the_one_that_is_given(desk: Desk) -> None:
    one = desk.page("one", Fact("a"))
    plan = Plan(STANDARD)
    plan.soil([one], "first")
    plan.soil([one, one + 1], "second")
    plan_queries(plan, desk.ledger, desk.answers(), desk.set(a="new"))
    assert plan.dirty == {one: "first", one + 1: "second"}


def test_a_grant_whose_answer_changed_is_worked_out_again_and_is_no_page(desk: Desk) -> None:
    for name in ("root", "lists tag", "archive section:world", "segment 2026"):
        desk.ledger.write_grant(name, TraceWriter().rows(desk.trace([Fact("a")]).reads))
    one = desk.page("one", Fact("a"))
    plan = planned(desk, *desk.set(a="new"))
    assert plan.grants == {"root", "lists tag", "archive section:world", "segment 2026"}
    assert set(plan.dirty) == {one}


# Templates


def test_pages_whose_template_changed_are_dirty(desk: Desk) -> None:
    one = desk.page("one", template="one.html")
    two = desk.page("two", template="two.html")
    desk.page("three", template="three.html")
    plan = Plan(STANDARD)
    before = {"one.html": "1", "two.html": "1", "three.html": "1"}
    plan_templates(plan, desk.ledger, before, {"one.html": "2", "three.html": "1", "four.html": "1"})
    assert plan.dirty == {
        one: "the template one.html, or one that it uses, changed",
        two: "the template two.html, or one that it uses, changed",
    }


# Pages


def test_a_first_build_makes_every_page_and_the_next_none(desk: Desk) -> None:
    desk.story("first", more="tags: [Asia]\nauthors: [Jane Doe]\n")
    plan = desk.plan()
    assert {"front", "404", "article articles/world/first.md", "section world", "tag asia"} <= desk.names(plan)
    assert desk.names(plan) == desk.pages()
    assert set(plan.dirty.values()) == {"new, or moved to another address"}
    assert (plan.removed, plan.left, plan.problems) == ([], {}, [])
    plan = desk.plan()
    assert (plan.dirty, plan.removed, plan.left) == ({}, [], {})


def test_every_grant_that_was_worked_out_is_granted_itself(desk: Desk) -> None:
    desk.story("first", more="tags: [Asia]\n")
    desk.plan()
    granted = desk.ledger.all_granted()
    grants = {parent for parent, _ in granted if STANDARD.is_grant(parent)}
    assert len(grants) > 1
    assert grants - {"root"} <= {name for _, name in granted}


def test_a_new_story_brings_its_page_and_those_of_its_new_lists(desk: Desk) -> None:
    desk.story("first", more="tags: [Asia]\n")
    desk.plan()
    before = desk.pages()
    desk.story("second", "2026-01-11", more="tags: [Asia, Trade]\n")
    plan = desk.plan()
    new = desk.pages() - before
    assert {"article articles/world/second.md", "tag trade"} <= new
    assert not [name for name in new if "asia" in name]
    assert new <= desk.names(plan)
    assert plan.removed == []


def test_a_story_that_goes_takes_its_page_and_those_of_its_lists_along(desk: Desk) -> None:
    desk.story("first", more="tags: [Asia]\n")
    desk.plan()
    before = desk.pages()
    desk.story("second", "2025-12-11", more="tags: [Trade]\n")
    desk.plan()
    gone = desk.pages() - before
    assert {"bucket all 2025-12 1", "sitemap 2025-12", "tag trade"} <= gone
    paths = {row.path: row.name for row in desk.ledger.all_rows() if row.name in gone}
    desk.remove("second")
    plan = desk.plan()
    assert desk.pages() == before
    assert sorted(plan.removed) == sorted(paths)
    assert {path: name for path, name in plan.left.items() if path} == paths
    assert not [number for number in plan.dirty if number not in desk.ledger.existing(plan.dirty)]
    assert {parent for parent, _ in desk.ledger.all_granted() if "trade" in parent} == set()


def test_a_story_that_moves_leaves_its_old_address(desk: Desk) -> None:
    desk.story("first")
    desk.plan()
    desk.story("first", more="slug: other\n")
    plan = desk.plan()
    assert plan.removed == ["world/2026/01/first/index.html"]
    assert plan.left == {"world/2026/01/first/index.html": "article articles/world/first.md"}
    found = desk.ledger.find("article articles/world/first.md")
    assert found is not None
    assert found[1] == "world/2026/01/other/index.html"
    assert plan.dirty[found[0]] == "new, or moved to another address"


def test_a_story_becomes_a_page_when_its_moment_comes(desk: Desk) -> None:
    desk.story("first")
    desk.plan()
    desk.story("later", "2026-05-01")
    assert desk.names(desk.plan()) == set()
    now = Clock("20260601000000")
    desk.touched |= tick(desk.db, desk.clock, now)
    desk.clock = now
    assert "article articles/world/later.md" in desk.names(desk.plan())


def test_a_file_that_stories_share_is_there_until_the_last_of_them_goes(desk: Desk) -> None:
    desk.media("media/a.bin")
    for name in ("first", "second", "third"):
        desk.story(name, body="[It](../../media/a.bin)" if name != "first" else "Words.")
    desk.plan()
    assert "media media/a.bin" in desk.pages()
    desk.remove("second")
    assert "media/media/a.bin" not in desk.plan().removed
    desk.remove("third")
    assert "media/media/a.bin" in desk.plan().removed
    assert "media media/a.bin" not in desk.pages()


def test_a_file_that_comes_after_its_story_is_a_page_then(desk: Desk) -> None:
    desk.story("first", body="[It](../../media/a.bin)")
    desk.plan()
    desk.media("media/a.bin")
    assert desk.names(desk.plan()) == {"media media/a.bin"}


def test_two_stories_at_one_address_are_a_problem(desk: Desk) -> None:
    desk.story("first")
    desk.plan()
    desk.story("second", more="slug: first\n")
    (problem,) = desk.plan().problems
    assert problem.message.startswith("two pages would stand at /world/2026/01/first/")


def test_a_change_of_everything_finds_the_same_pages_as_the_steps_that_led_there(desk: Desk) -> None:
    for name, more in (("first", "tags: [Asia]\n"), ("second", "tags: [Asia, Trade]\n"), ("third", "series: Ports\n")):
        desk.story(name, more=more)
        desk.plan()
    desk.remove("second")
    desk.plan()
    pages, granted = desk.pages(), desk.ledger.all_granted()
    desk.touched = {EVERYTHING}
    plan = desk.plan()
    assert (desk.pages(), desk.ledger.all_granted()) == (pages, granted)
    assert (plan.dirty, plan.removed) == ({}, [])


@pytest.mark.parametrize("topic", [EVERYTHING, "fact settings"])
def test_a_story_that_goes_while_everything_changes_takes_its_page_along(desk: Desk, topic: str) -> None:
    for name in ("first", "second"):
        desk.story(name)
        desk.plan()
    desk.remove("second")
    desk.touched.add(topic)
    assert "world/2026/01/second/index.html" in desk.plan().removed
    assert "article articles/world/second.md" not in desk.pages()


def test_a_grant_that_is_lost_takes_along_what_it_gave_however_deep(desk: Desk) -> None:
    desk.story("first")
    desk.plan()
    pages, granted = desk.pages(), desk.ledger.all_granted()
    gone = {("root", "archive section:gone"), ("archive section:gone", "lists gone"), ("lists gone", "tag gone")}
    desk.ledger.grant(gone, set())
    desk.ledger.place([Route.at(Page("tag", "gone"), "/gone/")], {})
    desk.touched = {EVERYTHING}
    plan = desk.plan()
    assert (plan.removed, plan.left) == (["gone/index.html"], {"gone/index.html": "tag gone"})
    assert (desk.pages(), desk.ledger.all_granted()) == (pages, granted)
