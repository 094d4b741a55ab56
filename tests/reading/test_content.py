"""Front matter: split, loaded, written back."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slugline.content import dump, key_line, load_front, load_yaml, split
from slugline.text import decode

# YAML's printable characters, but for those that end a line in one version of YAML and not in the other.
_PRINTABLE = st.characters(
    exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\x85\u2028\u2029\ufeff\ufffe\uffff", include_characters="\t"
)
texts = st.text(_PRINTABLE, max_size=60)
keys = st.text(st.characters(categories=("Ll", "Lu", "Nd"), max_codepoint=0x24F), min_size=1, max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, min_size=1, max_size=6), texts)
def test_what_is_dumped_loads_as_it_was(front: dict[str, object], body: str) -> None:
    text = dump(front, body)
    loaded, problems = load_front(text, "x.md")
    assert problems == []
    assert loaded == front
    assert list(loaded) == list(front)
    assert split(text).body.rstrip("\n") == body.strip("\n")


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_splits_and_loads_without_an_exception(text: str) -> None:
    split(text)
    front, problems = load_front(text, "x.md")
    assert front == {} or not problems


@given(st.text(alphabet="-:[]{}&*!|>%@`'\"#,? \n\ta1~<=", max_size=80))
def test_any_yaml_loads_or_is_a_problem_with_a_line(text: str) -> None:
    whole = f"---\n{text}\n---\n"
    for problem in load_front(whole, "x.md")[1]:
        assert 1 <= problem.line <= whole.count("\n") + 1
        assert problem.message
    _, problems = load_yaml(text, "x.yaml")
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)


def test_a_file_without_front_matter_is_all_body() -> None:
    assert split("Words.\n") == ("", "Words.\n", 1)


def test_the_body_begins_on_the_line_where_it_is_written() -> None:
    for text, line in (("---\na: 1\n---\nBody", 4), ("---\na: 1\n---\n\n\nBody", 6), ("---\n---\nBody", 3)):
        parts = split(text)
        assert parts.body == "Body"
        assert parts.body_line == line
        assert text.split("\n")[line - 1] == "Body"


@given(st.text(alphabet="-a \n\t", max_size=40))
@example("a: 1\n---\n\n\nWords\n---\n")
@example("---")
@example("----\n---\n")
def test_blanks_after_the_dashes_change_nothing(rest: str) -> None:
    assert split(f"---\n{rest}") == split(f"--- \n{rest}")


def test_a_rule_in_the_body_ends_nothing() -> None:
    assert split("---\na: 1\n---\n\nOne\n\n---\n\nTwo\n").body == "One\n\n---\n\nTwo\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("010", 10), ("1_000", "1_000"), ("0x10", "0x10"), ("1e3", "1e3"), ("1.5", 1.5), ("12:30", "12:30"),
        ("2026-01-24", "2026-01-24"), ("2026-01-24T09:00:00Z", "2026-01-24T09:00:00Z"), ("2026-02-30", "2026-02-30"),
        ("R&D and A*", "R&D and A*"),
    ],
)  # fmt: skip
def test_a_value_is_what_an_editor_means_by_it(written: str, meant: object) -> None:
    assert load_front(f"---\nkey: {written}\n---\n", "x.md") == ({"key": meant}, [])


def test_a_moment_is_written_without_quotes() -> None:
    assert "date: 2026-01-24T09:00:00Z\n" in dump({"date": "2026-01-24T09:00:00Z"}, "")


def test_a_key_is_found_at_the_start_of_a_line_only() -> None:
    front = "title: x\nimage:\n  title: y\ntitles: z\nalt : q\n"
    assert key_line(front, "title") == 2
    assert key_line(front, "title", after=2) == 1
    assert key_line(front, "alt") == 6


def test_data_may_be_a_list_and_begin_with_dashes() -> None:
    assert load_yaml("---\n- one\n- {two: 2}\n", "x.yaml") == (["one", {"two": 2}], [])


def test_decoding_knows_marks_line_ends_and_what_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc", "x") == ("a\nb\nc", [])
    assert decode(b"a\nb\xff", "x")[1][0].line == 2
    assert decode(b"\xef\xbb\xbfa\nb\xff", "x")[1][0].line == 2
    assert decode(b"a\n\nb\0", "x")[1][0].line == 3


def test_a_moment_of_yaml_s_own_type_is_a_moment() -> None:
    loaded, problems = load_front("---\ndate: !!timestamp 2026-01-24T09:00:00Z\n---\n", "x.md")
    assert problems == []
    assert isinstance(loaded["date"], datetime)
