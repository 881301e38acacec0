"""Decodes the first and the last frame of a clip, in the background, as they will be written."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.jobs.clip_view import ClipView, viewed
from annotator.media.clips.wishes import Form
from annotator.media.video import Video, open_video
from annotator.model.recording import Look
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.paths import recording_path

_MEMORY = 48 << 20


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame: its picture, its number in the recording, when it comes in session time."""

    image: QImage
    number: int
    time: Micros


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and last frame of a clip and how many there are; `several` recordings make it."""

    first: Shot
    last: Shot
    count: int
    several: bool = False


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

    def ends(self, asked: Asked) -> Ends | None:
        """Decode the ends of a clip; None where it has no picture.

        Raises MediaError where the film is not there or cannot be decoded.
        """
        found = viewed(asked.session, asked.view)
        if not asked.form.has_picture or not found.seen or found.seen[0].video is None:
            return None
        lead = found.seen[0]
        video, offset = self._opened(recording_path(asked.path, lead)), lead.offset
        first = video.index_at(Micros(asked.span.start - offset))
        last = bisect_left(video.frame_times, asked.span.end - offset) - 1
        if last < first:
            return None
        shots = [_shot(video, number, offset, asked.height) for number in (first, last)]
        return Ends(shots[0], shots[1], last - first + 1, len(found.seen) > 1)

    def close(self) -> None:
        """Let go of the film."""
        if self._video is not None:
            self._video.close()
        self._path = self._video = None

    def _opened(self, path: Path) -> Video:
        if self._video is None or path != self._path:
            self.close()
            if not path.is_file():
                raise MediaError(f"{path.name} is not there.", "Say where it is now.")
            self._video, self._path = open_video(path, memory=_MEMORY), path
        return self._video


def _shot(video: Video, number: int, offset: Micros, height: int) -> Shot:
    frame, (width, full) = video.seen(number, Look())
    rgb = frame.to_small(max(round(width * height / full), 1), height)
    rows, columns = rgb.shape[:2]
    image = QImage(rgb.tobytes(), columns, rows, columns * 3, QImage.Format.Format_RGB888)
    time = Micros(video.frame_times[number] + offset)
    return Shot(image.convertToFormat(QImage.Format.Format_RGB32), number, time)
