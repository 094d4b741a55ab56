"""Front matter read line by line: never otherwise than the YAML parser reads it, and read where it is plain."""

from __future__ import annotations

import random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chance import generator
from sizes import sample
from slugline.content import load_front, load_yaml
from slugline.front_matter import read_certain
from slugline.written import as_written

COMPOSED = sample(2000, 6000)
"""So many texts are composed at random in each test."""

TYPICAL = """\
title: Supporters' trust at odds over the return of the island regatta (and its price)
date: 2023-04-08T19:48:00Z
updated: 2023-04-09 08:30
authors: [oona-kelleher, Jane Doe]
tags: [swimming, budget, "Côte d'Azur", 'emergency services', 2026]
dek: "Behind the answer: missing paperwork – and an argument about #1."
summary: 'The trust''s members voted; 73 against'

# The desk's own:
section: world
draft: false
order: 12
ratio: 1.50
slug:
image: {src: photo.jpg, alt: 'A boat, at sea', focus: "30% 45%"}
aliases:
  - /old/address/
  - /older/address/
series:
- The regatta
corrections:
  - {date: 2023-04-10, text: "An earlier version misspelt a name."}
links:
    Website: "https://example.org/"
    Mastodon: https://example.social/@jane
"""

# Whatever a line can be made of: what is certain, and all that looks like it and is not.
NAMES = [
    "title", "date", "tags", "née", "x-1", "a b", "true", "null", "no", "12", "-a", '"q"', "<<", "?", "x:y", "_a", "a.b", "é",
]
SCALARS = [
    "plain", "Two words", "true", "False", "null", "~", "no", "0", "12", "012", "-3", "+3", "1.5", "1.", ".5", "1e3",
    "1.5e3",
    "2026-01-24", "2026-01-24T09:00:00Z", "12:30", "12:30:45", "0x1F", "0o7", "1_000", ".inf", ".nan", "=", "<<", "<a>",
    "²", "٣",
    "a: b", "a:b", "a :b", "a:", "a #b", "a#b", "#b", "- a", "-a", "? a", "?a", "& a", "&a b", "*a", "!a b", "!!str 1",
    "| a", "> a",
    "%a", "@a", "`a`", "a, b", "a]", "[a", "{a", "}", "a\\b", "it's", '"a"', '"a" b', '"a\\n"', '"a""b"', '"', "''",
    "'it''s'",
    "'a' b", "'", "'''", "é", "„a“", "a\u00a0b", "\u00a0", "\ufeffa", "a\u2028b", "a\x85b", "a\tb", "\ta", "a\t", "a ",
    " a", "  ", "",
    "a\x07b", "a\u200bb", "\u00ada", "😀", "…", "---", "...", "--- a", "\\", "'a: b'", "'a #b'", '"a: b"', "a\rb", "1" * 120,
]
FLOW_SCALARS = [
    *SCALARS, "a?", "a?b", "a[b", "a{b", "a}b", "b: c", "b: 'c'", 'b: "c, d"', "b:", "b :c", "https://x.org/", "a  b",
]


def compose(rng: random.Random) -> str:
    """A few lines that may be front matter."""
    return "".join(_entry(rng) for _ in range(rng.randint(1, 4)))


def _entry(rng: random.Random) -> str:
    name = rng.choice(NAMES[:5]) if rng.random() < 0.9 else rng.choice(NAMES)
    form = rng.random()
    if form < 0.5:
        colon = rng.choice([": "] * 12 + [":", ":  ", " : ", ":\t"])
        return f"{name}{colon}{_value(rng)}\n"
    if form < 0.85:
        indent = " " * rng.choice([0, 1, 2, 2, 2, 4])
        lines = [f"{name}:{rng.choice([''] * 8 + [' ', ' # a', ' |', ' x'])}"]
        marked = rng.random() < 0.5
        for _ in range(rng.randint(1, 3)):
            own = indent if rng.random() < 0.9 else indent + " "
            sign = rng.choice(["- "] * 10 + ["-", "-  ", "- - "]) if marked else f"{rng.choice(NAMES[:6])}: "
            if rng.random() < 0.05:
                marked = not marked
            lines.append(f"{own}{sign}{_value(rng)}")
        return "\n".join(lines) + "\n"
    return rng.choice(
        ["\n", "# a note\n", " # a note\n", "  more words\n", "---\n", "...\n", f"{name}:\n", "#\n", "- a\n", "words\n", " \n"]
    )


def _value(rng: random.Random) -> str:
    form = rng.random()
    if form < 0.3:
        return rng.choice(SCALARS[:20])
    if form < 0.6:
        return rng.choice(SCALARS)
    items = [rng.choice(FLOW_SCALARS[:20] if rng.random() < 0.8 else FLOW_SCALARS) for _ in range(rng.randint(0, 3))]
    if form > 0.8:
        items = [f"{rng.choice(NAMES[:6])}{rng.choice([': '] * 9 + [':'])}{item}" for item in items]
    inner = rng.choice([", "] * 9 + [",", " , "]).join(items)
    end = rng.choice([""] * 9 + [" ", ",", " # a", "x"])
    return f"[{inner}]{end}" if form <= 0.8 else f"{{{inner}}}{end}"


def by_the_parser(text: str) -> tuple[Any, ...]:
    """What comes of front matter, and of the same text as data, if nothing is read line by line."""
    with patch("slugline.content.read_certain", return_value=None):
        return _loaded(text)


def _loaded(text: str) -> tuple[Any, ...]:
    # By `repr`, since 1, 1.0 and True are equal, and so are mappings in another order.
    front, data = load_front(f"---\n{text}---\nBody\n", "x.md"), load_yaml(text, "x.yaml")
    return repr(front), repr(data), _numbers(front), _numbers(data)


def _numbers(value: Any) -> list[str]:
    """The numbers that a value holds, as they were written."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        return [written for item in value for written in _numbers(item)]
    return [as_written(value)] if isinstance(value, int | float) else []


@pytest.mark.parametrize("seed", range(8))
def test_composed_front_matter_is_read_as_the_parser_reads_it(seed: int) -> None:
    rng = generator(f"front matter {seed}")
    certain = 0
    for _ in range(COMPOSED):
        text = compose(rng)
        if (found := read_certain(text)) is not None:
            certain += 1
            assert _loaded(text) == by_the_parser(text), text
            assert repr((found, [])) == repr(load_yaml(text, "x.yaml"))
    assert certain > COMPOSED / 20, "too little of it is certain for a proof"


@given(st.text(alphabet="ab1é:-[]{}'\"#, \n.~&", max_size=40))
@example("a: [b, 'c']\nd:\n  - e\n")
def test_any_text_is_read_as_the_parser_reads_it(text: str) -> None:
    for whole in (text, f"k: {text}\n", f"k: [{text}]\n", f"k: {{a: {text}}}\n", f"k:\n  - {text}\n"):
        if read_certain(whole) is not None:
            assert _loaded(whole) == by_the_parser(whole)


@given(st.characters(exclude_categories=("Cs",)))
@example("\x85")
@example("\ufeff")
@example("\u2028")
def test_any_character_anywhere_is_read_as_the_parser_reads_it(sign: str) -> None:
    for text in (
        f"k: {sign}",
        f"k: a{sign}",
        f"k: a{sign}b",
        f"k: '{sign}'",
        f"k: [{sign}b, a{sign}]",
        f"{sign}k: a",
        f"k{sign}: a",
    ):
        if read_certain(text) is not None:
            assert _loaded(text) == by_the_parser(text)


def test_the_parser_in_pure_python_reads_the_same() -> None:
    rng = generator("pure")
    # So many brackets, and be it in a comment, are left to the parser that cannot end the process.
    brackets = f"# {'[' * 101}\n"
    certain = 0
    for _ in range(COMPOSED):
        text = compose(rng) + brackets
        if read_certain(text) is not None:
            certain += 1
            assert _loaded(text) == by_the_parser(text), text
    assert certain > COMPOSED / 20


def test_what_newsrooms_write_takes_no_parser() -> None:
    with patch("yaml.load", side_effect=AssertionError):
        front, problems = load_front(f"---\n{TYPICAL}---\nBody\n", "x.md")
    assert problems == []
    assert _loaded(TYPICAL) == by_the_parser(TYPICAL)
    assert front["tags"] == ["swimming", "budget", "Côte d'Azur", "emergency services", 2026]
    assert front["summary"] == "The trust's members voted; 73 against"
    assert (front["draft"], front["order"], front["ratio"], front["slug"]) == (False, 12, 1.5, None)


def test_every_line_of_the_typical_is_certain_alone() -> None:
    for line in TYPICAL.splitlines():
        if line and line[0] not in " -#":
            assert read_certain(line) is not None, line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n# nothing\n",
        "a: 1\na: 2\n",
        "a: [b\n  c]\n",
        "a: b\n  c\n",
        "a: |\n  b\n",
        "a: &b c\nd: *b\n",
        "a: !!str 1\n",
        'a: "\\u00e9"\n',
        "a: b # c\n",
        "a:\n  b:\n    - c\n",
        "a: [[b], c]\n",
        "a: {b: 1, b: 2}\n",
        "a:\n  b: 1\n  b: 2\n",
        "'a': b\n",
        "true: b\n",
        "a:\tb\n",
        "a: b\r\nc: d\r\n",
        "---\na: b\n",
        "[a, b]\n",
        "- a\n- b\n",
        "words\n",
        f"a: {'1' * 5000}\n",
    ],
)
def test_what_is_not_certain_is_left_to_the_parser(text: str) -> None:
    assert read_certain(text) is None
