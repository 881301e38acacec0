"""Decodes the first and the last frame of a clip, in the background, as they will be written."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from pathlib import Path

from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.gui.rgb_image import image_of
from annotator.jobs.clip_view import ClipView, Viewed, viewed
from annotator.media.clips.composed_ends import composed_ends
from annotator.media.clips.composition import Composition
from annotator.media.clips.stamps import Stamp, stamp_of
from annotator.media.clips.wishes import Form
from annotator.media.frame import Frame
from annotator.media.survey import Survey, survey
from annotator.media.video import Video, open_video
from annotator.model.recording import Look
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.paths import recording_path

_MEMORY = 48 << 20


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
    """The first and last frame of a clip and how many there are."""

    first: Shot
    last: Shot
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose ends are wanted, with pictures so many pixels high."""

    session: Session
    path: Path
    span: Interval
    view: ClipView
    form: Form
    height: int


class FilmFrames:
    """Keeps the film open between clips; for the background thread alone."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._video: Video | None = None
        self._known: dict[Path, tuple[Stamp, Survey]] = {}

    def ends(self, asked: Asked) -> Ends | None:
        """Decode the ends of a clip; None where it has no picture.

        Raises MediaError where a film is not there or cannot be decoded.
        """
        found = viewed(asked.session, asked.view)
        if not asked.form.has_picture or not found.seen or found.seen[0].video is None:
            return None
        several = found.composition(asked.path)
        return self._plain(asked, found) if several is None else self._composed(asked, several)

    def close(self) -> None:
        """Let go of the film."""
        if self._video is not None:
            self._video.close()
        self._path = self._video = None
        self._known.clear()

    def _plain(self, asked: Asked, found: Viewed) -> Ends | None:
        lead = found.seen[0]
        video, offset = self._opened(recording_path(asked.path, lead)), lead.offset
        first = video.index_at(Micros(asked.span.start - offset))
        last = bisect_left(video.frame_times, asked.span.end - offset) - 1
        if last < first:
            return None
        shots = [_shot(video, number, offset, asked.height) for number in (first, last)]
        return Ends(shots[0], shots[1], last - first + 1)

    def _composed(self, asked: Asked, several: Composition) -> Ends:
        known = tuple(self._surveyed(path) for path in several.paths)
        ends = composed_ends(replace(several, known=known), asked.span)
        first, last = (
            Shot(_image(one, (one.width, one.height), asked.height), None, one.time)
            for one in (ends.first, ends.last)
        )
        return Ends(first, last, ends.count)

    def _opened(self, path: Path) -> Video:
        if self._video is None or path != self._path:
            self.close()
            self._video, self._path = open_video(path, self._surveyed(path), _MEMORY), path
        return self._video

    def _surveyed(self, path: Path) -> Survey:
        """Read a file through once, as long as nobody changes it."""
        if not path.is_file():
            raise MediaError(f"{path.name} is not there.", "Say where it is now.")
        stamp = stamp_of(path)
        before = self._known.get(path)
        if before is None or before[0] != stamp:
            self._known[path] = before = (stamp, survey(path))
        return before[1]


def _shot(video: Video, number: int, offset: Micros, height: int) -> Shot:
    frame, size = video.seen(number, Look())
    return Shot(_image(frame, size, height), number, Micros(video.frame_times[number] + offset))


def _image(frame: Frame, size: tuple[int, int], height: int) -> QImage:
    """Make a picture so many pixels high of a frame that is shown at a size."""
    rgb = frame.to_small(max(round(size[0] * height / size[1]), 1), height)
    return image_of(rgb)
