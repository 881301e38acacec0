"""Ten minutes of film coded with MITI by two coders, compared, and made a consensus.

Real keys on the whole window. With ANNOTATOR_KEEP_STRIP set to a folder, the window is kept there
as a strip of pictures, one a stage, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.document import SaveState
from annotator.model import SECOND, Micros, Tag
from annotator.model.coding import CodingPass, Purpose
from annotator.model.way import Way
from annotator.storage.codec import decode_session
from tests.support.meeting_mi import make_mi_session
from tests.support.programs import Answers, notices, open_and_wait, running_program

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
MINUTE = Micros(60 * SECOND)
TENTH = Micros(SECOND // 10)


class Coder:
    """A coder at the keyboard."""

    def __init__(self, qtbot: QtBot, program: Program, desk: Desk) -> None:
        self.qtbot, self.program, self.desk = qtbot, program, desk

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.program.window.parts.picture, key, held)

    def go(self, moment: Micros) -> None:
        self.program.player.seek(moment)
        self.qtbot.wait_until(lambda: self.program.player.position == moment)

    def watch(self, moment: Micros) -> None:
        """Let the film play on to a moment."""
        player = self.program.player
        self.qtbot.wait_until(lambda: player.position >= moment, timeout=20_000)

    def hold(self, key: Qt.Key, until: Micros) -> None:
        picture = self.program.window.parts.picture
        QTest.keyPress(picture, key)
        self.watch(until)
        QTest.keyRelease(picture, key)
        tagging = self.desk.tagging
        self.qtbot.wait_until(lambda: not any(one.held for one in tagging.running))

    def take_all_back_and_again(self) -> None:
        """Undo every step and do it again: the session is the same both times."""
        document, stack = self.desk.document, self.desk.document.undo_stack
        done, count = document.session, stack.index()
        assert count
        while stack.canUndo():
            self.press(Key.Key_Z, CTRL)
        begun = document.session
        while stack.canRedo():
            self.press(Key.Key_Y, CTRL)
        assert document.session == done
        assert begun != done

    @property
    def tags(self) -> list[Tag]:
        return list(self.desk.document.tags)

    @property
    def coding(self) -> CodingPass:
        shown = self.desk.document.coding_pass
        assert shown is not None
        return shown


def code_minute(coder: Coder, minute: int, *, hears_depth: bool = True) -> None:
    """Code the first second of a minute while it plays: volleys, a question, a reflection."""
    start = Micros(minute * MINUTE + SECOND)
    coder.go(start)
    coder.press(Key.Key_Space)
    coder.press(Key.Key_T)
    coder.watch(Micros(start + 2 * TENTH))
    coder.press(Key.Key_Q)
    coder.press(Key.Key_C)
    coder.watch(Micros(start + 4 * TENTH))
    coder.press(Key.Key_X if hears_depth else Key.Key_S)
    if hears_depth:
        coder.press(Key.Key_U)  # its depth, by a second key
    coder.hold(Key.Key_Z, Micros(start + 8 * TENTH))
    coder.press(Key.Key_Space)
    coder.qtbot.wait_until(lambda: not coder.program.player.is_playing)


def code_film(coder: Coder, *, hears_depth: Callable[[int], bool]) -> None:
    panel = coder.program.window.parts.codes
    for volley in ("therapist", "client"):
        panel.way_asked.emit(volley, Way.SEQUENCE)
    panel.way_asked.emit("silence", Way.HOLD)
    for minute in range(10):
        code_minute(coder, minute, hears_depth=hears_depth(minute))


def settle_all(coder: Coder) -> int:
    page, steps = coder.program.comparing.page, 0
    while (one := page.current) is not None and not page.model.is_settled(page.row):
        key = Key.Key_1 if one.first is not None else Key.Key_2
        QTest.keyClick(page.view, key)
        steps += 1
    return steps


class Strip:
    """Keeps the window as pictures, where somebody wants to look at them."""

    def __init__(self, program: Program) -> None:
        self._window, self._folder = program.window, os.environ.get("ANNOTATOR_KEEP_STRIP")
        self._count = 0

    def keep(self, name: str) -> None:
        self._count += 1
        if self._folder:
            QApplication.processEvents()
            self._window.grab().save(str(Path(self._folder) / f"{self._count:02}-{name}.png"))


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    return make_mi_session(tmp_path)


def test_two_coders_code_compare_and_agree(qtbot: QtBot, meeting: Path) -> None:
    with running_program(qtbot, Answers(), coder="A") as program:
        desk = open_and_wait(qtbot, program, meeting)
        program.window.activateWindow()
        qtbot.wait_until(program.window.isActiveWindow)
        coder, strip = Coder(qtbot, program, desk), Strip(program)
        strip.keep("opened")
        first = first_coder_codes(coder, strip)
        second_coder_codes(coder, strip, first)
        compare_and_agree(coder, strip)
        done = desk.document.session
        coder.press(Key.Key_S, CTRL)
        qtbot.wait_until(lambda: desk.document.state is SaveState.SAVED)
    assert decode_session(meeting.read_bytes()) == done


def first_coder_codes(coder: Coder, strip: Strip) -> tuple[Tag, ...]:
    program, desk = coder.program, coder.desk
    code_film(coder, hears_depth=lambda _minute: True)
    strip.keep("coded")
    counts = [sum(tag.code == code for tag in coder.tags) for code in ("Q", "CR", "silence")]
    assert counts == [10, 10, 10], notices(program)
    assert all(tag.attributes == {"depth": "feeling"} for tag in coder.tags if tag.code == "CR")
    volleys = [tag for tag in coder.tags if tag.code in {"therapist", "client"}]
    assert len(volleys) == 19  # the last one still runs
    assert all(before.end == after.start for before, after in pairwise(volleys))
    coder.press(Key.Key_P)  # a slip of the hand, taken back
    assert any(tag.code == "Persuade" for tag in coder.tags)
    coder.press(Key.Key_Backspace)
    assert not any(tag.code == "Persuade" for tag in coder.tags)
    coder.press(Key.Key_F11)
    for digit in (Key.Key_4, Key.Key_3, Key.Key_5, Key.Key_4):
        QTest.keyClick(QApplication.focusWidget(), digit)
        coder.press(Key.Key_F11)
    assert [one.value for one in coder.coding.ratings] == [4, 3, 5, 4]
    strip.keep("rated")
    program.window.actions_table.by_id["finish_pass"].trigger()
    assert coder.coding.finished, notices(program)
    coder.take_all_back_and_again()
    assert not desk.tagging.running
    return coder.coding.tags


def second_coder_codes(coder: Coder, strip: Strip, first: tuple[Tag, ...]) -> None:
    program, desk = coder.program, coder.desk
    program.choosing.choose("coder", "B")
    program.choosing.choose("blind", True)
    tags = program.window.parts.tags
    assert tags.model.rowCount() == 0
    offered = [tags.passes.itemText(place) for place in range(tags.passes.count())]
    assert not any("Coder A" in words for words in offered)
    strip.keep("blind")
    code_film(coder, hears_depth=lambda minute: minute % 3 != 0)
    coder.press(Key.Key_F)  # hears a confrontation that A did not
    assert coder.coding.coder == "B"
    program.window.actions_table.by_id["finish_pass"].trigger()
    assert coder.coding.finished, notices(program)
    coder.take_all_back_and_again()
    theirs = desk.document.session.pass_of("A")
    assert theirs is not None
    assert theirs.tags == first


def compare_and_agree(coder: Coder, strip: Strip) -> None:
    program, desk, qtbot = coder.program, coder.desk, coder.qtbot
    assert program.comparing.page.first.count() == 1  # A's is hidden
    program.passing.page.show_hidden.click()
    (seen,) = desk.document.session.unblindings
    assert (seen.coder, seen.finished) == ("B", True)
    originals = desk.document.session.passes
    page = program.comparing.page
    coder.press(Key.Key_F10, CTRL)
    with qtbot.wait_signal(program.comparing.compared, check_params_cb=bool):
        QTest.keyClick(page.compare, Key.Key_Return)
    compared = program.comparing.comparison
    assert compared is not None
    assert len(compared.differences) >= 5  # four reflections heard otherwise, one confrontation
    strip.keep("compared")
    program.window.actions_table.by_id["begin_consensus"].trigger()
    assert coder.coding.purpose is Purpose.CONSENSUS, notices(program)
    assert settle_all(coder) == len(compared.differences)
    strip.keep("consensus")
    assert desk.document.session.passes[:2] == originals
    coder.take_all_back_and_again()
    assert "0 still open" in page.counts.text()
