"""Authors: one file a person, merged and not doubled, and an editor's version left alone."""

from __future__ import annotations

from importing.conftest import SEED, Newsroom

FILE = "authors/ines-marlow.md"
SECOND = SEED.replace("Fish Market", "Corn Exchange")


def test_a_second_seed_of_the_same_author_adds_no_second_file(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.seed("b.txt", SECOND.replace("Ines Marlow, City", "INES MARLOW, City"))
    report = newsroom.run()
    assert [author.slug for author in report.authors] == ["ines-marlow"]
    assert [path for path in newsroom.files() if path.startswith("authors/")] == [FILE]


def test_a_bio_that_comes_later_is_filled_in(newsroom: Newsroom) -> None:
    first = "\n".join(line for line in SEED.split("\n") if not line.startswith("Ines Marlow is"))
    newsroom.seed("a.txt", first)
    newsroom.run()
    assert "nine years" not in newsroom.read(FILE)
    newsroom.seed("b.txt", SECOND)
    report = newsroom.run()
    assert "nine years" in newsroom.read(FILE)
    assert [author.action for author in report.authors] == ["updated"]


def test_a_longer_version_of_a_bio_takes_the_place_of_a_shorter(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.seed("b.txt", SECOND.replace("nine years.", "nine years. She studied in Hull."))
    newsroom.run()
    assert newsroom.read(FILE).count("She studied in Hull.") == 1
    assert newsroom.read(FILE).count("nine years.") == 1


def test_another_bio_is_not_taken_and_reported_once(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    for number in range(3):
        other = SEED.replace("Fish Market", f"Barn {number}").replace("has covered the coast", "now covers the courts")
        newsroom.seed(f"b{number}.txt", other)
    report = newsroom.run()
    assert "covered the coast" in newsroom.read(FILE)
    assert sum("another bio" in problem.message for problem in report.problems) == 1


def test_a_role_that_differs_from_the_authors_own_stays_with_the_story(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.seed("b.txt", SECOND.replace("City Correspondent", "Acting Night Editor"))
    newsroom.run()
    assert "role: City Correspondent" in newsroom.read(FILE)
    second = newsroom.read("articles/news/harbour-board-votes-to-rebuild-the-old-corn-exchange.md")
    assert "- author: ines-marlow\n  role: Acting Night Editor\n" in second


def test_an_author_that_an_editor_changed_is_left_and_stories_stay_as_they_are(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    changed = newsroom.edit(FILE, "role: City Correspondent", "role: Deputy Editor")
    newsroom.seed("b.txt", SECOND)
    report = newsroom.run()
    assert newsroom.read(FILE) == changed
    assert newsroom.actions(report) == ["unchanged", "written"]
    assert [author.action for author in report.authors] == ["kept"]


def test_force_writes_the_imported_author_again(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    before = newsroom.read(FILE)
    newsroom.edit(FILE, "nine years", "ninety years")
    report = newsroom.run(force=True)
    assert [author.action for author in report.authors] == ["overwritten"]
    assert newsroom.read(FILE) == before


def test_an_authors_file_of_an_editors_own_is_found_by_its_name(newsroom: Newsroom) -> None:
    path = newsroom.content / "authors/marlow.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nname: Ines Marlow\nrole: Chief of Everything\n---\n", "utf-8")
    newsroom.seed("a.txt")
    report = newsroom.run()
    assert "- author: marlow\n  role: City Correspondent\n" in newsroom.read(report.outcomes[0].output)
    assert [file for file in newsroom.files() if file.startswith("authors/")] == ["authors/marlow.md"]
    assert newsroom.read("authors/marlow.md").endswith("role: Chief of Everything\n---\n")


def test_an_authors_file_with_a_slug_of_its_own_is_referred_to_by_it(newsroom: Newsroom) -> None:
    path = newsroom.content / "authors/im.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nname: Ines Marlow\nslug: ines\n---\n", "utf-8")
    newsroom.seed("a.txt")
    report = newsroom.run()
    assert report.outcomes[0].authors == ("ines",)
    assert "- ines\n" in newsroom.read(report.outcomes[0].output)


def test_an_authors_file_that_was_removed_comes_back_only_for_a_new_story(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run()
    (newsroom.content / FILE).unlink()
    assert [author.action for author in newsroom.run().authors] == ["removed"]
    assert FILE not in newsroom.files()
    newsroom.seed("b.txt", SECOND)
    assert [author.action for author in newsroom.run().authors] == ["written"]
    assert FILE in newsroom.files()


def test_an_author_without_a_letter_is_left_out_with_a_warning(newsroom: Newsroom) -> None:
    from importing.conftest import SETTINGS
    from slugline.importing import Imported, Person
    from slugline.importing.writer import Writer

    item = Imported("x.txt", "article", "A headline", "Words.\n", "d", "s", people=(Person("☃"), Person("Jane Doe")))
    from importing.conftest import NOW

    writer = Writer(str(newsroom.content), SETTINGS, day="2026-01-24", section=None, now=NOW, force=False, dry_run=False)
    outcome = writer.write(item)
    writer.finish()
    assert outcome.authors == ("jane-doe",)
    assert any("no letter" in problem.message for problem in outcome.problems)
