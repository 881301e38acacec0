"""Where every packet of a sound track stands, counted in samples from the recording's time 0."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from annotator.media.survey import StreamSurvey
from annotator.media.timebase import Ticks, Timescale

_TOLERANCE_PER_SECOND = 50
"""Timestamps within 1/50 s of an unbroken count of samples are taken for rounding."""

_REACH = 256
"""So many packets are joined at a time, more as long as no gap is met."""


@dataclass(frozen=True, slots=True)
class SoundIndex:
    """The played packets of one sound track, in the file's order.

    `ticks` are the packets' timestamps and `samples` the numbers of their first samples;
    samples before `start` (an encoder's priming) and from `end` on are not played.
    """

    ticks: Sequence[int]
    samples: Sequence[int]
    start: int
    end: int
    scale: Timescale
    rate: int

    @classmethod
    def of(cls, stream: StreamSurvey, scale: Timescale) -> Self:
        """Count through a surveyed track.

        Many files round times (to the millisecond, say), so a packet stands right behind the
        one before it unless its timestamp says that there is a real gap.
        """
        rate = stream.labels.sample_rate
        ticks, lengths = stream.shown_times(), _lengths(stream, scale)
        told = scale.to_counts(ticks, rate)
        first = _first_sample(stream, scale)
        if first is not None and abs(int(told[0]) - first) <= rate // _TOLERANCE_PER_SECOND:
            told[0] = first
        samples = array("q", _joined(told, lengths, rate // _TOLERANCE_PER_SECOND).tobytes())
        start = _first_played(stream, scale)
        end = _end(stream, samples[-1], lengths.tolist()[-2:]) if samples else start
        return cls(array("q", ticks.tobytes()), samples, start, max(start, end), scale, rate)

    def sample_of(self, tick: int) -> int:
        """Number the sample at a timestamp inside the track."""
        at = max(bisect_right(self.ticks, tick) - 1, 0)
        inside = self.scale.to_count(tick, self.rate) - self.scale.to_count(
            self.ticks[at], self.rate
        )
        return self.samples[at] + inside

    def tick_before(self, sample: int) -> int:
        """Give the timestamp of the packet that holds a sample."""
        return self.ticks[max(bisect_right(self.samples, sample) - 1, 0)]


def _first_played(stream: StreamSurvey, scale: Timescale) -> int:
    """Number the first sample played; 0 where only rounding keeps it from being that."""
    start = stream.sound_start()
    if start is None:
        return 0
    first = round((start - scale.zero) * stream.labels.sample_rate)
    return 0 if stream.is_coarse and abs(start - scale.zero) < stream.base else first


def _first_sample(stream: StreamSurvey, scale: Timescale) -> int | None:
    """Number the first sample of the first packet, counted back from the first one played."""
    shown = stream.shown()
    if not shown.size or not stream.skipped or shown[0] != 0:
        return None
    return _first_played(stream, scale) - stream.skipped


def _lengths(stream: StreamSurvey, scale: Timescale) -> Ticks:
    """Count the samples of each packet played."""
    ticks, rate, alike = (
        stream.shown_times(),
        stream.labels.sample_rate,
        stream.labels.packet_samples,
    )
    if alike:
        return np.full(len(ticks), alike, np.int64)
    after = ticks + np.array(stream.durations)[stream.shown()]
    return scale.to_counts(after, rate) - scale.to_counts(ticks, rate)


def _joined(told: Ticks, lengths: Ticks, tolerance: int) -> Ticks:
    """Number each packet's first sample: right behind the packet before, but after a real gap.

    `told` are the samples that the timestamps tell, of which the first is taken as it is.
    """
    joined = told.copy()
    begin, reach = 0, _REACH
    while begin < len(told):
        end = min(begin + reach, len(told))
        unbroken = joined[begin] + np.cumsum(lengths[begin : end - 1])
        apart = np.flatnonzero(abs(told[begin + 1 : end] - unbroken) > tolerance)
        kept = int(apart[0]) if apart.size else len(unbroken)
        joined[begin + 1 : begin + 1 + kept] = unbroken[:kept]
        reach = _REACH if apart.size else 2 * reach
        # the next run begins at a packet after a gap, or goes on from the last one of this
        begin += kept + 1 if apart.size or end == len(told) else kept
    return joined


def _end(stream: StreamSurvey, last: int, lengths: list[int]) -> int:
    """Number the sample after the last one played, from the last packet and the last lengths.

    The last packet is cut either by a count of samples to drop, whatever its length then says,
    or by a shorter length where the file's clock is fine enough to tell.
    """
    length = lengths[-1]
    if stream.trimmed:
        return last + max(lengths) - stream.trimmed
    told = int(stream.durations[stream.shown()[-1]] * stream.base * stream.labels.sample_rate)
    is_cut = 0 < told < length - 1 and not stream.is_coarse
    return last + (told if is_cut else length)
