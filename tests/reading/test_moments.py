"""Which forms of dates are read, what is said of the others, and how moments are written."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slugline.moments import MomentError, in_zone, read_moment

BERLIN, PARIS = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-11-25", "2026-11-25T00:00:00+01:00"),
        ("2026-11-25 18:30", "2026-11-25T18:30:00+01:00"),
        ("2026-11-25 9:00", "2026-11-25T09:00:00+01:00"),
        ("2026-11-25T9:00", "2026-11-25T09:00:00+01:00"),
        ("2026-11-25T18:30:15", "2026-11-25T18:30:15+01:00"),
        ("2026-11-25 18:30Z", "2026-11-25T18:30:00+00:00"),
        ("2026-11-25T18:30:15.250Z", "2026-11-25T18:30:15+00:00"),
        ("2026-11-25 18:30 +05:45", "2026-11-25T18:30:00+05:45"),
        ("2026-11-25T18:30-09:30", "2026-11-25T18:30:00-09:30"),
    ],
)
def test_the_forms_that_are_written_down_are_read(written: str, iso: str) -> None:
    assert read_moment(written, BERLIN).iso == iso


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("25.11.2026", "2026-11-25"),
        ("5.1.2026", "2026-01-05"),
        ("2026-11-25 18.30", "2026-11-25 18:30"),
        ("2026-11-25 18,30", "2026-11-25 18:30"),
        ("2026-11-25T18.30", "2026-11-25 18:30"),
        ("2026-11-25 1830", "2026-11-25 18:30"),
        ("2026-11-25T1830", "2026-11-25 18:30"),
        ("2026-11-25 18h30", "2026-11-25 18:30"),
        ("2026-11-25 18", "2026-11-25 18:00"),
        ("2026-11-25 6pm", "2026-11-25 18:00"),
        ("2026-11-25 6:30 p.m", "2026-11-25 18:30"),
        ("2026-11-25 12 am", "2026-11-25 00:00"),
        ("2026-11-25, 18:30", "2026-11-25 18:30"),
        ("2026-11-25 at 18:30", "2026-11-25 18:30"),
        ("25.11.2026 18.30 Uhr", "2026-11-25 18:30"),
        ("2026-11-25 18:30 UTC", "2026-11-25 18:30Z"),
        ("2026-11-25T18:30+0100", "2026-11-25 18:30+01:00"),
        ("2026-11-25T18:30+01", "2026-11-25 18:30+01:00"),
        ("20261125", "2026-11-25"),
        (20261125, "2026-11-25"),
        ("2026/11/25", "2026-11-25"),
        ("11/25/2026", "2026-11-25"),
        ("25/11/2026", "2026-11-25"),
    ],
)
def test_the_others_are_refused_with_the_form_that_is_right(written: object, better: str) -> None:
    with pytest.raises(MomentError) as caught:
        read_moment(written, BERLIN)
    assert caught.value.hint == f"write it as {better}"
    read_moment(better, BERLIN)


@pytest.mark.parametrize("written", ["11/10/2026", "4-5-2026"])
def test_a_number_that_may_be_day_or_month_is_asked_about(written: str) -> None:
    with pytest.raises(MomentError, match="not written") as caught:
        read_moment(written, BERLIN)
    assert "which number is the month?" in caught.value.hint


@pytest.mark.parametrize(
    "written",
    ["2026-W48-3", "2026-11", "2026", "2026-330", "tomorrow", "2026-11-25 25:00", "2026-11-25 18:60", "2026-11-31",
     "2026-11-25T18:30+01:75", "2026-11-25 18:30 CET", "٢٠٢٦-11-25", "2026-11-25\n18:30", "2026-11-25 18:30:15+01:00:30"],
)  # fmt: skip
def test_what_is_no_moment_at_all_says_which_forms_there_are(written: str) -> None:
    with pytest.raises(MomentError) as caught:
        read_moment(written, BERLIN)
    assert "2026-" in caught.value.hint


_SHAPE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt ]+\d\d?:\d\d(:\d\d(\.\d+)?)? ?([Zz]|[+-]\d\d:\d\d)?)?", re.ASCII)


@given(st.from_regex(_SHAPE, fullmatch=True) | st.text(alphabet="0123456789-: T.,/Z+pmah", max_size=24) | st.text(max_size=12))
def test_what_is_read_has_one_of_the_forms_and_nothing_beside_it(text: str) -> None:
    with suppress(MomentError):
        read_moment(text, ZoneInfo("UTC"))
        assert _SHAPE.fullmatch(text.strip())


@given(st.datetimes(timezones=st.timezones()), st.timezones())
@example(datetime(1890, 5, 1, 12, tzinfo=UTC), PARIS)
@example(datetime(1860, 5, 1, 12, tzinfo=ZoneInfo("Asia/Kolkata")), ZoneInfo("America/New_York"))
def test_every_output_has_an_offset_of_whole_minutes_and_is_read_back(moment: datetime, zone: ZoneInfo) -> None:
    try:
        read = read_moment(moment, zone)
    except MomentError:
        return
    written = in_zone(read.iso, zone)
    for iso in (read.iso, written.isoformat()):
        offset = datetime.fromisoformat(iso).utcoffset()
        assert offset is not None
        assert offset % timedelta(minutes=1) == timedelta(0)
        assert read_moment(iso, zone).sort == read.sort
        assert len(iso) == 25
    # As instants: Python takes a moment of an hour that a clock shows twice for none of another zone's.
    assert written.astimezone(UTC) == datetime.fromisoformat(read.iso).astimezone(UTC)
