"""The lane of the sound on the timeline: what it takes, what it shows, what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.theme import dark, light
from annotator.gui.timeline.hit import RULER_HEIGHT, Part
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, SoundLane, SoundState
from annotator.gui.timeline.sound_notice import SoundNotice
from annotator.gui.timeline.view import TimelineView
from annotator.model import Micros, Session

MIDDLE = RULER_HEIGHT + SOUND_HEIGHT // 2
RED = QColor("#ff0000")


class FullWave:
    """Fills what it is asked for from 20 to 30 s of the recording, and remembers the asking."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, tuple[int, int]]] = []

    def image(
        self, start: Micros, end: Micros, size: tuple[int, int], colour: QColor, line: float
    ) -> QImage:
        assert colour.isValid()
        assert line >= 1
        self.asked.append((start, end, size))
        image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        for x in range(size[0]):
            moment = start + (end - start) * x // size[0]
            if 20_000_000 <= moment < 30_000_000:
                for y in range(size[1]):
                    image.setPixelColor(x, y, RED)
        return image


def port(view: TimelineView) -> QWidget:
    found = view.viewport()
    assert found is not None
    return found


def notice(view: TimelineView) -> SoundNotice:
    found = view.findChild(SoundNotice)
    assert found is not None
    return found


def is_red(view: TimelineView, second: float) -> bool:
    image = port(view).grab().toImage()
    return image.pixelColor(view.scale.pixel_of(round(second * 1_000_000)), MIDDLE) == RED


@pytest.fixture
def drawn(view: TimelineView) -> TimelineView:
    view.resize(1000, 300)
    view.show_sound(SoundLane(SoundState.DRAWN, wave=FullWave()))
    return view


def test_the_wave_stands_at_its_time(drawn: TimelineView) -> None:
    assert [is_red(drawn, second) for second in (19.5, 20.5, 29.5, 30.5)] == [
        False,
        True,
        True,
        False,
    ]


def test_whose_sound_it_is_stands_below_its_name(drawn: TimelineView) -> None:
    lane = drawn.sound
    before = port(drawn).grab().toImage()
    drawn.show_sound(replace(lane, owner="a-very-long-name-of-a-recording-made-in-the-room.mp4"))
    after = port(drawn).grab().toImage()
    left = drawn.scale.left
    changed = [
        (x, y)
        for x in range(before.width())
        for y in range(before.height())
        if before.pixelColor(x, y) != after.pixelColor(x, y)
    ]
    assert changed
    assert all(x < left and RULER_HEIGHT < y < RULER_HEIGHT + SOUND_HEIGHT for x, y in changed)


def test_it_follows_zoom_and_offset(drawn: TimelineView) -> None:
    drawn.set_position(Micros(25_000_000))
    for _ in range(3):
        drawn.zoom_in()
    assert drawn.scale.start > 0
    assert is_red(drawn, 20.5)
    assert not is_red(drawn, 19.5)
    drawn.show_sound(SoundLane(SoundState.DRAWN, wave=FullWave(), offset=Micros(3_000_000)))
    assert not is_red(drawn, 22.5)
    assert is_red(drawn, 23.5)
    assert is_red(drawn, 32.5)


def test_a_moving_playhead_does_not_draw_it_again(drawn: TimelineView, qtbot: QtBot) -> None:
    wave = FullWave()
    drawn.show_sound(SoundLane(SoundState.DRAWN, wave=wave))
    port(drawn).repaint()
    times = len(wave.asked)
    for second in range(10, 20):
        drawn.set_position(Micros(second * 1_000_000))
        port(drawn).repaint()
    assert len(wave.asked) == times == 1
    assert wave.asked[0][2][0] == drawn.scale.width
    assert qtbot is not None


def test_it_makes_room_above_the_lanes_and_gives_it_back(view: TimelineView) -> None:
    view.resize(1000, 300)
    below = QPoint(500, RULER_HEIGHT + 10)
    assert view.hit_at(below).part is Part.EMPTY
    view.show_sound(SoundLane(SoundState.READING, "Reading the sound…"))
    assert view.hit_at(below).part is Part.RULER
    view.show_sound(SoundLane())
    assert view.hit_at(below).part is Part.EMPTY
    assert not notice(view).isVisible()


def test_tags_are_hit_where_they_are_painted_below_it(
    drawn: TimelineView, session: Session
) -> None:
    tags = {tag.id for one in session.passes for tag in one.tags}
    hits = {
        found.id
        for y in range(RULER_HEIGHT, port(drawn).height())
        for x in (drawn.scale.pixel_of(10_000_000), drawn.scale.pixel_of(25_000_000))
        if (found := drawn.hit_at(QPoint(x, y)).tag) is not None
    }
    assert hits == tags
    assert all(
        drawn.hit_at(QPoint(drawn.scale.pixel_of(25_000_000), y)).tag is None
        for y in range(RULER_HEIGHT + SOUND_HEIGHT)
    )


def test_a_click_on_it_seeks(drawn: TimelineView) -> None:
    sought: list[int] = []
    drawn.seek_requested.connect(sought.append)
    x = drawn.scale.pixel_of(25_000_000)
    QTest.mouseClick(port(drawn), Qt.MouseButton.LeftButton, pos=QPoint(x, MIDDLE))
    assert len(sought) == 1
    assert abs(sought[0] - 25_000_000) < 100_000


def test_a_low_timeline_keeps_its_height_for_the_lanes(drawn: TimelineView) -> None:
    drawn.resize(1000, 140)
    assert drawn.hit_at(QPoint(500, RULER_HEIGHT + 10)).part is not Part.RULER
    drawn.resize(1000, 300)
    assert drawn.hit_at(QPoint(500, RULER_HEIGHT + 10)).part is Part.RULER


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (SoundState.READING, "Cancel"),
        (SoundState.STOPPED, "Draw the sound"),
        (SoundState.FAILED, "Try again"),
    ],
)
def test_it_says_what_goes_on_with_a_button(
    view: TimelineView, qtbot: QtBot, state: SoundState, button: str
) -> None:
    view.resize(1000, 300)
    view.show_sound(SoundLane(state, "Some words"))
    said = notice(view)
    assert said.isVisible()
    assert said.text == "Some words"
    assert said.geometry().top() == RULER_HEIGHT
    assert said.geometry().left() == view.scale.left
    with qtbot.wait_signal(view.sound_button_pressed):
        found = said.findChild(QPushButton)
        assert found is not None
        assert found.text() == button
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_long_reason_is_cut_and_its_button_stays(view: TimelineView, qtbot: QtBot) -> None:
    view.resize(700, 300)
    reason = "The sound cannot be drawn. " + "It is damaged in many places. " * 10
    view.show_sound(SoundLane(SoundState.FAILED, reason))
    said, button = notice(view), notice(view).findChild(QPushButton)
    assert button is not None
    assert said.text == reason
    qtbot.wait_until(lambda: button.width() >= button.sizeHint().width())
    assert button.geometry().right() < said.width()


@pytest.mark.parametrize("theme", [light(), dark()])
def test_every_theme_has_its_own_ground(drawn: TimelineView, qtbot: QtBot, theme: object) -> None:
    assert theme in (light(), dark())
    wanted = light() if theme == light() else dark()
    drawn.set_theme(wanted)
    x = drawn.scale.pixel_of(40_000_000) + 3
    assert port(drawn).grab().toImage().pixelColor(x, MIDDLE) == wanted.surface
    assert qtbot is not None
