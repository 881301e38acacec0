"""Timestamps become microseconds by exact rounding, half up."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.media.timebase import Timescale, exact, samples_at, time_of_sample

bases = st.fractions(Fraction(1, 10**9), Fraction(1), max_denominator=10**9).filter(bool)
zeros = st.fractions(-1000, 1000, max_denominator=10**6)


@given(st.integers(-(10**12), 10**12), bases, zeros)
def test_rounding_is_half_up_of_the_exact_value(ticks: int, base: Fraction, zero: Fraction) -> None:
    expected = floor((ticks * base - zero) * 1_000_000 + Fraction(1, 2))
    assert Timescale(base, zero).to_micros(ticks) == expected


def test_known_frame_times() -> None:
    film = Timescale(Fraction(1001, 30_000))
    assert [film.to_micros(frame) for frame in (0, 1, 2, 30, 107_892)] == [
        0,
        33_367,
        66_733,
        1_001_000,
        3_599_996_400,
    ]
    assert Timescale(Fraction(1, 2_000_000)).to_micros(1) == 1
    assert Timescale(Fraction(1, 2_000_000)).to_micros(-1) == 0


@given(st.integers(-(10**9), 10**9), st.sampled_from([8_000, 44_100, 48_000, 96_000]))
def test_samples_and_moments_agree(sample: int, rate: int) -> None:
    assert samples_at(time_of_sample(sample, rate), rate) == sample


def test_ratios_of_any_kind_are_taken_over() -> None:
    assert exact(Fraction(3, 6)) == Fraction(1, 2)


@given(
    st.lists(st.integers(-(2**55), 2**55), max_size=20),
    st.fractions(Fraction(1, 10**9), 10, max_denominator=10**9),
    st.fractions(-1000, 1000, max_denominator=48_000),
    st.sampled_from((1_000_000, 48_000, 44_100)),
)
def test_many_timestamps_at_once_become_the_same_counts(
    ticks: list[int], base: Fraction, zero: Fraction, per_second: int
) -> None:
    scale = Timescale(base, zero)
    wide = max((abs(scale.to_count(tick, per_second)) for tick in ticks), default=0)
    assume(wide < 2**62)
    counts = scale.to_counts(np.array(ticks, np.int64), per_second)
    assert counts.tolist() == [scale.to_count(tick, per_second) for tick in ticks]
