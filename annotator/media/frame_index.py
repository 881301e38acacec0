"""Which frames a film has, in showing order, when each is shown, and where decoding can begin."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.media.survey import UNKNOWN, PacketFlags, StreamSurvey
from annotator.media.timebase import Timescale
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
    places: dict[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {key: at for at, key in enumerate(self.keys)})

    def __len__(self) -> int:
        return len(self.times)

    def index_at(self, time: Micros) -> int:
        """Number the frame on screen at a moment: the last one shown by then, else the first."""
        return max(bisect_right(self.times, time) - 1, 0)

    def keyframes_before(self, index: int) -> tuple[Keyframe, ...]:
        """List the places from which a frame can be reached, the nearest last."""
        return self.keyframes[: bisect_right(self.keyframes, index, key=lambda one: one.index)]


def index_of_packets(stream: StreamSurvey, scale: Timescale) -> FrameIndex:
    """Make the index from showing times alone, without decoding."""
    keys = sorted({stream.pts[at] for at in stream.shown()})
    return _index(stream, keys, _times(scale, keys), by_dts=False)


def index_of_decoded(stream: StreamSurvey, scale: Timescale, keys: Iterable[int]) -> FrameIndex:
    """Make the index from the timestamps of all frames in the order in which they came.

    Where the file gives showing times these are the keys; else the keys are decoding times
    (which only name the frames), and the frames are shown at those times in rising order.
    """
    by_dts = lacks_showing_times(stream)
    keys = list(dict.fromkeys(keys))
    if not by_dts:
        keys.sort()
    return _index(stream, keys, _times(scale, sorted(keys)), by_dts=by_dts)


def lacks_showing_times(stream: StreamSurvey) -> bool:
    """Tell whether most packets of a stream do not say when they are shown."""
    return sum(pts == UNKNOWN for pts in stream.pts) * 2 > len(stream.pts)


def without_first(index: FrameIndex, count: int) -> FrameIndex:
    """Leave out frames at the start of a film that nothing can decode."""
    if not count:
        return index
    moved = (Keyframe(max(k.index - count, 0), k.key) for k in index.keyframes)
    return FrameIndex(index.times[count:], index.keys[count:], tuple(moved), index.by_dts)


def _times(scale: Timescale, ticks: Iterable[int]) -> Sequence[Micros]:
    return tuple(map(scale.to_micros, ticks))


def _index(
    stream: StreamSurvey, keys: Sequence[int], times: Sequence[Micros], *, by_dts: bool
) -> FrameIndex:
    """Put the index together, with the keyframes that the survey found."""
    places = {key: at for at, key in enumerate(keys)}
    keyframes = []
    for pts, dts, flags in zip(stream.pts, stream.dts, stream.flags, strict=True):
        key = dts if by_dts else pts
        if flags & PacketFlags.KEYFRAME and key != UNKNOWN:
            place = _place(places, keys, key, by_dts=by_dts)
            keyframes.append(Keyframe(place, key))
    return FrameIndex(times, array("q", keys), tuple(sorted(keyframes)), by_dts)


def _place(places: dict[int, int], keys: Sequence[int], key: int, *, by_dts: bool) -> int:
    """Number the first frame shown from a keyframe on, even if the keyframe is not shown."""
    if key in places:
        return places[key]
    return len(keys) if by_dts else bisect_left(keys, key)
