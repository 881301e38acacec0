"""The moments at which something may begin or end: each frame, and the end of the film."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.time import ZERO, Micros

FRAME_WHERE_NONE = Micros(40_000)


@dataclass(frozen=True, slots=True)
class FrameGrid:
    """Frame times in order, which may be none, and the `end` of the film after them."""

    frames: Sequence[Micros]
    end: Micros

    def stepped(self, moment: Micros, by: int) -> Micros:
        """Give the moment so many frames on, or the same one where there are not so many."""
        if not self.frames:
            wanted = moment + by * FRAME_WHERE_NONE
            return Micros(wanted) if ZERO <= wanted <= max(self.end, moment) else moment
        if by > 0:
            place = bisect_right(self.frames, moment) + by - 1
        else:
            place = bisect_left(self.frames, moment) + by
        if 0 <= place < len(self.frames):
            return self.frames[place]
        is_last = place == len(self.frames) and moment < self.end
        return self.end if is_last else moment
