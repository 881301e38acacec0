"""Which frames a film has, in showing order, when each is shown, and where decoding can begin."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from annotator.media.survey import UNKNOWN, PacketFlags, StreamSurvey
from annotator.media.timebase import Ticks, Timescale
from annotator.model import Micros


@dataclass(frozen=True, slots=True, order=True)
class Keyframe:
    """A place where decoding can begin.

    `index` is the first frame shown from here on, `key` the timestamp by which the decoder
    will name the keyframe, which is also what to ask the file for: asked for the decoding time,
    some files go one keyframe too far back.
    """

    index: int
    key: int


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """The frames of a film.

    `times` rises; `keys` are the decoder's own timestamps of the same frames, all different.
    `by_dts` tells that the file gives no showing times, so that `keys` are decoding times.
    """

    times: Sequence[Micros]
    keys: Sequence[int]
    keyframes: tuple[Keyframe, ...]
    by_dts: bool = False
    _places: dict[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # showing times rise, so that they can be searched without a list of an hour's numbers
        places = {key: at for at, key in enumerate(self.keys)} if self.by_dts else {}
        object.__setattr__(self, "_places", places)

    def __len__(self) -> int:
        return len(self.times)

    def index_at(self, time: Micros) -> int:
        """Number the frame on screen at a moment: the last one shown by then, else the first."""
        return max(bisect_right(self.times, time) - 1, 0)

    def place_of(self, key: int) -> int | None:
        """Number the frame that the decoder names so; None where there is none."""
        if self.by_dts:
            return self._places.get(key)
        at = bisect_left(self.keys, key)
        return at if at < len(self.keys) and self.keys[at] == key else None

    def keyframes_before(self, index: int) -> tuple[Keyframe, ...]:
        """List the places from which a frame can be reached, the nearest last."""
        return self.keyframes[: bisect_right(self.keyframes, index, key=lambda one: one.index)]


def index_of_packets(stream: StreamSurvey, scale: Timescale) -> FrameIndex:
    """Make the index from showing times alone, without decoding."""
    ticks = np.sort(stream.shown_times())
    # As np.unique does, which on its first call loads a part of numpy that nothing else needs.
    keys = ticks[np.diff(ticks, prepend=ticks[:1] - 1) != 0]
    return _index(stream, keys, _times(scale, keys), by_dts=False)


def index_of_decoded(stream: StreamSurvey, scale: Timescale, keys: Iterable[int]) -> FrameIndex:
    """Make the index from the timestamps of all frames in the order in which they came.

    Where the file gives showing times these are the keys; else the keys are decoding times
    (which only name the frames), and the frames are shown at those times in rising order.
    """
    by_dts = lacks_showing_times(stream)
    came = np.array([*dict.fromkeys(keys)], np.int64)
    rising = np.sort(came)
    return _index(stream, came if by_dts else rising, _times(scale, rising), by_dts=by_dts)


def lacks_showing_times(stream: StreamSurvey) -> bool:
    """Tell whether most packets of a stream do not say when they are shown."""
    return int(np.count_nonzero(np.array(stream.pts) == UNKNOWN)) * 2 > len(stream.pts)


def without_first(index: FrameIndex, count: int) -> FrameIndex:
    """Leave out frames at the start of a film that nothing can decode."""
    if not count:
        return index
    moved = (Keyframe(max(k.index - count, 0), k.key) for k in index.keyframes)
    return FrameIndex(index.times[count:], index.keys[count:], tuple(moved), index.by_dts)


def _times(scale: Timescale, ticks: Ticks) -> Sequence[Micros]:
    return tuple(map(Micros, scale.to_counts(ticks).tolist()))


def _index(
    stream: StreamSurvey, found: Ticks, times: Sequence[Micros], *, by_dts: bool
) -> FrameIndex:
    """Put the index together, with the keyframes that the survey found."""
    keys = array("q", found.tobytes())
    begins = np.array(stream.flags) & PacketFlags.KEYFRAME != 0
    named = np.array(stream.dts if by_dts else stream.pts)[begins]
    index = FrameIndex(times, keys, (), by_dts)
    keyframes = (Keyframe(_place(index, key), key) for key in named.tolist() if key != UNKNOWN)
    return replace(index, keyframes=tuple(sorted(keyframes)))


def _place(index: FrameIndex, key: int) -> int:
    """Number the first frame shown from a keyframe on, even if the keyframe is not shown."""
    if (at := index.place_of(key)) is not None:
        return at
    return len(index) if index.by_dts else bisect_left(index.keys, key)
