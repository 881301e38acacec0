"""An open film as the player's background thread uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event
from time import monotonic_ns
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage

from annotator.errors import FilmGoneError, GivenUpError, MediaError
from annotator.gui.player.images import ImagePool
from annotator.model.recording import Look
from annotator.model.time import Micros

MOST_PLACES = 10
_BYTES_A_PIXEL = 4
FILLING_NS = 12_000_000  # so long at a time, unless a frame is awaited

if TYPE_CHECKING:
    from annotator.media.audio import AudioReader
    from annotator.media.facts import RecordingFacts
    from annotator.media.frame import Frame
    from annotator.media.frame_index import FrameIndex
    from annotator.media.video import Video


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """A decoded frame ready to paint; `time` is the recording's.

    One that `stands_in` has the picture of another frame nearby, until its own has been decoded;
    of one that `is_damaged` parts are made up.
    """

    image: QImage
    index: int
    time: Micros
    stands_in: bool = False
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class OpenedFilm:
    """An open recording; `video` or `sound` is None where it has no picture or no sound.

    `track` is the sound track that is heard, counted from 0; `sound_problem` says why it cannot be
    played although there is some. Of so many `places`
    seen lately the picture may be kept as it is shown. Whoever waits for
    a frame sets `is_awaited`, so that what is decoded unasked stops for it; who does not want it
    any more sets `is_given_up`.
    """

    path: Path
    facts: RecordingFacts
    video: Video | None
    sound: AudioReader | None
    sound_problem: str = ""
    places: int = 0
    track: int = 0
    is_awaited: Event = field(default_factory=Event, repr=False, compare=False)
    is_given_up: Event = field(default_factory=Event, repr=False, compare=False)
    images: ImagePool = field(default_factory=ImagePool, repr=False, compare=False)

    @property
    def index(self) -> FrameIndex | None:
        """The frames there are; None for sound alone."""
        return self.video.index if self.video else None

    def decode(self, index: int, look: Look) -> ShownFrame:
        """Decode one frame, seen as a look asks.

        Raises MediaError where it is damaged, GivenUpError where it was given up, and
        FilmGoneError where the file is not in its place any more.
        """
        self.is_awaited.clear()
        if self.video is None:
            raise MediaError("This recording has sound only.")
        try:
            return self._to_show(*self.video.seen(index, look, self.is_given_up.is_set))
        except MediaError as error:
            if isinstance(error, GivenUpError) or _is_there(self.path):
                raise
            raise FilmGoneError(
                f"“{self.path.name}” cannot be reached any more: it is not in {self.path.parent}.",
                "Connect the disk or the network again, and go on from here.",
            ) from error

    def approach(self, index: int, look: Look) -> ShownFrame | None:
        """Give a frame, or one nearby that stands in for it where it cannot be had at once.

        None where there is none such. Raises MediaError where the frame is damaged.
        """
        self.is_awaited.clear()
        seen = self.video.nearest(index, look) if self.video is not None else None
        if seen is None or self.index is None:
            return None
        shown = self._to_show(*seen)
        if shown.index == index:
            return shown
        return ShownFrame(shown.image, index, self.index.times[index], stands_in=True)

    def prepare(self, here: int, near: int | None, look: Look) -> tuple[ShownFrame | None, bool]:
        """Make a frame near the one on screen ready to be shown, if it is decoded already.

        Where it is not, or none is named, a little of what may be asked for next is decoded, which
        takes about as long as three frames; the second value is False where nothing is left to do.
        """
        if self.video is None:
            return None, False
        self.video.look_at(here)
        seen = None if near is None else self.video.glance(near, look)
        return (
            (None, self._goes_on(self.video.fill)) if seen is None else (self._to_show(*seen), True)
        )

    def get_near(self, index: int) -> bool:
        """Decode a little on the way to a frame that playing will soon go on from.

        Takes about as long as three frames; False once it is near.
        """
        return self.video is not None and self._goes_on(partial(self.video.approach, index))

    def _to_show(self, frame: Frame, size: tuple[int, int]) -> ShownFrame:
        image = self.images.image(frame.to_screen(), QSize(*size))
        return ShownFrame(image, frame.index, frame.time, is_damaged=frame.is_damaged)

    def _goes_on(self, work: Callable[[], bool]) -> bool:
        """Work for a moment, unless a frame is awaited; tells whether something is left to do."""
        end = monotonic_ns() + FILLING_NS
        while work():
            if monotonic_ns() > end or self.is_awaited.is_set():
                return True
        return False

    def close(self) -> None:
        """Let go of the file."""
        self.images.clear()
        if self.video is not None:
            self.video.close()
        if self.sound is not None:
            self.sound.close()


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except OSError:  # also what a network that is gone answers
        return False
    return True


def open_film(path: Path, memory: int, track: int = 0) -> OpenedFilm:
    """Open a film, or a recording of sound alone; raises MediaError where it cannot be read.

    `memory` is the most bytes of decoded pictures that may be kept; `track` is the sound track,
    counted from 0. The decoders load here, in
    the background, so that the window does not wait for them.
    """
    opening = import_module("annotator.gui.player.film_opening")
    film: OpenedFilm = opening.open_film(path, memory, track)
    if film.video is None:
        return film
    pixels = film.video.facts.width * film.video.facts.height
    places = film.video.leave_memory(pixels * _BYTES_A_PIXEL, MOST_PLACES)
    return replace(film, places=places)


def glimpse_film(path: Path) -> QImage:
    """Decode a film's first picture, before anything else is known of it, for a quick look.

    Raises MediaError where it has none.
    """
    image: QImage = import_module("annotator.gui.player.film_opening").glimpse_film(path)
    return image
