"""Finds the silences of a recording, to be proposed to a coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from annotator.media.levels import Levels, PlacedLevels, Power, levels_of_segment
from annotator.media.loudness import FRAME, loudness_of, to_decibels, to_power
from annotator.model import ZERO, Interval, Micros

if TYPE_CHECKING:
    from pydub import AudioSegment

MINIMUM = Micros(3_000_000)
"""The shortest silence that research on therapy counts."""

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]

_LOUDEST = 32768
_JOINED = Micros(150_000)
_CLICK = Micros(100_000)
_FAINT = 4.0
_TAIL = Micros(200_000)
_TAIL_GAP = Micros(50_000)


@dataclass(frozen=True, slots=True)
class SilenceProposal:
    """A silence found by the program; a coder decides whether it is one.

    `before` and `after` name who spoke last and who spoke next, empty where that is not clear.
    """

    start: Micros
    end: Micros
    before: str = ""
    after: str = ""

    @property
    def interval(self) -> Interval:
        """The stretch of time proposed."""
        return Interval(self.start, self.end)


def find_silences(
    sound: Levels | AudioSegment,
    *,
    minimum: Micros = MINIMUM,
    level: float | None = None,
    padding: Micros = ZERO,
) -> tuple[SilenceProposal, ...]:
    """Find the silences of one recording, in order, counted from its time 0.

    `level` is in dBFS, None for the recording's own (see `loudness_of`). With a level given, a
    silence is what `pydub.silence.detect_silence` says: every stretch of the minimum's length
    whose loudness as a whole is no more than the level, joined where they touch. With its own
    level, a silence is a stretch in which no sound of 0.1 s or more exceeds the level, and its
    ends are the steps where the sound before ends and the sound after begins.

    `padding` is taken away at either end of what was found; what is then left of no length is
    dropped. Where nothing stands out from a steady noise, the whole is one silence. What the
    track does not cover is no silence.
    """
    levels = sound if isinstance(sound, Levels) else levels_of_segment(sound)
    return find_common_silences(
        (PlacedLevels(levels),), minimum=minimum, level=level, padding=padding
    )


def find_common_silences(
    tracks: Sequence[PlacedLevels],
    *,
    minimum: Micros = MINIMUM,
    level: float | None = None,
    padding: Micros = ZERO,
) -> tuple[SilenceProposal, ...]:
    """Find when all tracks are silent together, on the session's clock, as `find_silences` does.

    Every track is measured by its own level. A track counts only where it has sound; where none
    has, there is no silence. All must have steps of the same length; offsets are rounded to
    the first track's steps.
    """
    step, start = tracks[0].levels.step, min(track.offset for track in tracks)
    ratio = _loudest(tracks, level, start)
    length = max(ceil(minimum / step), 1)
    missing = np.isnan(ratio)
    sound = np.where(missing, 0, ratio)
    if len(ratio) < length:
        return ()
    if level is None:
        spans = _unbroken(sound, missing, step, length)
    else:
        spans = _quiet_windows(sound, missing, length)
    ends = [(start + a * step + padding, start + b * step - padding) for a, b in spans.tolist()]
    return tuple(SilenceProposal(Micros(a), Micros(b)) for a, b in ends if a < b)


def _loudest(tracks: Sequence[PlacedLevels], level: float | None, start: Micros) -> Power:
    """Give for each step the loudest track's power as a share of its limit; NaN where none is."""
    step = tracks[0].levels.step
    places = [round((track.offset - start) / step) for track in tracks]
    size = max(at + len(one.levels.power) for at, one in zip(places, tracks, strict=True))
    loudest = np.full(size, np.nan, np.float32)
    for at, track in zip(places, tracks, strict=True):
        power = track.levels.mixed()
        here = loudest[at : at + len(power)]
        np.fmax(here, power / np.float32(_limit(power, step, level)), out=here)
    return loudest


def _limit(power: Power, step: Micros, level: float | None) -> float:
    """Give the power up to which a track is quiet; without end where it is nothing but noise."""
    if level is not None:
        # pydub counts whole steps of 16 bit sound, so that a step is reached with the next one
        return float(((floor(_LOUDEST * 10 ** (level / 20)) + 1) / _LOUDEST) ** 2)
    loudness = loudness_of(power, step)
    return np.inf if loudness is None else to_power(loudness.level)


def _quiet_windows(ratio: Power, missing: Mask, length: int) -> Places:
    """Join all windows of a length whose mean is quiet; rows of start and end."""
    total = np.concatenate([[0.0], np.cumsum(ratio, dtype=np.float64)])
    holes = np.concatenate([[0], np.cumsum(missing)])
    is_quiet = (total[length:] - total[:-length] < length) & (holes[length:] == holes[:-length])
    starts = np.flatnonzero(is_quiet)
    breaks = np.flatnonzero(np.diff(starts) > length)
    firsts = starts[np.concatenate([[0], breaks + 1])] if len(starts) else starts
    lasts = starts[np.concatenate([breaks, [-1]])] if len(starts) else starts
    return np.column_stack([firsts, lasts + length])


def _unbroken(ratio: Power, missing: Mask, step: Micros, length: int) -> Places:
    """List the stretches without a sound that lasts; rows of start and end."""
    width = max(round(FRAME / step), 1)
    smooth = np.convolve(ratio, np.full(width, 1 / width), "same")[: len(ratio)]
    sounds = _joined(_runs((smooth > 1) | missing), ceil(_JOINED / step))
    holes = np.concatenate([[0], np.cumsum(missing)])
    lasting = sounds[:, 1] - sounds[:, 0] >= ceil(_CLICK / step) + width
    lasting |= holes[sounds[:, 1]] > holes[sounds[:, 0]]
    edges = np.concatenate([[0], sounds[lasting].ravel(), [len(ratio)]]).reshape(-1, 2)
    exact = _exact(edges, (ratio > 1) | missing, width)
    exact = exact[exact[:, 1] - exact[:, 0] >= length]
    heard = np.array([_without_tails(ratio, row, step) for row in exact.tolist()], np.int64)
    heard = heard.reshape(-1, 2)
    return heard[heard[:, 1] - heard[:, 0] >= length]


def _runs(mask: Mask) -> Places:
    """List the runs of truth; rows of start and end."""
    return np.flatnonzero(np.diff(mask, prepend=False, append=False)).reshape(-1, 2)


def _joined(runs: Places, gap: int) -> Places:
    """Join runs that are nearer to one another than a gap."""
    if len(runs) == 0:
        return runs
    apart = np.flatnonzero(runs[1:, 0] - runs[:-1, 1] >= gap)
    starts = runs[np.concatenate([[0], apart + 1]), 0]
    ends = runs[np.concatenate([apart, [len(runs) - 1]]), 1]
    return np.column_stack([starts, ends])


def _exact(spans: Places, loud: Mask, reach: int) -> Places:
    """Widen quiet spans to the loud steps beside them, which smoothing had made broader."""
    steps = np.arange(len(loud))
    after_last = np.maximum.accumulate(np.where(loud, steps + 1, 0))  # end of the last loud step
    next_loud = np.minimum.accumulate(np.where(loud, steps, len(loud))[::-1])[::-1]
    found = spans.copy()
    for row in found:
        start, end = row.tolist()
        before = after_last[start - 1] if start else 0
        after = next_loud[end] if end < len(loud) else len(loud)
        row[0] = before if start - before <= reach else start
        row[1] = after if after - end <= reach else end
    return found


def _without_tails(ratio: Power, span: Sequence[int], step: Micros) -> tuple[int, int]:
    """Take from a silence's ends what still stands out from its own noise, as a voice dies away."""
    start, end = span
    inside = to_decibels(ratio[start:end])
    usual, high = np.percentile(inside, (50, 90)).tolist()
    faint = inside > usual + max(_FAINT, 2 * (high - usual))
    most, gap = round(_TAIL / step), round(_TAIL_GAP / step)
    head = _reach(faint[:most], gap) if start else 0
    tail = _reach(faint[::-1][:most], gap) if end < len(ratio) else 0
    return start + head, end - tail


def _reach(faint: Mask, gap: int) -> int:
    """Count the steps from the beginning through which faint sound goes on, but for short gaps."""
    places = np.flatnonzero(faint)
    apart = np.flatnonzero(np.diff(places, prepend=-1) > gap)
    last = places[: apart[0]] if len(apart) else places
    return int(last[-1]) + 1 if len(last) else 0
