"""Keeps decoded frames round the playhead and at places seen lately, within a limit of memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container

from av.video.frame import VideoFrame

from annotator.media.frame import Frame

DEFAULT_BYTES = 96 * 1024 * 1024

NEAR = 12
"""A move of more frames than this is a jump, not a step."""

_MOST_BEHIND = 600
_MOST_AHEAD = 150
"""However small the pictures, no more frames than these are wanted round the playhead."""

_FRAMES_A_PLACE = 3
_SHARE_OF_PLACES = 4


class FrameCache:
    """Frames of one film; `budget` is in bytes and never exceeded, whatever the frames' size.

    Wanted are the frames round the playhead, more of them behind it than ahead, since those are
    the dearer ones to decode again; and, in up to a quarter of the memory, the places that were
    jumped to or from lately, each with both neighbours. All else goes first, what was unused for
    longest at the head.
    """

    def __init__(self, budget: int = DEFAULT_BYTES) -> None:
        self.budget = budget
        self._held = 0
        self._largest = 1
        self._playhead = 0
        self._is_going_back = False
        self._places: OrderedDict[int, None] = OrderedDict()
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._spare: VideoFrame | None = None  # fresh memory costs more than the copy

    def __len__(self) -> int:
        return len(self._frames)

    def __contains__(self, index: object) -> bool:
        return index in self._frames

    @property
    def held(self) -> int:
        """How many bytes of pixels are kept."""
        return self._held

    @property
    def playhead(self) -> int:
        """The frame that was asked for last."""
        return self._playhead

    @property
    def is_going_back(self) -> bool:
        """Whether the last move was a step back; after a jump nobody knows, and it is not."""
        return self._is_going_back

    @property
    def low(self) -> int:
        """The first frame that is wanted round the playhead; before the film's first, below 0."""
        return self._playhead - self._behind

    @property
    def high(self) -> int:
        """The last frame that is wanted round the playhead; it may be beyond the film's last."""
        return self._playhead + self._ahead

    def look_at(self, index: int) -> None:
        """Move the playhead."""
        distance = index - self._playhead
        if abs(distance) > NEAR:
            self._remember(self._playhead)
            self._remember(index)
            self._is_going_back = False
        elif distance:
            self._is_going_back = distance < 0
        self._playhead = index

    def get(self, index: int) -> Frame | None:
        """Give a copy of a frame, None where it is not kept."""
        frame = self._frames.get(index)
        if frame is None:
            return None
        self._frames.move_to_end(index)
        return frame.copied()

    def nearest(self, index: int) -> int | None:
        """Number the kept frame that is nearest to one; None where none is kept."""
        return min(self._frames, key=lambda one: abs(one - index), default=None)

    def put(self, frame: Frame) -> None:
        """Keep a copy of a frame if it is wanted, letting go of others where memory asks for it."""
        if frame.index in self._frames or not self._wants(frame.index):
            return
        if not self._make_room(self._largest):  # before the copy, which would be one too many
            return
        kept = frame.to_keep(self._spare)  # its rows may be padded less than the decoder's
        self._spare = None
        self._largest = max(self._largest, kept.size)
        if self._make_room(kept.size):
            self._frames[kept.index] = kept
            self._held += kept.size

    def clear(self) -> None:
        """Let go of all frames."""
        self._frames.clear()
        self._held, self._spare = 0, None

    def lacking_behind(self, lost: Container[int]) -> int | None:
        """Number the nearest wanted frame before the playhead that is not kept.

        None where all are; those that are lost are not wanted.
        """
        return self._first_lacking(range(self._playhead - 1, max(self.low, 0) - 1, -1), lost)

    def lacking_ahead(self, lost: Container[int], count: int) -> int | None:
        """Number the nearest wanted frame after the playhead that is not kept; None where all are.

        Those that are lost, and those beyond the film's `count` frames, are not wanted.
        """
        return self._first_lacking(range(self._playhead + 1, min(self.high, count - 1) + 1), lost)

    @property
    def _room(self) -> int:
        return self.budget // self._largest

    @property
    def _around(self) -> int:
        """How many frames fit round the playhead, besides its own and those of places."""
        places = min(len(self._places) * _FRAMES_A_PLACE, self._room // _SHARE_OF_PLACES)
        return max(self._room - 1 - places, 0)

    @property
    def _ahead(self) -> int:
        share = self._around // (8 if self._is_going_back else 4)
        return min(max(share, 1), self._around, _MOST_AHEAD)

    @property
    def _behind(self) -> int:
        return min(self._around - self._ahead, _MOST_BEHIND)

    def _first_lacking(self, wanted: range, lost: Container[int]) -> int | None:
        return next((one for one in wanted if one not in self._frames and one not in lost), None)

    def _remember(self, place: int) -> None:
        self._places[place] = None
        self._places.move_to_end(place)
        while len(self._places) > self._room // _SHARE_OF_PLACES // _FRAMES_A_PLACE:
            self._places.popitem(last=False)

    def _wants(self, index: int) -> bool:
        return self.low <= index <= self.high or self._is_by_a_place(index)

    def _is_by_a_place(self, index: int) -> bool:
        return any(place in self._places for place in (index - 1, index, index + 1))

    def _make_room(self, size: int) -> bool:
        """Let go of frames until so many bytes fit; False where all that is kept is wanted."""
        low, high = self.low, self.high
        while self._held + size > self.budget:
            apart = (one for one in self._frames if not low <= one <= high)
            spare = next((one for one in apart if not self._is_by_a_place(one)), None)
            if spare is None:
                return False
            let_go = self._frames.pop(spare)
            self._held -= let_go.size
            self._spare = let_go.picture
        return True
