from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtWidgets import QApplication

from annotator.gui.player.go_to import FrameTarget, read_target
from annotator.gui.theme import light
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.ground import LABEL_LEFT, LABEL_ROOM
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.ticks import FRAME_LABEL_PX, FRAME_MARK, LABEL_PX, Tick, ticks
from annotator.model import Micros
from annotator.model.time import to_clock

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


def test_frame_labels_have_milliseconds_and_the_number_as_it_is_typed_to_go_there() -> None:
    frames = [Micros(index * 40_000) for index in range(3000)]
    scale = Scale(Micros(83_400_000), Micros(400_000), 0, 960)
    shown = labels(ticks(scale, frames))
    assert "0:01:23.440  f2086" in shown
    for label in shown:
        clock, number = label.split()
        target = read_target(number)
        assert isinstance(target, FrameTarget)
        assert to_clock(frames[target.index]) == clock


def test_a_frame_label_has_room_beside_its_tick(qapp: QApplication) -> None:
    look = Look(light(), qapp.font(), 1.0)
    widest = look.metrics.horizontalAdvance(f"8:58:58.888{FRAME_MARK}888888")
    assert widest <= LABEL_ROOM
    assert LABEL_LEFT + LABEL_ROOM <= FRAME_LABEL_PX


@given(
    st.integers(-(10**9), 10**11),
    st.integers(1000, 10**11),
    st.integers(64, 4000),
    st.sampled_from([0, 1000]),
)
def test_ticks_rise_and_labels_have_room(
    start: int, length: int, width: int, frame_count: int
) -> None:
    frames = [Micros(index * 40_000) for index in range(frame_count)]
    scale = Scale(Micros(start), Micros(length), 0, width)
    made = ticks(scale, frames)
    assert all(one.time < two.time for one, two in pairwise(made))
    assert all(tick.time >= 0 for tick in made)
    places = [scale.x_of(tick.time) for tick in made if tick.label]
    assert all(two - one >= LABEL_PX - 1 for one, two in pairwise(places))
    assert len(made) <= width
