"""Front matter, field by field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slugline.fields import Fields
from slugline.model import Credit
from slugline.moments import read_moment
from slugline.visibility import rest_of

LONDON, UTC_ZONE = ZoneInfo("Europe/London"), ZoneInfo("UTC")
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def fields(**data: object) -> Fields:
    return Fields("content/x.md", data, "\n".join(f"{key}: …" for key in data))


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-24", "2026-01-24T00:00:00+00:00"),
        ("2026-7-4", "2026-07-04T00:00:00+01:00"),
        ("2026-07-04 09:30", "2026-07-04T09:30:00+01:00"),
        ("2026-07-04T09:30:15Z", "2026-07-04T09:30:15+00:00"),
        ("2026-07-04T09:30:15.999-05:00", "2026-07-04T09:30:15-05:00"),
        (date(2026, 1, 24), "2026-01-24T00:00:00+00:00"),
        (datetime(2026, 1, 24, 9, tzinfo=UTC), "2026-01-24T09:00:00+00:00"),
    ],
)
def test_a_moment_without_a_zone_is_where_the_publication_is(written: object, iso: str) -> None:
    assert read_moment(written, LONDON).iso == iso


@pytest.mark.parametrize(
    "written", ["2026-02-30", "2026-13-01", "soon", "", 5, True, [], "2026-01-10T09:00+99:00", "24.01.2026", "0000-01-01"]
)
def test_what_no_calendar_has_is_no_moment(written: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_moment(written, LONDON)


@given(st.datetimes(timezones=st.timezones()), st.datetimes(timezones=st.timezones()))
@example(datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo")), datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("America/New_York")))
def test_moments_sort_as_they_happened(one: datetime, other: datetime) -> None:
    try:
        first, second = read_moment(one, UTC_ZONE), read_moment(other, UTC_ZONE)
    except ValueError:
        return
    if abs((one - other).total_seconds()) >= 1:
        assert (first.sort < second.sort) == (one < other)
    assert first.month == first.sort[:4] + "-" + first.sort[4:6]


@given(st.datetimes(timezones=st.timezones()), st.timezones())
def test_a_moment_reads_back_as_itself(moment: datetime, zone: ZoneInfo) -> None:
    try:
        read = read_moment(moment, zone)
    except ValueError:
        return
    assert read_moment(read.iso, zone) == read


@given(st.text() | st.text(alphabet="a \u00a0\n\t\x1c\u3000\u200b"))
def test_a_text_stands_on_one_line_with_single_spaces(text: str) -> None:
    line = " ".join(text.split())
    assert fields(key=text).text("key") == line
    assert fields(key=[text, "b"]).texts("key") == ((line, "b") if line else ("b",))


@given(junk)
def test_no_value_of_a_field_raises(value: object) -> None:
    found = fields(key=value)
    found.text("key", required=True)
    found.flag("key", False)
    found.number("key")
    found.texts("key")
    found.moment("key", LONDON)
    found.slug("key", "")
    found.credits("key")
    found.labels("key", spell=True)
    found.image("key", str)
    found.corrections("key", LONDON)
    found.links("key")
    assert all(problem.line == 2 for problem in found.problems)


def test_credits_are_slugs_names_or_both_with_roles() -> None:
    given_authors = ["jane-doe", "John Roe", {"author": "ann-poe", "role": "Photographs"}, {"name": "Zoë  Moe"}]
    assert fields(authors=given_authors).credits() == (
        Credit("jane-doe"),
        Credit("john-roe", "", "John Roe"),
        Credit("ann-poe", "Photographs"),
        Credit("zoe-moe", "", "Zoë Moe"),
    )


def test_one_author_twice_is_reported() -> None:
    found = fields(authors=["Jane Doe", "jane-doe"])
    found.credits()
    assert "named twice" in found.problems[0].message


def test_labels_of_one_slug_are_one() -> None:
    assert fields(tags=["Asia", "ASIA", "Élan"]).labels("tags", spell=True) == (("asia", "Asia"), ("elan", "Élan"))


def test_a_misspelt_key_is_a_warning_and_kept() -> None:
    found = fields(titel="x", mood="calm")
    found.text("title")
    assert rest_of(found) == {"titel": "x", "mood": "calm"}
    (warning,) = found.problems
    assert (warning.severity, warning.hint) == ("warning", "did you mean `title`?")
