"""A theme that extends another, and extends that one's templates."""

from __future__ import annotations

import pytest

from publications import SETTINGS, Factory, Publication

CHILD = SETTINGS.replace('name = "tiny"', 'name = "own"')
STORY = "build/world/2026/01/first/index.html"


@pytest.fixture
def courier(publication: Factory) -> Publication:
    """A paper whose theme ``own`` extends ``parent``: a frame with two blocks, and a partial."""
    courier = publication(settings=CHILD)
    courier.rename("themes/tiny", "themes/parent")
    courier.write("themes/own/theme.toml", 'name = "own"\nextends = "parent"\n')
    courier.write(
        "themes/parent/article.html",
        '<h1>{% block head %}parent’s head{% endblock %}</h1>{% include "partials/foot.html" %}\n'
        "<p>{% block body %}parent’s body{% endblock %}</p>\n",
    )
    courier.write("themes/parent/partials/foot.html", "parent’s foot")
    courier.write(
        "themes/own/article.html",
        '{% extends "parent/article.html" %}\n{% block body %}own, after {{ super() }}{% endblock %}\n',
    )
    courier.article("world/first")
    return courier


def test_one_block_of_a_parents_template_is_replaced_by_extending_it_under_its_full_name(courier: Publication) -> None:
    courier.check()
    page = courier.read(STORY)
    assert "<h1>parent’s head</h1>" in page
    assert "<p>own, after parent’s body</p>" in page


def test_what_the_parents_template_includes_is_taken_from_the_child_first(courier: Publication) -> None:
    courier.write("themes/own/partials/foot.html", "own foot around {% include 'parent/partials/foot.html' %}")
    courier.check()
    assert "own foot around parent’s foot" in courier.read(STORY)


def test_a_change_of_the_parents_file_is_noticed_under_both_names(courier: Publication) -> None:
    courier.check()
    courier.replace("themes/parent/article.html", "parent’s head", "another head")
    assert "/world/2026/01/first/" in courier.rendered()
    assert "another head" in courier.read(STORY)


def test_a_partial_that_appears_in_the_child_is_noticed(courier: Publication) -> None:
    courier.check()
    courier.write("themes/own/partials/foot.html", "a new foot")
    assert "/world/2026/01/first/" in courier.rendered()
    assert "a new foot" in courier.read(STORY)


def test_an_error_in_the_parents_template_is_told_once_with_its_own_path(courier: Publication) -> None:
    courier.write("themes/parent/partials/foot.html", "one\n{% if %}\n")
    told = [(problem.path, problem.line) for problem in courier.problems() if problem.path.endswith("foot.html")]
    assert told == [("themes/parent/partials/foot.html", 2)]


def test_the_theme_that_ships_can_be_extended_under_its_name(courier: Publication) -> None:
    courier.delete("themes")
    courier.write("themes/own/theme.toml", 'name = "own"\nextends = "broadsheet"\n')
    courier.write(
        "themes/own/article.html",
        '{% extends "broadsheet/article.html" %}\n{% block story_more %}<p>The end.</p>{% endblock %}\n',
    )
    courier.check()
    page = courier.read(STORY)
    assert "<p>The end.</p>" in page
    assert 'class="story-title"' in page
    assert not [path for path in courier.tree() if "broadsheet/" in path]
