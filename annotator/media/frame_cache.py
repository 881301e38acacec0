"""Keeps the frames that were decoded last, within a budget of memory."""

from __future__ import annotations

from collections import OrderedDict

from annotator.media.frame import Frame

DEFAULT_BYTES = 96 * 1024 * 1024


class FrameCache:
    """The frames used last; the one unused for longest leaves first. At least two are kept."""

    def __init__(self, budget: int = DEFAULT_BYTES) -> None:
        self._budget = budget
        self._held = 0
        self._frames: OrderedDict[int, Frame] = OrderedDict()

    def __len__(self) -> int:
        return len(self._frames)

    def get(self, index: int) -> Frame | None:
        """Give a frame, None where it is not kept."""
        frame = self._frames.get(index)
        if frame is not None:
            self._frames.move_to_end(index)
        return frame

    def put(self, frame: Frame) -> None:
        """Keep a frame, letting go of others where the budget asks for it."""
        if frame.index in self._frames:
            return
        self._frames[frame.index] = frame
        self._held += _size(frame)
        while self._held > self._budget and len(self._frames) > 2:  # noqa: PLR2004 see the class
            _, oldest = self._frames.popitem(last=False)
            self._held -= _size(oldest)


def _size(frame: Frame) -> int:
    return sum(plane.buffer_size for plane in frame.picture.planes)
