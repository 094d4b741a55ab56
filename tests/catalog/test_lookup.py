"""Reads that are no page's question, one by one, over a small catalog."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from publications import SETTINGS
from slugline.catalog import events, inventory, lookup, old_addresses, texts
from slugline.catalog.clock import Clock
from slugline.catalog.decoding import parsed, parsed_clock, present, whole
from slugline.catalog.integrity import check_content
from slugline.catalog.queries import from_text
from slugline.catalog.rows import article_row, item_row, item_value, story_value, teaser_value
from slugline.catalog.store import DamagedState, State, open_state
from slugline.catalog.sync import CatalogUpdate, MediaRow
from slugline.files import digest
from slugline.model import Teaser
from slugline.parse import Parser
from slugline.settings.load import parse_settings

CLOCK = Clock("20260110000000")
OLD = "articles/world/old.md"
NEW = "articles/world/new.md"
DRAFT = "articles/world/draft.md"
LATER = "articles/world/later.md"
FILES = {
    OLD: "title: Old\ndate: 2025-12-31\naliases: [/before/, /both/]\nauthors: [jane]\n---\n\n"
    "[A](../../media/a.pdf) [B](gone.md)",
    NEW: "title: New\ndate: 2026-01-09T12:00:00Z\naliases: [/both/]\n---\n\n<b id='x'>Bold</b> [out](https://example.org/)",
    DRAFT: "title: Draft\ndate: 2026-01-02\ndraft: true\nauthors: [jane]\n---\n\nWords.",
    LATER: "title: Later\ndate: 2026-01-20T06:00:00Z\n---\n\nWords.",
    "authors/jane.md": "name: Jane\n---\n\nWrites.",
    "sections/world.md": "title: The World\n---\n\nSee [it](../articles/world/old.md).",
}
MEDIA = "media/a.pdf"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[State]:
    """A catalog of the files above."""
    parser = Parser(parse_settings(SETTINGS))
    db = open_state(str(tmp_path / "state.db"), "salt")
    update = CatalogUpdate(db, CLOCK, len(FILES))
    for path, text in FILES.items():
        read = parser.parse(path, f"---\n{text}\n".encode())
        assert read.value is not None, read.problems
        if path.startswith("articles/"):
            update.put_article(article_row(read, 200))
        else:
            update.put_item(item_row(read))
    update.put_media(MediaRow(MEDIA, b"0" * 16, 3))
    update.finish()
    yield db
    db.close()


def test_a_story_is_found_by_its_key(db: State) -> None:
    assert lookup.story_url(db, DRAFT) == "/world/2026/01/draft/"
    assert lookup.live_url(db, DRAFT) is None
    assert lookup.live_url(db, OLD) == "/world/2025/12/old/"
    assert lookup.story_url(db, "articles/none.md") is None
    assert [lookup.is_live(db, key) for key in (OLD, DRAFT, LATER, "articles/none.md")] == [True, False, False, None]
    assert texts.story_text(db, DRAFT) == "<p>Words.</p>"
    assert texts.story_text(db, "articles/none.md") is None


def test_stories_are_walked_through(db: State) -> None:
    assert sorted(lookup.live_stories(db)) == [(NEW, "/world/2026/01/new/"), (OLD, "/world/2025/12/old/")]
    assert [(story.teaser.title, story.sort[:8]) for story in lookup.all_stories(db)] == [
        ("Draft", "20260102"), ("Later", "20260120"), ("New", "20260109"), ("Old", "20251231"),
    ]  # fmt: skip
    assert [story.teaser.embargo for story in lookup.all_stories(db)] == [False, True, False, False]


def test_stories_with_an_address_or_under_a_name_are_found(db: State) -> None:
    assert lookup.others_at(db, "/world/2025/12/old/", NEW) == [OLD]
    assert lookup.others_at(db, "/world/2025/12/old/", OLD) == []
    assert lookup.others_at(db, "/world/2026/01/draft/", OLD) == []
    assert lookup.shared_addresses(db) == set()
    db.execute("UPDATE article SET url = '/world/2026/01/new/' WHERE NOT draft")
    assert lookup.shared_addresses(db) == {"/world/2026/01/new/"}
    assert [story.key for story in lookup.under(db, "author:jane")] == [DRAFT, OLD]
    assert list(lookup.under(db, "author:jan")) == []
    assert [story.key for story in lookup.under(db, "alias:/both/")] == [NEW, OLD]


def test_the_newest_story_of_an_old_address_comes_last(db: State) -> None:
    assert list(old_addresses.aliases(db)) == [
        ("/before/", "/world/2025/12/old/"), ("/both/", "/world/2025/12/old/"), ("/both/", "/world/2026/01/new/"),
    ]  # fmt: skip


def test_references_are_found_from_either_end(db: State) -> None:
    assert lookup.story_references(db, OLD) == ["articles/world/gone.md", MEDIA]
    assert lookup.all_references(db) == {OLD: ["articles/world/gone.md", MEDIA], "sections/world.md": [OLD]}
    assert lookup.referrers(db, OLD) == ["sections/world.md"]
    assert lookup.broken_references(db) == [(OLD, "articles/world/gone.md")]
    assert lookup.media_paths(db) == {MEDIA}


def test_items_are_found_by_kind_slug_or_file(db: State) -> None:
    assert lookup.author_slugs(db) == {"jane"}
    assert lookup.authors_of(db, "authors/jane.md") == ["jane"]
    assert lookup.authors_of(db, "sections/world.md") == []
    assert lookup.item_source(db, "section", "world") == "sections/world.md"
    assert lookup.item_source(db, "tag", "world") == ""
    assert [(item.slug, item.value.title) for item in lookup.described_items(db, "section", "page")] == [("world", "The World")]


def test_texts_are_found_by_what_they_link_to(db: State) -> None:
    assert [one.source for one in texts.texts_to_check(db)] == ["authors/jane.md", "sections/world.md"]
    assert [one.source for one in texts.texts_linking_out(db)] == [NEW]


def test_the_stories_of_a_year_are_the_live_ones(db: State) -> None:
    assert [(url, teaser.title) for url, teaser, _ in texts.year_texts(db, "2026")] == [("/world/2026/01/new/", "New")]
    assert [url for url, _, _ in texts.year_digests(db, "2025")] == ["/world/2025/12/old/"]


def test_what_the_clock_will_change_has_its_moment_and_its_headline(db: State) -> None:
    assert events.next_to_come_out(db, CLOCK) == (datetime(2026, 1, 20, 6, tzinfo=UTC), "Later")
    assert events.next_to_come_out(db, Clock("20260121000000")) is None
    assert events.next_to_age(db, CLOCK, ZoneInfo("UTC")) == (datetime(2026, 1, 11, 12, 0, 1, tzinfo=UTC), "New")
    assert events.next_to_age(db, Clock("20260601000000"), ZoneInfo("UTC")) is None
    assert Teaser._fields[events._TITLE] == "title"


def test_a_tree_has_its_own_listings_and_digests(db: State) -> None:
    inventory.record_folders(db, [("content/a", "one"), ("content/a/b", "two"), ("content/ab", "three"), ("content", None)])
    inventory.record_files(db, [], [("content/a/x", b"1"), ("content/ab/y", b"2"), ("theme t/z", b"3")])
    assert inventory.folder_listings(db, "content") == {"content/a": "one", "content/a/b": "two", "content/ab": "three"}
    assert inventory.folder_listings(db, "content", "a") == {"content/a": "one", "content/a/b": "two"}
    assert inventory.folder_listing(db, "content/ab") == "three"
    assert inventory.file_digests(db, "content") == {"content/a/x": b"1", "content/ab/y": b"2"}
    assert inventory.file_digests(db, "content", "a") == {"content/a/x": b"1"}
    inventory.record_folders(db, [("content/a", None)])
    inventory.record_files(db, ["content/a/x"], [("content/ab/y", b"4")])
    assert inventory.folder_listing(db, "content/a") == ""
    assert [inventory.file_digest(db, path) for path in ("content/a/x", "content/ab/y")] == [b"", b"4"]


def test_sound_content_is_sound(db: State) -> None:
    check_content(db)


def test_what_cannot_be_read_back_is_damage_and_nothing_else() -> None:
    for read in (
        lambda: whole(b"x", "text"),
        lambda: parsed("{"),
        lambda: parsed_clock("[]"),
        lambda: present(None, "x"),
        lambda: teaser_value("[1, 2]", embargo=False),
        lambda: teaser_value("null", embargo=False),
        lambda: story_value("[1]", ""),
        lambda: item_value("author", "3"),
        lambda: from_text('["x", "Nothing"]'),
        lambda: from_text("[]"),
        lambda: from_text('["too", "many", "TeaserOf", "TeaserOf"]'),
    ):
        with pytest.raises(DamagedState):
            read()
    assert whole(digest("text"), "text") == "text"
    assert item_value("data", "3") == 3
