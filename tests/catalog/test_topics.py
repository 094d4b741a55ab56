"""The law that planning rests on: a query whose answer changed has had its topic touched."""

from __future__ import annotations

import sqlite3
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications import SETTINGS, changed
from slugline.catalog import queries, sync, topics
from slugline.catalog.clock import Clock
from slugline.catalog.places import Around, Places
from slugline.catalog.queries import Answer, Catalog, Query, from_text, to_text
from slugline.catalog.queries import query as query_module
from slugline.catalog.rows import article_row, item_row
from slugline.catalog.store import DamagedState, open_state
from slugline.catalog.sync import MAX_WINDOW, CatalogUpdate, MediaRow, tick
from slugline.catalog.texts import year_digests
from slugline.catalog.topics import EVERYTHING
from slugline.parse import Parser
from slugline.settings.load import parse_settings

PARSER = Parser(parse_settings(SETTINGS))
DAYS = [*(f"2025-12-{day}" for day in range(22, 32)), *(f"2026-0{1 + day // 9}-0{1 + day % 9}" for day in range(27))]
KEYS = [f"articles/{section}/{name}.md" for section in ("world", "culture") for name in "abcdefghijkl"]
ITEMS = [f"{kind}/{name}.md" for kind in ("authors", "sections", "tags", "series", "pages") for name in ("world", "asia", "x")]
MEDIA = ["media/a.bin", "media/b.bin"]
LINES = (
    "tags: [Asia]", "tags: [ASIA, X]", "authors: [Jane Doe]", "authors: [JANE DOE]", "series: Ports", "draft: true",
    "slug: other", "type: opinion", "unlisted: true", "noindex: true", "aliases: [/old/]",
)  # fmt: skip


SEEN = ("draft: true", "expires: 2026-02-05", "unlisted: true", "noindex: true", "aliases: [/old/, /older/]")
chance = st.integers(0, 3).map(lambda number: number == 0)


def article(draw: st.DrawFn) -> str:
    parts = [f"title: {draw(st.sampled_from(('One', 'Two')))}", f"date: {draw(st.sampled_from(DAYS))}"]
    for line in LINES:
        key = line.partition(":")[0]
        if draw(st.integers(0, 3)) == 0 and not any(part.startswith(f"{key}:") for part in parts):
            parts.append(line)
    parts += [line for line in ("expires: 2026-02-05", "expires: 2026-03-15") if parts[1][6:] < line[9:] and draw(chance)][:1]
    return "---\n" + "\n".join(parts) + "\n---\n\n" + draw(st.sampled_from(("Words.", "[A](../../media/a.bin)", "More.")))


def item(draw: st.DrawFn, path: str) -> str:
    name = "name" if path.startswith("authors/") else "title"
    slug = draw(st.sampled_from(("", "slug: asia\n", "slug: other\n")))
    order = draw(st.sampled_from(("", "order: 2\n"))) if name == "title" else ""
    body = draw(st.sampled_from(("Words.", "[A](../media/a.bin)")))
    lines = (*SEEN, "public: true") if name == "name" else SEEN
    order += "".join(f"{line}\n" for line in lines if draw(chance))
    return f"---\n{name}: {draw(st.sampled_from(('A', 'B')))}\n{slug}{order}---\n\n{body}\n"


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str, str]:
    """One change: (what, path, the file's text); an empty text removes it."""
    what = draw(st.sampled_from(("article", "article", "article", "item", "media", "clock")))
    if what == "clock":
        return what, draw(st.sampled_from(DAYS)), draw(st.sampled_from(("", "", "drafts", "future")))
    path = draw(st.sampled_from({"article": KEYS, "item": ITEMS, "media": MEDIA}[what]))
    if draw(st.integers(0, 4)) == 0:
        return what, path, ""
    if what == "media":
        return what, path, draw(st.sampled_from(("one", "two")))
    return what, path, article(draw) if what == "article" else item(draw, path)


def questions() -> list[Query[Any]]:
    """Every kind of query, over what the changes are about."""
    lists = ["", "section:world", "tag:asia", "author:jane-doe", "series:ports", "type:opinion"]
    found: list[Query[Any]] = []
    months = ("2026-01", "2026-02")
    q = queries
    for name in lists:
        found += [q.Listing(name), q.Listing(name, limit=2), q.Listing(name, oldest=True, limit=3, offset=1), q.Count(name)]
        found += [q.Listing(name, ("type:news",)), q.Listing(name, ("tag:asia", "section:world"), limit=1)]
        found += [q.Listing(name, month=month, limit=2) for month in months]
        found += [q.Count(name, month=month) for month in months] + [q.Count(name, ("tag:x",), "2026-01")]
        found += [q.BucketPages(name, month, 2) for month in months]
        found += [q.NumberedPages(name, 2), q.Newest(name, 2), q.Newest(name, 1)]
        found += [q.HasNumbered(name, number, 2) for number in (1, 2, 3)]
        found += [q.Buckets(name, 2, 3), q.BucketMonths(name, 3), q.Label(name)]
        if not name.startswith("type:"):
            found += [q.Months(name), *(q.AdjacentMonths(name, month) for month in months)]
    for kind in ("section", "tag", "author", "series"):
        found += [q.Lists(kind), q.Entries(kind), q.Entries(kind, True)]
        found += [q.Entry(kind, slug) for slug in ("world", "asia", "jane-doe", "ports", "other")]
        found += [q.EntryParts(kind, slug, "html\ntitle") for slug in ("world", "asia", "jane-doe", "ports", "other")]
    found += [q.Entry("page", "about"), q.EntryParts("page", "about", "description\npublic"), q.Pages(), q.Pages("legal")]
    found += [q.Aliases(), q.SectionAliases(), q.TargetOf("/old/"), q.TargetOf("/older/")]
    for kind in ("section", "tag", "author", "series", "page"):
        found += [q.Items(kind), q.PublicSlugs(kind), q.PublicSlugs(kind, True)]
        for slug in ("world", "asia", "x", "other"):
            found += [q.Item(kind, slug), q.ItemSource(kind, slug), q.References(kind, slug)]
    for path in ITEMS:
        found.append(q.SlugOf(path.partition("/")[0].removesuffix("s"), path))
    for key in KEYS:
        found += [q.TeaserOf(key), q.StoryOf(key), q.ArticleOf(key), q.Permalink(key)]
        found += [q.StoryPart(key, "words"), q.StoryPart(key, "excerpt"), q.StoryPart(key, "extra")]
        for name in ("section:world", "tag:asia", "author:jane-doe", "series:ports"):
            found += [q.Window(key, name), q.Window(key, name, True), q.Window(key, name, limit=MAX_WINDOW)]
        found += [q.Related(key, lists) for lists in (("series:ports", "tag:asia"), ("tag:asia", "tag:x"), ("series:ports",))]
    found += [q.Modified(month) for month in months] + [q.Segment(year) for year in ("2025", "2026")]
    return found + [ask(path) for path in MEDIA for ask in (q.Media, q.PictureOf, q.TextOf)]


QUESTIONS = questions()


@contextmanager
def catalog() -> Iterator[sqlite3.Connection]:
    """An empty catalog, in a transaction that is never committed."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_state(f"{folder}/state.db", "salt")
        db.execute("BEGIN")
        yield db
        db.close()


class YearIndex:
    """The search index as far as a topic is concerned: all that the stories of a year say."""

    def files(self, db: sqlite3.Connection, year: str) -> tuple[tuple[str, str], ...]:
        return tuple((url, (teaser + story).hex()) for url, teaser, story in year_digests(db, year))

    def read(self, db: sqlite3.Connection, year: str, path: str) -> bytes:
        raise NotImplementedError


def answers(db: sqlite3.Connection) -> dict[Query[Any], Answer[Any]]:
    """What each question is answered with; a story's surroundings are asked for by its page, on its own lists."""
    catalog = Catalog(db, {}, YearIndex())
    standing = set(db.execute("SELECT a.key, e.list FROM entry e JOIN article a ON a.id = e.id"))
    found = {}
    for query in QUESTIONS:
        lists = (query.list,) if isinstance(query, queries.Window) else getattr(query, "lists", ())
        if all((query.key, name) in standing for name in lists):
            found[query] = query.answer(catalog)
    return found


def digests(db: sqlite3.Connection) -> dict[Query, bytes]:
    """The digests of the answers."""
    return {query: answer.digest for query, answer in answers(db).items()}


def apply(db: sqlite3.Connection, batch: list[tuple[str, str, str]], clock: Clock) -> tuple[set[str], Clock]:
    """Make the changes in one run, as a build does; the touched topics, and the clock as it now stands."""
    now = clock
    for what, day, flag in batch:
        if what == "clock":
            now = Clock(day.replace("-", "") + "000000", flag == "drafts", flag == "future")
    touched = tick(db, clock, now)
    latest = {path: text for what, path, text in batch if what != "clock"}
    update = CatalogUpdate(db, now, len(latest))
    for path, text in sorted(latest.items()):
        if not text:
            update.remove(path)
        elif path in MEDIA:
            update.put_media(MediaRow(path, text.encode().ljust(16), len(text)))
        else:
            parsed = PARSER.parse(path, text.encode())
            assert parsed.value is not None, parsed.problems
            if path in KEYS:
                update.put_article(article_row(parsed, 200))
            else:
                update.put_item(item_row(parsed))
    return touched | update.finish(), now


@given(st.lists(st.lists(changes(), min_size=1, max_size=4), min_size=2, max_size=6), st.sampled_from((1000, 1000, 2)))
def test_a_query_whose_answer_changed_has_had_its_topic_touched(
    batches: list[list[tuple[str, str, str]]], many: int
) -> None:
    clock = Clock("20260215000000")
    with changed(sync, "_MANY", many), catalog() as db:
        before = answers(db)
        for batch in batches:
            touched, clock = apply(db, batch, clock)
            after = answers(db)
            for query in before.keys() & after.keys():
                if after[query].value != before[query].value:
                    assert after[query].digest != before[query].digest, (query, batch)
                if after[query].digest != before[query].digest and EVERYTHING not in touched:
                    assert query.topic in touched, (query, batch)
            assert all(map(is_spelled_as_ever, touched))
            before = after


SURROUNDINGS = [query for query in QUESTIONS if isinstance(query, queries.Window | queries.Related)]


@given(st.lists(changes(), min_size=4, max_size=30))
def test_the_surroundings_of_stories_are_the_same_from_memory(batch: list[tuple[str, str, str]]) -> None:
    with catalog() as db:
        apply(db, batch, Clock("20260215000000", future=True))
        one_by_one = {query: query.answer(Catalog(db, {})) for query in SURROUNDINGS}
        with changed(query_module, "_MANY", 0):
            at_once = Catalog(db, {})
            assert {query: query.answer(at_once) for query in SURROUNDINGS} == one_by_one


def test_memory_answers_only_what_many_ask() -> None:
    with catalog() as db:
        for at, key in enumerate(KEYS[:3]):
            apply(db, [("article", key, f"---\ntitle: A\ndate: 2026-01-0{1 + at}\n---\n\nWords.")], Clock("20260215000000"))
        with changed(query_module, "_MANY", 3):
            asked = Catalog(db, {})
            found = [asked.around(KEYS[1], "section:world", 1) for _ in range(4)]
        assert found == [None, None, Around(array("L", [0]), array("L", [2])), found[2]]
        asked.forget()
        assert asked.around(KEYS[1], "section:world", 1) is None
        with changed(query_module, "_MANY", 0), changed(query_module, "_PER_QUESTION", 1):
            asked.forget()
            assert [asked.around(KEYS[1], "section:world", 1) is None for _ in range(4)] == [True, True, False, False]


def test_lists_of_stories_that_there_are_not_are_damage() -> None:
    with catalog() as db:
        apply(db, [("article", KEYS[0], "---\ntitle: A\ndate: 2026-01-01\n---\n\nWords.")], Clock("20260215000000"))
        Places(db)
        db.execute("INSERT INTO entry VALUES ('tag:x', '2026-01', 77)")
        with pytest.raises(DamagedState):
            Places(db)


@given(st.lists(st.lists(changes(), min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_catalog_that_was_changed_answers_like_one_that_was_made_anew(batches: list[list[tuple[str, str, str]]]) -> None:
    clock = Clock("20260215000000")
    last: dict[str, tuple[str, str, str]] = {}
    with catalog() as changed_db, catalog() as fresh:
        for batch in batches:
            _, clock = apply(changed_db, batch, clock)
            last |= {change[1]: change for change in batch if change[0] != "clock"}
        apply(fresh, [change for change in last.values() if change[2]], clock)
        apply(fresh, [], clock)
        if contested(last):
            return
        assert digests(changed_db) == digests(fresh)


def is_spelled_as_ever(topic: str) -> bool:
    """Whether one of the constructors makes that topic of its parts."""
    kind, _, rest = topic.partition(" ")
    first, _, second = rest.partition(" ")
    alone = {
        "story": topics.story, "window": topics.window, "list": topics.stories, "months": topics.months,
        "year": topics.year, "lists": topics.lists, "label": topics.label, "entries": topics.entries,
        "items": topics.items, "media": topics.media, "fact": topics.fact,
    }  # fmt: skip
    paired = {"list": topics.month, "entry": topics.entry, "item": topics.item}
    return topic in (
        EVERYTHING,
        alone[kind](rest) if kind in alone else None,
        paired[kind](first, second) if kind in paired else None,
    )


def contested(last: dict[str, tuple[str, str, str]]) -> bool:
    """Whether two files describe one item, which a build refuses: then it matters which came first."""
    claims = []
    for path, (what, _, text) in last.items():
        if what == "item" and text:
            parsed = PARSER.parse(path, text.encode())
            claims.append((parsed.kind, parsed.slug))
    return len(claims) != len(set(claims))


def test_every_kind_of_query_is_among_the_questions() -> None:
    # Facts are no part of the catalog: they are handed to it.
    assert {type(query) for query in QUESTIONS} | {queries.Fact, queries.Facts} == set(queries.KINDS.values())


def test_every_topic_of_a_question_is_spelled_by_its_constructor() -> None:
    assert all(is_spelled_as_ever(query.topic) for query in [*QUESTIONS, queries.Fact("settings")])
    assert not any(map(is_spelled_as_ever, ("nothing x", "item x", "years 2026")))


def test_topics_are_read_back() -> None:
    touched = {topics.story("b"), topics.story("a"), topics.media("m n"), topics.fact("asset x"), topics.year("2026")}
    touched.add(EVERYTHING)
    assert topics.stories_in(touched) == ["a", "b"]
    assert topics.media_in(touched) == ["m n"]
    assert topics.facts_in(touched) == ["asset x"]


def test_a_story_that_moves_to_another_year_touches_both() -> None:
    clock = Clock("20260215000000")
    path, text = KEYS[0], "---\ntitle: One\ndate: {}\n---\n\nWords.\n"
    with catalog() as db:
        apply(db, [("article", path, text.format("2025-12-30"))], clock)
        for day, years in (("2026-01-02", {"2025", "2026"}), ("2026-01-03", {"2026"})):
            before = answers(db)
            touched, _ = apply(db, [("article", path, text.format(day))], clock)
            after = answers(db)
            changed_years = {year for year in ("2025", "2026") if before[queries.Segment(year)] != after[queries.Segment(year)]}
            assert changed_years == years
            assert {topics.year(year) for year in years} <= touched


def test_that_an_embargo_ends_is_in_the_digest_of_every_answer_that_has_the_story() -> None:
    path = KEYS[0]
    with catalog() as db:
        before_it = Clock("20260101000000", False, True)
        apply(db, [("article", path, "---\ntitle: One\ndate: 2026-01-02\n---\n\nWords.\n")], before_it)
        asked = [queries.TeaserOf(path), queries.ArticleOf(path), queries.Listing(), queries.Listing("section:world", limit=1)]
        under = [query.answer(Catalog(db, {})) for query in asked]
        touched = tick(db, before_it, Clock("20260103000000", False, True))
        over = [query.answer(Catalog(db, {})) for query in asked]
    for query, old, new in zip(asked, under, over, strict=True):
        assert old.value != new.value
        assert old.digest != new.digest, query
        assert query.topic in touched


def test_a_query_survives_being_written_down() -> None:
    for query in QUESTIONS:
        assert from_text(to_text(query)) == query


def touched_by(db: sqlite3.Connection, *stories: tuple[str, str]) -> set[str]:
    """The years that are touched when these stories are written: name and date, which is empty where the story goes."""
    update = CatalogUpdate(db, Clock("20260215000000"), len(stories))
    for name, date in stories:
        path = f"articles/world/{name}.md"
        if date:
            parsed = PARSER.parse(path, f"---\ntitle: One\ndate: {date}\n---\n\nWords.\n".encode())
            update.put_article(article_row(parsed, 200))
        else:
            update.remove(path)
    return {topic for topic in update.finish() if topic.startswith("year ") or topic == EVERYTHING}


def test_the_year_of_a_story_is_touched_when_it_comes_changes_moves_goes_and_when_its_moment_comes() -> None:
    with catalog() as db:
        assert touched_by(db, ("a", "2025-01-01"), ("b", "2026-01-01")) == {EVERYTHING}
        assert touched_by(db, ("c", "2024-01-01")) == {"year 2024"}
        assert touched_by(db, ("c", "2024-01-01")) == set()
        assert touched_by(db, ("c", "2024-01-02")) == {"year 2024"}
        assert touched_by(db, ("c", "2026-01-02")) == {"year 2024", "year 2026"}
        assert touched_by(db, ("c", ""), ("a", "")) == {"year 2025", "year 2026"}
        assert touched_by(db, ("c", "")) == set()
        assert touched_by(db, ("d", "2027-01-01")) == {"year 2027"}
        assert "year 2027" in tick(db, Clock("20260215000000"), Clock("20280101000000"))
