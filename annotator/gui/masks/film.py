"""Looks through a film for masks and decodes pictures of it, for the background thread alone."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.gui.rgb_image import image_of
from annotator.jobs.mask_reviewing import find_masks
from annotator.jobs.progress import Progress
from annotator.media.face_masks import MaskPlan
from annotator.media.mask_pictures import masked_picture, outlined_picture, told
from annotator.media.video import Video, open_video
from annotator.model.time import Interval, Micros, to_clock

SHOWN = 30
_MEMORY, _THUMBNAIL = 96 << 20, 360


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the strip: which frame of the clip, why it is shown, and how it looks."""

    frame: int
    told: str
    image: QImage


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a clip: its masks, when its frames come, and where to look first."""

    plan: MaskPlan
    times: tuple[Micros, ...]
    strip: tuple[Moment, ...]


class MaskFilm:
    """One clip of a film; `span` is in the film's own time."""

    def __init__(self, path: Path, span: Interval) -> None:
        self.path, self.span = path, span
        self._video: Video | None = None

    def look(self, known: MaskPlan | None, watcher: Progress) -> Looked:
        """Find masks, or take those that are known, and the moments to look at first.

        Raises MediaError where the film cannot be read or nothing knows faces; CancelledError.
        """
        plan = known or find_masks(self.path, self.span, watcher)
        times = self._times()
        if not times:
            raise MediaError("The clip has no picture.", "Choose another one.")
        strip = [
            Moment(at, f"{to_clock(times[at])}\n{told(one)}", self._thumbnail(plan, times[at]))
            for one in plan.review_strip(SHOWN)
            if self.span.contains(one.shown) or one.shown == self.span.end
            for at in [min(max(bisect_left(times, one.shown), 0), len(times) - 1)]
        ]
        return Looked(plan, times, tuple(strip))

    def picture(self, plan: MaskPlan, time: Micros, *, bare: bool) -> QImage:
        """Give a frame with its masks on, or `bare`; raises MediaError where it is damaged."""
        video = self._opened()
        rgb = video.frame_at(time).to_rgb() if bare else masked_picture(video, plan, time)
        return image_of(rgb)

    @property
    def is_open(self) -> bool:
        """Whether the film is held."""
        return self._video is not None

    def close(self) -> None:
        """Let go of the film."""
        if self._video is not None:
            self._video.close()
        self._video = None

    def _times(self) -> tuple[Micros, ...]:
        video = self._opened()
        first = video.index_at(self.span.start)
        last = bisect_left(video.frame_times, self.span.end)
        return tuple(video.frame_times[first:last])

    def _thumbnail(self, plan: MaskPlan, time: Micros) -> QImage:
        return image_of(outlined_picture(self._opened(), plan, time, _THUMBNAIL))

    def _opened(self) -> Video:
        if self._video is None:
            self._video = open_video(self.path, memory=_MEMORY)
        return self._video
