"""Several tags in the hand, selected time, and the frame of the coding, with a real mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.theme import light
from annotator.gui.timeline.frame_parts import FrameKind
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.selecting import Selection
from annotator.gui.timeline.view import TimelineView
from annotator.model import Interval, Micros, Session, Tag
from tests.support.snapshots import MOST_OF_A_BLOCK, MOST_ON_THE_WHOLE, difference

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
RULER_Y, GRIP_Y = 8, RULER_HEIGHT - 5
MakeTag = Callable[..., Tag]


@pytest.fixture
def tags(make_tag: MakeTag) -> list[Tag]:
    return [
        make_tag(1, "reflection", 10),
        make_tag(2, "silence", 20, 24),
        make_tag(3, "silence", 30, 34),
        make_tag(4, "silence", 40, 44),
    ]


@pytest.fixture
def session(tags: list[Tag], make_session: Callable[..., Session]) -> Session:
    return make_session(tags)


@pytest.fixture
def view(qtbot: QtBot, session: Session, frames: tuple[Micros, ...]) -> TimelineView:
    made = TimelineView(light())
    qtbot.addWidget(made)
    made.resize(1000, 220)
    with qtbot.waitExposed(made):
        made.show()
    made.show_session(session, "pass1")
    made.set_frame_times(frames)
    made.selection_asked.connect(made.set_selection)  # as the desk does
    return made


def port(view: TimelineView) -> QWidget:
    found = view.viewport()
    assert found is not None
    return found


def collected(signal: object) -> list[object]:
    got: list[object] = []
    signal.connect(lambda *values: got.append(values if len(values) > 1 else values[0]))
    return got


def on(view: TimelineView, tag: Tag) -> QPoint:
    """Find a pixel on the body of a tag."""
    x = view.scale.pixel_of((tag.start + tag.end) // 2)
    places = [QPoint(x, y) for y in range(view.scene.top, view.scene.foot)]
    inside = [one for one in places if view.hit_at(one).tag == tag]
    return inside[len(inside) // 2]


def at(view: TimelineView, seconds: float, y: int) -> QPoint:
    return QPoint(view.scale.pixel_of(round(seconds * 1_000_000)), y)


def click(view: TimelineView, point: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(port(view), LEFT, keys, point)


def drag(view: TimelineView, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Drag; moves that QTest makes carry no keys, so they are made of events."""
    QTest.mousePress(port(view), LEFT, keys, start)
    for point in ((start + end) / 2, end):
        where = QPointF(point)
        everywhere = QPointF(port(view).mapToGlobal(point))
        move = QMouseEvent(QEvent.Type.MouseMove, where, everywhere, NO_BUTTON, LEFT, keys)
        QApplication.sendEvent(port(view), move)
    QTest.mouseRelease(port(view), LEFT, keys, end)


def selected(view: TimelineView) -> set[str]:
    return set(view._moving.selected)


def test_ctrl_adds_and_takes_away(view: TimelineView, tags: list[Tag]) -> None:
    click(view, on(view, tags[1]))
    click(view, on(view, tags[3]), CTRL)
    assert selected(view) == {"t2", "t4"}
    click(view, on(view, tags[1]), CTRL)
    assert selected(view) == {"t4"}


def test_shift_selects_from_the_last_clicked(view: TimelineView, tags: list[Tag]) -> None:
    click(view, on(view, tags[1]))
    click(view, on(view, tags[3]), SHIFT)
    assert selected(view) == {"t2", "t3", "t4"}
    click(view, on(view, tags[2]), SHIFT)
    assert selected(view) == {"t2", "t3"}
    click(view, on(view, tags[0]), SHIFT | CTRL)
    assert selected(view) == {"t1", "t2", "t3"}


def test_a_rectangle_selects_and_a_click_beside_selects_nothing(view: TimelineView) -> None:
    top, bottom = view.scene.top, view.scene.foot - 2
    drag(view, at(view, 8, top + 1), at(view, 33, bottom))
    assert selected(view) == {"t1", "t2", "t3"}
    drag(view, at(view, 39, top + 1), at(view, 48, bottom), CTRL)
    assert selected(view) == {"t1", "t2", "t3", "t4"}
    click(view, at(view, 37, top + 2))
    assert selected(view) == set()


def test_a_rectangle_is_seen_while_it_is_drawn(view: TimelineView) -> None:
    start = at(view, 8, view.scene.top + 1)
    QTest.mousePress(port(view), LEFT, pos=start)
    plain = port(view).grab().toImage()
    QTest.mouseMove(port(view), start + QPoint(200, 50))
    assert port(view).grab().toImage() != plain
    assert set(view._moving.touched) == {"t1", "t2"}
    QTest.mouseRelease(port(view), LEFT, pos=start + QPoint(200, 50))
    assert view._moving.touched == ()


def test_dragging_one_of_several_moves_all(view: TimelineView, tags: list[Tag]) -> None:
    view.set_selection(Selection(frozenset({"t2", "t3"})))
    retimed = collected(view.tags_retimed)
    grip = on(view, tags[1])
    QTest.mousePress(port(view), LEFT, pos=grip)
    before = port(view).grab().toImage()
    QTest.mouseMove(port(view), grip + QPoint(40, 0))
    assert port(view).grab().toImage() != before
    QTest.mouseRelease(port(view), LEFT, pos=grip + QPoint(40, 0))
    (moved,) = retimed
    new = {tag_id: (start, end) for tag_id, start, end in moved}
    assert new.keys() == {"t2", "t3"}
    by = new["t2"][0] - tags[1].start
    assert by > 0
    assert new["t3"] == (tags[2].start + by, tags[2].end + by)


def test_an_edge_moves_one_even_of_several(view: TimelineView, tags: list[Tag]) -> None:
    view.set_selection(Selection(frozenset({"t2", "t3"})))
    retimed = collected(view.tags_retimed)
    grip = QPoint(view.scale.pixel_of(tags[1].end) - 1, on(view, tags[1]).y())
    drag(view, grip, grip + QPoint(30, 0))
    assert [tag_id for tag_id, *_ in retimed[0]] == ["t2"]


def test_a_click_on_one_of_several_selects_it_alone(view: TimelineView, tags: list[Tag]) -> None:
    view.set_selection(Selection(frozenset({"t2", "t3"})))
    click(view, on(view, tags[1]))
    assert selected(view) == {"t2"}


def test_an_edge_snaps_to_the_playhead_and_to_other_tags(
    view: TimelineView, tags: list[Tag]
) -> None:
    view.set_position(Micros(27_010_000))
    retimed = collected(view.tags_retimed)
    y = on(view, tags[1]).y()
    grip = QPoint(view.scale.pixel_of(tags[1].end) - 1, y)
    drag(view, grip, at(view, 27.0, y) + QPoint(2, 0))
    drag(view, grip, at(view, 30.0, y) + QPoint(3, 0))
    assert [moved[0][2] for moved in retimed] == [27_010_000, 30_000_000]


def test_alt_has_nothing_snap(view: TimelineView, tags: list[Tag]) -> None:
    view.set_position(Micros(27_010_000))
    retimed = collected(view.tags_retimed)
    y = on(view, tags[1]).y()
    grip = QPoint(view.scale.pixel_of(tags[1].end) - 1, y)
    target = at(view, 27.0, y) + QPoint(3, 0)
    drag(view, grip, target, ALT)
    (((_, _, end),),) = retimed
    assert end == tags[1].end + view.scale.time_at(target.x()) - view.scale.time_at(grip.x())


def test_a_guide_shows_what_was_snapped_to(view: TimelineView, tags: list[Tag]) -> None:
    y = on(view, tags[1]).y()
    grip = QPoint(view.scale.pixel_of(tags[1].end) - 1, y)
    QTest.mousePress(port(view), LEFT, pos=grip)
    QTest.mouseMove(port(view), at(view, 27, y))
    assert view._moving.snapped is None
    QTest.mouseMove(port(view), at(view, 30, y) + QPoint(2, 0))
    assert view._moving.snapped == 30_000_000
    QTest.mouseRelease(port(view), LEFT, pos=grip)
    assert view._moving.snapped is None


def test_silences_that_are_known_are_snapped_to(view: TimelineView, tags: list[Tag]) -> None:
    view.set_silences([Interval(Micros(26_123_456), Micros(26_900_000))])
    retimed = collected(view.tags_retimed)
    y = on(view, tags[1]).y()
    grip = QPoint(view.scale.pixel_of(tags[1].end) - 1, y)
    drag(view, grip, at(view, 26.1, y) + QPoint(1, 0))
    assert [moved[0][2] for moved in retimed] == [26_123_456]


def test_shift_on_the_ruler_selects_time(view: TimelineView) -> None:
    chosen, sought = collected(view.selection_asked), collected(view.seek_requested)
    drag(view, at(view, 35, RULER_Y), at(view, 25, RULER_Y), SHIFT)
    (found,) = chosen
    assert found.stretch is not None
    assert abs(found.stretch.start - 25_000_000) <= 80_000
    assert abs(found.stretch.end - 35_000_000) <= 80_000
    assert sought == []
    assert "Selected: 0:00:2" in view.accessibleDescription()


def test_a_click_with_shift_selects_from_the_playhead(view: TimelineView) -> None:
    view.set_position(Micros(12_000_000))
    chosen = collected(view.selection_asked)
    click(view, at(view, 16, RULER_Y), SHIFT)
    (found,) = chosen
    assert found.stretch.start == 12_000_000
    assert abs(found.stretch.end - 16_000_000) <= 80_000


def test_the_region_is_dragged_by_its_edge(view: TimelineView, session: Session) -> None:
    moved, sought = collected(view.frame_moved), collected(view.seek_requested)
    drag(view, at(view, 58, GRIP_Y), at(view, 55, GRIP_Y))
    ((part, span),) = moved
    assert part.kind is FrameKind.REGION
    assert span.start == session.region.start
    assert abs(span.end - 55_000_000) <= 80_000
    assert sought[-1] == span.end


def test_an_excluded_span_is_dragged_by_its_edge(view: TimelineView, session: Session) -> None:
    moved = collected(view.frame_moved)
    drag(view, at(view, 50, GRIP_Y), at(view, 47, GRIP_Y))
    ((part, span),) = moved
    assert part.excluded == session.excluded[0]
    assert span.end == 54_000_000
    assert abs(span.start - 47_000_000) <= 80_000


def test_an_edge_cannot_be_dragged_past_the_other(view: TimelineView) -> None:
    moved = collected(view.frame_moved)
    drag(view, at(view, 54, GRIP_Y), at(view, 40, GRIP_Y))
    ((_, span),) = moved
    assert span == Interval(Micros(50_000_000), Micros(50_040_000))


def test_a_click_on_an_edge_seeks(view: TimelineView) -> None:
    moved, sought = collected(view.frame_moved), collected(view.seek_requested)
    click(view, at(view, 58, GRIP_Y))
    assert moved == []
    assert len(sought) == 1


def test_esc_lets_go_of_an_edge(view: TimelineView) -> None:
    moved = collected(view.frame_moved)
    QTest.mousePress(port(view), LEFT, pos=at(view, 58, GRIP_Y))
    QTest.mouseMove(port(view), at(view, 50, GRIP_Y))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(port(view), LEFT, pos=at(view, 50, GRIP_Y))
    assert moved == []
    assert view._moving.held is None


def test_the_cursor_tells_that_an_edge_can_be_dragged(view: TimelineView) -> None:
    QTest.mouseMove(port(view), at(view, 58, GRIP_Y))
    assert port(view).cursor().shape() is Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(port(view), at(view, 58, RULER_Y))
    assert port(view).cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_double_click_asks_for_the_reason(
    qtbot: QtBot, view: TimelineView, session: Session
) -> None:
    given = collected(view.reason_given)
    view.activateWindow()
    QTest.mouseDClick(port(view), LEFT, pos=at(view, 52, GRIP_Y))
    field = view.findChild(QLineEdit)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    assert field.text() == "a name"
    field.selectAll()
    qtbot.keyClicks(field, "phone number")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert given == [(session.excluded[0], "phone number")]
    assert not field.isVisible()


def test_esc_keeps_the_reason_as_it_was(qtbot: QtBot, view: TimelineView, session: Session) -> None:
    given = collected(view.reason_given)
    view.activateWindow()
    view.ask_reason(session.excluded[0])
    field = view.findChild(QLineEdit)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "nothing")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert given == []


def test_arrows_go_from_tag_to_tag_when_the_keyboard_is_here(
    qtbot: QtBot, view: TimelineView
) -> None:
    sought = collected(view.seek_requested)
    view.activateWindow()
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    for key, keys, wanted in (
        (Qt.Key.Key_Right, NONE, {"t1"}),  # from nowhere: the nearest to the playhead
        (Qt.Key.Key_Down, NONE, {"t2"}),
        (Qt.Key.Key_Right, NONE, {"t3"}),
        (Qt.Key.Key_Right, SHIFT, {"t3", "t4"}),
        (Qt.Key.Key_Left, NONE, {"t2"}),
        (Qt.Key.Key_A, CTRL, {"t1", "t2", "t3", "t4"}),
    ):
        QTest.keyClick(view, key, keys)
        assert selected(view) == wanted
    assert sought[:3] == [10_000_000, 20_000_000, 30_000_000]
    override = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Left, NONE)
    override.ignore()
    view.event(override)
    assert override.isAccepted()


def test_a_screen_reader_hears_what_is_selected(view: TimelineView, tags: list[Tag]) -> None:
    click(view, on(view, tags[1]))
    assert view.accessibleDescription() == (
        "Selected: Silence, 0:00:20.000 to 0:00:24.000 (4.0 s), in lane Quiet."
    )
    view.select_in_view()
    assert "Selected: 4 tags" in view.accessibleDescription()


@pytest.fixture
def large(qtbot: QtBot, session: Session, frames: tuple[Micros, ...]) -> TimelineView:
    """The same at an interface size of 200 %: every point is two pixels wide."""
    made = TimelineView(light(2.0))
    qtbot.addWidget(made)
    made.resize(2000, 440)
    with qtbot.waitExposed(made):
        made.show()
    made.show_session(session, "pass1")
    made.set_frame_times(frames)
    made.selection_asked.connect(made.set_selection)
    return made


def test_at_twice_the_size_everything_is_twice_as_large(
    view: TimelineView, large: TimelineView, tags: list[Tag]
) -> None:
    assert large.scale == view.scale
    assert large.scene.bands == view.scene.bands
    assert large.minimumSizeHint() == 2 * view.minimumSizeHint()
    click(large, on(large, tags[1]) * 2)
    assert selected(large) == {"t2"}
    retimed = collected(large.tags_retimed)
    grip = QPoint(large.scale.pixel_of(tags[1].end) - 1, on(large, tags[1]).y())
    drag(large, grip * 2, (grip + QPoint(30, 0)) * 2)
    (((_, start, end),),) = retimed
    assert start == tags[1].start
    assert abs(end - tags[1].end - large.scale.micros_of(31)) <= 80_000
    port(view).update()
    click(view, on(view, tags[1]))
    one, two = port(view).grab().toImage(), port(large).grab().toImage()
    two.setDevicePixelRatio(2)
    worst, mean = difference(two, one)
    assert worst <= MOST_OF_A_BLOCK
    assert mean <= MOST_ON_THE_WHOLE


def test_a_theme_of_another_size_is_worn_at_once(view: TimelineView) -> None:
    before = view.scale.width
    view.set_theme(light(2.0))
    assert view.scale.width < before / 2
    view.set_theme(light())
    assert view.scale.width == before
