"""The film's picture stands where it should, and takes no key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, QPointF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.player.picture import PictureView
from annotator.gui.player.scaling import letterbox
from annotator.gui.theme import dark, light
from annotator.model.recording import Look

RED, BLUE = QColor("#d01010"), QColor("#1010d0")
SIDES = st.integers(1, 4000)
NO_KEYS = Qt.KeyboardModifier.NoModifier


def plain(width: int, height: int, colour: QColor = RED) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(colour)
    return image


def seen(view: PictureView) -> QImage:
    return view.grab().toImage()


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    picture = PictureView(light())
    qtbot.addWidget(picture)
    picture.resize(640, 480)
    picture.show()
    return picture


@given(SIDES, SIDES, SIDES, SIDES, st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_a_frame_fills_one_side_and_keeps_its_shape(
    width: int, height: int, wide: int, high: int, ratio: float
) -> None:
    place = letterbox(QSize(width, height), QSize(wide, high), ratio)
    whole_wide, whole_high = round(wide * ratio), round(high * ratio)
    assert place.width() == whole_wide or place.height() == whole_high
    assert 0 < place.width() <= whole_wide
    assert 0 < place.height() <= whole_high
    assert abs(place.width() * height - place.height() * width) <= max(width, height)
    assert 0 <= (whole_wide - place.width()) - 2 * place.x() <= 1
    assert 0 <= (whole_high - place.height()) - 2 * place.y() <= 1


@pytest.mark.parametrize("playing", [True, False])
def test_a_wide_frame_has_bars_above_and_below(view: PictureView, *, playing: bool) -> None:
    view.set_playing(playing=playing)
    view.show_frame(plain(320, 180))
    image = seen(view)
    assert image.pixelColor(0, 59) == light().film_surround
    assert image.pixelColor(0, 61) == RED
    assert image.pixelColor(639, 418) == RED
    assert image.pixelColor(639, 420) == light().film_surround


def test_a_tall_frame_has_bars_at_its_sides(view: PictureView) -> None:
    view.show_frame(plain(100, 200))
    image = seen(view)
    assert image.pixelColor(199, 240) == light().film_surround
    assert image.pixelColor(201, 240) == RED
    assert image.pixelColor(441, 240) == light().film_surround


def test_a_new_frame_of_the_same_size_replaces_the_old_one(view: PictureView) -> None:
    view.show_frame(plain(320, 240))
    assert seen(view).pixelColor(320, 240) == RED
    view.show_frame(plain(320, 240, BLUE))
    assert seen(view).pixelColor(320, 240) == BLUE


def test_a_paused_frame_is_made_smaller_without_losing_fine_lines(view: PictureView) -> None:
    lines = plain(6400, 4800, QColor("white"))
    for x in range(0, 6400, 2):
        lines.setPixelColor(x, 2400, QColor("black"))
    striped = lines.copy(0, 2400, 6400, 1).scaled(6400, 4800)
    view.show_frame(striped)
    greys = {seen(view).pixelColor(x, 240).red() for x in range(100, 500)}
    assert all(100 < grey < 155 for grey in greys)


def test_cleared_it_shows_nothing(view: PictureView) -> None:
    view.show_frame(plain(640, 480))
    view.clear()
    image = seen(view)
    assert image.pixelColor(320, 240) == light().film_surround
    assert view.frame.isNull()


def test_words_take_the_place_of_the_frame(view: PictureView) -> None:
    view.clear()
    empty = seen(view)
    view.show_message("Opening first-session.mp4")
    assert seen(view) != empty
    assert view.message == "Opening first-session.mp4"
    assert view.accessibleDescription() == view.message
    view.show_frame(plain(640, 480))
    assert view.message == ""
    assert seen(view).pixelColor(320, 240) == RED


def test_sound_alone_is_named(view: PictureView) -> None:
    view.show_sound_only("First talk")
    assert "First talk" in view.message
    assert "no picture" in view.message


def test_the_speed_is_shown_unless_it_is_plain(view: PictureView) -> None:
    view.show_frame(plain(640, 480))
    before = seen(view)
    view.set_speed(1.5)
    assert seen(view) != before
    view.set_speed(1.0)
    assert seen(view) == before


def test_the_caption_says_which_recording_it_is(view: PictureView) -> None:
    view.show_frame(plain(640, 480))
    before = seen(view)
    view.set_caption("Client")
    captioned = seen(view)
    assert captioned != before
    assert captioned.pixelColor(320, 100) == RED
    view.set_caption("A name that is much too long for a picture of this size, by far " * 4)
    assert seen(view).pixelColor(639, 450) == RED
    view.set_caption("")
    assert seen(view) == before


@pytest.mark.parametrize(
    "change",
    [lambda view: view.set_theme(dark()), lambda view: view.resize(500, 500)],
    ids=["theme", "size"],
)
def test_theme_and_size_are_followed(
    view: PictureView, change: Callable[[PictureView], None]
) -> None:
    view.show_frame(plain(100, 100))
    before = seen(view)
    change(view)
    assert seen(view) != before


class Window(QWidget):
    """Notes the keys that its parts let through."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None:
            self.keys.append(event.key())


def test_it_takes_the_focus_but_no_key(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    view = PictureView(light(), window)
    window.show()
    pressed = [Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_R, Qt.Key.Key_Escape]
    for key in pressed:
        QTest.keyClick(view, key)
    assert window.keys == pressed
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert view.accessibleName() == "Film"


def test_the_focus_is_marked_where_the_keyboard_brought_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    other, view = QWidget(window), PictureView(light(), window)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(view)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    plain_view = seen(view)
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert seen(view) == plain_view
    other.setFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert seen(view) != plain_view
    other.setFocus()
    assert seen(view) == plain_view


def roll(view: PictureView, turned: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    at = QPointF(400, 240)
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_asks_for_a_frame_a_notch(view: PictureView) -> None:
    asked: list[int] = []
    view.jogged.connect(asked.append)
    roll(view, 120)
    assert asked == []
    view.show_frame(plain(320, 240))
    for turned in (-120, 240, -40, -40, -40):
        roll(view, turned)
    assert asked == [1, -2, 1]


def test_the_wheel_with_ctrl_zooms_and_dragging_moves(view: PictureView) -> None:
    halves = plain(320, 240)
    halves.fill(BLUE)
    for x in range(160):
        for y in range(240):
            halves.setPixelColor(x, y, RED)
    view.show_frame(halves)
    looks: list[Look] = []
    view.look_changed.connect(looks.append)
    for _ in range(4):
        roll(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert looks[-1].zoom == pytest.approx(1.25**4)
    assert seen(view).pixelColor(40, 240) == RED
    assert seen(view).pixelColor(400, 240) == BLUE
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(100, 240))
    QTest.mouseMove(view, QPoint(600, 240))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(600, 240))
    assert seen(view).pixelColor(400, 240) == RED
    assert looks[-1].across < looks[0].across


def test_a_whole_picture_is_not_moved(view: PictureView) -> None:
    view.show_frame(plain(320, 240))
    looks: list[Look] = []
    view.look_changed.connect(looks.append)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(100, 240))
    QTest.mouseMove(view, QPoint(600, 240))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(600, 240))
    assert looks == []


def test_a_double_click_is_told(view: PictureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.double_clicked):
        QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
