"""A clip that was written but not looked at yet, and what went into its encoder."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media.clips.verifying import Expected, glimpse
from annotator.media.clips.wishes import CutPicture, CutSound


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was written; `picture_bytes` are those of its `bytes` that its pictures take."""

    picture: CutPicture | None
    sound: CutSound | None
    expected: Expected
    bytes: int
    picture_bytes: int


@dataclass(slots=True)
class Seen:
    """The pictures that went into an encoder, and how some that are known again by it looked."""

    ticks: list[int] = field(default_factory=list)
    looks: list[tuple[int, NDArray[np.float32]]] = field(default_factory=list)
    _last: VideoFrame | None = None

    def take(self, picture: VideoFrame, tick: int, *, is_edge: bool) -> None:
        """Look at the next picture, closely where something begins or ends with it."""
        if is_edge:
            self.looks.append((len(self.ticks), glimpse(picture)))
        self.ticks.append(tick)
        self._last = picture

    @property
    def first(self) -> NDArray[np.float32] | None:
        """How the first picture looked; None where there was none."""
        return self.looks[0][1] if self.looks else None

    @property
    def last(self) -> NDArray[np.float32] | None:
        """How the last picture looked; None where there was none."""
        return None if self._last is None else glimpse(self._last)
