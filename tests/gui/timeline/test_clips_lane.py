"""Kept clips in their thin lane: where they lie, what is hit, and their ends dragged by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QHelpEvent, QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.theme import dark, light
from annotator.gui.timeline.clips_lane import CLIPS_HEIGHT, ShownClip, box_of, clip_at
from annotator.gui.timeline.clips_layer import ClipsLayer
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT, Part
from annotator.gui.timeline.view import TimelineView
from annotator.model import ExcludedSpan, Interval, Micros, Session

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
Y = RULER_HEIGHT + CLIPS_HEIGHT // 2
SCALE = Scale(Micros(0), Micros(100_000), 100, 1000)
"""A pixel is 100 microseconds, the first at 100."""


def clip(name: str, start: int, end: int, *, is_chosen: bool = False) -> ShownClip:
    return ShownClip(name, Interval(Micros(start), Micros(end)), 1, f"Clip {name}", is_chosen)


CLIPS = (clip("a", 10_000, 40_000), clip("b", 30_000, 60_000), clip("c", 70_000, 70_010))


@pytest.mark.parametrize(
    ("x", "y", "found"),
    [
        (300, Y, ("a", Part.BODY)),
        (201, Y, ("a", Part.START)),
        (197, Y, ("a", Part.START)),
        (195, Y, None),
        (699, Y, ("b", Part.END)),
        (800, Y, ("c", Part.START)),
        (300, RULER_HEIGHT - 1, None),
        (300, RULER_HEIGHT + CLIPS_HEIGHT, None),
        (99, Y, None),
        (1100, Y, None),
    ],
)
def test_a_clip_is_hit_in_its_lane(x: int, y: int, found: tuple[str, Part] | None) -> None:
    hit = clip_at(x, y, SCALE, CLIPS)
    assert (None if hit is None else (hit[0].id, hit[1])) == found


def test_of_several_the_chosen_one_is_hit_then_the_shortest() -> None:
    wide, narrow = clip("wide", 0, 90_000), clip("narrow", 20_000, 50_000)
    hit = clip_at(450, Y, SCALE, (wide, narrow))
    assert hit is not None
    assert hit[0].id == "narrow"
    hit = clip_at(450, Y, SCALE, (clip("wide", 0, 90_000, is_chosen=True), narrow))
    assert hit is not None
    assert hit[0].id == "wide"


def test_a_short_clip_is_wide_enough_to_be_seen_about_its_place() -> None:
    box = box_of(CLIPS[2], SCALE)
    assert (box.width(), box.center().x()) == (6, pytest.approx(800, abs=0.1))


SECONDS = (("a", 10, 16), ("b", 30, 36))


@pytest.fixture
def layer(view: TimelineView) -> ClipsLayer:
    made = ClipsLayer(view, light(), lambda: Micros(25_000_000))
    made.show_clips([clip(name, a * 1_000_000, b * 1_000_000) for name, a, b in SECONDS])
    return made


def port(view: TimelineView) -> QWidget:
    found = view.viewport()
    assert found is not None
    return found


def place(view: TimelineView, seconds: float) -> QPoint:
    return QPoint(view.scale.pixel_of(round(seconds * 1_000_000)), Y)


def collected(signal: object) -> list[object]:
    got: list[object] = []
    signal.connect(lambda *values: got.append(values if len(values) > 1 else values[0]))
    return got


def drag(view: TimelineView, start: float, end: float, held: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mousePress(port(view), LEFT, held, place(view, start))
    for seconds in ((start + end) / 2, end):
        event_place = place(view, seconds)
        _move(view, event_place, held)
    QTest.mouseRelease(port(view), LEFT, held, place(view, end))


def _move(view: TimelineView, point: QPoint, held: Qt.KeyboardModifier) -> None:
    spot = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, spot, QPointF(port(view).mapToGlobal(point)), LEFT, LEFT, held
    )
    QApplication.sendEvent(port(view), event)


def hover(view: TimelineView, seconds: float) -> None:
    """Move the mouse there from elsewhere, for it may be there already."""
    QTest.mouseMove(port(view), place(view, 45))
    QTest.mouseMove(port(view), place(view, seconds))


def test_the_lane_has_room_only_with_clips(view: TimelineView, layer: ClipsLayer) -> None:
    assert view.scene.top == RULER_HEIGHT + CLIPS_HEIGHT
    assert layer.isVisible()
    layer.show_clips(())
    assert view.scene.top == RULER_HEIGHT
    assert not layer.isVisible()


def test_the_lane_goes_where_the_lanes_of_tags_need_the_room(
    view: TimelineView, layer: ClipsLayer
) -> None:
    view.resize(1000, 100)
    assert view.scene.top == RULER_HEIGHT
    assert not layer.isVisible()
    view.resize(1000, 220)
    assert layer.isVisible()


def test_a_click_chooses_and_a_double_click_plays(view: TimelineView, layer: ClipsLayer) -> None:
    chosen, played = collected(layer.chosen), collected(layer.played)
    sought = collected(view.seek_requested)
    QTest.mouseClick(port(view), LEFT, PLAIN, place(view, 13))
    assert (chosen, played, sought) == (["a"], [], [])
    QTest.mouseDClick(port(view), LEFT, PLAIN, place(view, 33))
    assert (chosen[-1], played) == ("b", ["b"])
    QTest.mouseClick(port(view), LEFT, PLAIN, place(view, 22))
    assert (len(sought), played) == (1, ["b"]), "beside clips the lane seeks as the ruler does"


@pytest.mark.parametrize(
    ("grabbed", "to", "span"),
    [
        (10, 8.013, (8_000_000, 16_000_000)),
        (16, 19.99, (10_000_000, 20_000_000)),
        (36, 25.02, (30_000_000, 30_040_000)),
        (30, 25.02, (25_000_000, 36_000_000)),
    ],
)
def test_an_end_is_dragged_and_snaps_as_tags_do(
    view: TimelineView, layer: ClipsLayer, grabbed: int, to: float, span: tuple[int, int]
) -> None:
    trimmed, chosen = collected(layer.trimmed), collected(layer.chosen)
    drag(view, grabbed, to)
    assert [(start, end) for _, start, end in trimmed] == [
        (
            pytest.approx(span[0], abs=view.scale.micros_of(1)),
            pytest.approx(span[1], abs=view.scale.micros_of(1)),
        )
    ]
    assert chosen == []


def test_near_the_playhead_an_end_snaps_to_it_unless_alt_is_held(
    view: TimelineView, layer: ClipsLayer
) -> None:
    trimmed = collected(layer.trimmed)
    near = 25 + view.scale.micros_of(4) / 1_000_000
    drag(view, 30, near)
    drag(view, 30, near, ALT)
    (_, snapped, _), (_, free, _) = trimmed
    assert snapped == 25_000_000
    assert free != 25_000_000


def test_while_an_end_is_dragged_the_frame_at_it_is_asked_for(
    view: TimelineView, layer: ClipsLayer
) -> None:
    moved = collected(layer.edge_moved)
    drag(view, 16, 20)
    assert moved[-1] == pytest.approx(20_000_000 - 1, abs=view.scale.micros_of(1))
    assert (int(str(moved[-1])) + 1) % 40_000 == 0


@pytest.mark.parametrize(
    ("grabbed", "to", "start"),
    [
        (13, 18, 15_000_000),
        (13, 20.013, 17_000_000),
        (33, 10, 7_000_000),
        (33, 1, 2_000_000),
        (33, -9, 2_000_000),
        (13, 59, 52_000_000),
    ],
)
def test_a_body_is_dragged_by_whole_frames_and_stays_in_the_region(
    view: TimelineView, layer: ClipsLayer, grabbed: int, to: float, start: int
) -> None:
    shifted, trimmed = collected(layer.shifted), collected(layer.trimmed)
    drag(view, grabbed, to)
    [(name, first, last)] = shifted
    assert name == {13: "a", 33: "b"}[grabbed]
    assert first == pytest.approx(start, abs=view.scale.micros_of(2))
    assert (first % 40_000, last - first) == (0, 6_000_000)
    assert 2_000_000 <= first < last <= 58_000_000, "the region"
    assert trimmed == []


def test_what_reaches_out_of_the_region_already_goes_no_further_out(
    view: TimelineView, layer: ClipsLayer
) -> None:
    layer.show_clips([clip("a", 1_000_000, 4_000_000)])
    shifted = collected(layer.shifted)
    drag(view, 3, 1)
    drag(view, 3, 6)
    [(_, start, end)] = shifted
    assert end - start == 3_000_000
    assert start == pytest.approx(4_000_000, abs=view.scale.micros_of(2))


def test_where_the_region_ends_between_frames_a_clip_keeps_its_length(
    view: TimelineView, layer: ClipsLayer, session: Session
) -> None:
    odd = replace(session, region=Interval(Micros(2_013_000), Micros(57_987_000)))
    view.apply_changes(odd, ())
    layer.show_clips([clip("a", 10_000_000, 16_000_000)])
    shifted = collected(layer.shifted)
    drag(view, 13, -5, ALT)
    drag(view, 13, 2)
    drag(view, 13, 59)
    assert [values[1:] for values in shifted] == [
        (2_013_000, 8_013_000),
        (2_013_000, 8_013_000),
        (51_987_000, 57_987_000),
    ], "150 frames begin in each of these"


def test_near_the_playhead_a_body_snaps_with_the_bound_that_is_nearer(
    view: TimelineView, layer: ClipsLayer
) -> None:
    shifted = collected(layer.shifted)
    near = view.scale.micros_of(4) / 1_000_000
    drag(view, 13, 28 + near)
    drag(view, 13, 22 + near)
    assert [values[1:] for values in shifted] == [
        (25_000_000, 31_000_000),
        (19_000_000, 25_000_000),
    ]


def test_what_lies_too_near_to_the_end_is_not_snapped_to(
    view: TimelineView, layer: ClipsLayer, session: Session
) -> None:
    late = view.scale.micros_of(3)
    view.apply_changes(
        replace(session, excluded=(ExcludedSpan(Micros(52_000_000 + late), Micros(55_000_000)),)),
        (),
    )
    shifted = collected(layer.shifted)
    drag(view, 13, 58)
    [(_, start, end)] = shifted
    assert (start, end) == (52_000_000, 58_000_000), "else it would be shorter"


def test_while_a_body_is_dragged_its_first_frame_is_asked_for_and_the_hand_is_closed(
    view: TimelineView, layer: ClipsLayer
) -> None:
    moved, shifted = collected(layer.edge_moved), collected(layer.shifted)
    hover(view, 13)
    assert port(view).cursor().shape() is Qt.CursorShape.OpenHandCursor
    QTest.mousePress(port(view), LEFT, PLAIN, place(view, 13))
    _move(view, place(view, 18), PLAIN)
    assert port(view).cursor().shape() is Qt.CursorShape.ClosedHandCursor
    layer.shifted.connect(lambda name, first, last: layer.show_clips([clip(name, first, last)]))
    QTest.mouseRelease(port(view), LEFT, PLAIN, place(view, 18))
    assert port(view).cursor().shape() is Qt.CursorShape.OpenHandCursor
    [(_, start, _)] = shifted
    assert moved[-1] == start


def test_the_page_follows_a_hand_that_leaves_it_and_does_not_turn_by_itself(
    view: TimelineView, layer: ClipsLayer
) -> None:
    for _ in range(4):
        view.zoom_in()
    view.pull(replace(view.scale, start=Micros(11_000_000)))
    layer.edge_moved.connect(view.set_position)
    shifted = collected(layer.shifted)
    QTest.mousePress(port(view), LEFT, PLAIN, place(view, 14))
    _move(view, place(view, 14.5), PLAIN)
    assert view.scale.start == 11_000_000, "although its first frame lies left of the page"
    beyond = QPoint(view.scale.right + 40, Y)
    _move(view, beyond, PLAIN)
    assert view.scale.start > 11_000_000
    QTest.mouseRelease(port(view), LEFT, PLAIN, beyond)
    assert len(shifted) == 1
    view.set_position(Micros(50_000_000))
    assert view.scale.start <= 50_000_000 < view.scale.end, "then it turns again"


@pytest.mark.parametrize("grabbed", [13, 16])
def test_esc_gives_a_drag_up_and_the_film_goes_back(
    view: TimelineView, layer: ClipsLayer, grabbed: int
) -> None:
    trimmed, shifted = collected(layer.trimmed), collected(layer.shifted)
    moved = collected(layer.edge_moved)
    QTest.mousePress(port(view), LEFT, PLAIN, place(view, grabbed))
    _move(view, place(view, 20), PLAIN)
    assert moved[-1] != 25_000_000
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert moved[-1] == 25_000_000
    QTest.mouseRelease(port(view), LEFT, PLAIN, place(view, 20))
    assert (trimmed, shifted) == ([], [])


def test_what_may_not_be_changed_is_only_chosen(view: TimelineView, layer: ClipsLayer) -> None:
    layer.is_writable = False
    trimmed, chosen = collected(layer.trimmed), collected(layer.chosen)
    shifted = collected(layer.shifted)
    drag(view, 16, 20)
    drag(view, 13, 20)
    assert (trimmed, shifted, chosen) == ([], [], ["a", "a"])
    for seconds in (13, 16):
        hover(view, seconds)
        assert port(view).cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_with_shift_time_is_selected_over_clips_too(view: TimelineView, layer: ClipsLayer) -> None:
    chosen, asked = collected(layer.chosen), collected(view.selection_asked)
    drag(view, 12, 20, SHIFT)
    assert chosen == []
    assert len(asked) == 1


def test_the_mouse_tells_what_can_be_done_and_what_it_rests_on(
    view: TimelineView, layer: ClipsLayer
) -> None:
    hover(view, 13)
    assert port(view).cursor().shape() is Qt.CursorShape.OpenHandCursor
    hover(view, 16)
    assert port(view).cursor().shape() is Qt.CursorShape.SizeHorCursor
    spot = place(view, 13)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, spot, port(view).mapToGlobal(spot))
    QApplication.sendEvent(port(view), event)
    assert QToolTip.text() == "1. Clip a\n0:00:10.000 to 0:00:16.000"
    QToolTip.hideText()
    assert layer.isVisible()


def test_the_chosen_clip_is_filled(qtbot: QtBot, view: TimelineView, layer: ClipsLayer) -> None:
    def colour(seconds: float) -> str:
        picture = view.grab().toImage()
        point = port(view).mapTo(view, place(view, seconds)) * int(picture.devicePixelRatio())
        return picture.pixelColor(point).name()

    accent = light().accent.name()
    assert accent not in {colour(15), colour(35)}
    chosen = [clip("a", 10_000_000, 16_000_000), clip("b", 30_000_000, 36_000_000, is_chosen=True)]
    layer.show_clips(chosen)
    assert (colour(15) == accent, colour(35) == accent) == (False, True)
    layer.set_theme(dark())
    assert colour(35) == dark().accent.name()
    assert qtbot is not None


def test_clips_that_change_in_the_hand_are_let_go_of(
    view: TimelineView,
    layer: ClipsLayer,
) -> None:
    trimmed = collected(layer.trimmed)
    QTest.mousePress(port(view), LEFT, PLAIN, place(view, 16))
    _move(view, place(view, 20), PLAIN)
    layer.show_clips([clip("a", 10_000_000, 12_000_000)])
    QTest.mouseRelease(port(view), LEFT, PLAIN, place(view, 20))
    assert trimmed == []
