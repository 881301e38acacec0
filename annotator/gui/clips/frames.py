"""Decodes the first and the last frame of a clip, in the background, as they will be written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PyQt6.QtGui import QImage

from annotator.gui.rgb_image import image_of
from annotator.jobs.clip_cutting import CutJob
from annotator.jobs.clip_ends import EndsAsk, EndsDesk, FoundFaces, ToSearch, ends_of
from annotator.media.frame import Frame
from annotator.model.time import Micros

HEIGHT = 1080
"""Pictures have at most so many pixels down."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame: its picture, and when it comes in session time.

    `number` counts it in the one recording that is shown, None where several make the picture.
    """

    image: QImage
    number: int | None
    time: Micros


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and last frame of a clip and how many there are.

    Faces are bare in them where some are still `to_search`.
    """

    first: Shot
    last: Shot
    count: int
    to_search: tuple[ToSearch, ...] = ()


class FilmFrames:
    """Gives the ends of one clip after another; for the background thread alone."""

    def __init__(self) -> None:
        self._desk = EndsDesk()
        self._last: tuple[CutJob, Ends] | None = None

    def ends(self, asked: EndsAsk) -> Ends | None:
        """Decode the ends of a clip; None where it has no picture.

        Raises MediaError where a film is not there or cannot be decoded, UndrawableError where
        words have no room.
        """
        job = self._desk.job(asked)
        if job is None:
            return None
        if self._last is None or self._last[0] != job:
            self._last = job, self._decoded(asked, job)
        return self._last[1]

    def keep(self, found: FoundFaces) -> None:
        """Cover these faces too from now on."""
        self._desk.keep(found)

    def _decoded(self, asked: EndsAsk, job: CutJob) -> Ends:
        to_search = self._desk.to_search(job)
        found = ends_of(job, bare=bool(to_search))
        offset = Micros(asked.planned.stretch.interval.start - job.wish.start)
        is_one = job.wish.composition is None
        first, last = (
            Shot(
                _image(frame, found.pixel_aspect),
                frame.index if is_one else None,
                Micros(frame.time + offset),
            )
            for frame in (found.first, found.last)
        )
        return Ends(first, last, found.count, to_search)


def _image(frame: Frame, pixel_aspect: Fraction) -> QImage:
    """Make a picture of a frame with pixels as wide as high."""
    height = min(frame.height, HEIGHT)
    width = max(round(frame.width * pixel_aspect * height / frame.height), 1)
    return image_of(frame.to_small(width, height))
