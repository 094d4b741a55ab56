"""Macros that are set into the templates that import them do what they did where they were."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import UndefinedError

from slugline.theme.environment import ThemeTemplates, render_problem
from slugline.theme.jinja import ThemeEnvironment

PARTS = {
    "image": "{% macro picture(src) %}<img {{ src }}>{% endmacro %}",
    "names": "{% from 'image' import picture %}\n{# who #}\n"
    "{% macro names(entries, last='and') %}{% for one in entries %}{{ one }}{{ ' ' ~ last ~ ' ' if not loop.last }}{% endfor %}"
    "{% endmacro %}\n{% macro faces(entries) %}{{ picture(entries[0]) }}{{ names(entries) }}{% endmacro %}",
    "card": "{% from 'image' import picture %}{% from 'names' import names with context %}"
    "{% macro card(story, level=3) %}<h{{ level }}>{{ story }} {{ word }} {{ names(people) }} "
    "{{ picture('<x>') }}</h{{ level }}>{% endmacro %}"
    "{% macro line(story) %}{{ story }}|{{ card(story, level=4) }}{% endmacro %}",
    "frame": "{% macro frame(t) %}[{{ t }}:{{ caller(t) }}:{{ varargs | join }}:{{ kwargs | length }}]{% endmacro %}",
    "does": "{% set word = 'does' %}{% macro say() %}{{ word }}{% endmacro %}",
    "hides": "{% macro names(names) %}{{ names }}{% endmacro %}",
    "aliased": "{% from 'names' import names as people_of, faces with context %}"
    "{% macro both(people) %}{{ people_of(people) }}{{ faces(people) }}{% endmacro %}",
    "round": "{% from 'about' import about with context %}{% macro round(n) %}{{ about(n) }}{% endmacro %}",
    "about": "{% from 'round' import round with context %}{% macro about(n) %}{{ n }}{% endmacro %}",
    "needs": "{% macro needs(a) %}{{ a }}{{ word | default('none') }}{% endmacro %}",
    "base": "{% block title %}{% endblock %}<{% block main %}{% endblock %}>",
}

SAME = {
    "one": "{% from 'card' import card with context %}{{ card('<a>') }}{{ card('b', level=2) }}",
    "two": "{% from 'card' import card, line with context %}{{ line('a') }}{{ card('b') }}",
    "alias": "{% from 'card' import card as paper, line with context %}{{ paper('a') }}{{ line('b') }}",
    "twice": "{% from 'names' import names with context %}{{ names(people) }}"
    "{% from 'names' import faces with context %}{{ faces(people) }}{{ names(people) }}",
    "aliases of aliases": "{% from 'aliased' import both with context %}{{ both(people) }}",
    "caller": "{% from 'frame' import frame with context %}{% call(t) frame('x', 1, 2, a=3) %}{{ t }}{{ word }}{% endcall %}",
    "loop": "{% for word in people %}{% from 'card' import card with context %}{{ card(word) }}{% endfor %}{{ word }}",
    "loop of others": "{% for n in (1, 2) %}{% from 'card' import card with context %}{{ card(n, n) }}{% endfor %}",
    "condition": "{% if word %}{% from 'card' import card with context %}{{ card(1) }}{% else %}"
    "{% from 'card' import line as card with context %}{{ card(2) }}{% endif %}",
    "set before": "{% set word = 'set' %}{% from 'card' import card with context %}{{ card(1) }}",
    "set after": "{% from 'card' import card with context %}{% set word = 'set' %}{{ card(1) }}",
    "macro of that name": "{% macro word() %}m{% endmacro %}{% from 'card' import card with context %}{{ card(1) }}",
    "own names": "{% macro names(x) %}mine{% endmacro %}{% from 'card' import card with context %}{{ card(1) }}{{ names(1) }}",
    "no context": "{% from 'image' import picture %}{{ picture(1) }}"
    "{% from 'names' import names without context %}{{ names('ab') }}",
    "without a context that it needs": "{% from 'frame' import frame %}{% call(t) frame(1) %}{% endcall %}"
    "{% from 'needs' import needs %}{{ needs(1) }}",
    "at the top": "{% extends 'base' %}{% from 'card' import card with context %}{% from 'image' import picture %}"
    "{% block main %}{% for n in people %}{{ card(n) }}{{ picture(n) ~ n }}{% endfor %}{% endblock %}",
    "parent of one of that name": "{% from 'image' import picture %}[{% block main %}{{ picture(1) }}{% endblock %}]",
    "child of one of that name": "{% extends 'parent of one of that name' %}"
    "{% from 'names' import names as picture with context %}"
    "{% block main %}{{ picture('<a>') }}{{ super() }}{% endblock %}",
    "child with another": "{% extends 'parent of one of that name' %}{% macro picture(a, b=2) %}{{ a }}{{ b }}{% endmacro %}"
    "{% block main %}{{ picture('<a>') }}{{ super() }}{% endblock %}",
    "module": "{% import 'card' as cards with context %}{{ cards.card(1) }}{{ cards.line(2) }}",
    "more than macros": "{% from 'does' import say with context %}{{ say() }}",
    "hidden name": "{% from 'hides' import names with context %}{{ names('n') }}",
    "child": "{% extends 'base' %}{% from 'names' import names with context %}"
    "{% block title %}{{ names(people) }}{% endblock %}{% block main %}"
    "{% from 'card' import card with context %}{{ card(1) }}{% set word = 'set' %}{% endblock %}",
    "within a macro": "{% macro outer(word) %}{% from 'card' import card with context %}{{ card(word) }}{% endmacro %}"
    "{{ outer(7) }}",
    "with": "{% with word = 'w' %}{% from 'card' import card with context %}{{ card(1) }}{% endwith %}",
    "chosen": "{% from which import card with context %}{{ card(1) }}",
    "block": "{% set x %}{% from 'card' import card with context %}{{ card(1) }}{% endset %}{{ x }}{% filter upper %}"
    "{% from 'names' import names with context %}{{ names(people) }}{% endfilter %}",
}

NAMES = {"word": "<word>", "people": ["Ann", "<Bo>", "Cy"], "which": "card"}


def environment(kind: type[Environment], templates: Mapping[str, str]) -> Environment:
    loader = DictLoader({**PARTS, **templates})
    return kind(loader=loader, autoescape=True, undefined=StrictUndefined, auto_reload=False, cache_size=-1)


@pytest.mark.parametrize("name", SAME)
def test_an_import_gives_what_it_gives_with_jinjas_own(name: str) -> None:
    ours, theirs = environment(ThemeEnvironment, SAME), environment(Environment, SAME)
    for _ in range(2):
        assert ours.get_template(name).render(NAMES) == theirs.get_template(name).render(NAMES)


def test_macros_without_a_context_are_called_as_functions_in_blocks() -> None:
    ours = environment(ThemeEnvironment, SAME)
    code = ours.compile(SAME["at the top"], "at the top", "at the top", True)
    assert code.count("._func(") == 2 + len(["names in card", "picture in card"])
    assert "_get_default_module" not in code


@pytest.mark.parametrize(
    "name", ["one", "two", "alias", "twice", "aliases of aliases", "caller", "loop of others", "condition"]
)
def test_imports_of_macros_cost_a_page_no_module(name: str) -> None:
    ours = environment(ThemeEnvironment, SAME)
    assert "make_module" not in ours.compile(SAME[name], name, name, True)


@pytest.mark.parametrize(
    "name", ["loop", "set before", "set after", "macro of that name", "more than macros", "hidden name", "with"]
)
def test_what_could_make_a_difference_is_left_to_jinja(name: str) -> None:
    ours = environment(ThemeEnvironment, SAME)
    assert "make_module" in ours.compile(SAME[name], name, name, True)


def test_a_macro_that_is_not_there_is_an_error() -> None:
    ours = environment(ThemeEnvironment, {"a": "{% from 'card' import cards with context %}{{ cards(1) }}"})
    with pytest.raises(UndefinedError, match="does not export the requested name 'cards'"):
        ours.get_template("a").render(NAMES)


def test_the_templates_that_may_be_part_of_another_are_known() -> None:
    ours = environment(ThemeEnvironment, SAME)
    assert isinstance(ours, ThemeEnvironment)
    assert ours.inlined("one") == ("card", "image", "names")
    assert ours.inlined("no context") == ("image", "names")
    assert ours.inlined("round") == ("about",)


def theme(folder: Path, files: Mapping[str, str], cache: Path | None = None) -> ThemeTemplates:
    paths = {}
    for name, text in files.items():
        paths[name] = folder / name
        paths[name].parent.mkdir(parents=True, exist_ok=True)
        paths[name].write_text(text)
    return ThemeTemplates(paths, {name: f"themes/own/{name}" for name in files}, cache)


FILES = {
    "article.html": "\n\n{% from 'partials/card.html' import card with context %}\n{{ card(story) }}\n",
    "partials/card.html": "{% from 'partials/names.html' import names with context %}\n{% macro card(story) %}\n"
    "<p>{{ names(story) }}</p>\n{% endmacro %}\n",
    "partials/names.html": "{# names #}\n\n{% macro names(story) %}\n\n{{ story.byline }}\n{% endmacro %}\n",
}


def test_an_error_in_a_macro_names_its_own_file_and_line(tmp_path: Path) -> None:
    templates = theme(tmp_path, FILES)
    with pytest.raises(UndefinedError) as raised:
        templates.render("article.html", {"story": {}})
    problem = render_problem(raised.value, templates, "/a/")
    assert (problem.path, problem.line) == ("themes/own/partials/names.html", 5)


def test_a_mistake_that_only_the_compiler_finds_names_its_own_file_and_line(tmp_path: Path) -> None:
    broken = {**FILES, "partials/names.html": "\n{% macro names(story) %}\n{{ story | no_such_filter }}\n{% endmacro %}\n"}
    templates = theme(tmp_path, broken)
    with pytest.raises(Exception, match="no_such_filter") as raised:
        templates.render("article.html", {"story": {}})
    problem = render_problem(raised.value, templates, "/a/")
    assert (problem.path, problem.line) == ("themes/own/partials/names.html", 3)


def test_a_changed_macro_is_compiled_anew_wherever_it_is(tmp_path: Path) -> None:
    templates = theme(tmp_path, FILES)
    assert "Ann" in templates.render("article.html", {"story": {"byline": "Ann"}})
    (tmp_path / "partials/names.html").write_text("{% macro names(story) %}by {{ story.byline }}{% endmacro %}")
    templates.forget(["partials/names.html"])
    assert "by Ann" in templates.render("article.html", {"story": {"byline": "Ann"}})


def test_compiled_templates_are_out_of_date_when_a_macro_in_them_is(tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "one"
    assert "Ann" in theme(tmp_path, FILES, cache).render("article.html", {"story": {"byline": "Ann"}})
    changed = {**FILES, "partials/names.html": "{% macro names(story) %}by {{ story.byline }}{% endmacro %}"}
    assert "by Ann" in theme(tmp_path, changed, cache).render("article.html", {"story": {"byline": "Ann"}})


def test_errors_name_the_right_file_after_one_was_added(tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "one"
    theme(tmp_path, FILES, cache).render("article.html", {"story": {"byline": "Ann"}})
    more = {"a.html": "", **FILES, "partials/a.html": "{% macro a() %}{% endmacro %}"}
    templates = theme(tmp_path, more, cache)
    with pytest.raises(UndefinedError) as raised:
        templates.render("article.html", {"story": {}})
    assert render_problem(raised.value, templates, "/a/").path == "themes/own/partials/names.html"


def test_a_name_that_is_nowhere_is_missed_where_it_is_imported(tmp_path: Path) -> None:
    names = "\n{% from 'partials/more.html' import lines %}{% macro names(story) %}{{ lines(story) }}{% endmacro %}"
    templates = theme(tmp_path, {**FILES, "partials/names.html": names, "partials/more.html": ""})
    with pytest.raises(UndefinedError) as raised:
        templates.render("article.html", {"story": {}})
    problem = render_problem(raised.value, templates, "/a/")
    assert (problem.path, problem.line) == ("themes/own/partials/names.html", 2)
    assert "imported on line 2 in 'partials/names.html'" in problem.message
