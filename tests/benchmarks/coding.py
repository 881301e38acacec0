"""Measures coding with keys while the film plays: `python -m tests.benchmarks.coding`.

The whole window, offscreen, on an hour of film whose session already holds so many tags.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PyQt6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from annotator.gui.app import Program, make_application
from annotator.gui.desk import Desk
from annotator.gui.dialogs import Leave
from annotator.gui.document import SaveState
from annotator.gui.questions import Questions
from annotator.jobs.prepare import new_session
from annotator.model import Code, CodeKind, Interval, Micros, Session
from annotator.storage.settings import Settings
from annotator.storage.store import SessionStore
from tests.benchmarks.long_film import make_long_film
from tests.benchmarks.table import Row, print_table
from tests.benchmarks.timeline import session_of

COUNT, TIMES, UNDONE, SECONDS = 100_000, 150, 1000, 3600
KEYS = "QWERTYU"
EVERY_MS = 130
TICK_MS = 10
PATIENCE_S = 60
TAG_MS, TAG_WORST_MS, OPEN_MS, SAVE_MS, GAP_MS, UNDO_MS = 5.0, 16.0, 2000.0, 500.0, 50.0, 1000.0


class Silent(Questions):
    """Asks nothing."""

    def leave_unsaved(self, why: str, unsaved_tags: int) -> Leave:  # noqa: ARG002 no one to ask
        return Leave.GIVE_UP


def measure_coding(count: int, times: int, undone: int, seconds: int) -> list[Row]:
    """Measure with so many tags on so many seconds of film."""
    with TemporaryDirectory() as folder, running_program() as program:
        path = Path(folder) / "hour.session.json"
        film = make_long_film(Path(folder) / "hour.mp4", seconds)
        SessionStore.create(path, filmed(film, path, count), "A").close()
        opening, desk = open_session(program, path)
        rows = [Row("open, until the window can be used", opening, most=OPEN_MS)]
        wait_for(lambda: program.player.is_open and program.player.frame_index >= 0)
        for name, notches in (("all in view", 0), ("a minute in view", 9)):
            for _ in range(notches):
                program.window.parts.timeline.zoom_in()
            rows += _played(f"a tag by its key, film playing, {name}", program, desk, times)
        rows += _saved(program, desk)
        rows += _undone(program, desk, undone)
    return rows


def filmed(film: Path, path: Path, count: int) -> Session:
    """Make the session of a film that holds so many tags, some of whose codes have keys."""
    crowd = session_of(count)
    free = iter(KEYS)
    codes = tuple(_with_key(code, free) for code in crowd.codebook.codes)
    book = replace(crowd.codebook, codes=codes)
    return replace(new_session([film], path, book, title="An hour"), passes=crowd.passes)


def _with_key(code: Code, free: Iterator[str]) -> Code:
    return replace(code, key=next(free, "")) if code.kind is CodeKind.POINT else code


@contextmanager
def running_program() -> Iterator[Program]:
    """Run the program with an empty window, and quit it."""
    program = Program(make_application(), Settings(coder="A"), Silent(), lambda _settings: None)
    program.window.show()
    program.window.activateWindow()
    try:
        yield program
    finally:
        program.quit()
        wait_for(lambda: not program.window.isVisible())
        program.window.deleteLater()
        QApplication.processEvents()


def open_session(program: Program, path: Path) -> tuple[float, Desk]:
    """Open a session; gives how many milliseconds it took to be painted, and its desk."""
    before = time.perf_counter()
    program.open(path)
    wait_for(lambda: program.desk is not None)
    paint(program)
    taken = since(before)
    if program.desk is None:
        raise RuntimeError("the session did not open")
    QApplication.processEvents()
    return taken, program.desk


def _played(name: str, program: Program, desk: Desk, times: int) -> list[Row]:
    """Press keys of codes while the film plays; each until it is painted and handed over."""
    dice, keys = random.Random(3), _keys_of(desk)
    painted = []
    widget = program.window.parts.picture
    program.player.play()
    for _ in range(times):
        rest(EVERY_MS)
        key = dice.choice(keys)
        before = time.perf_counter()
        QTest.keyClick(widget, key)
        paint(program)
        painted.append(since(before))
    program.player.pause()
    return [
        Row(name, median(painted), max(painted), most=TAG_MS),
        Row("  the slowest of them", max(painted), most=TAG_WORST_MS),
    ]


def _keys_of(desk: Desk) -> list[str]:
    codes = desk.document.session.codebook.codes
    return [code.key for code in codes if code.key and code.kind is CodeKind.POINT]


def _saved(program: Program, desk: Desk) -> list[Row]:
    """Save while the film plays, and watch how punctual a timer of the window is meanwhile."""
    wait_for(lambda: desk.document.state is not SaveState.WRITING)
    program.player.play()
    rest(500)
    usual = _longest_gap(lambda: False, 2.0)
    before = time.perf_counter()
    desk.document.save()
    longest = _longest_gap(lambda: desk.document.state is SaveState.SAVED, PATIENCE_S)
    taken = since(before)
    program.player.pause()
    return [
        Row("save, until it is on the disk", taken, most=SAVE_MS),
        Row(f"  longest gap of a {TICK_MS} ms timer", longest, floor=usual, most=GAP_MS),
    ]


def _longest_gap(is_done: Callable[[], bool], seconds: float) -> float:
    """Give the longest time between two beats of a timer of the window, in milliseconds."""
    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    beats = [time.perf_counter()]

    def beat() -> None:
        beats.append(time.perf_counter())
        if is_done() or beats[-1] - beats[0] > seconds:
            loop.quit()

    timer.timeout.connect(beat)
    timer.start(TICK_MS)
    loop.exec()
    return max(later - sooner for sooner, later in pairwise(beats)) * 1000


def _undone(program: Program, desk: Desk, count: int) -> list[Row]:
    """Take back so many edits, each journalled, and paint what is left once."""
    code = next(c for c in desk.document.session.codebook.codes if c.kind is CodeKind.POINT)
    length = desk.document.session.duration
    for at in range(count):
        moment = Micros(at * length // count)
        desk.document.add_tag(code.id, Interval(moment, moment))
    wait_for(lambda: desk.document.state is SaveState.JOURNALLED)
    before = time.perf_counter()
    for _ in range(count):
        desk.document.undo_stack.undo()
    paint(program)
    taken = since(before)
    wait_for(lambda: desk.document.state is SaveState.JOURNALLED)
    return [
        Row(f"undo {count:,} edits, painted once", taken, most=UNDO_MS),
        Row("  until all of them are on the disk", since(before)),
    ]


def paint(program: Program) -> None:
    """Deliver what waits and paint what has changed, as the window does on the next screen."""
    QApplication.sendPostedEvents()
    QApplication.sendEvent(program.window, QEvent(QEvent.Type.UpdateRequest))


def rest(milliseconds: int) -> None:
    """Let the window live on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, Qt.TimerType.PreciseTimer, loop.quit)
    loop.exec()


def wait_for(is_done: Callable[[], bool]) -> None:
    """Let the window live on until it is done."""
    begun = time.perf_counter()
    while not is_done():
        rest(1)
        if time.perf_counter() - begun > PATIENCE_S:
            raise TimeoutError("the program did not get there")


def since(before: float) -> float:
    """Give the milliseconds that have passed since a moment."""
    return (time.perf_counter() - before) * 1000


def main(
    count: int = COUNT, times: int = TIMES, undone: int = UNDONE, seconds: int = SECONDS
) -> None:
    """Print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows = measure_coding(count, times, undone, seconds)
    print_table(f"Coding an hour of film that has {count:,} tags", rows)


if __name__ == "__main__":
    main()
