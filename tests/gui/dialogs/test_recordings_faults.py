"""What is typed wrong in the window of recordings is told and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.recordings import RecordingsWindow
from annotator.gui.dialogs.recordings_words import WHAT_OFFSET_TO_TYPE, WHAT_SHAPE_TO_TYPE
from annotator.gui.theme import light
from annotator.model import Look, Micros
from tests.support.recordings import CLIENT, FILM, RECORDER

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALL = (FILM, CLIENT, RECORDER)


@pytest.fixture
def window(qtbot: QtBot) -> RecordingsWindow:
    made = RecordingsWindow(light())
    qtbot.addWidget(made)
    made.show_recordings(ALL, FILM.id)
    made.show()
    choose(made, 1)
    return made


def choose(window: RecordingsWindow, row: int) -> None:
    window.parts.list.setCurrentIndex(window.parts.model.index(row, 0))


def type_offset(window: RecordingsWindow, text: str) -> None:
    field = window.parts.place.offset
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_an_offset_that_cannot_be_read_is_told_and_asks_for_nothing(
    window: RecordingsWindow,
) -> None:
    told: list[object] = []
    window.offset_changed.connect(lambda _id, offset: told.append(offset))
    type_offset(window, "soon")
    assert window.parts.place.hint.text() == WHAT_OFFSET_TO_TYPE
    assert window.parts.place.offset.text() == "soon"
    assert told == []
    type_offset(window, "2")
    assert told == [Micros(2_000_000)]
    assert window.parts.place.hint.text() == "2.000 s after the first recording."


def test_wrong_text_survives_other_choices_and_updates(window: RecordingsWindow) -> None:
    type_offset(window, "soon")
    choose(window, 2)
    assert window.parts.place.offset.text() == "+1.250"
    assert window.parts.place.hint.text() != WHAT_OFFSET_TO_TYPE
    choose(window, 1)
    window.show_recordings((FILM, replace(CLIENT, offset=Micros(0)), RECORDER), FILM.id)
    assert window.parts.place.offset.text() == "soon"
    assert window.parts.place.hint.text() == WHAT_OFFSET_TO_TYPE


def test_esc_brings_the_offset_back_before_it_closes_the_window(window: RecordingsWindow) -> None:
    field = window.parts.place.offset
    type_offset(window, "soon")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "+0.480"
    assert window.parts.place.hint.text() == "0.480 s after the first recording."
    assert window.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_step_after_wrong_text_goes_on_from_the_offset(window: RecordingsWindow) -> None:
    told: list[object] = []
    window.offset_changed.connect(lambda _id, offset: told.append(offset))
    type_offset(window, "soon")
    window.parts.place.earlier.click()
    assert told == [Micros(446_633)]
    assert window.parts.place.hint.text() == "0.446633 s after the first recording."


def test_a_shape_that_cannot_be_read_is_told_and_kept(window: RecordingsWindow) -> None:
    told: list[object] = []
    window.look_changed.connect(lambda _id, look: told.append(look))
    shape = window.parts.picture.shape
    shape.list.setCurrentIndex(shape.list.count() - 1)
    shape.list.activated.emit(shape.list.count() - 1)
    QTest.keyClicks(shape.field, "wide")
    QTest.keyClick(shape.field, Qt.Key.Key_Return)
    assert (shape.hint.text(), shape.hint.isVisible()) == (WHAT_SHAPE_TO_TYPE, True)
    choose(window, 2)
    choose(window, 1)
    assert (shape.list.currentText(), shape.field.text()) == ("Other…", "wide")
    QTest.keyClick(shape.field, Qt.Key.Key_Escape)
    assert (shape.list.currentText(), shape.field.isVisible()) == ("As the film says", False)
    assert told == []


def test_a_track_or_contrast_that_is_not_there_breaks_nothing(window: RecordingsWindow) -> None:
    listening = replace(CLIENT.listening, track=7, volume=3.0)
    odd = replace(CLIENT, listening=listening, look=Look(contrast=0.0, shape="odd"))
    window.show_recordings((FILM, odd), FILM.id)
    assert window.parts.sound.track.currentIndex() == -1
    assert window.parts.sound.value.text() == "100 %"
    assert window.parts.picture.contrast.slider.value() == -100
    assert window.parts.picture.shape.field.text() == "odd"


def test_what_was_typed_goes_with_its_recording(window: RecordingsWindow) -> None:
    type_offset(window, "soon")
    window.show_recordings((FILM, RECORDER), FILM.id)
    window.show_recordings(ALL, FILM.id)
    choose(window, 1)
    assert window.parts.place.offset.text() == "+0.480"
