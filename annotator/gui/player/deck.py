"""One open recording on the player, asked for in the session's time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.player.pictures import Pictures
from annotator.gui.tasks import SerialWorker
from annotator.model.recording import Look
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.media.frame_index import FrameIndex


class Deck(QObject):
    """A recording and the frame of it that is shown; it has a place on the session's clock.

    `key` names it. `shown` is the frame that came last, None before the first and where there is
    no picture; `gain` is how loud it is heard among the others, 0 to 1.
    """

    frame_changed = pyqtSignal(object)  # ShownFrame
    damaged = pyqtSignal(object)  # Micros, the session time of the first frame that is
    lost = pyqtSignal(str)  # why no frames come, until the film is there again

    def __init__(
        self,
        film: OpenedFilm,
        offset: Micros,
        key: str,
        worker: SerialWorker,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.film = film
        self.offset = offset
        self.key = key
        self.worker = worker
        self.gain = 1.0
        self.look = Look()
        self.shown: ShownFrame | None = None
        self._pictures: Pictures | None = None
        if film.index is not None:
            self._pictures = Pictures(film, film.index, worker, self)
            self._pictures.fetched.connect(self._show)
            self._pictures.damaged.connect(self._tell_damage)
            self._pictures.lost.connect(self.lost)

    @property
    def index(self) -> FrameIndex | None:
        """The frames there are; None without a picture."""
        return self.film.index

    @property
    def start(self) -> Micros:
        """The session time at which the recording begins."""
        return self.offset

    @property
    def end(self) -> Micros:
        """The session time at which it ends."""
        return Micros(self.offset + self.film.facts.duration)

    @property
    def frame_times(self) -> Sequence[Micros]:
        """When each frame comes on screen, in session time; empty without a picture."""
        if self.index is None:
            return ()
        if not self.offset:
            return self.index.times
        return tuple(Micros(time + self.offset) for time in self.index.times)

    @property
    def is_pending(self) -> bool:
        """Whether a frame that was asked for is still on its way."""
        return self._pictures is not None and self._pictures.is_pending

    @property
    def wish(self) -> int | None:
        """The frame that was asked for, until it comes; None else."""
        return self._pictures.wish if self._pictures is not None else None

    def covers(self, time: Micros) -> bool:
        """Tell whether it has a picture for a moment of the session."""
        return self.index is not None and self.start <= time <= self.end

    def index_at(self, time: Micros) -> int:
        """Number the frame on screen at a moment; the nearest one outside; -1 without any."""
        return self.index.index_at(Micros(time - self.offset)) if self.index is not None else -1

    def time_of(self, index: int) -> Micros:
        """Give the session time at which a frame comes on screen."""
        return Micros((self.index.times[index] if self.index is not None else 0) + self.offset)

    def want(self, index: int, direction: int = 1) -> None:
        """Ask for a frame; where it is damaged the next one is given, or the one before."""
        if self._pictures is not None:
            self._pictures.want(index, direction)

    def show_at(self, time: Micros, direction: int = 1) -> None:
        """Ask for the frame of a moment, unless it is shown or on its way."""
        if self._pictures is not None and self.index_at(time) != self._expected:
            self._pictures.want(self.index_at(time), direction)

    def drag_to(self, time: Micros) -> None:
        """Ask for the frame of a moment as `show_at` does, with a hand that may move on."""
        if self._pictures is not None and self.index_at(time) != self._expected:
            self._pictures.drag_to(self.index_at(time))

    def run_from(self, time: Micros, loop: Interval | None = None) -> None:
        """Decode ahead from the frame of a moment, which is shown when `take_due` says so."""
        if self._pictures is not None:
            turn_to = None if loop is None else self.index_at(loop.start)
            self._pictures.run_from(self.index_at(time), turn_to)

    def take_due(self, time: Micros) -> None:
        """Show the newest frame that is due at a moment, if it has come."""
        if self._pictures is None:
            return
        frame = self._pictures.take_due(Micros(time - self.offset))
        if frame is not None:
            self._show(frame)

    def set_look(self, look: Look) -> None:
        """See the frames in this way from now on, the one shown among them."""
        is_made_alike = _made_alike(look, self.look)
        self.look = look
        if self._pictures is not None and not is_made_alike:
            self._pictures.set_look(look, self.shown.index if self.shown is not None else None)

    def stop(self) -> None:
        """Decode no further ahead for playing."""
        if self._pictures is not None:
            self._pictures.stop()

    def close(self) -> None:
        """Show no more; the picture is let go of in the background, the sound by who plays it."""
        if self._pictures is not None:
            self._pictures.close()
        self.deleteLater()

    @property
    def _expected(self) -> int:
        """The frame that is shown, or on its way; -1 where there is none."""
        if self.wish is not None:
            return self.wish
        return self.shown.index if self.shown is not None else -1

    def _show(self, frame: ShownFrame) -> None:
        self.shown = frame
        self.frame_changed.emit(frame)

    def _tell_damage(self, time: Micros) -> None:
        self.damaged.emit(Micros(time + self.offset))


def _made_alike(first: Look, second: Look) -> bool:
    """Tell whether two looks ask for the same frames: zoom and place are the window's."""
    return replace(first, zoom=1.0, across=0.5, down=0.5) == replace(
        second, zoom=1.0, across=0.5, down=0.5
    )
