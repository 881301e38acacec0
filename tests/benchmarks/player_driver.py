"""Drives the player as a coder would, and tells how long each picture took to come."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

from PyQt6.QtCore import QEventLoop, Qt, QTimer

from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import ZERO

PATIENCE_MS = 60_000


class Driver:
    """A player without sound; all times it gives are in milliseconds, from wish to picture."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.came: list[tuple[int, float]] = []
        self._glimpsed: list[float] = []
        self._awaited = -1
        self._waiting = QEventLoop()
        player.glimpsed.connect(lambda _: self._glimpsed.append(time.perf_counter()))
        player.frame_changed.connect(self._note)

    def open(self, film: Path) -> tuple[float, float]:
        """Open a film; tell when its first picture came, and when it could be stepped through."""
        self.came.clear()
        self._glimpsed.clear()
        self._awaited = 0
        before = time.perf_counter()
        self.player.open(film, ZERO)
        ready = self._wait(before)
        glimpses = [(when - before) * 1000 for when in self._glimpsed]
        return min([ready, *glimpses]), ready

    def jump(self, index: int) -> float:
        """Go to a frame by number."""
        self._awaited = index
        before = time.perf_counter()
        self.player.seek_frame(index)
        return self._wait(before)

    def step(self, frames: int) -> float:
        """Go some frames forward or back."""
        self._awaited = self.player.frame_index + frames
        before = time.perf_counter()
        self.player.step(frames)
        return self._wait(before)

    def rest(self, milliseconds: int = 500) -> None:
        """Let time pass."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, Qt.TimerType.PreciseTimer, loop.quit)
        loop.exec()

    def hold(self, frames: int, count: int, every_ms: int) -> int:
        """Step so many times, as a held key does; count pictures shown before the next step."""
        due: dict[int, float] = {}
        timer, loop = QTimer(), QEventLoop()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        began, first = time.perf_counter(), self.player.frame_index

        def step() -> None:
            while len(due) < count and time.perf_counter() - began >= len(due) * every_ms / 1000:
                index = first + frames * (len(due) + 1)
                due[index] = began + (len(due) + 1) * every_ms / 1000
                self.player.step(frames)
            if time.perf_counter() > began + (count + 1) * every_ms / 1000:
                loop.quit()

        timer.timeout.connect(step)
        self.came.clear()
        timer.start(2)
        loop.exec()
        timer.stop()
        return sum(when <= due.get(index, 0) for index, when in self.came)

    def play(self, seconds: float) -> tuple[int, float]:
        """Play; give how many different frames were shown and the seconds of processor used."""
        self.came.clear()
        before = time.process_time()
        self.player.play()
        self.rest(round(seconds * 1000))
        self.player.pause()
        return len({index for index, _ in self.came}), time.process_time() - before

    def drag(self, end: int, seconds: float, every_ms: int) -> tuple[list[float], float]:
        """Drag from the first frame to another and rest there.

        Gives the times between pictures, and from the rest to the frame itself.
        """
        self.jump(0)
        self.rest()
        self.came.clear()
        began = time.perf_counter()
        while (gone := time.perf_counter() - began) < seconds:
            self.player.drag_to(self.player.frame_times[round(end * gone / seconds)])
            self.rest(every_ms)
        moments = [began, *(when for _, when in self.came), time.perf_counter()]
        gaps = [(after - before) * 1000 for before, after in pairwise(moments)]
        self._awaited = end
        before = time.perf_counter()
        self.player.drag_to(self.player.frame_times[end])
        return gaps, self._wait(before)

    def wander(self, seconds: float) -> None:
        """Step back and forth and jump, as fast as pictures come, for a time."""
        end, turn, last = time.monotonic() + seconds, 0, len(self.player.frame_times) - 1
        while time.monotonic() < end:
            turn += 1
            if turn % 40 == 0:
                self.jump(turn * 7919 % last)
            else:
                self.step(-1 if turn % 200 < 120 and self.player.frame_index > 0 else 1)

    def _note(self, frame: ShownFrame) -> None:
        self.came.append((frame.index, time.perf_counter()))
        if frame.index == self._awaited and not frame.stands_in:
            self._awaited = -1
            self._waiting.quit()

    def _wait(self, before: float) -> float:
        if self._awaited < 0:  # it lay ready
            return (time.perf_counter() - before) * 1000
        guard = QTimer()
        guard.setSingleShot(True)
        guard.timeout.connect(lambda: self._waiting.exit(1))
        guard.start(PATIENCE_MS)
        if self._waiting.exec():
            raise RuntimeError(f"frame {self._awaited} did not come")
        return (time.perf_counter() - before) * 1000
