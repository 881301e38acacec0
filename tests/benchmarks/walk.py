"""Ten minutes of steps, jumps, drags, loops, speeds and openings: nothing may grow.

Run with `python -m tests.benchmarks.walk [--minutes 10]`. It ends with 1 where a frame was wrong,
or where memory or threads grew after the first third.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from PyQt6.QtCore import QCoreApplication, QEvent, QThread
from PyQt6.QtWidgets import QApplication

from annotator.gui.player.decks import Source
from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.gui.tasks import SerialWorker
from annotator.model import Interval, Look, Micros
from tests.support.films import number_on
from tests.support.timing_clips import ClipKind, TimingClip, make_clip

KINDS = (ClipKind.FPS_25, ClipKind.LONG_GOP, ClipKind.VARIABLE, ClipKind.FPS_240)
MEMORY = 64 << 20
MAY_GROW = 40 << 20  # bytes: what a busy allocator may keep
SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)


@dataclass
class Walk:
    """A player driven at random, and what was seen on the way."""

    app: QApplication
    clips: list[TimingClip]
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    steps: int = 0
    wrong: int = 0
    shown: int = 0

    def __post_init__(self) -> None:
        self.clip = self.clips[0]
        self.player = Player(picture_memory=MEMORY)
        self.player.frame_changed.connect(self._look)

    def open(self) -> None:
        """Open one of the films, at first and half of the time with another beside it."""
        self.clip = self.dice.choice(self.clips)
        self.player.open_lead(Source(self.clip.path, Micros(0), "a"), 2)
        self._until(lambda: self.player.frame_index >= 0)
        if self.dice.random() < 0.5 or not self.steps:
            other = self.dice.choice(self.clips)
            self.player.decks.join(Source(other.path, Micros(100_000), "b"), 2)
            self._until(lambda: len(self.player.decks.all) > 1)

    def step(self) -> None:
        """Do one thing out of what a coder does."""
        self.steps += 1
        player, dice = self.player, self.dice
        last = len(self.clip.frame_times) - 1
        acts: tuple[Callable[[], object], ...] = (
            lambda: player.step(dice.choice((-5, -1, -1, 1, 1, 5))),
            lambda: player.seek_frame(dice.randrange(last + 1)),
            lambda: player.skip(Micros(dice.choice((-1_000_000, 1_000_000)))),
            lambda: player.set_speed(dice.choice(SPEEDS)),
            lambda: player.drag_to(self._moment()),
            lambda: player.set_loop(dice.choice((None, self._stretch()))),
            lambda: player.play_stretch(self._stretch()),
            player.toggle,
            player.play_back,
            player.pause,
            lambda: player.decks.set_look("a", Look(brightness=dice.choice((0.0, 0.3)))),
        )
        dice.choice(acts)()
        end = time.monotonic() + dice.choice((0, 0.005, 0.03, 0.2))
        while time.monotonic() < end:
            self._serve()
        self._serve()

    def let_go(self) -> None:
        """Close the films and wait until nothing of them is left, so that it can be counted."""
        self.player.close()
        workers = self.player.findChildren(SerialWorker)
        self._until(lambda: not any(worker.waiting for worker in workers))

    def close(self) -> None:
        """End the player."""
        self.player.shut_down()
        self._serve()

    def _moment(self) -> Micros:
        return Micros(self.dice.randrange(self.player.end))

    def _stretch(self) -> Interval:
        start = self._moment()
        return Interval(start, Micros(start + self.dice.randrange(100_000, 1_000_000)))

    def _look(self, frame: ShownFrame) -> None:
        self.shown += 1
        lead = self.player.lead
        is_plain = lead is not None and lead.look == Look() and not frame.stands_in
        if is_plain and number_on(frame.image) != self.clip.numbers[frame.index]:
            self.wrong += 1

    def _until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not is_so() and time.monotonic() < end:
            self._serve()

    def _serve(self) -> None:
        """Do what a running window does between two events: what was let go of goes."""
        self.app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def held_bytes() -> int:
    """Tell how much memory this process has; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def threads() -> int:
    """Count the threads of this process."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return threading.active_count()


def walk(minutes: float) -> int:
    """Walk and report; 0 where all was well."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with TemporaryDirectory() as folder:
        walker = Walk(app, [make_clip(kind, Path(folder)) for kind in KINDS])
        begun, samples = time.monotonic(), []
        while (passed := time.monotonic() - begun) < minutes * 60:
            walker.open()
            for _ in range(40):
                walker.step()
            walker.let_go()
            samples.append((passed, held_bytes(), threads()))
        walker.close()
        left = [thread for thread in walker.player.findChildren(QThread) if thread.isRunning()]
    return _told(walker, samples, minutes, len(left))


def _told(walker: Walk, samples: list[tuple[float, int, int]], minutes: float, left: int) -> int:
    third = [one for one in samples if minutes * 20 < one[0] <= minutes * 40] or samples[:1]
    last = [one for one in samples if one[0] > minutes * 40] or samples[-1:]
    grown = max(one[1] for one in last) - max(one[1] for one in third)
    more = max(one[2] for one in last) - max(one[2] for one in third)
    sys.stdout.write(
        f"\n{minutes:g} minutes: {walker.steps} steps, {walker.shown} frames shown, "
        f"{len(samples)} openings\n"
        f"  wrong frames   {walker.wrong}\n"
        f"  memory         {samples[-1][1] >> 20} MB, {grown >> 20:+d} MB in the last third\n"
        f"  threads        {samples[-1][2]}, {more:+d} in the last third; {left} left at the end\n"
    )
    return int(walker.wrong > 0 or grown > MAY_GROW or more > 0 or left > 0)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked = ArgumentParser()
    asked.add_argument("--minutes", type=float, default=10)
    sys.exit(walk(asked.parse_args().minutes))
