"""Dates as pages write them: what is read, what is doubted, and what is no date line at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slugline.importing.moments import Moments
from slugline.importing.rules import load_rules

READER = Moments(load_rules())


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("January 24, 2026", "2026-01-24", ""),
        ("24 January 2026", "2026-01-24", ""),
        ("24th January 2026", "2026-01-24", ""),
        ("Jan. 24, 2026", "2026-01-24", ""),
        ("Saturday, January 24, 2026", "2026-01-24", ""),
        ("2026-01-24", "2026-01-24", ""),
        ("2026/1/4", "2026-01-04", ""),
        ("2026-01-24T09:00:00Z", "2026-01-24T09:00Z", ""),
        ("2026-01-24 09:00", "2026-01-24T09:00", ""),
        ("Sat, 24 Jan 2026 09:00:00 +0000", "2026-01-24T09:00Z", ""),
        ("Published on January 24, 2026 at 9:00 am", "2026-01-24T09:00", ""),
        ("9:00 PM, January 24, 2026", "2026-01-24T21:00", ""),
        ("Jan 24, 2026 12:05 AM EST", "2026-01-24T00:05-05:00", ""),
        ("July 24, 2026 9:00 AM ET", "2026-07-24T09:00-04:00", ""),
        ("January 24, 2026 9:00 AM ET", "2026-01-24T09:00-05:00", ""),
        ("24 January 2026 | 09:00 UTC+3", "2026-01-24T09:00+03:00", ""),
        ("Updated: 24 January 2026, 09:00 GMT", "", "2026-01-24T09:00Z"),
        ("Last updated on January 24th, 2026", "", "2026-01-24"),
        ("Published Jan 24, 2026 | Updated Jan 25, 2026", "2026-01-24", "2026-01-25"),
        ("23/04/2026", "2026-04-23", ""),
        ("04/23/2026", "2026-04-23", ""),
        ("24 de enero de 2026 a las 18:30", "2026-01-24T18:30", ""),
        ("Actualizado el 24 de enero de 2026", "", "2026-01-24"),
        ("Publié le 24 janvier 2026 à 18h30, mis à jour le 25 janvier 2026 à 09h10", "2026-01-24T18:30", "2026-01-25T09:10"),
        ("1er février 2026", "2026-02-01", ""),
        ("24.01.2026, 18:30 Uhr", "2026-01-24T18:30", ""),
        ("Aktualisiert am 6. März 2026", "", "2026-03-06"),
        ("24 de janeiro de 2026 às 10h45", "2026-01-24T10:45", ""),
        ("نشر في 24 يناير 2026", "2026-01-24", ""),
        ("24 كانون الثاني 2026", "2026-01-24", ""),
        ("٢٤ يناير ٢٠٢٦", "2026-01-24", ""),
        ("آخر تحديث: 11 فبراير 2026", "", "2026-02-11"),
        ("2026年1月24日", "2026-01-24", ""),
    ],
)
def test_a_date_line_is_read_in_every_language_and_order(line: str, published: str, updated: str) -> None:
    found = READER.read(line)
    assert found is not None
    assert (found.published, found.updated, found.doubts) == (published, updated, ())


@pytest.mark.parametrize(
    "line",
    [
        "On 24 January 2026 the ministry said so",
        "24 January 2026 was a cold day",
        "Nine days in January",
        "1984",
        "Room 24, January sale, 2026 offers",
        "The 2026-01-24 report",
        "9:00 am",
        "",
    ],
)
def test_a_line_that_says_anything_else_is_no_date_line(line: str) -> None:
    assert READER.read(line) is None


def test_a_numeric_date_that_can_be_read_in_two_ways_is_doubted_and_not_used() -> None:
    found = READER.read("03/04/2026")
    assert found is not None
    assert found.published == ""
    assert "two ways" in found.doubts[0]


def test_where_the_language_is_known_the_day_comes_first() -> None:
    found = READER.read("03/04/2026", day_first=True)
    assert found is not None
    assert (found.published, found.doubts) == ("2026-04-03", ())


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("31 February 2026", "no date of any calendar"),
        ("24 January 9026", "cannot be right"),
        ("24 January", "no whole date"),
        ("January 2026", "no whole date"),
        ("24 January 2026, 9:00 IST", "time zone `IST`"),
        ("24 January 2026, 26:90", "no time of day"),
        ("13:30 pm, 24 January 2026", "no time of day"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(line: str, doubt: str) -> None:
    found = READER.read(line)
    assert found is not None
    assert doubt in found.doubts[0]


def test_a_time_on_a_line_of_its_own_is_a_time() -> None:
    assert READER.time("9:05 am") == "09:05"
    assert READER.time("Published at 18:30 GMT") == "18:30"
    assert READER.time("24 January 2026") == ""
    assert READER.time("9:05 in the morning they left") == ""


@given(
    st.dates(min_value=date(1700, 1, 1), max_value=date(2150, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_every_day_of_the_calendar_is_read_back(day: date, pattern: str) -> None:
    found = READER.read(day.strftime(pattern))
    assert found is not None
    assert found.published == day.isoformat()


@given(st.text(alphabet=st.sampled_from("0123456789 /.:-apm,JanUTC+hZ年月日"), max_size=60))
def test_no_line_of_digits_makes_it_fail_and_what_is_read_is_iso(line: str) -> None:
    found = READER.read(line)
    for iso in () if found is None else (found.published, found.updated, *found.others):
        if iso:
            date.fromisoformat(iso[:10])
