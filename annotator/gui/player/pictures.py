"""Fetches decoded frames in the background: the newest wish wins, or those that follow in order."""

from __future__ import annotations

from collections import deque
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.tasks import SerialWorker
from annotator.media.frame_index import FrameIndex
from annotator.model.time import Micros

AHEAD = 6  # frames decoded before they are due
MOST_DAMAGED = 500  # so many bad frames in a row are passed over


class Pictures(QObject):
    """The frames of one film; at most one is being decoded at any time.

    A damaged frame is passed over in the direction of travel, and said so once by `damaged`.
    """

    fetched = pyqtSignal(object)  # ShownFrame that was wished for
    damaged = pyqtSignal(str)

    def __init__(self, film: OpenedFilm, index: FrameIndex, parent: QObject) -> None:
        super().__init__(parent)
        self._film = film
        self._index = index
        self._worker = SerialWorker("pictures", self)
        self._wish: int | None = None
        self._is_busy = False
        self._direction = 1
        self._bad_in_a_row = 0
        self._run = 0
        self._is_running = False
        self._next = 0
        self._ready: deque[ShownFrame] = deque()

    @property
    def is_pending(self) -> bool:
        """Whether a wish has not yet been fulfilled."""
        return self._wish is not None

    @property
    def wish(self) -> int | None:
        """The frame wished for, until it comes; None else."""
        return self._wish

    def want(self, index: int, direction: int = 1) -> None:
        """Wish for a frame; an earlier wish that was not yet fulfilled is forgotten."""
        self._stop_running()
        self._wish = index
        self._direction = direction
        self._bad_in_a_row = 0
        self._work()

    def run_from(self, index: int) -> None:
        """Decode frames ahead, from this one on."""
        self._stop_running()
        self._wish = None
        self._is_running = True
        self._direction = 1
        self._next = index
        self._work()

    def stop(self) -> None:
        """Decode no further ahead."""
        self._stop_running()

    def take_due(self, time: Micros) -> ShownFrame | None:
        """Give the newest decoded frame that is due by now, dropping those before it."""
        due = None
        while self._ready and self._ready[0].time <= time:
            due = self._ready.popleft()
        if self._is_running:
            self._next = max(self._next, self._index.index_at(time))
            self._work()
        return due

    def close(self) -> None:
        """End the background thread and let go of the film's picture."""
        self._stop_running()
        self._wish = None
        if self._film.video is not None:
            self._worker.submit(self._film.video.close)
        self._worker.close()

    def _stop_running(self) -> None:
        self._run += 1
        self._is_running = False
        self._ready.clear()

    def _work(self) -> None:
        if self._is_busy:
            return
        if self._wish is not None:
            self._decode(self._wish)
        elif self._is_running and len(self._ready) < AHEAD and self._next < len(self._index):
            self._decode(self._next)

    def _decode(self, index: int) -> None:
        self._is_busy = True
        self._worker.submit(
            partial(self._film.decode, index),
            partial(self._take, self._run),
            partial(self._pass_over, self._run, index),
        )

    def _take(self, run: int, frame: ShownFrame) -> None:
        self._is_busy = False
        self._bad_in_a_row = 0
        if frame.index == self._wish:
            self._wish = None
            self.fetched.emit(frame)
        elif run == self._run and self._is_running:
            self._ready.append(frame)
            self._next = max(self._next, frame.index + 1)
        self._work()

    def _pass_over(self, run: int, index: int, error: AnnotatorError) -> None:
        self._is_busy = False
        if self._bad_in_a_row == 0:
            self.damaged.emit(str(error))
        self._bad_in_a_row += 1
        following = index + self._direction
        if self._bad_in_a_row > MOST_DAMAGED or not 0 <= following < len(self._index):
            self._wish = None
            self._is_running = False
            return
        if index == self._wish:
            self._wish = following
        elif run == self._run:
            self._next = max(self._next, following)
        self._work()
