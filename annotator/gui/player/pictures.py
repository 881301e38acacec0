"""Fetches decoded frames in the background: the newest wish wins, or those that follow in order."""

from __future__ import annotations

from collections import OrderedDict, deque
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator.errors import AnnotatorError, FilmGoneError, GivenUpError
from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.tasks import SerialWorker
from annotator.model.recording import Look
from annotator.model.time import Micros

if TYPE_CHECKING:
    from annotator.media.frame_index import FrameIndex

AHEAD = 4  # frames decoded before they are due
JUMP = 12  # a move of more frames than this is no step
REST_MS = 120  # a hand that stood so long rests
MOST_DAMAGED = 500  # so many bad frames in a row are passed over to fulfil a wish


class Pictures(QObject):
    """The frames of one film; at most one that was asked for is being decoded at any time.

    A frame that was wished for is given even when a newer wish has come meanwhile, so that the
    picture moves while a key is held. While nothing is wished for, both neighbours of the frame
    on screen are made ready, so that they are given at once, and what may be asked for next is
    decoded piece by piece, so that a wish never waits for more than one piece. A damaged frame is
    passed over in the direction of travel, and said so by `damaged`, once a film. Places that were
    jumped to or from lately are kept as they were shown.

    While a hand drags, a frame that would take long to decode is stood in for by one nearby, until
    the hand rests.
    """

    fetched = pyqtSignal(object)  # ShownFrame that was wished for
    damaged = pyqtSignal(object)  # Micros, the recording's time of the first such frame
    lost = pyqtSignal(str)  # why no frames come, until the film is there again

    def __init__(
        self, film: OpenedFilm, index: FrameIndex, worker: SerialWorker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._film = film
        self._index = index
        self._worker = worker
        self._look = Look()
        self._here: ShownFrame | None = None
        self._near: dict[int, ShownFrame] = {}
        self._places: OrderedDict[int, ShownFrame] = OrderedDict()
        self._wish: int | None = None
        self._asked = 0
        self._is_busy = False
        self._is_filling = False
        self._is_filled = False
        self._is_closed = False
        self._direction = 1
        self._bad_in_a_row = 0
        self._is_damage_told = False
        self._is_gone = False
        self._run = 0
        self._is_running = False
        self._next = 0
        self._turn_to: int | None = None
        self._is_near_turn = False
        self._ready: deque[ShownFrame] = deque()
        self._dragged: int | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self._work)

    @property
    def is_pending(self) -> bool:
        """Whether a wish has not yet been fulfilled."""
        return self._wish is not None

    @property
    def wish(self) -> int | None:
        """The frame wished for, until it comes; None else."""
        return self._wish

    def set_look(self, look: Look, shown: int | None) -> None:
        """See the frames in this way from now on; the one shown is given anew."""
        self._look = look
        self._near.clear()
        self._places.clear()
        if not self._is_running and self._wish is None and shown is not None:
            self.want(shown)

    def want(self, index: int, direction: int = 1) -> None:
        """Wish for a frame; an earlier wish that was not yet fulfilled is forgotten.

        Where the frame is damaged the next one is given, or with direction -1 the one before.
        """
        self._resting.stop()
        self._wish_for(index, direction)

    def drag_to(self, index: int) -> None:
        """Wish for a frame as `want` does, with a hand that may move on at once."""
        self._resting.start()
        self._film.is_given_up.set()
        self._wish_for(index, 1)

    def _wish_for(self, index: int, direction: int) -> None:
        if self._is_running:
            self._stop_running()
        self._asked = index
        self._direction = direction
        self._bad_in_a_row = 0
        self._wish = index
        ready = self._near.get(index) or self._places.get(index)
        if ready is not None:
            self._run += 1  # what is being decoded now would come too late
            self._give(ready)
        self._work()

    def run_from(self, index: int, turn_to: int | None = None) -> None:
        """Decode frames ahead, from this one on.

        `turn_to` is the frame to which a loop that is played will turn back.
        """
        self._stop_running()
        self._wish = None
        self._near.clear()
        self._is_running = True
        self._turn_to, self._is_near_turn = turn_to, False
        self._direction = 1
        self._next = index
        self._work()

    def stop(self) -> None:
        """Decode no further ahead for playing."""
        self._stop_running()
        self._work()

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
        """Give no more frames; the film's picture is let go of in the background."""
        self._stop_running()
        self._wish = None
        self._near.clear()
        self._places.clear()
        self._is_closed = True
        if self._film.video is not None:
            self._worker.submit(self._film.video.close)
        self.deleteLater()

    def _stop_running(self) -> None:
        self._run += 1
        self._is_running = False
        self._ready.clear()

    def _work(self) -> None:
        if self._is_busy:
            return
        if self._wish is not None and self._resting.isActive():
            self._approach(self._wish)
        elif self._wish is not None:
            self._decode(self._wish)
        elif self._is_running and len(self._ready) < AHEAD and self._next < len(self._index):
            self._decode(self._next)
        elif self._is_filling or self._is_closed:
            return
        elif not self._is_running and not self._is_filled:
            self._prepare()
        elif self._is_running and self._turn_to is not None and not self._is_near_turn:
            self._get_near(self._turn_to)

    def _prepare(self) -> None:
        self._is_filling = True
        here = self._here.index if self._here is not None else self._asked
        self._worker.submit(
            partial(self._film.prepare, here, self._next_near(here), self._look),
            partial(self._take_prepared, self._look),
            lambda _error: self._take_prepared(self._look, (None, False)),
        )

    def _get_near(self, index: int) -> None:
        self._is_filling = True
        self._worker.submit(
            partial(self._film.get_near, index),
            self._take_near_turn,
            lambda _error: self._take_near_turn(False),
        )

    def _take_near_turn(self, goes_on: bool) -> None:  # noqa: FBT001 what the film answered
        self._is_filling = False
        self._is_near_turn = not goes_on
        self._work()

    def _next_near(self, here: int) -> int | None:
        """Choose the neighbour to be made ready, first the one in the direction of travel."""
        if self._here is None:
            return None
        both = (here + self._direction, here - self._direction)
        lacking = (one for one in both if 0 <= one < len(self._index) and one not in self._near)
        return next(lacking, None)

    def _take_prepared(self, look: Look, prepared: tuple[ShownFrame | None, bool]) -> None:
        frame, goes_on = prepared
        self._is_filling = False
        self._is_filled = self._is_filled or not goes_on
        if frame is not None and look == self._look and not self._is_running:
            self._near[frame.index] = frame
            self._forget_far()
        self._work()

    def _give(self, frame: ShownFrame) -> None:
        """Let a frame be shown, and have its neighbours made ready."""
        self._wish = self._dragged = None
        if frame.is_damaged:
            self._tell_damage(frame.index)
        if not self._is_closed:
            self._remember_places(frame)
            self._here = self._near[frame.index] = frame
            self._forget_far()
        self._is_filled = False
        self.fetched.emit(frame)

    def _remember_places(self, frame: ShownFrame) -> None:
        """Keep what a jump leaves and where it leads, since coders go back to places."""
        left = self._here
        if left is not None and abs(frame.index - left.index) > JUMP:
            for place in (left, frame):
                self._places[place.index] = place
                self._places.move_to_end(place.index)
        while len(self._places) > self._film.places:
            self._places.popitem(last=False)

    def _forget_far(self) -> None:
        here = self._here.index if self._here is not None else self._asked
        for index in [one for one in self._near if abs(one - here) > 1]:
            del self._near[index]

    def _approach(self, index: int) -> None:
        """Fetch what can be had at once of a frame; once for each place that the hand came to."""
        if index == self._dragged:
            return
        self._dragged = index
        self._is_busy = True
        self._film.is_awaited.set()
        self._film.is_given_up.clear()
        self._worker.submit(
            partial(self._film.approach, index, self._look),
            partial(self._take_near, self._run, self._look),
            lambda _error: self._take_near(self._run, self._look, None),
        )

    def _take_near(self, run: int, look: Look, frame: ShownFrame | None) -> None:
        self._is_busy = self._is_filled = False
        if frame is not None and self._wish is not None and run == self._run:
            if frame.index == self._wish and not frame.stands_in and look == self._look:
                self._give(frame)
            else:
                self.fetched.emit(frame)
        self._work()

    def _decode(self, index: int) -> None:
        self._is_busy = True
        self._dragged = None
        self._film.is_awaited.set()
        self._film.is_given_up.clear()
        self._worker.submit(
            partial(self._film.decode, index, self._look),
            partial(self._take, self._run, self._look),
            partial(self._pass_over, self._run, index),
        )

    def _take(self, run: int, look: Look, frame: ShownFrame) -> None:
        self._is_busy = self._is_filled = False
        self._bad_in_a_row = 0
        self._is_gone = False
        if self._is_running and run == self._run:
            if frame.is_damaged:
                self._tell_damage(frame.index)
            self._ready.append(frame)
            self._is_near_turn = False  # what was kept there may have had to go
            self._next = max(self._next, frame.index + 1)
        elif frame.index == self._wish and look == self._look:
            self._give(frame)
        elif self._wish is not None and run == self._run:
            self.fetched.emit(frame)
        self._work()

    def _pass_over(self, run: int, index: int, error: AnnotatorError) -> None:
        self._is_busy = self._is_filled = False
        if isinstance(error, FilmGoneError):
            self._stay(index, error)
        elif isinstance(error, GivenUpError):
            pass  # the hand went on
        elif index == self._wish:
            self._tell_damage(index)
            self._wish_past(index)
        elif self._is_running and run == self._run:
            self._tell_damage(index)
            self._next = max(self._next, index + 1)
        if not self._is_gone or self._wish is not None:
            self._work()

    def _stay(self, index: int, error: FilmGoneError) -> None:
        """Keep to the frame on screen while the film is gone; say so once each time.

        What runs tries again with its next tick.
        """
        if index == self._wish:
            self._wish = self._dragged = None
        if not self._is_gone:
            self._is_gone = True
            self.lost.emit(str(error))

    def _wish_past(self, index: int) -> None:
        """Wish for the neighbour; where none to the end can be shown, for what came before."""
        self._bad_in_a_row += 1
        following = index + self._direction
        if self._direction > 0 and not self._may_try(following):
            self._direction, self._bad_in_a_row = -1, 0
            following = self._asked - 1
        self._wish = following if self._may_try(following) else None

    def _may_try(self, index: int) -> bool:
        return self._bad_in_a_row <= MOST_DAMAGED and 0 <= index < len(self._index)

    def _tell_damage(self, index: int) -> None:
        if not self._is_damage_told:
            self._is_damage_told = True
            self.damaged.emit(self._index.times[index])
