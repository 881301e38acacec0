from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.time import (
    LONGEST_SECONDS,
    Interval,
    Micros,
    from_clock,
    from_seconds,
    in_micros,
    to_clock,
    to_seconds,
    to_seconds_text,
)

TIMES = st.integers(-(LONGEST_SECONDS - 1) * 10**6, (LONGEST_SECONDS - 1) * 10**6).map(Micros)
NEAR = st.integers(0, 12).map(Micros)
INTERVALS = st.tuples(NEAR, NEAR).map(lambda pair: Interval(min(pair), max(pair)))


@given(TIMES)
def test_seconds_and_back_is_exact(time: Micros) -> None:
    text = to_seconds_text(time)
    assert from_seconds(Decimal(text)) == time
    assert from_seconds(to_seconds(time)) == time
    assert Decimal(text) == Decimal(time) / 1_000_000
    assert "E" not in str(to_seconds(time)).upper()


@pytest.mark.parametrize(
    ("time", "text"),
    [(0, "0.0"), (12_480_000, "12.48"), (15_000_000, "15.0"), (-1, "-0.000001"), (1, "0.000001")],
)
def test_seconds_are_written_plainly(time: int, text: str) -> None:
    assert to_seconds_text(Micros(time)) == text


@pytest.mark.parametrize("seconds", [7, Decimal(7), Decimal("7.000000000"), Decimal("0.7E1")])
def test_seconds_come_in_every_spelling(seconds: Decimal | int) -> None:
    assert from_seconds(seconds) == 7_000_000


@pytest.mark.parametrize(
    "seconds",
    [
        Decimal("0.0000001"),
        Decimal("12.48000000000000000000000000000000001"),
        Decimal("12.480000000000000000000000000000000000000000000000001"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1E+999999"),
        Decimal("1E-999999"),
        LONGEST_SECONDS,
        -LONGEST_SECONDS,
        10**4000,
    ],
)
def test_what_is_no_time_is_refused(seconds: Decimal | int) -> None:
    with pytest.raises(ValueError, match=r"seconds|decimals"):
        from_seconds(seconds)


@given(TIMES)
def test_the_clock_never_runs_ahead(time: Micros) -> None:
    shown = from_clock(to_clock(time))
    assert abs(shown) <= abs(time) < abs(shown) + 1000


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("83.48", 83_480_000),
        ("1:23.48", 83_480_000),
        ("0:01:23,480", 83_480_000),
        (" 1:00:00 ", 3_600_000_000),
        ("-0:00:01.5", -1_500_000),
        ("0.000001", 1),
        ("90:00", 5_400_000_000),
    ],
)
def test_a_clock_is_read_as_people_write_it(text: str, time: int) -> None:
    assert from_clock(text) == time


@pytest.mark.parametrize("text", ["", "x", "1:2:3:4", "1.", ".5", "1:-2", "0.0000001", "1e3"])
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        from_clock(text)


def test_seconds_that_were_chosen_are_rounded_to_the_microsecond() -> None:
    assert [in_micros(one) for one in (0, 0.3, 2.0000004)] == [0, 300_000, 2_000_000]


def test_the_clock_is_rounded_down_to_the_millisecond() -> None:
    assert to_clock(Micros(83_480_999)) == "0:01:23.480"
    assert to_clock(Micros(-1_500_000)) == "-0:00:01.500"


def test_an_interval_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Interval(Micros(2), Micros(1))


def moments(interval: Interval) -> set[int]:
    if interval.start == interval.end:
        return {interval.start}
    return set(range(interval.start, interval.end))


@given(INTERVALS, NEAR)
def test_an_interval_contains_its_start_but_not_its_end(one: Interval, moment: Micros) -> None:
    assert one.contains(moment) == (moment in moments(one))


@given(INTERVALS, INTERVALS)
def test_intervals_overlap_where_they_share_a_moment(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == bool(moments(one) & moments(other))
    assert one.overlaps(other) == other.overlaps(one)


@given(INTERVALS)
def test_the_length_is_the_number_of_microseconds(one: Interval) -> None:
    assert one.length == one.end - one.start
