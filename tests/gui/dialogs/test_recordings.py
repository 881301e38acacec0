"""The window of recordings: it asks for every change, and shows what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, Qt, pyqtBoundSignal
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.recordings import RecordingsWindow, chosen_after
from annotator.gui.dialogs.recordings_picture import contrast_of, contrast_steps
from annotator.gui.theme import dark, light
from annotator.model import Listening, Look, Micros, Recording, RecordingRole
from tests.support.recordings import CLIENT, FILM, RECORDER, SILENT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALL = (FILM, CLIENT, SILENT, RECORDER)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> RecordingsWindow:
    made = RecordingsWindow(light())
    qtbot.addWidget(made)
    made.show_recordings(ALL, FILM.id)
    made.show()
    choose(made, CLIENT)
    return made


def choose(window: RecordingsWindow, recording: Recording) -> None:
    row = window.parts.model.ids.index(recording.id)
    window.parts.list.setCurrentIndex(window.parts.model.index(row, 0))


def heard_from(signal: pyqtBoundSignal) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def with_change(recordings: Sequence[Recording], changed: Recording) -> tuple[Recording, ...]:
    return tuple(changed if one.id == changed.id else one for one in recordings)


def test_it_lets_the_work_go_on_and_esc_closes_it(window: RecordingsWindow) -> None:
    assert not window.isModal()
    assert window.windowTitle() == "Recordings"
    QTest.keyClick(window.parts.list, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_list_tells_each_recording(window: RecordingsWindow) -> None:
    model, role = window.parts.model, Qt.ItemDataRole.AccessibleTextRole
    spoken = [model.index(row, 0).data(role) for row in range(model.rowCount())]
    assert spoken == [
        "Room, film, room.mp4, +0.000 s, shown large",
        "Client, film, client.mov, +0.480 s",
        "Therapist, film, silent.mp4, \N{MINUS SIGN}1.000 s",
        "Sound, sound, recorder.wav, +1.250 s",
    ]


def test_the_sections_follow_what_a_recording_has(window: RecordingsWindow) -> None:
    parts = window.parts
    assert parts.sound.isVisible()
    assert parts.picture.isVisible()
    assert parts.sound.track.isVisible()
    choose(window, SILENT)
    assert not parts.sound.isVisible()
    choose(window, RECORDER)
    assert parts.sound.isVisible()
    assert not parts.sound.track.isVisible()
    assert not parts.picture.isVisible()
    assert parts.place.later.text() == "+ 10 ms"
    window.show_recordings((), "")
    assert parts.nothing.isVisible()
    assert not parts.details.isVisible()
    assert not parts.remove.isEnabled()


def test_adding_removing_and_showing_large_are_asked_for(window: RecordingsWindow) -> None:
    added, removed = heard_from(window.add_requested), heard_from(window.remove_requested)
    led = heard_from(window.lead_requested)
    window.parts.add.click()
    window.parts.remove.click()
    window.parts.list.setFocus()
    QTest.keyClick(window.parts.list, Qt.Key.Key_Delete)
    window.parts.picture.left.setFocus()
    QTest.keyClick(window.parts.picture.left, Qt.Key.Key_Delete)
    window.parts.large.click()
    window.parts.list.activated.emit(window.parts.list.currentIndex())
    choose(window, FILM)
    window.parts.list.activated.emit(window.parts.list.currentIndex())
    assert not window.parts.large.isEnabled()
    choose(window, RECORDER)
    window.parts.list.activated.emit(window.parts.list.currentIndex())
    assert (len(added), removed, led) == (1, [(CLIENT.id,)] * 2, [(CLIENT.id,)] * 2)


def test_a_role_is_chosen(window: RecordingsWindow) -> None:
    told, role = heard_from(window.role_changed), window.parts.place.role
    assert role.currentText() == "Client"
    role.activated.emit(role.findData(RecordingRole.CLIENT))
    role.activated.emit(role.findData(RecordingRole.OTHER))
    assert told == [(CLIENT.id, RecordingRole.OTHER)]


def test_an_offset_is_typed(window: RecordingsWindow) -> None:
    told, place = heard_from(window.offset_changed), window.parts.place
    place.offset.selectAll()
    QTest.keyClicks(place.offset, "-0:01.5")
    QTest.keyClick(place.offset, Qt.Key.Key_Return)
    assert told == [(CLIENT.id, Micros(-1_500_000))]
    assert place.hint.text() == "1.500 s before the first recording."
    assert window.isVisible()
    QTest.keyClick(place.offset, Qt.Key.Key_Return)
    assert len(told) == 1


def test_frame_buttons_and_keys_step_on_from_where_the_last_led(window: RecordingsWindow) -> None:
    told, place = heard_from(window.offset_changed), window.parts.place
    place.later.click()
    place.later.click()
    place.earlier.click()
    QTest.keyClick(place.offset, Qt.Key.Key_Up)
    QTest.keyClick(place.offset, Qt.Key.Key_Down, CTRL)
    wanted = [513_367, 546_734, 513_367, 546_734, -453_266]
    assert told == [(CLIENT.id, Micros(offset)) for offset in wanted]


def test_the_first_recording_stays_and_says_why(window: RecordingsWindow) -> None:
    choose(window, FILM)
    place = window.parts.place
    assert not place.offset.isEnabled()
    assert "first recording" in place.hint.text()
    for button in (place.earlier, place.later, place.align, place.cancel):
        assert not button.isVisible()


def test_aligning_is_asked_for_told_and_given_up(window: RecordingsWindow) -> None:
    asked, ended = heard_from(window.align_requested), heard_from(window.align_cancelled)
    place = window.parts.place
    place.align.click()
    window.show_align(CLIENT.id, "Listening… 40 %", running=True)
    assert place.result.text() == "Listening… 40 %"
    assert not place.align.isVisible()
    choose(window, RECORDER)
    assert not place.align.isEnabled()
    choose(window, CLIENT)
    place.cancel.click()
    window.show_align(CLIENT.id, "0.480 s later, sure: 98 %", running=False)
    assert place.align.isEnabled()
    assert not place.cancel.isVisible()
    choose(window, SILENT)
    assert not place.align.isEnabled()
    assert "no sound" in place.result.text()
    choose(window, CLIENT)
    assert place.result.text() == "0.480 s later, sure: 98 %"
    assert (asked, len(ended)) == ([(CLIENT.id,)], 1)


def test_the_mouse_tries_a_volume_and_settles_it_once(window: RecordingsWindow) -> None:
    tried, changed = heard_from(window.listening_tried), heard_from(window.listening_changed)
    slider = window.parts.sound.volume
    middle = slider.rect().center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(slider, QPoint(0, middle.y()))
    window.show_recordings(ALL, FILM.id)
    assert slider.value() == 0
    assert len(tried) == 2
    assert changed == []
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(0, middle.y()))
    assert changed == [(CLIENT.id, Listening(volume=0.0))]
    assert window.parts.sound.value.text() == "0 %"


def test_a_hand_that_still_drags_when_another_is_chosen_changes_nothing(
    window: RecordingsWindow,
) -> None:
    changed = heard_from(window.listening_changed)
    slider = window.parts.sound.volume
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    window.show_recordings((*ALL, replace(RECORDER, id="new")), FILM.id)
    assert window.chosen is not None
    assert window.chosen.id == "new"
    assert slider.value() == 100
    QTest.mouseMove(slider, QPoint(0, 0))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert (changed, slider.value()) == ([], 100)


def test_keys_settle_when_they_are_let_go(window: RecordingsWindow) -> None:
    tried, changed = heard_from(window.look_tried), heard_from(window.look_changed)
    slider = window.parts.picture.brightness.slider
    QTest.keyPress(slider, Qt.Key.Key_Right)
    QTest.keyPress(slider, Qt.Key.Key_Right)
    assert (len(tried), changed) == (2, [])
    QTest.keyRelease(slider, Qt.Key.Key_Right)
    assert changed == [(CLIENT.id, Look(brightness=0.1))]
    slider.setValue(20)  # as a screen reader does
    assert changed[1:] == [(CLIENT.id, Look(brightness=0.2))]


def test_what_comes_back_to_where_it_was_is_no_change(window: RecordingsWindow) -> None:
    changed = heard_from(window.look_changed)
    slider = window.parts.picture.contrast.slider
    QTest.keyPress(slider, Qt.Key.Key_Right)
    QTest.keyPress(slider, Qt.Key.Key_Left)
    QTest.keyRelease(slider, Qt.Key.Key_Left)
    assert changed == []


def test_sound_is_silenced_and_tracks_are_chosen(window: RecordingsWindow) -> None:
    changed, sound = heard_from(window.listening_changed), window.parts.sound
    sound.silent.click()
    sound.track.activated.emit(1)
    assert changed == [
        (CLIENT.id, Listening(muted=True)),
        (CLIENT.id, Listening(muted=True, track=1)),
    ]


def test_one_is_heard_alone_until_it_goes(window: RecordingsWindow) -> None:
    told, alone = heard_from(window.solo_changed), window.parts.sound.alone
    role = Qt.ItemDataRole.AccessibleTextRole
    alone.click()
    assert "silent" in window.parts.model.index(0, 0).data(role).split(", ")
    choose(window, RECORDER)
    assert not alone.isChecked()
    alone.click()
    alone.click()
    choose(window, CLIENT)
    alone.click()
    window.show_recordings((FILM, SILENT, RECORDER), FILM.id)
    assert told == [(CLIENT.id,), (RECORDER.id,), ("",), (CLIENT.id,), ("",)]
    window.show_recordings((FILM, SILENT), FILM.id)
    choose(window, FILM)
    assert not alone.isVisible()


def test_the_picture_is_turned_shaped_and_cleared(window: RecordingsWindow) -> None:
    changed, picture = heard_from(window.look_changed), window.parts.picture
    picture.left.click()
    picture.right.click()
    picture.comb.click()
    picture.shape.list.activated.emit(picture.shape.list.findData("16:9"))
    assert [look for _, look in changed] == [
        Look(turn=270),
        Look(),
        Look(deinterlace=True),
        Look(deinterlace=True, shape="16:9"),
    ]


def test_a_shape_is_typed(window: RecordingsWindow) -> None:
    changed, shape = heard_from(window.look_changed), window.parts.picture.shape
    shape.list.setCurrentIndex(shape.list.count() - 1)
    shape.list.activated.emit(shape.list.count() - 1)
    assert shape.field.isVisible()
    QTest.keyClicks(shape.field, "1.25")
    QTest.keyClick(shape.field, Qt.Key.Key_Return)
    assert changed == [(CLIENT.id, Look(shape="5:4"))]
    window.show_recordings(with_change(ALL, replace(CLIENT, look=Look(shape="5:4"))), "")
    assert (shape.list.currentText(), shape.field.text()) == ("Other…", "5:4")


def test_each_reset_takes_back_its_own(window: RecordingsWindow) -> None:
    look = Look(90, 0.3, 1.5, "4:3", deinterlace=True, zoom=2.5, across=0.2, extra={"later": 1})
    changed, picture = heard_from(window.look_changed), window.parts.picture
    window.show_recordings(with_change(ALL, replace(CLIENT, look=look)), "")
    assert picture.zoom.text() == "2.5 ×"
    picture.brightness.reset.click()
    picture.contrast.reset.click()
    picture.whole.click()
    picture.reset.click()
    assert [look for _, look in changed] == [
        replace(look, brightness=0.0),
        replace(look, brightness=0.0, contrast=1.0),
        Look(90, 0.0, 1.0, "4:3", deinterlace=True, extra={"later": 1}),
        Look(extra={"later": 1}),
    ]


def test_without_a_zoom_or_change_there_is_nothing_to_reset(window: RecordingsWindow) -> None:
    picture = window.parts.picture
    for button in (picture.whole, picture.reset, picture.brightness.reset, picture.contrast.reset):
        assert not button.isEnabled()
        assert button.toolTip()


@pytest.mark.parametrize("steps", [-100, -37, 0, 37, 100])
def test_contrast_comes_back_to_the_same_place_of_its_slider(steps: int) -> None:
    assert contrast_steps(contrast_of(steps)) == steps


def test_the_limits_of_contrast_are_the_models() -> None:
    assert (contrast_of(-100), contrast_of(0), contrast_of(100)) == (0.25, 1, 4)


def test_an_update_keeps_choice_and_focus(window: RecordingsWindow) -> None:
    window.activateWindow()
    window.parts.place.later.setFocus()
    window.show_recordings(with_change(ALL, replace(CLIENT, offset=Micros(40_000))), CLIENT.id)
    assert window.chosen is not None
    assert window.chosen.offset == 40_000
    assert window.parts.place.offset.text() == "+0.040"
    assert window.focusWidget() is window.parts.place.later
    assert window.parts.list.currentIndex().row() == 1


def test_which_is_chosen_when_recordings_come_and_go() -> None:
    assert chosen_after([], ["a", "b"], "") == "a"
    assert chosen_after(["a", "b"], ["a", "b", "c"], "a") == "c"
    assert chosen_after(["a", "b", "c"], ["a", "c"], "b") == "c"
    assert chosen_after(["a", "b"], ["a"], "b") == "a"
    assert chosen_after(["a"], [], "a") == ""
    assert chosen_after(["a", "b"], ["b", "a"], "b") == "b"
    assert chosen_after(["a"], ["x", "y"], "a") == "x"


def test_read_only_lets_one_look_and_listen_but_change_nothing(window: RecordingsWindow) -> None:
    parts, reason = window.parts, "Open on another computer."
    window.set_read_only(reason)
    assert parts.notice.text() == reason
    for control in (
        parts.add,
        parts.remove,
        parts.place.role,
        parts.place.offset,
        parts.place.later,
        parts.place.align,
        parts.sound.volume,
        parts.sound.silent,
        parts.sound.track,
        parts.picture.left,
        parts.picture.contrast.slider,
        parts.picture.shape.list,
        parts.picture.comb,
        parts.picture.reset,
    ):
        assert not control.isEnabled()
        assert control.toolTip() == reason
    assert parts.list.isEnabled()
    assert parts.large.isEnabled()
    assert parts.sound.alone.isEnabled()
    window.set_read_only("")
    assert parts.place.offset.isEnabled()
    assert not parts.notice.isVisible()


def test_every_control_has_a_name_and_says_what_it_does(window: RecordingsWindow) -> None:
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
    found = [one for kind in kinds for one in window.findChildren(kind)]
    shown = [
        one for one in found if one.isVisible() and one.focusPolicy() & one.focusPolicy().TabFocus
    ]
    assert len(shown) > 15
    for control in shown:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text
        assert control.toolTip()


def test_tab_goes_from_the_list_down_the_sections(window: RecordingsWindow) -> None:
    parts = window.parts
    wanted = [
        parts.list,
        parts.add,
        parts.remove,
        parts.large,
        parts.place.role,
        parts.place.offset,
        parts.place.earlier,
        parts.place.later,
        parts.place.align,
        parts.sound.volume,
        parts.sound.silent,
        parts.sound.alone,
        parts.sound.track,
        parts.picture.left,
        parts.picture.right,
        parts.picture.brightness.slider,
        parts.picture.contrast.slider,
        parts.picture.shape.list,
        parts.picture.comb,
    ]
    parts.list.setFocus()
    reached = [window.focusWidget()]
    while len(reached) < len(wanted):
        window.focusNextChild()
        reached.append(window.focusWidget())
    assert reached == wanted


def test_it_is_drawn_in_both_themes_with_any_number(window: RecordingsWindow) -> None:
    one_look = window.grab().toImage()
    window.set_theme(dark())
    assert window.grab().toImage() != one_look
    for count in range(len(ALL) + 1):
        window.show_recordings(ALL[:count], FILM.id)
        assert not window.grab().isNull()
    assert isinstance(window.parts.list, QListView)
