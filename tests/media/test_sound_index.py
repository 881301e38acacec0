"""Packets of sound stand where counting them one after another puts them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from annotator.media.sound_index import SoundIndex
from annotator.media.survey import StreamLabels, StreamSurvey
from annotator.media.timebase import Timescale

RATE = 48_000
TOLERANCE = RATE // 50
gaps = st.lists(
    st.sampled_from((0, 0, 0, 0, 1, -1, 700, -700, 20_000, 90_000)), min_size=1, max_size=900
)
lengths = st.sampled_from((0, 960, 1024))


def counted(told: list[int], length_of: list[int]) -> list[int]:
    """Count slowly, packet by packet."""
    samples: list[int] = []
    for sample, length in zip(told, [0, *length_of], strict=False):
        following = samples[-1] + length if samples else None
        is_near = following is not None and abs(sample - following) <= TOLERANCE
        samples.append(following if is_near and following is not None else sample)
    return samples


@given(gaps, lengths)
def test_packets_join_unless_there_is_a_real_gap(jumps: list[int], alike: int) -> None:
    labels = StreamLabels("aac", sample_rate=RATE, packet_samples=alike)
    stream = StreamSurvey(0, Fraction(1, RATE), labels)
    told, place = [], 0
    for jump in jumps:
        place += max(jump, -900)
        told.append(place)
        stream.pts.append(place)
        stream.dts.append(place)
        stream.durations.append(1000)
        stream.flags.append(1)
        place += alike or 1000
    index = SoundIndex.of(stream, Timescale(Fraction(1, RATE)))
    assert list(index.samples) == counted(told, [alike or 1000] * len(told))
    assert list(index.ticks) == told
