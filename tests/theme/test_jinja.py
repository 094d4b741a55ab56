"""The environment of themes does what Jinja's own does, only sooner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, pass_context, pass_environment, pass_eval_context
from jinja2.exceptions import TemplateNotFound, UndefinedError

from slugline.theme.jinja import ThemeEnvironment


class Greeter:
    """Something to call in several ways."""

    def method(self, name: str) -> str:
        return f"method <{name}>"

    @pass_context
    def __call__(self, context: Mapping[str, Any], name: str) -> str:
        return f"{context['word']} <{name}>"


@pass_context
def with_context(context: Mapping[str, Any], name: str) -> str:
    return f"{context['word']} {context.get('local', 'none')} {name}"


@pass_eval_context
def with_eval_context(eval_context: Any, name: str) -> str:
    return f"{eval_context.autoescape} {name}"


@pass_environment
def with_environment(environment: Environment, name: str) -> str:
    return f"{environment.autoescape} {name}"


def stops() -> str:
    raise StopIteration


TEMPLATES = {
    "macros": "{% macro one(a, b='x') %}[{{ a }}|{{ b }}|{{ varargs | join }}|{{ kwargs | length }}|{{ word }}]{% endmacro %}"
    "{% macro frame() %}<{{ caller('<in>') }}>{% endmacro %}",
    "import": "{% from 'macros' import one, frame with context %}{{ one('<a>') }}{{ one('a', 'b', 'c', c='d') }}"
    "{% call(word) frame() %}{{ word }}{% endcall %}",
    "set": "{% set word = 'set' %}{% block b scoped %}{% from 'macros' import one with context %}{{ one(1) }}{% endblock %}",
    "loop": "{% for local in (1, 2) %}{{ with_context(local) }}"
    "{% from 'macros' import one with context %}{{ one(local) }}{% endfor %}",
    "calls": "{{ greeter('a') }} {{ greeter.method('b') }} {{ with_eval_context('c') }} {{ with_environment('d') }}"
    " {{ word.upper() }} {{ 'x'.join(['1', '2']) }} {{ dict(a=1).a }} {{ range(3) | list }}",
    "parent": "{% block body %}{{ with_context('p') }}{% endblock %}",
    "child": "{% extends 'parent' %}{% block body %}{{ super() }}{% set local = 5 %}{{ with_context('c') }}{% endblock %}",
}

NAMES = {
    "word": "<word>",
    "greeter": Greeter(),
    "with_context": with_context,
    "with_eval_context": with_eval_context,
    "with_environment": with_environment,
    "stops": stops,
}


def environment(kind: type[Environment], templates: Mapping[str, str] = TEMPLATES) -> Environment:
    loader = DictLoader(dict(templates))
    return kind(loader=loader, autoescape=True, undefined=StrictUndefined, auto_reload=False, cache_size=-1)


@pytest.mark.parametrize("name", ["import", "set", "loop", "calls", "parent", "child"])
def test_templates_make_what_they_make_with_jinjas_own(name: str) -> None:
    ours, theirs = environment(ThemeEnvironment), environment(Environment)
    for _ in range(2):
        assert ours.get_template(name).render(NAMES) == theirs.get_template(name).render(NAMES)


def test_a_function_that_stops_an_iteration_is_undefined() -> None:
    template = environment(ThemeEnvironment, {"a": "{{ stops() }}"}).get_template("a")
    with pytest.raises(UndefinedError, match="StopIteration"):
        template.render(NAMES)


def test_a_wrong_argument_of_a_macro_is_an_error() -> None:
    template = environment(ThemeEnvironment, {"a": "{% macro m(a) %}{% endmacro %}{{ m(1, b=2) }}"}).get_template("a")
    with pytest.raises(TypeError, match="takes no keyword argument 'b'"):
        template.render(NAMES)


def test_an_overlay_has_templates_of_its_own() -> None:
    ours = environment(ThemeEnvironment, {"a": "{{ word }}"})
    assert ours.get_template("a").render(NAMES) == "&lt;word&gt;"
    plain = ours.overlay(autoescape=False)
    assert plain.get_template("a").render(NAMES) == "<word>"
    assert ours.get_template("a").render(NAMES) == "&lt;word&gt;"


def test_a_template_that_is_not_there_is_not_found() -> None:
    with pytest.raises(TemplateNotFound):
        environment(ThemeEnvironment).get_template("none")
