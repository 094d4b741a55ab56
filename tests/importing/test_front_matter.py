"""What the import writes into front matter: dates, sections, roles, extra keys; and what it keeps out."""

from __future__ import annotations

import pytest

from importing.conftest import SEED, STORY, Newsroom
from slugline.content import load_front
from slugline.errors import UsageError

BODY = "The council said on Monday that it would look at the matter again in the spring of next year.\n"


def front(newsroom: Newsroom, path: str) -> dict[str, object]:
    meta, problems = load_front(newsroom.read(path), path)
    assert problems == []
    return meta


def only_article(newsroom: Newsroom) -> dict[str, object]:
    (path,) = (path for path in newsroom.files() if path.startswith("articles/"))
    return front(newsroom, path)


def test_a_date_in_the_text_wins_over_the_option(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"A Headline of It\n\nJanuary 5, 2026\n\n{BODY}")
    newsroom.run(date="2026-01-24")
    assert only_article(newsroom)["date"] == "2026-01-05"


def test_without_any_date_the_day_of_the_import_stands_in_and_says_so(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    report = newsroom.run()
    meta = front(newsroom, STORY)
    assert (meta["date"], meta["date_source"]) == ("2026-11-23", "import")
    assert any("names no date" in problem.message for problem in report.problems)


def test_the_day_of_the_import_is_that_of_the_publication(newsroom: Newsroom) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from importing.conftest import SETTINGS

    newsroom.seed("a.txt")
    newsroom.run(now=datetime(2026, 11, 23, 20, tzinfo=UTC), settings=replace(SETTINGS, timezone="Pacific/Auckland"))
    assert front(newsroom, STORY)["date"] == "2026-11-24"


def test_a_date_source_is_only_written_where_the_date_is_a_stand_in(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run(date="2026-01-24T09:00")
    meta = front(newsroom, STORY)
    assert meta["date"] == "2026-01-24T09:00"
    assert "date_source" not in meta


@pytest.mark.parametrize("date", ["yesterday", "2026-02-31", "24.01.2026", ""])
def test_a_date_option_that_is_no_date_is_wrong_use(newsroom: Newsroom, date: str) -> None:
    newsroom.seed("a.txt")
    if date:
        with pytest.raises(UsageError, match="is not a date"):
            newsroom.run(date=date)
    else:
        assert newsroom.run(date=date).exit_code == 0


def test_a_story_from_the_future_is_warned_about(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"A Headline of It\n\nJanuary 5, 2031\n\n{BODY}")
    assert any("under embargo" in problem.message for problem in newsroom.run().problems)


def test_an_update_before_the_story_is_left_out_and_said(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"A Headline of It\nPublished January 5, 2026\nUpdated January 3, 2026\n\n{BODY}")
    report = newsroom.run()
    assert "updated" not in only_article(newsroom)
    assert any("before the story's date" in problem.message for problem in report.problems)


def test_an_update_of_the_same_day_without_a_time_is_left_out_without_a_word(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"A Headline of It\nPublished January 5, 2026 at 9:00\nUpdated January 5, 2026\n\n{BODY}")
    report = newsroom.run()
    assert "updated" not in only_article(newsroom)
    assert report.problems == ()


def test_a_section_of_the_breadcrumb_counts_if_the_publication_has_it(newsroom: Newsroom) -> None:
    (newsroom.content / "sections").mkdir(parents=True)
    (newsroom.content / "sections/world.md").write_text("---\ntitle: World\n---\n", "utf-8")
    newsroom.seed("a.txt", f"Home › World › Asia\n\nA Headline of It\n\n{BODY}")
    assert newsroom.run(date="2026-01-24").outcomes[0].output == "articles/world/a-headline-of-it.md"


def test_the_nearest_section_that_the_publication_has_is_taken(newsroom: Newsroom) -> None:
    for name in ("world", "asia"):
        (newsroom.content / "articles" / name).mkdir(parents=True)
    newsroom.seed("a.txt", f"Home › World › Asia\n\nA Headline of It\n\n{BODY}")
    assert newsroom.run(date="2026-01-24").outcomes[0].section == "asia"


def test_a_section_that_the_publication_does_not_have_is_said_and_not_made(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"Home › World › Asia\n\nA Headline of It\n\n{BODY}")
    report = newsroom.run(date="2026-01-24")
    assert report.outcomes[0].section == "news"
    assert "the section `Asia`" in report.problems[0].message


def test_the_section_option_wins_over_the_text(newsroom: Newsroom) -> None:
    (newsroom.content / "articles/asia").mkdir(parents=True)
    newsroom.seed("a.txt", f"Home › Asia\n\nA Headline of It\n\n{BODY}")
    assert newsroom.run(section="Far East").outcomes[0].section == "far-east"


def test_a_section_option_without_a_letter_is_wrong_use(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    with pytest.raises(UsageError, match="no letter"):
        newsroom.run(section="!!!")


def test_photos_tags_dek_and_language_are_kept(newsroom: Newsroom) -> None:
    newsroom.seed(
        "a.txt",
        "El pueblo que compró su montaña\n\nLa pagaron entre todos, en once años.\n\nPor Lucía Arrabal\n\n"
        "Los vecinos de Peñarroya han comprado la montaña que se levanta detrás de sus casas con la venta de miel.\n\n"
        "Foto: Irene Salas\n\nEtiquetas: montaña, miel\n",
    )
    newsroom.run(date="2026-01-24")
    meta = only_article(newsroom)
    assert meta["dek"] == "La pagaron entre todos, en once años."
    assert meta["tags"] == ["montaña", "miel"]
    assert meta["lang"] == "es"
    assert meta["photos"] == [{"credit": "Irene Salas"}]


def test_a_task_is_a_role_for_this_story_alone(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"A Headline of It\n\nWords by Jane Doe, photographs by John Roe\n\n{BODY}")
    newsroom.run(date="2026-01-24")
    assert only_article(newsroom)["authors"] == ["jane-doe", {"author": "john-roe", "role": "Photographs"}]
    assert "role" not in front(newsroom, "authors/john-roe.md")


def test_nothing_of_the_page_around_the_story_is_in_the_front_matter(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt")
    newsroom.run(date="2026-01-24")
    assert list(front(newsroom, STORY)) == ["title", "date", "authors", "stated_read_time"]


def test_a_seed_of_another_publication_is_warned_about(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", SEED.replace("The Update Desk", "The Courier"))
    report = newsroom.run(date="2026-01-24")
    assert [problem.message for problem in report.problems] == ["the seed is of `The Courier`, not of The Update Desk"]


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Index", "index-2"),
        ("مدينة تزرع القمح", "مدينة-تزرع-القمح"),
        ("A " + "very " * 50 + "long headline", None),
    ],
)
def test_every_headline_gives_a_file_name(newsroom: Newsroom, headline: str, slug: str | None) -> None:
    newsroom.seed("a.txt", f"{headline}\n\n{BODY}")
    (outcome,) = newsroom.run(date="2026-01-24").outcomes
    assert outcome.action == "written"
    name = outcome.output.rpartition("/")[2].removesuffix(".md")
    assert name == slug if slug else len(name) <= 80


def test_a_headline_without_a_letter_gets_an_address_of_its_digest(newsroom: Newsroom) -> None:
    newsroom.seed("a.txt", f"؟؟؟ !!!\n\n{BODY}")
    (outcome,) = newsroom.run(date="2026-01-24").outcomes
    assert outcome.output.startswith("articles/news/story-")


def test_the_comments_of_readers_are_data_and_not_body(newsroom: Newsroom) -> None:
    import json

    newsroom.seed(
        "a.txt", f"A Headline of It\n\n{BODY}\n2 Comments\n\nMoira says:\nFirst.\n\nSecond line.\n\nJo says:\nMine.\n"
    )
    report = newsroom.run(date="2026-01-24")
    data = json.loads(newsroom.read("data/comments/news/a-headline-of-it.json"))
    assert data["article"] == "articles/news/a-headline-of-it.md"
    assert data["comments"] == [
        {"name": "Moira", "date": "", "text": "First.\n\nSecond line."},
        {"name": "Jo", "date": "", "text": "Mine."},
    ]
    assert report.outcomes[0].comments == 2
    assert "Moira" not in newsroom.read("articles/news/a-headline-of-it.md")


def test_comments_that_were_removed_stay_away_with_the_next_version_of_the_seed(newsroom: Newsroom) -> None:
    text = f"A Headline of It\n\n{BODY}\n2 Comments\n\nMoira says:\nFirst.\n"
    newsroom.seed("a.txt", text)
    newsroom.run(date="2026-01-24")
    (newsroom.content / "data/comments/news/a-headline-of-it.json").unlink()
    newsroom.seed("a.txt", text.replace("spring", "summer"))
    assert newsroom.actions(newsroom.run(date="2026-01-24")) == ["updated"]
    assert "data/comments/news/a-headline-of-it.json" not in newsroom.files()
