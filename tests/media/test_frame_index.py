"""The index finds the frame on screen at any moment, whatever the spacing of frames."""

from __future__ import annotations

from array import array
from fractions import Fraction
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from annotator.media.frame_index import (
    FrameIndex,
    Keyframe,
    index_of_decoded,
    index_of_packets,
    lacks_showing_times,
    without_first,
)
from annotator.media.survey import UNKNOWN, PacketFlags, StreamLabels, StreamSurvey
from annotator.media.timebase import Timescale
from annotator.model import Micros

KEY = int(PacketFlags.KEYFRAME)
steps = st.lists(st.integers(1, 5_000_000), min_size=1, max_size=60)


def stream_of(packets: list[tuple[int, int, int]]) -> StreamSurvey:
    """Make a stream of (pts, dts, flags)."""
    stream = StreamSurvey(0, Fraction(1, 1000), StreamLabels("h264"))
    for pts, dts, flags in packets:
        stream.pts.append(pts)
        stream.dts.append(dts)
        stream.flags.append(flags)
        stream.durations.append(40)
    return stream


@given(steps, st.integers(-1_000_000, 1_000_000), st.data())
def test_lookup_agrees_with_looking_at_every_frame(
    gaps: list[int], first: int, data: st.DataObject
) -> None:
    times = [Micros(time) for time in accumulate(gaps, initial=first)]
    index = FrameIndex(times, array("q", times), ())
    near = st.sampled_from(times).flatmap(lambda time: st.integers(time - 2, time + 2))
    moment = Micros(data.draw(near | st.integers(first - 10, times[-1] + 10)))
    slow = max((at for at, time in enumerate(times) if time <= moment), default=0)
    assert index.index_at(moment) == slow


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_frames_stand_in_showing_order_without_hidden_ones(
    order: list[int], hidden: set[int]
) -> None:
    packets = [(at * 40, at, int(PacketFlags.HIDDEN) if at in hidden else 0) for at in order]
    index = index_of_packets(stream_of(packets), Timescale(Fraction(1, 1000)))
    shown = [at for at in range(12) if at not in hidden]
    assert list(index.keys) == [at * 40 for at in shown]
    assert list(index.times) == [at * 40_000 for at in shown]


def test_a_hidden_keyframe_still_serves_as_a_start() -> None:
    hidden = int(PacketFlags.HIDDEN)
    packets = [(-80, -80, KEY | hidden), (-40, -40, hidden), (0, 0, 0), (40, 40, KEY)]
    index = index_of_packets(stream_of(packets), Timescale(Fraction(1, 1000)))
    assert index.keyframes == (Keyframe(0, -80), Keyframe(1, 40))
    assert index.keyframes_before(0) == index.keyframes[:1]
    assert index.keyframes_before(1) == index.keyframes


def test_frames_known_by_decoding_times_are_shown_in_the_order_they_came() -> None:
    packets = [(UNKNOWN, dts, KEY if dts == 0 else 0) for dts in (0, 40, 80, 120)]
    stream = stream_of(packets)
    assert lacks_showing_times(stream)
    index = index_of_decoded(stream, Timescale(Fraction(1, 1000)), [0, 80, 40, 120])
    assert list(index.keys) == [0, 80, 40, 120]
    assert list(index.times) == [0, 40_000, 80_000, 120_000]
    assert index.place_of(80) == 1


def test_frames_that_nothing_decodes_are_left_out() -> None:
    packets = [(at * 40, at * 40, KEY if at == 2 else 0) for at in range(5)]
    index = index_of_packets(stream_of(packets), Timescale(Fraction(1, 1000)))
    cut = without_first(index, 2)
    assert list(cut.times) == [80_000, 120_000, 160_000]
    assert cut.keyframes == (Keyframe(0, 80),)
