from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.ticks import LABEL_PX, Tick, ticks
from annotator.model import Micros

SECOND = 1_000_000


def labels(made: list[Tick]) -> list[str]:
    return [tick.label for tick in made if tick.label]


@pytest.mark.parametrize(
    ("seconds", "first"),
    [
        (2, ["0:00:00.000", "0:00:00.500"]),
        (10, ["0:00:00", "0:00:01"]),
        (60, ["0:00:00", "0:00:10"]),
        (600, ["0:00:00", "0:01:00"]),
        (3600, ["0:00:00", "0:10:00"]),
        (7 * 3600, ["0:00:00", "1:00:00"]),
        (30 * 24 * 3600, ["0:00:00", "120:00:00"]),
    ],
)
def test_clock_ticks_adapt(seconds: int, first: list[str]) -> None:
    scale = Scale(Micros(0), Micros(seconds * SECOND), 0, 1000)
    assert labels(ticks(scale, ()))[:2] == first


def test_each_tick_is_a_frame_when_frames_are_wide() -> None:
    frames = [Micros(index * 1001 * SECOND // 30000) for index in range(300)]
    scale = Scale(frames[100], Micros(frames[110] - frames[100]), 0, 960)
    shown = [tick.time for tick in ticks(scale, frames) if tick.time >= scale.start]
    assert shown == frames[100:110]


def test_frame_labels_have_milliseconds() -> None:
    frames = [Micros(index * 40_000) for index in range(3000)]
    scale = Scale(Micros(83_400_000), Micros(400_000), 0, 960)
    assert "0:01:23.440" in labels(ticks(scale, frames))


@given(
    st.integers(-(10**9), 10**11), st.integers(1000, 10**11), st.integers(64, 4000), st.booleans()
)
def test_ticks_rise_and_labels_have_room(start: int, length: int, width: int, film: bool) -> None:  # noqa: FBT001 drawn
    frames = [Micros(index * 40_000) for index in range(1000)] if film else []
    scale = Scale(Micros(start), Micros(length), 0, width)
    made = ticks(scale, frames)
    assert all(one.time < two.time for one, two in pairwise(made))
    assert all(tick.time >= 0 for tick in made)
    places = [scale.x_of(tick.time) for tick in made if tick.label]
    assert all(two - one >= LABEL_PX - 1 for one, two in pairwise(places))
    assert len(made) <= width
