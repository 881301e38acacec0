"""A person at the window: goes through steps while the program runs by its real entry point."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Generator, Sequence

import pytest
from PyQt6.QtCore import QObject, Qt, QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from annotator.__main__ import main
from annotator.gui.actions import ACTIONS
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.tags_model import TagsModel

Condition = Callable[[], bool]
Story = Generator[Condition, None, None]
"""Does something, then yields what must become true before it goes on."""

PATIENCE_S = 20
TICK_MS = 10
MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class Robot:
    """Presses keys and reads what the window shows, as a person would."""

    @property
    def window(self) -> MainWindow:
        """The program's window, which must be there."""
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        visible = [one for one in found if one.isVisible()]
        return visible[-1]

    def is_there(self) -> bool:
        """Whether the window is on screen."""
        widgets = QApplication.topLevelWidgets()
        return any(isinstance(one, MainWindow) and one.isVisible() for one in widgets)

    @property
    def clock(self) -> str:
        """The time that the readout shows."""
        return self.window.parts.transport.readout.clock_text

    @property
    def small(self) -> str:
        """The frame number that the readout shows."""
        return self.window.parts.transport.readout.small_text

    @property
    def table(self) -> TagsModel:
        """The tags table."""
        return self.window.parts.tags.model

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What the tags table shows, row by row."""
        table = self.table
        return [
            tuple(
                str(table.data(table.index(row, column)) or "")
                for column in range(table.columnCount())
            )
            for row in range(table.rowCount())
        ]

    @property
    def state(self) -> str:
        """What the status line says about saving."""
        return self.window.parts.status.state_text

    def shows_film(self) -> bool:
        """Whether a frame is on screen."""
        return self.is_there() and not self.window.parts.picture.frame.isNull()

    def press(self, keys: str, at: QWidget | None = None) -> None:
        """Press keys such as `Ctrl+S` or `R` where the focus is."""
        *held, name = keys.split("+") if keys != "+" else ["+"]
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= MODIFIERS[one]
        key = getattr(Qt.Key, f"Key_{name}")
        target = at or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)

    def key_of(self, action_id: str) -> str:
        """Look up an action's first key in the table of actions."""
        return next(spec.keys[0] for spec in ACTIONS if spec.id == action_id)


class _Driver(QObject):
    """Goes on with a story as soon as what it waits for is true."""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self._story = story
        self._condition: Condition = _at_once
        self._since = time.monotonic()
        self.failure: BaseException | None = None
        self.is_over = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(TICK_MS)

    def _go_on(self) -> None:
        try:
            if self._condition():
                self._condition = next(self._story)
                self._since = time.monotonic()
            else:
                self._lose_patience()
        except StopIteration:
            self.is_over = True
            self._timer.stop()
        except BaseException as failure:  # noqa: BLE001 told again outside of Qt's loop
            self.failure = failure
            self._timer.stop()
            QApplication.exit(1)

    def _lose_patience(self) -> None:
        frame = self._story.gi_frame
        line = frame.f_lineno if frame is not None else 0
        assert time.monotonic() - self._since < PATIENCE_S, f"waited in vain at line {line}"


def run_program(story: Story, *arguments: str) -> None:
    """Start the program by its entry point with these arguments and live the story in it.

    The story must end with the program being quit. Its windows are let go of: else each style that
    is set later would be set for all of theirs too.
    """
    driver = _Driver(story)
    code = _lived_through(arguments)
    gc.collect()
    if driver.failure is not None:
        raise driver.failure
    assert code in {0, None}
    assert driver.is_over or next(driver._story, None) is None


def _lived_through(arguments: Sequence[str]) -> object:
    """Run the program until it ends, and give its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["annotator", *arguments])
        patch.setattr(sys, "excepthook", sys.excepthook)  # the program sets its own
        with pytest.raises(SystemExit) as ended:
            main()
    return ended.value.code


def _at_once() -> bool:
    return True
