"""Measures coding in the whole window with many tags: `python -m tests.benchmarks.tagging`.

Opening, one more tag, undoing and saving, in a session that already holds so many tags.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PyQt6.QtCore import QEvent
from PyQt6.QtWidgets import QApplication

from annotator.gui.app import Program, make_application
from annotator.gui.desk import Desk
from annotator.gui.dialogs import Leave
from annotator.gui.document import SaveState
from annotator.gui.questions import Questions
from annotator.model import CodeKind, Micros
from annotator.storage.settings import Settings
from annotator.storage.store import SessionStore
from tests.benchmarks.table import Row, print_table
from tests.benchmarks.timeline import HOUR, session_of

COUNTS = (10_000, 100_000)
TIMES = 200
UNDONE = 1000
TARGET, TARGET_COUNT = 5.0, 10_000
PATIENCE_S = 60


class Silent(Questions):
    """Asks nothing."""

    def leave_unsaved(self, why: str, unsaved_tags: int) -> Leave:  # noqa: ARG002 no one to ask
        return Leave.GIVE_UP


def measure_tagging(count: int, times: int, undone: int) -> list[Row]:
    """Measure with so many tags: `times` tags one by one, and `undone` edits taken back."""
    with TemporaryDirectory() as folder, _program() as program:
        path = Path(folder) / "hour.session.json"
        session = replace(session_of(count), recordings=())
        SessionStore.create(path, session, "A").close()
        opening, desk = _open(program, path)
        rows = [Row(f"open a session of {count:,}", opening)]
        rows += _tag_rows(program, desk, Path(folder) / "floor", times)
        rows += [_undo(program, desk, undone), *_save(desk)]
    return rows


def _tag_rows(program: Program, desk: Desk, floor: Path, times: int) -> list[Row]:
    """Log tags one by one: with what the next screen shows of them, and without."""
    count = len(desk.document.tags)
    target = TARGET if count <= TARGET_COUNT else None
    before = _bytes_beside(desk)
    program.window.setUpdatesEnabled(False)
    logged = _tag(program, desk, times, is_painted=False)
    program.window.setUpdatesEnabled(True)
    append = _appends(floor, (_bytes_beside(desk) - before) // times, times)
    painted = _tag(program, desk, times, is_painted=True)
    name = f"one tag more on {count:,}: in table, timeline and journal"
    return [
        Row(name, median(logged), max(logged), append, most=target),
        Row("  and painted", median(painted), max(painted), append),
    ]


@contextmanager
def _program() -> Iterator[Program]:
    program = Program(make_application(), Settings(coder="A"), Silent(), lambda _settings: None)
    program.window.show()
    try:
        yield program
    finally:
        program.quit()
        _wait(lambda: not program.window.isVisible())
        program.window.deleteLater()
        QApplication.processEvents()


def _open(program: Program, path: Path) -> tuple[float, Desk]:
    before = time.perf_counter()
    program.open(path)
    _wait(lambda: program.desk is not None)
    _paint(program)
    taken = _since(before)
    if program.desk is None:
        raise RuntimeError("the session did not open")
    QApplication.processEvents()
    return taken, program.desk


def _tag(program: Program, desk: Desk, times: int, *, is_painted: bool) -> list[float]:
    """Give the time that each tag takes until the disk has it and, if so, until it is painted."""
    dice = random.Random(3)
    codes = [one.id for one in desk.document.session.codebook.codes if one.kind is CodeKind.POINT]
    taken = []
    for _ in range(times):
        code, moment = dice.choice(codes), Micros(dice.randrange(HOUR))
        before = time.perf_counter()
        desk.tagging.press(code, moment)
        if is_painted:
            _paint(program)
        _wait(lambda: desk.document.state is SaveState.JOURNALLED)
        taken.append(_since(before))
    return taken


def _bytes_beside(desk: Desk) -> int:
    return sum(one.stat().st_size for one in desk.document.path.parent.iterdir())


def _appends(path: Path, count: int, times: int) -> float:
    """Give the median time to append so many bytes to a file and have them on the disk."""
    taken = []
    with path.open("ab") as file:
        for _ in range(times):
            before = time.perf_counter()
            file.write(b"x" * count)
            file.flush()
            os.fsync(file.fileno())
            taken.append(_since(before))
    return median(taken)


def _undo(program: Program, desk: Desk, count: int) -> Row:
    code = next(c.id for c in desk.document.session.codebook.codes if c.kind is CodeKind.POINT)
    for at in range(count):
        desk.tagging.press(code, Micros(at * HOUR // count))
    _wait(lambda: desk.document.state is SaveState.JOURNALLED)
    taken = []
    for _ in range(count):
        before = time.perf_counter()
        desk.document.undo_stack.undo()
        _paint(program)
        taken.append(_since(before))
    _wait(lambda: desk.document.state is SaveState.JOURNALLED)
    return Row(f"undo one of {count:,}, painted", median(taken), max(taken))


def _save(desk: Desk) -> list[Row]:
    before = time.perf_counter()
    desk.document.save()
    asked = _since(before)
    longest = _wait(lambda: desk.document.state is SaveState.SAVED)
    saved = _since(before)
    return [
        Row("save, until on disk", saved),
        Row("  the window held up meanwhile", asked, max(asked, longest)),
    ]


def _paint(program: Program) -> None:
    """Deliver what waits and paint what has changed, as the window does on the next screen."""
    QApplication.sendPostedEvents()
    QApplication.sendEvent(program.window, QEvent(QEvent.Type.UpdateRequest))


def _wait(is_done: Callable[[], bool]) -> float:
    """Deliver events until it is done; gives the longest that one round took, in milliseconds."""
    longest, begun = 0.0, time.perf_counter()
    while not is_done():
        before = time.perf_counter()
        QApplication.processEvents()
        time.sleep(0.0002)
        longest = max(longest, _since(before))
        if before - begun > PATIENCE_S:
            raise TimeoutError("the program did not get there")
    return longest


def _since(before: float) -> float:
    return (time.perf_counter() - before) * 1000


def main(counts: tuple[int, ...] = COUNTS, times: int = TIMES, undone: int = UNDONE) -> None:
    """Print a table for each count."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for count in counts:
        print_table(f"With {count:,} tags", measure_tagging(count, times, undone))


if __name__ == "__main__":
    main()
