"""One decoder of a film and how far it has come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from annotator.media.frame import Frame, Orientation
from annotator.media.frame_cache import NEAR
from annotator.media.frame_index import FrameIndex, Keyframe
from annotator.media.picture_decoder import Decoded, PictureDecoder


class Reel:
    """Frames of one film in showing order; wound to a keyframe before the first is taken.

    `reached` is the last frame that came; where no more come, the number of frames. `passed` are
    those that should have come before it and did not.
    """

    def __init__(
        self, decoder: PictureDecoder, index: FrameIndex, orientation: Orientation
    ) -> None:
        self.decoder = decoder
        self.reached = len(index)
        self._index = index
        self._orientation = orientation
        self.passed = range(0)
        self._complete_from = 0
        self._has_begun = False
        self._coming: Iterator[Decoded | None] = iter(())

    def leads_to(self, index: int) -> bool:
        """Tell whether going on is the cheapest way to a frame."""
        if not self.reached < index or index < self._complete_from:
            return False
        keyframes = self._index.keyframes
        before = bisect_right(keyframes, index, key=lambda one: one.index)
        between = before > 0 and keyframes[before - 1].index > self.reached + 1
        return not between or index - self.reached <= NEAR

    def wind_to(self, keyframe: Keyframe, complete_from: int = 0) -> None:
        """Go on from a keyframe; frames before `complete_from` may be left out, to be quicker."""
        complete_from = max(complete_from, keyframe.index)
        may_skim = complete_from > keyframe.index and not self._index.by_dts
        key = self._index.keys[complete_from] if may_skim else None
        self._coming = self.decoder.from_keyframe(keyframe, key)
        self._begin(keyframe.index - 1, complete_from if may_skim else 0)

    def wind_to_start(self) -> None:
        """Go on from the very start, as a newly opened file does."""
        self._coming = self.decoder.from_start()
        self._begin(-1, 0)

    def turn(self) -> Frame | None:
        """Decode a little further; None where no frame is ready yet, or none come any more."""
        try:
            decoded = next(self._coming)
        except StopIteration:
            self.reached = len(self._index)
            return None
        index = self._index.place_of(decoded[0]) if decoded else None
        if decoded is None or index is None:
            return None
        # where it began too late, as in a file that seeks coarsely, nothing was passed over
        following = max(self.reached + 1, self._complete_from) if self._has_begun else index
        self.passed = range(following, index)
        self._has_begun = True
        self.reached = max(self.reached, index)  # a file that seeks coarsely begins further back
        picture = decoded[1]
        time = self._index.times[index]
        return Frame(index, time, picture, self._orientation, is_damaged=picture.is_corrupt)

    def close(self) -> None:
        """Let go of the film."""
        self.decoder.close()

    def _begin(self, reached: int, complete_from: int) -> None:
        self.reached = reached
        self._has_begun = False
        self._complete_from = complete_from
