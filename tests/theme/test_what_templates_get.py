"""What pages hand to their templates, and what Broadsheet makes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from publications import SETTINGS, Factory
from slugline.theme.filters import format_date

BROADSHEET = SETTINGS.replace('name = "tiny"', 'name = "broadsheet"')


@pytest.mark.parametrize(("lang", "name"), [("en", "March"), ("de", "März"), ("fr", "mars"), ("ar", "مارس"), ("pl", "marzec")])
def test_the_name_of_a_month_stands_alone_in_the_pages_language(lang: str, name: str) -> None:
    assert format_date(datetime(2026, 3, 1, tzinfo=UTC), "month-name", lang) == name


def test_a_months_archive_is_titled_by_its_month_and_by_whose_it_is(publication: Factory) -> None:
    courier = publication()
    courier.write("themes/tiny/archive.html", "[{{ page.title }}]")
    courier.author("jane-doe")
    for day in range(1, 9):
        courier.article(f"world/story-{day}", date=f"2026-01-{day:02d}T09:00:00Z", authors=["jane-doe"])
    courier.check()
    assert "[January 2026]" in courier.read("build/2026/01/index.html")
    assert "[World: January 2026]" in courier.read("build/world/2026/01/index.html")
    assert not (courier.root / "build/author/jane-doe/2026").exists()


def test_only_the_front_of_broadsheet_names_the_manifest(publication: Factory) -> None:
    courier = publication(settings=BROADSHEET)
    courier.article("world/first")
    courier.check()
    named = {path for path, raw in courier.tree().items() if path.endswith(".html") and b'rel="manifest"' in raw}
    assert named == {"index.html"}


def test_a_section_shows_its_description_unless_it_has_a_text(publication: Factory) -> None:
    courier = publication(settings=BROADSHEET)
    courier.article("world/first")
    courier.source("sections/world.md", {"title": "World", "description": "All that is far away."})
    courier.check()
    assert '<p class="page-intro">All that is far away.</p>' in courier.read("build/world/index.html")
    courier.source("sections/world.md", {"title": "World", "description": "All that is far away."}, "A text of its own.")
    courier.check()
    page = courier.read("build/world/index.html")
    assert '<p class="page-intro">' not in page
    assert "A text of its own." in page


def test_faces_stand_in_a_byline_when_everybody_has_one(publication: Factory) -> None:
    courier = publication(settings=BROADSHEET)
    courier.author("jane-doe", image={"src": "https://pictures.example/jane.jpg", "alt": "Jane Doe"})
    courier.author("john-roe")
    courier.article("world/alone", authors=["jane-doe"])
    courier.article("world/both", authors=["jane-doe", "john-roe"])
    courier.check()
    assert "portrait-small" in courier.read("build/world/2026/01/alone/index.html")
    assert "portrait-small" not in courier.read("build/world/2026/01/both/index.html")


def test_a_question_that_there_is_not_is_reported_in_the_templates_words(publication: Factory) -> None:
    courier = publication()
    courier.write("themes/tiny/404.html", "{{ query.storys() }}")
    (problem,) = courier.problems()
    assert problem.message == "`query` has no `storys` (while rendering /404.html)"
