"""Settings, templates, front matter, data and names of any kind: a publication builds, or its problems are listed.

What is tried is a good file with something in it that does not belong there. Bodies are tried in ``tests/markup``.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError

from publications import SETTINGS, Publication
from sizes import sample
from slugline.errors import OutputError, Problem, PublicationError
from slugline.files import on_disk
from slugline.parse import Parser
from slugline.settings.load import parse_settings
from slugline.theme.jinja import ThemeEnvironment
from slugline.theme.shared import SharedTag

BUILDS = sample(12, 2_000)
"""So many publications of each kind are built, besides those that are listed."""

READS = sample(300, 20_000)
"""So many files of each kind are read."""

SECONDS = 30
"""Of processor time, for a build of a publication of two stories; nothing that is written into one makes it take longer."""

pytestmark = pytest.mark.timeout(sample(300, 14_400))

DEEP = 1_500
PARSER = Parser(parse_settings(SETTINGS))
FRONT = "title: A story\ndate: 2026-01-10\n"

# What has a meaning somewhere, in fragments, with what has none anywhere.
SIGNS = st.sampled_from(
    [
        *"[]{}()<>\"'`#&*!|%@,;:=+-_./\\?~^$ \t\n\0\x07\x7f\x85\xa0\xad",
        "\u2028",
        "\u202e",
        "\ufeff",
        "é",
        "e\u0301",
        "ß",
        "中",
        "😀",
    ]
)
DEEPENED = st.builds(
    lambda opening, times: opening * times,
    st.sampled_from(
        ["[", "{", "(", "{a: ", "[[", "- ", "'", '"', '"""', "{{", "{%", "{{ (", "{% if x %}", "not ", "x.", "x|", "-"]
    ),
    st.sampled_from([1, 2, 20, 300, DEEP]),
)
NUMBERS = st.sampled_from(
    ["0", "-1", "007", "1e999", "inf", "nan", "9" * 30, "9" * 5000, "2026-02-30", "25:00", "0x1F", "1_000"]
)


def pieces(*words: str) -> st.SearchStrategy[str]:
    """Texts of a language that has these words."""
    piece = SIGNS | DEEPENED | NUMBERS | st.sampled_from(words) | st.text(st.characters(exclude_categories=("Cs",)), max_size=4)
    return st.lists(piece, min_size=1, max_size=6).map("".join)


def put_into(text: str, pieces_of_it: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts in which a piece is in the place of something, at any place."""
    place = st.integers(0, len(text))
    return st.builds(lambda at, length, piece: text[:at] + piece + text[at + length :], place, st.integers(0, 12), pieces_of_it)


SETTINGS_TEXTS = put_into(
    SETTINGS, pieces("base_url = ", "[publication]", "http://[", "https://a:b", "[[theme]]", "{yyyy}", "true", "name = ")
)

TEMPLATE = """\
{% extends "base.html" %}
{% block main %}<article>{{ article.title }}{% for tag in article.tags %}{{ tag.title }}{% endfor %}</article>{% endblock %}
"""
TEMPLATES = put_into(
    TEMPLATE,
    pieces(
        "{{ article.",
        "{% for x in ",
        "{% block main %}",
        "{% macro m() %}",
        "{% include 'x' %}",
        "|tojson",
        "range(9)",
        "{#",
    ),
)

FRONT_MATTER = put_into(
    f"{FRONT}aliases: [/a/]\nsection: world\nslug: x\ntags: [a]\nauthors: [jane-doe]\nlang: en\nimage: a.jpg\n"
    "corrections: [{date: 2026-01-11, text: x}]\nextra: {a: 1}\n",
    pieces(
        "/", "/../", "/a\\0b/", '"/a\\0b/"', "!!timestamp", "!!binary", "!!set", "<<: ", "&a", "*a", "null", "true", "---\n"
    ),
)

DATA = {
    "json": '{"a": [1, {"b": null}], "c": "d"}',
    "toml": 'a = [1, {b = 2}]\n[c]\nd = "e"\n',
    "yaml": "a: [1, {b: null}]\nc:\n- d\n",
}
DATA_TEXTS = st.sampled_from(sorted(DATA)).flatmap(
    lambda kind: st.tuples(
        st.just(kind), put_into(DATA[kind], pieces("true", "null", "[[a]]", "NaN", "1979-05-27", "\\ud800", "!!set"))
    )
)


@settings(max_examples=READS)
@given(SETTINGS_TEXTS)
def test_any_settings_are_read_or_refused(text: str) -> None:
    with contextlib.suppress(PublicationError):
        parse_settings(text)


@settings(max_examples=READS)
@given(TEMPLATES)
def test_any_template_is_compiled_or_refused(text: str) -> None:
    with contextlib.suppress(TemplateSyntaxError):
        ThemeEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", SharedTag]).from_string(text)


@settings(max_examples=READS)
@given(FRONT_MATTER)
def test_any_front_matter_is_read_or_refused(front: str) -> None:
    parsed = PARSER.parse("articles/world/x.md", f"---\n{front}---\n\nWords.\n".encode())
    assert parsed.value is not None or any(problem.severity == "error" for problem in parsed.problems)


@settings(max_examples=READS)
@given(DATA_TEXTS)
def test_any_data_is_read_or_refused(case: tuple[str, str]) -> None:
    kind, text = case
    parsed = PARSER.parse(f"data/x.{kind}", text.encode())
    json.dumps(parsed.value, ensure_ascii=False).encode()
    assert parsed.value is None or not any(problem.severity == "error" for problem in parsed.problems)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    paper = Publication(tmp_path_factory.mktemp("fuzz") / "paper")
    paper.author("jane-doe")
    paper.article("world/first", "Words.", authors=["jane-doe"], tags=["harbour"])
    paper.article("world/second", "Words of [the first](first.md).")
    paper.write("content/data/rates.json", "{}")
    paper.check()
    return paper


@pytest.fixture
def tree(paper: Publication) -> Iterator[Publication]:
    """The publication, which is as it was after the test."""
    good = paper.root.parent / "good"
    if not good.exists():
        shutil.copytree(paper.root, good)
    yield paper
    shutil.rmtree(paper.root)
    shutil.copytree(good, paper.root)


def builds_or_says_why(paper: Publication) -> tuple[Problem, ...]:
    """The problems of a build: each in a file of the publication, on a line that it has."""
    begun = time.process_time()
    try:
        problems = tuple(paper.build().problems)
    except PublicationError as error:
        problems = error.problems
        assert any(problem.severity == "error" for problem in problems)
    except OutputError:
        problems = ()
    assert time.process_time() - begun < SECONDS
    for problem in problems:
        assert problem.message
        assert "Error:" not in problem.message.partition(" (while rendering")[0].partition(": ")[0]
        str(problem).encode()
        if problem.severity == "error":
            assert problem.path
        if problem.line:
            # What a disk has in another form of Unicode is reported in the one form of all paths.
            text = Path(on_disk(str(paper.root), problem.path)).read_bytes().decode(errors="replace")
            assert 1 <= problem.line <= len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return problems


def tried(paper: Publication, path: str, text: str) -> tuple[Problem, ...]:
    """The problems of a build with a file in which this is written; the file is as it was after it."""
    place = paper.root / path
    before = place.read_bytes() if place.exists() else None
    try:
        paper.write(path, text)
        return builds_or_says_why(paper)
    finally:
        if before is None:
            place.unlink()
        else:
            place.write_bytes(before)


@settings(max_examples=BUILDS)
@given(SETTINGS_TEXTS)
@example(SETTINGS.replace("https://courier.example", "http://["))
@example(SETTINGS.replace("https://courier.example", "https://courier.example:99999"))
@example(SETTINGS.replace("https://courier.example", "https://:80"))
@example(SETTINGS + "x = " + "[" * DEEP)
@example(SETTINGS + "x = " + "{a=" * DEEP)
@example(SETTINGS + "x = " + "9" * 5000)
@example(SETTINGS.replace("Europe/London", "x." * DEEP))
@example(SETTINGS.replace("4", "9" * 40))
def test_any_settings(paper: Publication, text: str) -> None:
    tried(paper, "slugline.toml", text)


@settings(max_examples=BUILDS)
@given(TEMPLATES)
@example("{{ " + "(" * 300 + "1" + ")" * 300 + " }}")
@example("{{ " + "(" * DEEP + "1" + ")" * DEEP + " }}")
@example("{{ " + "-" * DEEP + "1 }}")
@example("{{ " + "not " * DEEP + "1 }}")
@example("{{ 1" + "+1" * DEEP + " }}")
@example("{{ x" + ".x" * DEEP + " }}")
@example("{{ 1" + "|upper" * DEEP + " }}")
@example("{% if 1 %}" * 300 + "{% endif %}" * 300)
@example("{% for x in [1] %}" * 30 + "{% endfor %}" * 30)
@example("{{ " + "[" * 300 + "]" * 300 + " }}")
@example("{% include 'article.html' %}")
@example("{% extends 'article.html' %}")
@example("{% include 'article\0.html' %}")
@example("{{ 9 ** 9 // 0 }}")
@example("{{ '%d' % 'x' }}")
@example("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")
@example("{% set x = 1 %}{{ x() }}")
@example("{% break %}")
@example("{{ " + "9" * 5000 + " }}")
def test_any_template(paper: Publication, text: str) -> None:
    tried(paper, "themes/tiny/article.html", text)


@settings(max_examples=BUILDS)
@given(FRONT_MATTER)
@example(f'{FRONT}aliases: ["/a\\0b/"]\n')
@example(f'{FRONT}title: "a\\0b"\n'.replace("title: A story\n", ""))
@example(f'{FRONT}slug: "a\\0b"\n')
@example(f'{FRONT}image: "a\\0b.jpg"\n')
@example(f'{FRONT}lang: "\\ud800"\n')
@example(f"{FRONT}lang: {'a-' * 200}\n")
@example(f"{FRONT}slug: {'a' * 300}\n")
@example(f"{FRONT}aliases: [/{'a' * 300}/]\n")
@example(f"{FRONT}aliases: [{'/a' * 3000}/]\n")
@example(f"{FRONT}tags: [{'a' * 300}]\n")
@example(f"{FRONT}extra: {'[' * 90}{']' * 90}\n")
@example(f"{FRONT}extra: {'[' * DEEP}{']' * DEEP}\n")
@example(f"{FRONT}extra: {{? [a] : b}}\n")
@example(f"{FRONT}extra: {{1: b, null: c}}\n")
@example(f"{FRONT}extra: !!binary YQ==\n")
@example(f"{FRONT}extra: !!set {{a, b}}\n")
@example(f"{FRONT}extra: {'9' * 40}\n")
def test_any_front_matter(paper: Publication, front: str) -> None:
    tried(paper, "content/articles/world/second.md", f"---\n{front}---\n\nWords.\n")


@settings(max_examples=BUILDS)
@given(DATA_TEXTS)
@example(("json", "[" * DEEP))
@example(("json", '{"a": ' * DEEP))
@example(("json", '{"a": 1, "a": 2}'))
@example(("json", '"\\ud800"'))
@example(("json", "9" * 5000))
@example(("toml", "x = " + "[" * DEEP))
@example(("toml", "x = " + "9" * 5000))
@example(("toml", "x = 1979-05-27\n"))
@example(("yaml", "[" * DEEP))
@example(("yaml", "a: !!set {a, b}\n"))
@example(("yaml", "a: !!binary YQ==\n"))
@example(("yaml", "? [a]\n: b\n"))
def test_any_data(paper: Publication, case: tuple[str, str]) -> None:
    kind, text = case
    tried(paper, f"content/data/fuzz.{kind}", text)


THEME = 'extends = "broadsheet"\n[options]\ncolor = "red"\n'


@settings(max_examples=BUILDS)
@given(put_into(THEME, pieces("extends = ", "[options]", "../x", "tiny", "true")))
@example("x = " + "[" * DEEP)
@example("x = " + "9" * 5000)
@example('extends = "a\\u0000b"\n')
@example(f'extends = "{"a" * 300}"\n')
def test_any_description_of_a_theme(paper: Publication, text: str) -> None:
    tried(paper, "themes/tiny/theme.toml", text)


@pytest.mark.parametrize("text", ["x = " + "[" * DEEP, "x = " + "9" * 5000, "\\0", "x = 1", '"{n}" = "{m}"'])
def test_any_translation(paper: Publication, text: str) -> None:
    assert tried(paper, "themes/tiny/translations/de.toml", text)


def _usable(name: str) -> bool:
    return name not in (".", "..") and "/" not in name and "\0" not in name and 0 < len(os.fsencode(name)) < 240


@settings(max_examples=BUILDS)
@example("content/articles", "e\u0301", ".md")
@given(
    st.sampled_from(
        [
            "content/articles/world",
            "content/articles",
            "content/authors",
            "content/tags",
            "content/pages",
            "content/data",
            "content",
        ]
    ),
    pieces("story", "index", "2026-01-10-", "%2e", "%00", "CON").filter(_usable),
    st.sampled_from([".md", ".MD", ".jpg", ".json", ""]),
)
@example("content/articles/world", "a\nb", ".md")
@example("content/articles/world", "a" * 235, ".md")
@example("content/pages", "404", ".md")
@example("content/pages", "index", ".md")
@example("content/pages", "feed.xml", ".md")
def test_any_name(paper: Publication, folder: str, name: str, ending: str) -> None:
    text = f"---\n{FRONT}name: x\n---\n\nWords.\n" if ending.lower() == ".md" else "{}"
    path = f"{folder}/{name}{ending}"
    if not os.path.lexists(paper.root / path):
        tried(paper, path, text)


@pytest.mark.skipif(sys.platform == "darwin", reason="this file system takes only names in UTF-8")
@pytest.mark.parametrize("path", ["themes/tiny/assets/\udcff.css", "themes/tiny/\udcff.html", "themes/\udcff/x.html"])
def test_a_name_in_the_theme_that_is_no_utf8(tree: Publication, path: str) -> None:
    tree.write(path, "x")
    builds_or_says_why(tree)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("path", ["slugline.toml", "themes/tiny", "themes/tiny/article.html", "themes/tiny/assets", "themes"])
def test_a_part_of_the_publication_that_may_not_be_read(tree: Publication, path: str) -> None:
    place: Path = tree.root / path
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        assert builds_or_says_why(tree)
    finally:
        place.chmod(mode)
