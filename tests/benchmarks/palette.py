"""Measures the palette with many tags: `python -m tests.benchmarks.palette`.

Opening it, and each key typed until it is painted, in the whole window.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PyQt6.QtCore import QEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from annotator.gui.app import Program, make_application
from annotator.gui.palette.view import PaletteView
from annotator.gui.questions import Questions
from annotator.storage.settings import Settings
from annotator.storage.store import SessionStore
from tests.benchmarks.table import Row, print_table
from tests.benchmarks.timeline import session_of

COUNTS = (10_000, 100_000)
TYPED = ("reflection 0:41", "zoom", "note 99", "0:59:59", "silence", "qqqq", "one frame b")
KEY_TARGET = 100.0
PATIENCE_S = 60


def measure_palette(count: int) -> list[Row]:
    """Measure with so many tags."""
    with TemporaryDirectory() as folder, _program() as program:
        path = Path(folder) / "hour.session.json"
        SessionStore.create(path, replace(session_of(count), recordings=()), "A").close()
        program.open(path)
        _wait(lambda: program.desk is not None)
        return [*_opening(program), *_typing(program)]


def _opening(program: Program) -> list[Row]:
    rows = []
    for name in ("open the palette, first", "open the palette, again"):
        before = time.perf_counter()
        view = _open(program)
        _paint(program)
        taken = _since(before)
        longest = _wait(lambda: program.finding.is_ready)
        rows.append(Row(name, taken, most=KEY_TARGET))
        rows.append(Row("  the window held up meanwhile", longest, most=16))
        rows.append(Row("  until all tags can be searched", _since(before)))
        view.close_up()
    return rows


def _typing(program: Program) -> list[Row]:
    taken: list[float] = []
    for text in TYPED:
        view = _open(program)
        for letter in text:
            before = time.perf_counter()
            QTest.keyClicks(view.field, letter)
            _paint(program)
            taken.append(_since(before))
        view.close_up()
    return [Row("a key typed, painted", median(taken), max(taken), most=KEY_TARGET)]


def _open(program: Program) -> PaletteView:
    program.finding.open()
    view = program.finding.view
    if view is None:
        raise RuntimeError("the palette did not open")
    return view


@contextmanager
def _program() -> Iterator[Program]:
    settings = Settings(coder="A")
    program = Program(make_application(), settings, Questions(), lambda _settings: None)
    program.window.show()
    try:
        yield program
    finally:
        program.quit()
        _wait(lambda: not program.window.isVisible())
        program.window.deleteLater()
        QApplication.processEvents()


def _paint(program: Program) -> None:
    QApplication.sendPostedEvents()
    QApplication.sendEvent(program.window, QEvent(QEvent.Type.UpdateRequest))


def _wait(is_done: Callable[[], bool]) -> float:
    """Deliver events until it is done; gives the longest that one round took, in milliseconds."""
    longest, begun = 0.0, time.perf_counter()
    while not is_done():
        before = time.perf_counter()
        QApplication.processEvents()
        longest = max(longest, _since(before))
        if before - begun > PATIENCE_S:
            raise TimeoutError("the program did not get there")
    return longest


def _since(before: float) -> float:
    return (time.perf_counter() - before) * 1000


def main(counts: tuple[int, ...] = COUNTS) -> None:
    """Print a table for each count."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for count in counts:
        print_table(f"The palette over {count:,} tags", measure_palette(count))


if __name__ == "__main__":
    main()
