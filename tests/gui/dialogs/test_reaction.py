"""The exercise that measures a reaction time: its course, by keys, and the tone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from annotator.analysis.reaction import Answer
from annotator.gui.dialogs.reaction import ReactionDialog
from annotator.gui.dialogs.reaction_course import (
    LONGEST_WAIT,
    SHORTEST_WAIT,
    Course,
    Judged,
    Stage,
    irregular_wait,
)
from annotator.gui.dialogs.reaction_tone import Tone, open_tone, tone
from annotator.gui.theme import light
from annotator.model.time import SECOND, ZERO, Micros
from tests.support.fake_sound import FakeOutput

WAIT = Micros(2 * SECOND)
MS = 1000


class HeardOutput(FakeOutput):
    """Remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[bytes] = []

    def write(self, sound: bytes) -> int:
        self.given.append(sound)
        return super().write(sound)


class Hand:
    """A clock that goes on only when it is told to, and the dialog that reads it."""

    def __init__(self, qtbot: QtBot, old: float = 0.0, output: FakeOutput | None = None) -> None:
        self.now = Micros(7 * SECOND)
        self.dialog = ReactionDialog(
            light(), old, Tone(output), clock=lambda: self.now, wait=lambda: WAIT
        )
        qtbot.addWidget(self.dialog)
        with qtbot.waitExposed(self.dialog):
            self.dialog.show()

    def press(self, key: Qt.Key = Qt.Key.Key_R) -> None:
        QTest.keyClick(self.dialog.light, key)

    def go_on(self, milliseconds: int) -> None:
        self.now = Micros(self.now + milliseconds * MS)
        self.dialog.tick()

    def answer(self, milliseconds: int) -> None:
        """Wait for the next light and answer it so much later."""
        self.go_on(WAIT // MS)
        assert self.dialog.light.is_on
        self.now = Micros(self.now + milliseconds * MS)
        self.press()

    @property
    def course(self) -> Course:
        assert self.dialog.course is not None
        return self.dialog.course


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    hand = Hand(qtbot, old=0.4)
    yield hand
    hand.dialog.close()


def test_twelve_answers_by_key_give_a_delay_to_use(hand: Hand) -> None:
    dialog = hand.dialog
    assert "0.4 s" in dialog.found.text()
    hand.press(Qt.Key.Key_Space)
    assert dialog.course is not None
    for number in range(12):
        hand.answer(300 + 10 * (number % 5))
        assert dialog.said.text() == f"{300 + 10 * (number % 5)} ms"
    assert hand.course.stage is Stage.OVER
    assert dialog.progress.text() == "Light 12 of 12"
    assert dialog.seconds == 0.32
    assert "0.32 s after the light (median of 12), give or take 0.0" in dialog.found.text()
    assert "Not counted" not in dialog.found.text()
    assert dialog.main_button.text() == "&Use 0.32 s"
    dialog.settle()
    assert dialog.main_button.hasFocus()
    QTest.keyClick(dialog.main_button, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_early_and_late_presses_are_told_and_not_counted(hand: Hand) -> None:
    dialog = hand.dialog
    hand.press()
    hand.go_on(500)
    hand.press()
    assert "Too early" in dialog.said.text()
    hand.go_on(1600)
    assert not dialog.light.is_on  # the wait began anew
    hand.go_on(400)
    assert dialog.light.is_on
    hand.now = Micros(hand.now + 40 * MS)
    hand.press()
    assert "Too early" in dialog.said.text()
    hand.go_on(2000)
    assert dialog.light.is_on
    hand.go_on(1501)
    assert "Too late" in dialog.said.text()
    assert not dialog.light.is_on
    hand.go_on(100)
    hand.press()
    assert "Too late" in dialog.said.text()
    for _ in range(10):
        hand.answer(250)
    hand.answer(900)
    assert dialog.reaction is not None
    assert (dialog.reaction.used, dialog.reaction.outlying) == (10, 1)
    assert (dialog.reaction.early, dialog.reaction.missed) == (2, 1)
    assert "2 too early, 1 missed or too late, 1 put aside" in dialog.found.text()
    assert dialog.seconds == 0.25


def test_too_few_answers_give_nothing_but_another_try(hand: Hand) -> None:
    dialog = hand.dialog
    hand.press()
    for _ in range(7):
        hand.answer(300)
    for _ in range(5):
        hand.go_on(WAIT // MS)
        hand.go_on(1501)
    assert dialog.seconds is None
    assert "Only 7 of 12 signals were answered in time." in dialog.found.text()
    assert dialog.main_button.text() == "&Again"
    dialog.settle()
    QTest.keyClick(dialog.main_button, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert (hand.course.shown, hand.course.stage) == (0, Stage.WAITING)


def test_a_press_for_the_last_light_chooses_nothing(hand: Hand) -> None:
    hand.press()
    for _ in range(12):
        hand.answer(300)
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Space)
    assert hand.dialog.isVisible()
    assert hand.dialog.seconds == 0.3


def test_escape_keeps_the_old_one_at_any_time(hand: Hand) -> None:
    hand.press()
    hand.answer(300)
    hand.press(Qt.Key.Key_Escape)
    assert not hand.dialog.isVisible()
    assert hand.dialog.result() == QDialog.DialogCode.Rejected


def test_a_key_held_down_is_one_press(hand: Hand) -> None:
    hand.press()
    hand.go_on(WAIT // MS)
    none = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_R, none, "r", autorep=True)
    hand.now = Micros(hand.now + 300 * MS)
    QApplication.sendEvent(hand.dialog.light, event)
    assert hand.dialog.light.is_on
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Tab):
        hand.press(key)
    assert hand.course.times == []


def test_each_light_sounds_where_there_is_sound(qtbot: QtBot) -> None:
    output = HeardOutput()
    hand = Hand(qtbot, output=output)
    given = output.given
    hand.press()
    for _ in range(3):
        hand.answer(200)
    assert len(given) == 3
    assert all(sound.startswith(tone(output.rate, output.channels)) for sound in given)
    output.is_gone = True
    hand.answer(200)
    assert len(given) == 3
    assert len(hand.course.times) == 4
    hand.dialog.reject()
    assert not hand.dialog.isVisible()


def test_a_tone_is_soft_at_its_ends_and_the_same_in_both_channels() -> None:
    samples = array("h", tone(44_100, 2))
    assert list(samples[0::2]) == list(samples[1::2])
    assert len(samples) == 2 * round(0.08 * 44_100)
    assert abs(samples[0]) < 100 > abs(samples[-1])
    assert max(samples) > 11_000


def test_no_tone_is_opened_for_one_who_wants_silence() -> None:
    assert not open_tone("", 0.0).is_heard


def test_waits_are_irregular_within_limits() -> None:
    waits = [irregular_wait() for _ in range(200)]
    assert len(set(waits)) > 150
    assert min(waits) >= SHORTEST_WAIT
    assert max(waits) <= LONGEST_WAIT


def test_a_press_judged_before_the_light_lapsed_is_late_all_the_same() -> None:
    course = Course(ZERO, lambda: WAIT, lights=1)
    course.light(WAIT)
    assert course.lapse(Micros(WAIT + 1_500_000)) is None
    assert course.press(Micros(WAIT + 1_500_001)) == Judged(Answer.LATE)
    assert course.stage is Stage.OVER
    assert course.press(Micros(WAIT + 1_600_000)) is None
