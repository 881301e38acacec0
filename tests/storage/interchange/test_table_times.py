from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.interchange.columns import TimeForm
from annotator.storage.interchange.table_times import mend, rate_of, reader_of

NTSC = Fraction(30000, 1001)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("25", Fraction(25)),
        ("25 fps", Fraction(25)),
        ("29.97", NTSC),
        ("29,97", NTSC),
        ("30000/1001", NTSC),
        ("23.976", Fraction(24000, 1001)),
        ("23.98", Fraction(24000, 1001)),
        ("59.94", Fraction(60000, 1001)),
        ("119.88", Fraction(120000, 1001)),
        ("24", Fraction(24)),
        ("30", Fraction(30)),
        ("12.5", Fraction(25, 2)),
        ("", None),
        ("0", None),
        ("25/0", None),
        ("-25", None),
        ("fast", None),
        ("9" * 50, None),
        ("999999", None),
    ],
)
def test_rates_are_exact(text: str, rate: Fraction | None) -> None:
    assert rate_of(text) == rate


@pytest.mark.parametrize(
    ("form", "text", "micros"),
    [
        (TimeForm.SECONDS, "12.5", 12_500_000),
        (TimeForm.SECONDS, "0.1", 100_000),
        (TimeForm.SECONDS, "1.5e1", 15_000_000),
        (TimeForm.SECONDS, "-0.000001", -1),
        (TimeForm.SECONDS, "nan", None),
        (TimeForm.SECONDS, "1e9", None),
        (TimeForm.MILLISECONDS, "1234.5", 1_234_500),
        (TimeForm.CLOCK, "1:02:03.004", 3_723_004_000),
        (TimeForm.CLOCK, "02:03", 123_000_000),
        (TimeForm.CLOCK, "00:00:01,5", 1_500_000),
        (TimeForm.CLOCK, "00:00:01:500", 1_500_000),
        (TimeForm.CLOCK, "00:00:01.0000005", 1_000_000),
        (TimeForm.CLOCK, "100:00:00", 360_000_000_000),
        (TimeForm.CLOCK, "-0:00:01", -1_000_000),
        (TimeForm.CLOCK, "12.5", None),
        (TimeForm.CLOCK, "9999999:00:00", None),
    ],
)
def test_times_without_frames(form: TimeForm, text: str, micros: int | None) -> None:
    assert reader_of(form, ".", None)(text) == micros


@pytest.mark.parametrize(
    ("rate", "text", "micros"),
    [
        (Fraction(25), "00:00:01:12", 1_480_000),
        (Fraction(25), "01:00:00:00", 3_600_000_000),
        (Fraction(25), "00:00:01:25", None),
        (Fraction(25), "00:61:00:00", None),
        (NTSC, "00:00:01:00", 1_001_000),
        (NTSC, "01:00:00:00", 3_603_600_000),
        # an hour of dropped numbers has 107892 frames, which are 3599.9964 s
        (NTSC, "01:00:00;00", 3_599_996_400),
        (NTSC, "00:01:00;02", 60_060_000),
        (NTSC, "00:00:59;29", 60_026_633),
        (NTSC, "00:10:00;00", 599_999_400),
        (NTSC, "00:01:00;00", None),
        (NTSC, "00;01;00;02", 60_060_000),
        (Fraction(60000, 1001), "00:01:00;04", 60_060_000),
        (Fraction(30), "00:01:00;00", 60_000_000),
    ],
)
def test_frames_on_a_clock(rate: Fraction, text: str, micros: int | None) -> None:
    assert reader_of(TimeForm.SMPTE, ".", rate)(text) == micros


def test_dropped_numbers_run_on_without_a_gap() -> None:
    read = reader_of(TimeForm.SMPTE, ".", NTSC)
    labels = [
        f"00:{minute:02d}:{second:02d};{frame:02d}"
        for minute in range(21)
        for second in (0, 59)
        for frame in range(30)
        if not (second == 0 and frame < 2 and minute % 10)
    ]
    times = [read(label) for label in labels]
    frames = [round(time * NTSC / 1_000_000) for time in times if time is not None]
    assert len(frames) == len(labels)
    gaps = {after - before for before, after in pairwise(frames)}
    assert gaps == {1, 58 * 30 + 1}  # within a second, over to the next minute, over 58 seconds


@pytest.mark.parametrize(
    ("text", "micros"),
    [("0", 0), ("30", 1_001_000), ("30.0", 1_001_000), ("1", 33_367), ("x", None), ("inf", None)],
)
def test_numbers_of_frames(text: str, micros: int | None) -> None:
    assert reader_of(TimeForm.FRAMES, ".", NTSC)(text) == micros


@pytest.mark.parametrize("form", [TimeForm.FRAMES, TimeForm.SMPTE])
def test_without_a_rate_frames_mean_nothing(form: TimeForm) -> None:
    assert reader_of(form, ".", None)("00:00:01:00") is None
    assert reader_of(form, ".", None)("12") is None


@pytest.mark.parametrize(
    ("text", "micros"),
    [("12,5", 12_500_000), ("12.5", 12_500_000), ("0,001", 1000), ("1,2,3", None)],
)
def test_decimal_commas(text: str, micros: int | None) -> None:
    assert reader_of(TimeForm.SECONDS, ",", None)(text) == micros


@pytest.mark.parametrize(
    ("text", "decimal", "micros", "how"),
    [
        ("1,234.5", ".", 1_234_500_000, "marks between thousands"),
        ("1.234,5", ",", 1_234_500_000, "marks between thousands"),
        ("1 234,5", ",", 1_234_500_000, "marks between thousands"),
        ("12.5 s", ".", 12_500_000, "unit"),
        ("300ms", ".", 300_000, "unit"),
        ("12,5", ".", 12_500_000, "comma"),
        ("0:12.5", ".", 12_500_000, "clock"),
    ],
)
def test_times_that_stand_otherwise_are_mended(
    text: str, decimal: str, micros: int, how: str
) -> None:
    found = mend(text, TimeForm.SECONDS, decimal)
    assert found is not None
    assert found.time == micros
    assert how in found.how


@given(st.text(max_size=30), st.sampled_from(TimeForm), st.sampled_from([".", ","]))
def test_any_text_is_a_time_or_none(text: str, form: TimeForm, decimal: str) -> None:
    mended = mend(text, form, decimal)
    for found in (reader_of(form, decimal, NTSC)(text), mended.time if mended else None):
        assert found is None or abs(found) < 10**15


@given(st.integers(0, 10**12))
def test_seconds_come_back_to_the_microsecond(micros: int) -> None:
    text = f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
    assert reader_of(TimeForm.SECONDS, ".", None)(text) == micros
    assert reader_of(TimeForm.SECONDS, ",", None)(text.replace(".", ",")) == micros
