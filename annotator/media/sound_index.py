"""Where every packet of a sound track stands, counted in samples from the recording's time 0."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from annotator.media.survey import StreamSurvey
from annotator.media.timebase import Timescale

_TOLERANCE_PER_SECOND = 50
"""Timestamps within 1/50 s of an unbroken count of samples are taken for rounding."""


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
        tolerance = rate // _TOLERANCE_PER_SECOND
        ticks, samples, following = array("q"), array("q"), _first_sample(stream, scale)
        length = before = 0
        for at in stream.shown():
            sample = scale.to_count(stream.pts[at], rate)
            if following is not None and abs(sample - following) <= tolerance:
                sample = following
            ticks.append(stream.pts[at])
            samples.append(sample)
            length, before = _length(stream, scale, at), length
            following = sample + length
        start = _first_played(stream, scale)
        end = _end(stream, samples[-1], length, before) if samples else start
        return cls(ticks, samples, start, max(start, end), scale, rate)

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
    if not shown or not stream.skipped or shown[0] != 0:
        return None
    return _first_played(stream, scale) - stream.skipped


def _length(stream: StreamSurvey, scale: Timescale, at: int) -> int:
    """Count the samples of a packet."""
    rate, tick = stream.labels.sample_rate, stream.pts[at]
    told = scale.to_count(tick + stream.durations[at], rate) - scale.to_count(tick, rate)
    return stream.labels.packet_samples or told


def _end(stream: StreamSurvey, last: int, length: int, before: int) -> int:
    """Number the sample after the last one played, from the last packet and the lengths.

    The last packet is cut either by a count of samples to drop, whatever its length then says,
    or by a shorter length where the file's clock is fine enough to tell.
    """
    if stream.trimmed:
        return last + max(length, before) - stream.trimmed
    told = int(stream.durations[stream.shown()[-1]] * stream.base * stream.labels.sample_rate)
    is_cut = 0 < told < length - 1 and not stream.is_coarse
    return last + (told if is_cut else length)
