"""A second import changes nothing, an editor's work is never lost, and the same story is known under any name."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importing.conftest import SEED, STORY, Newsroom
from slugline.errors import OutputError

LATER = datetime(2027, 2, 3, 4, 5, tzinfo=UTC)


def test_a_seed_becomes_an_article_and_an_author(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    report = newsroom.run(date="2026-01-24")
    assert newsroom.actions(report) == ["written"]
    assert newsroom.read(STORY) == (
        "---\ntitle: Harbour Board Votes to Rebuild the Old Fish Market\ndate: 2026-01-24\nauthors:\n- ines-marlow\n"
        "stated_read_time: 3\n---\n\n"
        "The harbour board voted on Tuesday to rebuild the fish market that burned down two winters ago.\n\n"
        "Work is expected to start in May and to take eighteen months, if the winter is kind.\n"
    )
    assert newsroom.read("authors/ines-marlow.md") == (
        "---\nname: Ines Marlow\nrole: City Correspondent\n---\n\n"
        "Ines Marlow is a reporter who has covered the coast and its towns for nine years.\n"
    )


def test_the_same_import_again_changes_no_byte(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    before = {path: path.read_bytes() for path in newsroom.content.rglob("*") if path.is_file()}
    times = {path: path.stat().st_mtime_ns for path in before}
    report = newsroom.run(now=LATER)
    assert newsroom.actions(report) == ["unchanged"]
    assert {path: path.read_bytes() for path in newsroom.content.rglob("*") if path.is_file()} == before
    assert {path: path.stat().st_mtime_ns for path in before} == times


def test_a_date_and_a_section_given_once_stay_when_they_are_not_given_again(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run(date="2026-01-24", section="World")
    before = newsroom.files()
    report = newsroom.run(now=LATER)
    assert newsroom.actions(report) == ["unchanged"]
    assert newsroom.files() == before
    assert "articles/world/harbour-board-votes-to-rebuild-the-old-fish-market.md" in before


def test_another_date_is_written_into_what_nobody_has_edited(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run(date="2026-01-24")
    assert newsroom.actions(newsroom.run(date="2026-01-25")) == ["updated"]
    assert "date: 2026-01-25" in newsroom.read(STORY)


def test_an_article_that_an_editor_changed_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    changed = newsroom.edit(STORY, "two winters ago", "two years ago")
    assert newsroom.actions(newsroom.run()) == ["kept"]
    assert newsroom.read(STORY) == changed


def test_an_edit_is_seen_after_the_build_state_is_deleted(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    shutil.rmtree(newsroom.root / ".slugline")
    newsroom.edit(STORY, "two winters ago", "two years ago")
    assert newsroom.actions(newsroom.run()) == ["kept"]


def test_force_writes_over_an_edit(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    before = newsroom.read(STORY)
    newsroom.edit(STORY, "two winters ago", "two years ago")
    assert newsroom.actions(newsroom.run(force=True)) == ["overwritten"]
    assert newsroom.read(STORY) == before


def test_a_seed_that_changed_updates_what_nobody_has_edited(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    newsroom.seed("a.txt", SEED.replace("eighteen months", "twenty months"))
    assert newsroom.actions(newsroom.run()) == ["updated"]
    assert "twenty months" in newsroom.read(STORY)
    assert list(newsroom.files()) == [STORY, "authors/ines-marlow.md", "sections/news.md"]


def test_a_seed_and_an_article_that_both_changed_are_reported_and_the_article_stays(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    changed = newsroom.edit(STORY, "two winters ago", "two years ago")
    newsroom.seed("a.txt", SEED.replace("eighteen months", "twenty months"))
    report = newsroom.run()
    assert newsroom.actions(report) == ["kept"]
    assert any("by an editor's hand" in problem.message for problem in report.problems)
    assert newsroom.read(STORY) == changed


def test_a_headline_that_was_corrected_in_the_seed_keeps_the_articles_place(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    newsroom.seed("a.txt", SEED.replace("Harbour Board Votes", "Harbour Board Decides"))
    assert newsroom.actions(newsroom.run()) == ["updated"]
    assert "title: Harbour Board Decides" in newsroom.read(STORY)


def test_an_article_that_an_editor_removed_stays_away_until_it_is_forced(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    (newsroom.content / STORY).unlink()
    assert newsroom.actions(newsroom.run()) == ["removed"]
    assert STORY not in newsroom.files()
    assert newsroom.actions(newsroom.run(force=True)) == ["written"]
    assert STORY in newsroom.files()


def test_an_article_that_an_editor_moved_is_not_imported_again(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    (newsroom.content / "articles/world").mkdir()
    (newsroom.content / STORY).rename(newsroom.content / "articles/world/fish.md")
    newsroom.run()
    assert [path for path in newsroom.files() if path.startswith("articles/")] == ["articles/world/fish.md"]


def test_the_same_story_under_another_file_name_is_recognised(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    newsroom.seed("b.txt", SEED.replace("Share This Article", "Spread the word").replace("\n", "\r\n"))
    report = newsroom.run()
    assert newsroom.actions(report) == ["unchanged", "same"]
    assert list(newsroom.files()) == [STORY, "authors/ines-marlow.md", "sections/news.md"]


def test_a_seed_that_was_renamed_writes_nothing(newsroom: Newsroom) -> None:
    path = newsroom.seed("a.txt")
    newsroom.run()
    before = newsroom.files()
    path.rename(path.with_name("renamed.txt"))
    assert newsroom.actions(newsroom.run()) == ["same"]
    assert newsroom.files() == before


def test_two_seeds_with_the_same_story_in_one_run_are_one_article(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.seed("b.txt")
    assert newsroom.actions(newsroom.run()) == ["written", "same"]
    assert newsroom.actions(newsroom.run()) == ["unchanged", "same"]


def test_another_story_under_an_old_seeds_name_does_not_replace_the_first(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    newsroom.seed(
        "a.txt", "A Quite Different Headline\n\nBy Jane Doe\n\nNothing here is about fish, or about a market at all.\n"
    )
    assert newsroom.actions(newsroom.run()) == ["written"]
    assert len([path for path in newsroom.files() if path.startswith("articles/")]) == 2


def test_two_stories_with_the_same_headline_get_two_addresses_and_a_warning(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.seed("b.txt", SEED.split("\n")[0] + "\n\nThis is another story under the very same headline, as it happens.\n")
    report = newsroom.run()
    assert newsroom.actions(report) == ["written", "written"]
    assert report.outcomes[1].output == STORY.replace(".md", "-2.md")
    assert any("same headline" in problem.message for problem in report.problems)
    assert newsroom.actions(newsroom.run()) == ["unchanged", "unchanged"]


def test_an_article_of_an_editors_own_with_the_same_headline_is_not_touched(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    path = newsroom.content / STORY
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Harbour Board votes to rebuild the old fish market\n---\n\nMine.\n", "utf-8")
    report = newsroom.run()
    assert newsroom.actions(report) == ["kept"]
    assert newsroom.read(STORY).endswith("Mine.\n")
    assert any("not written by an import" in problem.message for problem in report.problems)


def test_an_import_that_was_killed_before_it_kept_its_record_carries_on(newsroom: Newsroom) -> None:
    for number in range(3):
        newsroom.seed(f"{number}.txt", SEED.replace("Old Fish Market", f"Old Fish Market {number}"))
    newsroom.run(date="2026-01-24")
    whole = newsroom.files()
    newsroom.forget()
    (newsroom.content / STORY.replace(".md", "-2.md")).unlink()
    (newsroom.content / "authors/ines-marlow.md").unlink()
    report = newsroom.run(date="2026-01-24")
    assert newsroom.actions(report) == ["unchanged", "unchanged", "written"]
    assert newsroom.files() == whole


def test_a_record_that_was_lost_does_not_make_an_edited_article_fair_game(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    changed = newsroom.edit(STORY, "stated_read_time: 3", "kicker: Coast")
    newsroom.forget()
    assert newsroom.actions(newsroom.run()) == ["kept"]
    assert newsroom.actions(newsroom.run()) == ["kept"]
    assert newsroom.read(STORY) == changed


def test_a_record_with_broken_lines_is_mended_and_said(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    record = newsroom.content / ".imports.jsonl"
    record.write_text('<<<<<<< ours\n{"output": 5}\n[]\n' + record.read_text("utf-8"), "utf-8")
    report = newsroom.run()
    assert newsroom.actions(report) == ["unchanged"]
    assert any("record of imports" in problem.message for problem in report.problems)
    assert len(newsroom.ledger()) == 3
    assert newsroom.run().problems == newsroom.run().problems


def test_a_file_that_cannot_be_written_stops_the_import_with_a_plain_word(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.content.mkdir()
    (newsroom.content / "articles").write_text("in the way", "utf-8")
    with pytest.raises(OutputError, match="could not be written"):
        newsroom.run()


def test_the_record_names_no_place_on_the_machine(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.seed("deep/a.txt")
    elsewhere = tmp_path / "elsewhere" / "b.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_text(SEED.replace("Fish", "Fruit"), "utf-8")
    newsroom.run(newsroom.seeds, elsewhere)
    record = (newsroom.content / ".imports.jsonl").read_text("utf-8")
    assert '"seeds/deep/a.txt"' in record
    assert '"elsewhere/b.txt"' in record
    assert str(tmp_path) not in record
