"""Calls of macros that are known when a template is compiled do what Jinja's own do."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import UndefinedError
from markupsafe import Markup, escape

from slugline.theme.jinja import ThemeEnvironment


def words(text: str, /, **values: object) -> Markup:
    return escape(text).format(**values)


NAMES = {"_": words, "word": "<word>", "people": ["Ann", "<Bo>"]}
M = "{% macro m(a, b='<b>', c=none) %}[{{ a }}|{{ b }}|{{ c }}]{% endmacro %}"

DIRECT = {
    "all": M + "{{ m(1, 2, 3) }}",
    "defaults": M + "{{ m('<a>') }}{{ m(word) }}",
    "by name": M + "{{ m(c=1, a=2) }}{{ m(1, c=word) }}",
    "in a loop": M + "{% for one in people %}{{ m(one, b=loop.index) }}{% endfor %}",
    "in a loop's filter": M + "{% for one in people if m(one) %}{{ one }}{% endfor %}",
    "as an argument": M + "{{ m(m(1), b=m(2)) }}",
    "set": M + "{% set x = m(word) %}{{ x }}{{ x | length }}",
    "joined": M + "{{ m(1) ~ word }}{{ m(2) | upper }}{{ (m(3) if word else m(4)) }}",
    "tested": M + "{% if m('') %}yes{% endif %}",
    "within a macro": M + "{% macro outer(x) %}{{ m(x) }}{{ m(x, b=word) }}{% endmacro %}{{ outer(word) }}",
    "of itself": "{% macro down(n) %}{{ n }}{% if n %}{{ down(n - 1) }}{% endif %}{% endmacro %}{{ down(3) }}",
    "words": "{{ _('One & two') }}{{ _('{n} <min>', n=word) }}"
    "{% for one in people %}{{ _('{a} {b}', a=one, b=_('x')) }}{% endfor %}",
    "no parameters": "{% macro none_() %}<hr>{% endmacro %}{{ none_() }}",
    "not escaped": "{% autoescape false %}" + M + "{{ m(word) }}{{ m(word) | upper }}{% endautoescape %}",
    "block set": M + "{% set x %}{{ m(word) }}{% endset %}{{ x }}",
    "in a block": "{% block b %}" + M + "{{ m(word) }}{% endblock %}",
}

OTHERS = {
    "more": "{% macro m(a) %}{{ a }}{{ varargs | join }}{{ kwargs.z }}{% endmacro %}{{ m(1, 2, z=3) }}",
    "caller": "{% macro m(a) %}{{ a }}{{ caller(a) }}{% endmacro %}{% call(x) m(word) %}{{ x }}{% endcall %}",
    "as a value": M + "{{ [m][0](1) }}{{ dict(m=m).m(2) }}",
    "unpacked": M + "{{ m(*people) }}{{ m(**{'a': 1}) }}",
    "twice": M + "{% if word %}{% macro m(a) %}other{{ a }}{% endmacro %}{% endif %}{{ m(1) }}",
    "given another": M + "{% set m = _ %}{{ m('x') }}",
    "a parameter": M + "{% macro outer(m) %}{{ m('x') }}{% endmacro %}{{ outer(_) }}",
    "a loop's": M + "{% for m in (_, _) %}{{ m('x') }}{% endfor %}",
    "words of its own": "{% macro _(x) %}own{{ x }}{% endmacro %}{{ _('x') }}",
    "through the context": M + "{% block b %}{{ m(word) }}{% endblock %}",
    "child": "{% extends 'through the context' %}{% macro m(a) %}child{{ a }}{% endmacro %}"
    "{% block b %}{{ m(1) }}{{ super() }}{% endblock %}",
    "either": "{% if word %}{% macro m(a) %}1{{ a }}{% endmacro %}{% else %}"
    "{% macro m(a, b) %}2{{ b }}{% endmacro %}{% endif %}{{ m(5) }}",
}


def environment(kind: type[Environment]) -> Environment:
    loader = DictLoader({**DIRECT, **OTHERS})
    return kind(loader=loader, autoescape=True, undefined=StrictUndefined, auto_reload=False, cache_size=-1)


@pytest.mark.parametrize("name", [*DIRECT, *OTHERS])
def test_a_call_gives_what_it_gives_with_jinjas_own(name: str) -> None:
    ours, theirs = environment(ThemeEnvironment), environment(Environment)
    assert ours.get_template(name).render(NAMES) == theirs.get_template(name).render(NAMES)


@pytest.mark.parametrize("name", DIRECT)
def test_a_known_macro_is_called_as_a_function(name: str) -> None:
    assert "context.call" not in environment(ThemeEnvironment).compile(DIRECT[name], name, name, True)


@pytest.mark.parametrize(
    "source",
    [
        M + "{{ m(1, 2, 3, 4) }}",
        M + "{{ m(1, a=2) }}",
        M + "{{ m(1, z=2) }}",
        M + "{{ m() }}",
        "{% if not word %}" + M + "{% endif %}{{ m(1) }}",
        "{{ m(1) }}" + M,
        M + "{{ m(nothing.at.all) }}",
    ],
)
def test_a_wrong_call_is_the_error_that_it_is_with_jinjas_own(source: str) -> None:
    said = []
    for kind in (ThemeEnvironment, Environment):
        with pytest.raises((TypeError, UndefinedError)) as raised:
            environment(kind).from_string(source).render(NAMES)
        said.append((type(raised.value), str(raised.value)))
    assert said[0] == said[1]
