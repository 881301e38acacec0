"""Has small pictures of the leading film made in the background, for the overview's strip."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QElapsedTimer, QObject, QTimer

from annotator.errors import MediaError
from annotator.gui.player.film import OpenedFilm
from annotator.gui.player.player import Player
from annotator.gui.tasks import SerialWorker
from annotator.gui.timeline.strip import PICTURE_HEIGHT, FilmStrip, StripPicture, cells_of
from annotator.gui.timeline.view import TimelineView
from annotator.model.recording import Look
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

    from annotator.gui.timeline.strip_reading import StripReader
    from annotator.media.frame_index import FrameIndex, Keyframe

REST_MS = 400
"""So long nobody must have stepped before a picture is made."""

PAUSE_MS = 15
DEFAULT_ASPECT = 16 / 9


class Stripping(QObject):
    """Makes one picture at a time while the film rests, and keeps those that the strip shows."""

    def __init__(self, player: Player, timeline: TimelineView, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._timeline = timeline
        self._worker = SerialWorker("film strip", self, patient=True)
        self._wanted = True
        self._film: OpenedFilm | None = None
        self._reader: _Source | None = None
        self._look = Look()
        self._made: dict[Keyframe, QImage | None] = {}
        self._is_making = False
        self._is_whole = False
        self._moved = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        player.opened.connect(self._take)
        player.closed.connect(self._drop)
        player.frame_changed.connect(self._note_move)
        timeline.laid_out.connect(self._wake)

    def set_wanted(self, wanted: bool) -> None:  # noqa: FBT001 a slot of a signal that carries it
        """Show pictures in the overview from now on, or a slim bar."""
        self._wanted = wanted
        self._show()
        self._wake()

    def close(self) -> None:
        """Stop, let go of the film and end the background thread."""
        self._drop()
        self._worker.close()

    def _take(self, film: OpenedFilm) -> None:
        if film is not self._film:
            self._drop()
            if film.index is not None:
                self._film, self._look = film, self._lead_look()
                self._reader = _Source(film.path, film.index)
        self._show()
        self._wake()

    def _drop(self) -> None:
        self._timer.stop()
        if self._reader is not None:
            self._worker.submit(self._reader.close)
        self._film, self._reader, self._is_making = None, None, False
        self._forget()
        self._show()

    def _forget(self) -> None:
        self._made = {}
        self._is_whole = False

    def _note_move(self) -> None:
        self._moved.start()
        look = self._lead_look()
        if look != self._look:
            self._look = look
            self._forget()
            self._wake()

    def _wake(self) -> None:
        if self._reader is not None and self._wanted and not self._timer.isActive():
            self._timer.start(PAUSE_MS)

    def _go_on(self) -> None:
        """Make the next picture, unless the film needs the processors now."""
        reader, film = self._reader, self._film
        if reader is None or film is None or film.index is None or self._is_making:
            return
        if not self._wanted:
            return
        if self._is_busy():
            self._timer.start(REST_MS)
            return
        needed = self._needed(film.index)
        missing = next((one for one in needed if one not in self._made), None)
        if missing is None:
            self._made = {one: self._made[one] for one in needed}
            self._is_whole = True
            self._show()
            return
        self._is_making = True
        height = round(PICTURE_HEIGHT * self._timeline.factor * self._timeline.devicePixelRatioF())
        self._worker.submit(
            partial(reader.image, missing, self._look, height),
            partial(self._keep, reader, self._look, missing),
        )

    def _lead_look(self) -> Look:
        lead = self._player.lead
        return _followed(lead.look) if lead is not None else Look()

    def _is_busy(self) -> bool:
        moved = self._moved.isValid() and not self._moved.hasExpired(REST_MS)
        return moved or self._player.is_playing or self._player.is_pending

    def _keep(self, reader: _Source, look: Look, keyframe: Keyframe, image: QImage | None) -> None:
        if reader is not self._reader:
            return
        self._is_making = False
        if look == self._look:
            self._made[keyframe] = image
            self._show()
        self._timer.start(PAUSE_MS)

    def _needed(self, index: FrameIndex) -> list[Keyframe]:
        """List the keyframes nearest to the places on the strip, from left to right, each once."""
        strip = self._strip()
        keyframes = [one for one in index.keyframes if one.index < len(index)]
        if strip is None or not keyframes:
            return []
        offset = self._offset
        found: dict[Keyframe, None] = {}
        for cell in cells_of(strip, self._timeline.overview):
            time = cell.middle - offset
            place = bisect_left(keyframes, time, key=lambda one: index.times[one.index])
            near = keyframes[max(place - 1, 0) : place + 1]
            found[min(near, key=lambda one: abs(index.times[one.index] - time))] = None
        return list(found)

    def _show(self) -> None:
        self._timeline.show_strip(self._strip() if self._wanted else None)

    def _strip(self) -> FilmStrip | None:
        film, offset = self._film, self._offset
        if film is None or film.index is None:
            return None
        times = film.index.times
        pictures = (
            StripPicture(Micros(times[keyframe.index] + offset), image)
            for keyframe, image in sorted(self._made.items())
            if image is not None
        )
        span = Interval(offset, Micros(offset + film.facts.duration))
        return FilmStrip(span, self._aspect(film), tuple(pictures), self._is_whole)

    @property
    def _offset(self) -> Micros:
        lead = self._player.lead
        return lead.offset if lead is not None else Micros(0)

    def _aspect(self, film: OpenedFilm) -> float:
        """Tell the shape of the pictures: that of one made, else of the film as it is stored."""
        image = next((one for one in self._made.values() if one is not None), None)
        if image is not None:
            return image.width() / image.height()
        facts = film.facts.video
        return facts.width / facts.height if facts is not None else DEFAULT_ASPECT


class _Source:
    """A film's strip reader, which is made in the background and used only there."""

    def __init__(self, path: Path, index: FrameIndex) -> None:
        self._path = path
        self._index = index
        self._reader: StripReader | None = None

    def image(self, keyframe: Keyframe, look: Look, height: int) -> QImage | None:
        """Decode a keyframe, so many pixels high; None where there is no picture to be had."""
        try:
            reader = self._opened()
        except MediaError:
            return None  # whoever plays the film says so
        return reader.image(keyframe, look, height)

    def close(self) -> None:
        """Let go of the film."""
        if self._reader is not None:
            self._reader.close()

    def _opened(self) -> StripReader:
        if self._reader is None:
            reading = import_module("annotator.gui.timeline.strip_reading")
            made: StripReader = reading.StripReader(self._path, self._index)
            self._reader = made
        return self._reader


def _followed(look: Look) -> Look:
    """Leave out of a look what cannot be seen so small, or shows a part only."""
    return Look(look.turn, look.brightness, look.contrast, look.shape)
