"""The bar shows what the player does, asks for what is wanted, and leaves keys to the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QAction, QFontMetrics, QKeySequence
from PyQt6.QtTest import QSignalSpy, QTest
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.actions import Actions, Need
from annotator.gui.player.picture import PictureView
from annotator.gui.player.readout import PADDING
from annotator.gui.player.transport import AFTER_PLAY, BEFORE_PLAY, TransportBar
from annotator.gui.theme import apply_theme, dark, light
from annotator.media.clock import SPEEDS
from annotator.model.time import Micros

LEFT = Qt.MouseButton.LeftButton
DURATION = Micros(104_360_000)


@dataclass
class Stage:
    """A window with a picture, a bar and all actions."""

    window: QWidget
    actions: Actions
    picture: PictureView
    bar: TransportBar


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.allow(~(Need.PROPOSING | Need.SEGMENTING))
    picture, bar = PictureView(light()), TransportBar(actions.by_id, light())
    column = QVBoxLayout(window)
    column.addWidget(picture)
    column.addWidget(bar)
    bar.set_film(2502, DURATION)
    bar.set_enabled_for_film(enabled=True)
    window.resize(1000, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    picture.setFocus()
    return Stage(window, actions, picture, bar)


def heard(spy: QSignalSpy) -> list[object]:
    return [spy[at][0] for at in range(len(spy))]


def typed(stage: Stage, text: str) -> None:
    stage.bar.begin_go_to()
    QTest.keyClicks(stage.bar.readout.field, text)
    QTest.keyClick(stage.bar.readout.field, Qt.Key.Key_Return)


def test_it_shows_time_and_frame(stage: Stage) -> None:
    stage.bar.show_position(Micros(83_480_000), 2084)
    assert stage.bar.readout.clock_text == "0:01:23.480"
    assert stage.bar.readout.small_text.split() == ["frame", "2", "084", "of", "2", "502"]
    assert "counted from 0" in stage.bar.readout.toolTip()
    assert "Ctrl+G" in stage.bar.readout.toolTip()
    assert "0:01:23.480" in stage.bar.readout.accessibleName()


def test_of_sound_alone_it_shows_how_long_it_lasts(stage: Stage) -> None:
    stage.bar.set_film(0, DURATION)
    stage.bar.show_position(Micros(83_480_000), -1)
    assert stage.bar.readout.small_text == "of 0:01:44.360"


def test_the_reader_of_the_screen_is_not_told_each_frame_while_playing(stage: Stage) -> None:
    stage.bar.show_position(Micros(1_000_000), 25)
    before = stage.bar.readout.accessibleName()
    stage.bar.set_playing(playing=True)
    stage.bar.show_position(Micros(2_000_000), 50)
    assert stage.bar.readout.accessibleName() == before
    stage.bar.set_playing(playing=False)
    assert "0:00:02.000" in stage.bar.readout.accessibleName()


@pytest.mark.parametrize("name", [*BEFORE_PLAY, *AFTER_PLAY])
def test_each_button_sets_off_its_action(stage: Stage, name: str) -> None:
    spy = QSignalSpy(stage.actions.by_id[name].triggered)
    button = stage.bar.buttons[name]
    QTest.mouseClick(button, LEFT)
    assert len(spy) == 1
    assert QApplication.focusWidget() is stage.picture
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert len(spy) == 2


def test_a_button_held_goes_on_stepping_and_stops_where_it_is_let_go(
    stage: Stage, qtbot: QtBot
) -> None:
    spy = QSignalSpy(stage.actions.by_id["step_forward"].triggered)
    button = stage.bar.buttons["step_forward"]
    button.setAutoRepeatDelay(1)
    button.setAutoRepeatInterval(1)
    QTest.mousePress(button, LEFT)
    qtbot.wait_until(lambda: len(spy) >= 3)
    steps = len(spy)
    QTest.mouseRelease(button, LEFT)
    assert len(spy) == steps
    QTest.mouseClick(button, LEFT)
    assert len(spy) == steps + 1


def test_buttons_say_what_they_do_and_by_which_key(stage: Stage) -> None:
    for button in (*stage.bar.buttons.values(), stage.bar.play, stage.bar.sound.mute):
        assert button.accessibleName()
        assert button.toolTip().endswith(")")
        assert not button.icon().isNull()
        assert min(button.width(), button.height()) >= 36


def test_the_button_in_the_middle_plays_and_pauses(stage: Stage) -> None:
    action, button = stage.actions.by_id["play"], stage.bar.play
    assert (action.text(), button.toolTip()) == ("Play", "Play (Space)")
    still = button.grab().toImage()
    stage.bar.set_playing(playing=True)
    assert (action.text(), button.toolTip()) == ("Pause", "Pause (Space)")
    assert button.accessibleName() == "Pause"
    assert button.grab().toImage() != still
    stage.bar.set_playing(playing=False)
    assert button.grab().toImage() == still


def test_the_speaker_shows_that_sound_is_off(stage: Stage) -> None:
    button = stage.bar.sound.mute
    before = button.grab().toImage()
    stage.bar.set_muted(muted=True)
    assert button.toolTip().startswith("Sound on")
    assert button.grab().toImage() != before
    assert "sound is off" in stage.bar.sound.volume.toolTip()


def test_a_speed_is_asked_for_and_shown(stage: Stage) -> None:
    spy = QSignalSpy(stage.bar.speed_requested)
    chooser = stage.bar.sound.speed
    stage.bar.set_speed(0.5)
    assert chooser.shown_text == "0.5×"
    stage.bar.set_speed(3.5)
    assert chooser.shown_text == "3.5×"
    assert heard(spy) == []
    chooser.setCurrentIndex(len(SPEEDS) - 1)
    assert heard(spy) == [float(SPEEDS[-1])]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_after_choosing_a_speed_with_the_mouse_the_focus_is_where_it_was(
    stage: Stage, qtbot: QtBot
) -> None:
    spy = QSignalSpy(stage.bar.speed_requested)
    chooser = stage.bar.sound.speed
    QTest.mouseClick(chooser, LEFT)
    view = chooser.view()
    model = chooser.model()
    assert view is not None
    assert model is not None
    qtbot.wait_until(view.isVisible)
    view.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: not view.isVisible())
    assert heard(spy) == [float(SPEEDS[0])]
    assert QApplication.focusWidget() is stage.picture


def test_a_volume_is_asked_for_and_shown(stage: Stage) -> None:
    spy = QSignalSpy(stage.bar.volume_requested)
    slider = stage.bar.sound.volume
    stage.bar.set_volume(0.8)
    assert slider.value() == 80
    assert heard(spy) == []
    QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, slider.height() // 2))
    QTest.mouseClick(slider, LEFT, pos=QPoint(0, slider.height() // 2))
    assert heard(spy) == [1.0, 0.0]
    assert QApplication.focusWidget() is stage.picture


def test_with_the_focus_on_it_the_volume_follows_up_and_down(stage: Stage) -> None:
    spy = QSignalSpy(stage.bar.volume_requested)
    stage.bar.set_volume(0.5)
    stage.bar.sound.volume.setFocus()
    QTest.keyClick(stage.bar.sound.volume, Qt.Key.Key_Up)
    QTest.keyClick(stage.bar.sound.volume, Qt.Key.Key_Down)
    QTest.keyClick(stage.bar.sound.volume, Qt.Key.Key_5)
    assert heard(spy) == [0.55, 0.5]


@pytest.mark.parametrize("part", ["speed", "volume", "mute"])
@pytest.mark.parametrize("key", ["Space", "Left", "R", "Home", "1"])
def test_no_part_takes_the_keys_of_the_window(stage: Stage, part: str, key: str) -> None:
    action = QAction(stage.window)
    for other in stage.actions.by_id.values():
        other.setShortcuts([])
    action.setShortcut(QKeySequence(key))
    stage.window.addAction(action)
    spy = QSignalSpy(action.triggered)
    stage.bar.set_volume(0.5)
    widget: QWidget = getattr(stage.bar.sound, part)
    widget.setFocus()
    QTest.keyClick(widget, QKeySequence(key)[0].key())
    assert len(spy) == 1
    stage.window.removeAction(action)
    QTest.keyClick(widget, QKeySequence(key)[0].key())
    assert stage.bar.sound.volume.value() == 50
    assert stage.bar.sound.speed.shown_text == "1×"


def test_a_typed_time_is_asked_for_and_the_focus_goes_back(stage: Stage) -> None:
    spy = QSignalSpy(stage.bar.time_requested)
    typed(stage, "1:23.48")
    assert heard(spy) == [83_480_999]
    assert not stage.bar.readout.is_asking
    assert QApplication.focusWidget() is stage.picture


def test_a_typed_frame_is_asked_for(stage: Stage) -> None:
    spy = QSignalSpy(stage.bar.frame_requested)
    typed(stage, "f2501")
    assert heard(spy) == [2501]


def test_enter_at_once_stays_at_the_frame(stage: Stage) -> None:
    spy = QSignalSpy(stage.bar.time_requested)
    stage.bar.show_position(Micros(83_458_333), 2001)
    stage.bar.begin_go_to()
    QTest.keyClick(stage.bar.readout.field, Qt.Key.Key_Return)
    assert heard(spy) == [83_458_999]


@pytest.mark.parametrize(
    ("text", "hint"),
    [("soon", "Type 1:23.48 or f2084"), ("f2502", "Frames: 0 to 2"), ("f99999999999", "Frames:")],
)
def test_wrong_text_is_answered_with_what_to_type(stage: Stage, text: str, hint: str) -> None:
    times, frames = QSignalSpy(stage.bar.time_requested), QSignalSpy(stage.bar.frame_requested)
    typed(stage, text)
    assert stage.bar.readout.is_asking
    assert stage.bar.readout.small_text.startswith(hint)
    assert len(times) == len(frames) == 0
    QTest.keyClicks(stage.bar.readout.field, "12")
    QTest.keyClick(stage.bar.readout.field, Qt.Key.Key_Return)
    assert heard(times) == [12_000_999]


JUMPS, TAGS = {"back_5s", "forward_5s"}, {"previous_tag", "next_tag"}


def narrowest(stage: Stage) -> int:
    return stage.bar.minimumSizeHint().width()


def test_the_wider_jumps_give_way_in_turn_where_room_is_short(stage: Stage) -> None:
    buttons, found = stage.bar.buttons, list[set[str]]()
    for width in range(900, narrowest(stage), -5):
        stage.bar.resize(width, stage.bar.height())
        gone = {name for name, button in buttons.items() if button.isHidden()}
        if gone not in found:
            found.append(gone)
    assert found[:3] == [set(), JUMPS, JUMPS | TAGS]
    assert all(stage.actions.by_id[name].isEnabled() for name in JUMPS | TAGS)
    stage.bar.resize(900, stage.bar.height())
    assert not any(button.isHidden() for button in buttons.values())


def ink(button: QWidget) -> int:
    """Measure how wide is what is drawn on a button."""
    image = button.grab().toImage()
    rows, columns = range(image.height()), range(image.width())
    ground = image.pixel(0, 0)
    drawn = [x for x in columns if any(image.pixel(x, y) != ground for y in rows)]
    return drawn[-1] - drawn[0] + 1


def shrunk(stage: Stage, width: int) -> int:
    stage.bar.resize(width, stage.bar.height())
    return stage.bar.buttons["back_1s"].width()


def test_in_a_narrow_bar_the_signs_are_as_large_as_ever(stage: Stage) -> None:
    button = stage.bar.buttons["back_1s"]
    stage.bar.resize(900, stage.bar.height())
    wide, before = button.width(), ink(button)
    assert any(shrunk(stage, width) < wide for width in range(900, narrowest(stage), -5))
    assert button.isVisible()
    assert abs(ink(button) - before) <= 1


def test_in_a_narrow_bar_the_hint_is_shorter_and_whole(stage: Stage) -> None:
    stage.bar.begin_go_to()
    readout = stage.bar.readout
    metrics = QFontMetrics(light().digits(light().small(readout.font())))
    whole = "Type 1:23.48 or f2084"
    needed = metrics.horizontalAdvance(whole) + 2 * PADDING  # whatever type the machine has
    readout.resize(needed, readout.height())
    assert readout.small_text == whole
    readout.resize(needed - 1, readout.height())
    assert readout.small_text == "1:23.48 or f2084"
    assert metrics.horizontalAdvance(readout.small_text) < readout.width() - 8


def test_esc_gives_up_the_field_and_not_the_running_tag(stage: Stage) -> None:
    spy = QSignalSpy(stage.actions.by_id["give_up"].triggered)
    stage.bar.begin_go_to()
    QTest.keyClick(stage.bar.readout.field, Qt.Key.Key_Escape)
    assert not stage.bar.readout.is_asking
    assert QApplication.focusWidget() is stage.picture
    assert len(spy) == 0
    QTest.keyClick(stage.picture, Qt.Key.Key_Escape)
    assert len(spy) == 1


def test_going_elsewhere_gives_up_the_field(stage: Stage) -> None:
    stage.bar.begin_go_to()
    QTest.mouseClick(stage.picture, LEFT)
    assert not stage.bar.readout.is_asking
    assert QApplication.focusWidget() is stage.picture


def test_a_click_on_the_clock_asks_where_to_go(stage: Stage) -> None:
    QTest.mouseClick(stage.bar.readout, LEFT)
    assert stage.bar.readout.is_asking
    assert QApplication.focusWidget() is stage.bar.readout.field


def test_without_a_film_nothing_can_be_asked_for(stage: Stage) -> None:
    stage.bar.show_position(Micros(83_480_000), 2084)
    stage.bar.begin_go_to()
    stage.bar.set_film(0, Micros(0))
    stage.bar.set_enabled_for_film(enabled=False)
    assert stage.bar.readout.clock_text == "0:00:00.000"
    assert stage.bar.readout.small_text == "no film"
    assert not stage.bar.readout.is_asking
    stage.bar.begin_go_to()
    assert not stage.bar.readout.is_asking
    assert not stage.bar.sound.speed.isEnabled()
    assert not stage.bar.sound.volume.isEnabled()


@pytest.mark.parametrize("width", [640, 700, 860, 1100])
def test_nothing_is_cut_off_or_covered_at_any_width(qtbot: QtBot, width: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = TransportBar(Actions(window).by_id, light(), window)
    bar.set_film(215_784, Micros(3_600_000_000))
    bar.resize(width, bar.height())
    window.resize(width, 100)
    window.show()
    assert bar.minimumSizeHint().width() <= 500
    parts: list[QWidget] = [bar.readout, *(bar.buttons[name] for name in BEFORE_PLAY), bar.play]
    parts += [*(bar.buttons[name] for name in AFTER_PLAY), bar.sound.speed, bar.sound.mute]
    parts += [bar.sound.volume] if bar.sound.volume.isVisible() else []
    starts = [part.mapTo(bar, QPoint(0, 0)).x() for part in parts]
    edges = [(x, x + part.width() - 1) for x, part in zip(starts, parts, strict=True)]
    assert edges[0][0] >= 0
    assert edges[-1][1] < width
    assert all(one[1] < other[0] for one, other in pairwise(edges))


def test_with_the_largest_type_it_leaves_room_beside_the_film(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = TransportBar(Actions(window).by_id, light(2.0), window)
    bar.set_film(215_784, Micros(3_600_000_000))
    bar.resize(bar.minimumSizeHint().width(), bar.height())
    window.resize(bar.size())
    window.show()
    assert bar.width() <= 700
    assert bar.height() <= 112
    shown = {name for name, button in bar.buttons.items() if button.isVisible()}
    assert shown == {"step_back", "step_forward"}


def test_the_volume_gives_way_first(stage: Stage) -> None:
    widths = []
    for width in (1100, 720, 640):
        stage.bar.setFixedWidth(width)
        slider = stage.bar.sound.volume
        widths.append(slider.width() if slider.isVisible() else 0)
    assert widths[0] == 120
    assert widths[0] > widths[1] >= 48
    assert widths[2] == 0


def test_in_a_wide_bar_play_stands_in_the_middle(stage: Stage) -> None:
    stage.window.resize(1100, 500)
    middle = stage.bar.play.mapTo(stage.bar, stage.bar.play.rect().center()).x()
    assert abs(middle - stage.bar.width() / 2) <= 6


def test_it_changes_its_colours(stage: Stage, qapp: QApplication) -> None:
    before = stage.bar.grab().toImage()
    apply_theme(qapp, dark())
    stage.bar.set_theme(dark())
    after = stage.bar.grab().toImage()
    apply_theme(qapp, light())
    assert after.pixelColor(4, 4) == dark().surface
    assert after != before


def test_tips_name_the_keys(stage: Stage) -> None:
    sound = stage.bar.sound
    for part, names in ((sound.speed, ("slower", "faster")), (sound.volume, ("softer", "louder"))):
        for name in names:
            key = stage.actions.by_id[name].shortcut()
            assert key.toString(QKeySequence.SequenceFormat.NativeText) in part.toolTip()
    for name, button in stage.bar.buttons.items():
        key = stage.actions.by_id[name].shortcut()
        assert f"({key.toString(QKeySequence.SequenceFormat.NativeText)})" in button.toolTip()
