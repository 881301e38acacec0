"""Which pictures of a film can be taken over into a clip as they are, packet by packet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.errors import MediaError
from annotator.media.clips.stretch import Stretch
from annotator.media.frame_index import FrameIndex, Keyframe
from annotator.media.survey import UNKNOWN, PacketFlags, StreamSurvey
from annotator.media.timebase import Ticks

_LEAST_SHARE = 4
"""Where less than one picture in so many could be copied, it is not worth two ways of coding."""

_MOST_TRIES = 12
_ROOM = 64
"""So many packets at most lie in the file before others that are shown sooner."""


class NotCopiedError(MediaError):
    """Says why the pictures of a clip are all encoded, though as many as can be were to be copied.

    The text goes on where “The clip was cut exactly, as” ends.
    """


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """The pictures that are copied, counted in the clip: from `begin` on, as many as `places`.

    `places` are those of the packets in the order in which they lie in the file; together they
    are whole, so that whatever follows them may be left out. `sought` is what to ask the file for
    to be given the first.
    """

    keyframe: Keyframe
    sought: int
    begin: int
    places: tuple[int, ...]

    @property
    def end(self) -> int:
        """The place after the last picture that is copied."""
        return self.begin + len(self.places)

    @property
    def delay(self) -> int:
        """By how many pictures decoding must run ahead of showing."""
        behind = np.arange(self.begin, self.end) - np.array(self.places)
        return max(int(behind.max()), 0)


def copy_plans(stream: StreamSurvey, index: FrameIndex, stretch: Stretch) -> Iterator[CopyPlan]:
    """Yield ways to copy, the one that copies most first; each holds if its keyframe is a true one.

    What is decoded before a picture is all that it can lean on: from a true keyframe on, packets
    can be copied up to any point at which none lacks that is shown before the last one.
    """
    count = len(stretch.ticks)
    pts, keys = np.array(stream.pts), np.array(index.keys)
    is_off = np.array(stream.flags) & (PacketFlags.HIDDEN | PacketFlags.CORRUPT) != 0
    within = [k for k in index.keyframes if stretch.first <= k.index <= stretch.last]
    for keyframe in within[:_MOST_TRIES]:
        found = np.flatnonzero(pts == keyframe.key)
        most = stretch.last - keyframe.index + 1
        if most * _LEAST_SHARE < count or found.size != 1:
            continue
        part = slice(int(found[0]), int(found[0]) + most + _ROOM)
        numbers = _places(pts[part], is_off[part], keys)
        places = _whole_run(numbers, keyframe.index, most)
        if len(places) == most and places[-1] != stretch.last:
            # for how long the last is shown a file can tell only of the one that is decoded last
            places = _whole_run(numbers, keyframe.index, most - 1)
        if len(places) * _LEAST_SHARE >= count:
            begin = keyframe.index - stretch.first
            decoded = stream.dts[part.start]
            sought = keyframe.key if decoded == UNKNOWN else min(decoded, keyframe.key)
            yield CopyPlan(keyframe, sought, begin, tuple((places - stretch.first).tolist()))


def _places(pts: Ticks, is_off: NDArray[np.bool_], keys: Ticks) -> NDArray[np.intp]:
    """Number the frames of packets, up to the first that gives none that is shown."""
    found = np.searchsorted(keys, pts)
    known = keys[np.minimum(found, len(keys) - 1)] == pts
    wrong = np.flatnonzero(~known | is_off)
    return found[: wrong[0]] if wrong.size else found


def _whole_run(places: NDArray[np.intp], first: int, most: int) -> NDArray[np.intp]:
    """Keep as many packets as give frames without a gap from the first on, and no others."""
    reached = np.maximum.accumulate(places) - first
    whole = np.flatnonzero((reached == np.arange(len(places))) & (reached < most))
    if not whole.size:
        return places[:0]
    run = places[: whole[-1] + 1]
    is_whole = np.array_equal(np.sort(run), np.arange(first, first + len(run)))
    return run if is_whole else places[:0]
