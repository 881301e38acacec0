"""An open film as the player's background thread uses it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.model.recording import Look
from annotator.model.time import Micros

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from annotator.media.audio import AudioReader
    from annotator.media.facts import RecordingFacts
    from annotator.media.frame import Frame
    from annotator.media.frame_index import FrameIndex
    from annotator.media.video import Video


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """A decoded frame ready to paint; `time` is the recording's."""

    image: QImage
    index: int
    time: Micros


@dataclass(frozen=True, slots=True)
class OpenedFilm:
    """An open recording; `video` or `sound` is None where it has no picture or no sound.

    `sound_problem` says why the sound cannot be played although there is some.
    """

    path: Path
    facts: RecordingFacts
    video: Video | None
    sound: AudioReader | None
    sound_problem: str = ""

    @property
    def index(self) -> FrameIndex | None:
        """The frames there are; None for sound alone."""
        return self.video.index if self.video else None

    def decode(self, index: int, look: Look) -> ShownFrame:
        """Decode one frame, seen as a look asks; raises MediaError where it is damaged."""
        if self.video is None:
            raise MediaError("This recording has sound only.")
        return _to_show(*self.video.seen(index, look))

    def prepare(self, here: int, near: int | None, look: Look) -> tuple[ShownFrame | None, bool]:
        """Make a frame near the one on screen ready to be shown, if it is decoded already.

        Where it is not, or none is named, a little of what may be asked for next is decoded; the
        second value is False where nothing is left to do.
        """
        if self.video is None:
            return None, False
        self.video.look_at(here)
        seen = None if near is None else self.video.glance(near, look)
        return (None, self.video.fill()) if seen is None else (_to_show(*seen), True)

    def close(self) -> None:
        """Let go of the file."""
        if self.video is not None:
            self.video.close()
        if self.sound is not None:
            self.sound.close()


def open_film(path: Path, memory: int, track: int = 0) -> OpenedFilm:
    """Open a film, or a recording of sound alone; raises MediaError where it cannot be read.

    `memory` is the most bytes of decoded pictures that may be kept; `track` is the sound track,
    counted from 0. The decoders load here, in
    the background, so that the window does not wait for them.
    """
    opening = import_module("annotator.gui.player.film_opening")
    film: OpenedFilm = opening.open_film(path, memory, track)
    return film


def _to_show(frame: Frame, size: tuple[int, int]) -> ShownFrame:
    return ShownFrame(_image(frame.to_screen(), QSize(*size)), frame.index, frame.time)


def _image(words: NDArray[np.uint32], size: QSize) -> QImage:
    """Make an image in the screen's own format, which the window paints several times faster."""
    height, width = words.shape
    image = QImage(width, height, QImage.Format.Format_RGB32)
    pixels = image.bits()
    pixels.setsize(image.sizeInBytes())
    # a row of 32-bit pixels is never padded, so the picture is one piece of memory
    pixels[:] = words.data.cast("B")
    if image.size() == size:
        return image
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
