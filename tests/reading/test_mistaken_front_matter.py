"""Front matter that YAML would read otherwise than its writer meant it: reported with the line and the mend."""

from __future__ import annotations

import time

import pytest

from slugline.content import load_front, load_yaml
from slugline.errors import Problem
from slugline.parse import Parser
from slugline.settings.load import parse_settings

SETTINGS = """\
[publication]
name = "The Courier"
timezone = "Europe/London"
base_url = "https://courier.example"
"""
HEAD = "title: A story\ndate: 2026-01-10\n"


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(parse_settings(SETTINGS))


def parse(parser: Parser, text: str) -> tuple[Problem, ...]:
    return parser.parse("articles/world/x.md", text.encode()).problems


@pytest.mark.parametrize(
    ("line", "read", "hint"),
    [
        ("dek: Rally for #MeToo and more", "`Rally for`", '"Rally for #MeToo and more"'),
        ("dek: Our #1 team", "`Our`", '"Our #1 team"'),
        ("dek: #MeToo and more", "nothing", '"#MeToo and more"'),
        ("dek:    #MeToo", "nothing", '"#MeToo"'),
        ('dek: He said "no" #MeToo', "`He said", "'He said \"no\" #MeToo'"),
        ("tags:\n- one\n- Rally for #MeToo", "`Rally for`", '"Rally for #MeToo"'),
        ("image: {src: a.jpg, alt: A rally #MeToo\n  }", "`A rally`", '"A rally #MeToo"'),
    ],
)
def test_a_text_that_a_hashtag_cuts_is_a_warning(parser: Parser, line: str, read: str, hint: str) -> None:
    (problem,) = parse(parser, f"---\n{HEAD}{line}\n---\nText.\n")
    assert problem.severity == "warning"
    assert problem.line == 4 + (line.count("\n") if line.startswith("tags") else 0)
    assert read in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    "line", ["dek: Words # a comment", 'dek: "A #MeToo rally"', "dek: A#M", "# note", "draft: true #later", "dek: |\n  A #b"]
)
def test_a_comment_is_a_comment(parser: Parser, line: str) -> None:
    assert parse(parser, f"---\n{HEAD}{line}\n---\nText.\n") == ()


@pytest.mark.parametrize(
    ("front", "key", "line", "first"),
    [
        ("a: 1\na: 2\n", "a", 3, 2),
        ("'a': 1\na: 2\n", "a", 3, 2),
        ('"a": 1\n"a": 2\n', "a", 3, 2),
        ("b: {a: 1, a: 2}\n", "a", 2, 2),
        ("b:\n  a: 1\n  c: 2\n  a: 3\n", "a", 5, 3),
        ("b:\n- {a: 1}\n- {x: {a: 1, 'a': 1}}\n", "a", 4, 4),
    ],
)
def test_a_key_that_is_written_twice_is_an_error_wherever_it_is(front: str, key: str, line: int, first: int) -> None:
    (problem,) = load_front(f"---\n{front}---\n", "x.md")[1]
    assert problem == Problem("x.md", line, f"`{key}` is written twice (first on line {first})", "delete one of them")
    assert load_yaml(front, "x.yaml")[1][0].line == line - 1


def test_all_repeated_keys_are_reported_in_one_run() -> None:
    problems = load_front("---\na: 1\nb: 1\na: 1\nb: {c: 1, c: 1}\nb: 1\n---\n", "x.md")[1]
    assert sorted(problem.line for problem in problems) == [4, 5, 5, 6]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("tags: Transport, Harbour", "write `tags: [Transport, Harbour]`, or `tags: [\"Transport, Harbour\"]` if it is one"),
        ("tags: Transport; Harbour", "write `tags: [Transport, Harbour]`"),
        ("tags: 'a: b, c'", 'write `tags: ["a: b", c]`'),
        ("aliases: /a/, /b/", "write `aliases: [/a/, /b/]`"),
    ],
)
def test_a_list_without_brackets_is_an_error_that_shows_the_list(parser: Parser, line: str, hint: str) -> None:
    (problem,) = parse(parser, f"---\n{HEAD}{line}\n---\nText.\n")
    assert (problem.line, problem.severity) == (4, "error")
    assert hint in problem.hint


def test_an_author_with_a_comma_is_a_warning_that_shows_both_lists(parser: Parser) -> None:
    (problem,) = parse(parser, f"---\n{HEAD}authors: Doe, Jane\n---\nText.\n")
    assert (problem.line, problem.severity) == (4, "warning")
    assert problem.hint == 'write `authors: [Doe, Jane]`, or `authors: ["Doe, Jane"]` if it is one'
    assert parse(parser, f'---\n{HEAD}authors: ["Doe, Jane"]\n---\nText.\n') == ()


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('+++\ntitle = "x"\n+++\n\nText.\n', 1, "is TOML", "`---`"),
        ('\ufeff+++\r\ntitle = "x"\r\n+++\r\n', 1, "is TOML", "`---`"),
        ('{"title": "x"}\n\nText.\n', 1, "is JSON", "`key: value`"),
        ('{\n  "title": "x"\n}\n', 1, "is JSON", "`key: value`"),
        (f"{HEAD}---\n\nText.\n", 1, "above the front matter is missing", "put `---` above this line"),
        (f"{HEAD}\nText.\n", 1, "above the front matter is missing", "another below"),
        (f"kicker: y\n{HEAD}\nText.\n", 1, "above the front matter is missing", "another below"),
        (f"\n\n---\n{HEAD}---\nText.\n", 3, "must begin on the first line", "delete what is before"),
        (f" ---\n{HEAD}---\nText.\n", 1, "must begin on the first line", "delete what is before"),
        (f"—\n{HEAD}—\nText.\n", 1, "`—` does not begin front matter", "three dashes"),
        (f"----\n{HEAD}----\nText.\n", 1, "`----` does not begin front matter", "three dashes"),
        (f"```yaml\n{HEAD}```\nText.\n", 1, "does not begin front matter", "three dashes"),
        (f"---\n{HEAD}—\nText.\n", 1, "never closed", "line 4"),
        (f"---\n{HEAD}...\nText.\n", 1, "never closed", "line 4"),
        (f"---\n{HEAD}\nText of it.\n", 1, "never closed", "above line 5"),
        (f"---\n{HEAD}\nThe council met.\n\n---\n\nMore.\n", 5, "not valid YAML", "begins on line 5"),
        (f"---\n{HEAD}\n**Note**: closed.\n\n---\n\nMore.\n", 5, "not valid YAML", "begins on line 5"),
        (f"---\n{HEAD}\nThe council met: it agreed.\n\n---\n\nMore.\n", 5, "reads as the text", "put a line of `---` above"),
        (f"---\n{HEAD}The council has met: it agreed.\n---\n\nMore.\n", 4, "reads as the text", "put a line of `---` above"),
        (f"---\n{HEAD}\nWarning: it is closed.\n\n---\n\nMore.\n", 5, "reads as the text", "delete the blank line"),
    ],
)
def test_front_matter_of_another_form_is_the_one_thing_that_is_wrong(
    parser: Parser, text: str, line: int, message: str, hint: str
) -> None:
    (problem,) = parse(parser, text)
    assert (problem.line, problem.severity) == (line, "error"), problem
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff---\n{HEAD}---\nText.\n",
        f"---\n{HEAD}---\nText.\n".replace("\n", "\r\n"),
        f"---\t\n{HEAD}--- \nText.\n",
        f"---\n{HEAD}dek:\tWords\n---\nText.\n",
        f"---\n{HEAD}\nphotographer: Jane\nPhoto credit: Jane\n---\nText.\n",
        f'---\n{HEAD}dek: "two\n\n  parts"\n---\nText.\n',
    ],
)
def test_marks_line_ends_tabs_and_groups_of_keys_are_no_mistake(parser: Parser, text: str) -> None:
    assert parse(parser, text) == ()


def test_a_key_twice_in_json_is_an_error_with_its_line(parser: Parser) -> None:
    (problem,) = parser.parse("data/x.json", b'{"b": 1,\n "a": {"c": 1},\n "a": 2}').problems
    assert (problem.line, problem.message) == (3, "`a` is written twice in one object")


LARGE = 120_000


@pytest.mark.parametrize(
    "front",
    [
        "x: " + "[" * 101 + "a, " * (LARGE // 3) + "]" * 101,
        "".join(f"titel{number}: x\n" for number in range(LARGE // 13)),
        "".join(f"one two three four {number}: x\n" for number in range(LARGE // 26)),
        "authors: [" + ", ".join(f"A B{number}" for number in range(LARGE // 10)) + "]",
        "corrections:\n" + "- x\n" * (LARGE // 4),
        "a: 1\n" * (LARGE // 5),
        "x:\n" + "- a #b\n" * (LARGE // 8),
    ],
    ids=["brackets", "misspelt keys", "paragraphs", "authors", "problems", "repeated", "cut"],
)
def test_no_front_matter_takes_long(parser: Parser, front: str) -> None:
    begun = time.process_time()
    parse(parser, f"---\n{HEAD}{front}\n---\n\nText.\n")
    assert time.process_time() - begun < 6
