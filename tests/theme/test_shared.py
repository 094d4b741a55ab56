"""`{% shared %}`: a part made once for all pages that show it, which stays right whatever changes."""

from __future__ import annotations

import pytest
from jinja2.runtime import Undefined, escape
from markupsafe import Markup

from publications import Factory, Publication
from slugline.pages import rendering
from slugline.theme.jinja import put

NAV = (
    '<nav data-lang="{{ lang }}"{% if here %} data-here="{{ here }}"{% endif %}>'
    "{% for entry in query.sections() %}{{ entry.title }};{% endfor %}</nav>\n"
)
ONE, TWO = "build/world/2026/01/one/index.html", "build/world/2026/01/two/index.html"


@pytest.fixture
def courier(publication: Factory) -> Publication:
    """A paper of two stories whose pages show a shared part."""
    courier = publication()
    courier.write("themes/tiny/partials/part.html", NAV)
    courier.write("themes/tiny/article.html", '{% shared "partials/part.html", here=article.title[:1] %}{{ article.html }}')
    courier.source("sections/world.md", {"title": "World"})
    courier.article("world/one")
    courier.article("world/two")
    return courier


def test_a_part_is_made_once_for_pages_that_hand_it_the_same(
    courier: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    part = rendering.PageRenderer._part
    monkeypatch.setattr(rendering.PageRenderer, "_part", lambda *given: made.append(given[1:]) or part(*given))
    courier.write("themes/tiny/article.html", '{% shared "partials/part.html", here="" %}{{ article.html }}')
    courier.build()
    assert [given for given in made if given[0] == "partials/part.html"] == [("partials/part.html", "en", {"here": ""})]
    assert 'data-lang="en"' in courier.read(ONE)
    assert 'data-lang="en"' in courier.read(TWO)


def test_what_a_part_asks_is_asked_by_every_page_that_shows_it(courier: Publication) -> None:
    courier.check()
    courier.source("sections/world.md", {"title": "The World"})
    rendered = courier.rendered()
    assert {"/world/2026/01/one/", "/world/2026/01/two/"} <= rendered.keys()
    assert "The World;" in courier.read(TWO)


def test_pages_that_hand_it_something_else_get_another(courier: Publication) -> None:
    courier.article("world/two", title="Second thoughts")
    courier.check()
    assert 'data-here="O"' in courier.read(ONE)
    assert 'data-here="S"' in courier.read(TWO)


def test_a_part_is_made_for_each_language(courier: Publication) -> None:
    courier.article("world/two", lang="de")
    courier.check()
    assert 'data-lang="en"' in courier.read(ONE)
    assert 'data-lang="de"' in courier.read(TWO)


def test_a_change_of_the_parts_file_is_noticed(courier: Publication) -> None:
    courier.check()
    courier.replace("themes/tiny/partials/part.html", "</nav>", "!</nav>")
    assert {"/world/2026/01/one/", "/world/2026/01/two/"} <= courier.rendered().keys()
    assert "!</nav>" in courier.read(ONE)


def test_a_part_sees_nothing_of_the_page(courier: Publication) -> None:
    courier.write("themes/tiny/partials/part.html", "{{ page.title }}")
    (first, *_) = courier.problems()
    assert (first.path, first.line) == ("themes/tiny/partials/part.html", 1)
    assert "a shared page has no `title`" in first.message


def test_what_asks_the_catalog_by_itself_cannot_be_handed_over(courier: Publication) -> None:
    courier.write("themes/tiny/article.html", '\n{% shared "partials/part.html", here=article %}')
    (first, *_) = courier.problems()
    assert (first.path, first.line) == ("themes/tiny/article.html", 2)
    assert "`here`" in first.message


def test_a_part_that_is_not_there_is_told_with_its_line(courier: Publication) -> None:
    courier.write("themes/tiny/article.html", '\n\n{% shared "partials/none.html" %}')
    (first, *_) = courier.problems()
    assert "partials/none.html" in first.message
    assert first.path == "themes/tiny/article.html"
    assert first.line == 3


def test_more_parts_than_are_kept_are_right_all_the_same(courier: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_PARTS", 1)
    courier.article("world/two", title="Second thoughts")
    courier.check()
    assert 'data-here="S"' in courier.read(TWO)


@pytest.mark.parametrize(
    "value", ["plain", "<b> & \"quotes\" 'too'", Markup("<b>"), 7, 1.5, None, True, "ü“”<", Markup("<i>%s</i>") % "<"]
)
def test_output_is_escaped_as_markupsafe_escapes_it(value: object) -> None:
    assert put(value) == str(escape(value))


def test_output_of_an_undefined_value_fails_as_it_does_with_markupsafe() -> None:
    assert put(Undefined(name="x")) == str(escape(Undefined(name="x")))
