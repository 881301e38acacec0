from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QPaintEvent, QRegion, QShortcut, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.editing.marking import RunningSpan
from annotator.gui.theme import dark, light
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.selecting import Selection
from annotator.gui.timeline.view import TimelineView
from annotator.model import (
    CodingPass,
    FieldChange,
    Interval,
    Member,
    MemberChange,
    Micros,
    Purpose,
    Session,
    Tag,
    TagChange,
)
from annotator.model.change import apply_changes

RULER_Y = 12
LEFT = Qt.MouseButton.LeftButton


def port(view: TimelineView) -> QWidget:
    found = view.viewport()
    assert found is not None
    return found


def point_of(view: TimelineView, tag: Tag, moment: int) -> QPoint:
    """Find the pixel at which a tag shows a moment."""
    x = view.scale.pixel_of(moment)
    places = (QPoint(x, y) for y in range(port(view).height()))
    found = [point for point in places if (view.hit_at(point).tag or tag).id == tag.id]
    inside = [point for point in found if view.hit_at(point).tag is not None]
    return inside[len(inside) // 2]


def only(tag: Tag) -> Selection:
    return Selection(frozenset({tag.id}))


def drag(view: TimelineView, start: QPoint, *stops: QPoint) -> None:
    QTest.mousePress(port(view), LEFT, pos=start)
    for stop in stops:
        QTest.mouseMove(port(view), stop)


def collected(signal: object) -> list[object]:
    """Gather what a signal carries."""
    got: list[object] = []
    signal.connect(lambda *values: got.append(values if len(values) > 1 else values[0]))
    return got


def wheel(
    view: TimelineView,
    notches: int,
    x: int,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    sideways: int = 0,
) -> None:
    where = QPointF(x, 80)
    event = QWheelEvent(
        where,
        QPointF(port(view).mapToGlobal(where.toPoint())),
        QPoint(),
        QPoint(sideways * 120, notches * 120),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port(view), event)


def test_each_frame_is_reached_by_a_click_where_its_playhead_stands(
    view: TimelineView, frames: tuple[Micros, ...]
) -> None:
    for _ in range(8):
        wheel(view, 1, 500)
    assert view.scale.width * 40_000 > view.scale.length * 2
    sought = collected(view.seek_requested)
    shown = [time for time in frames if view.scale.start < time < view.scale.end - 50_000]
    for time in shown:
        QTest.mouseClick(port(view), LEFT, pos=QPoint(view.scale.pixel_of(time), RULER_Y))
    assert sought == shown
    assert len(shown) > 100


def test_click_gives_the_frame_on_screen_within_a_frame(view: TimelineView) -> None:
    for _ in range(40):
        wheel(view, 1, 500)
    sought = collected(view.seek_requested)
    x = view.scale.pixel_of(30_000_000) if view.scale.start < 30_000_000 < view.scale.end else 500
    moment = view.scale.time_at(x + 40)
    QTest.mouseClick(port(view), LEFT, pos=QPoint(x + 40, RULER_Y))
    assert sought == [Micros(moment // 40_000 * 40_000)]


def test_dragging_the_ruler_seeks_all_the_way(view: TimelineView) -> None:
    sought = collected(view.seek_requested)
    drag(view, QPoint(300, RULER_Y), QPoint(320, RULER_Y), QPoint(360, RULER_Y))
    QTest.mouseRelease(port(view), LEFT, pos=QPoint(360, RULER_Y))
    assert len(sought) == 3
    assert sought == sorted(sought)


def test_empty_space_seeks_too(view: TimelineView) -> None:
    sought = collected(view.seek_requested)
    QTest.mouseClick(port(view), LEFT, pos=QPoint(view.scale.pixel_of(40_000_000), 60))
    assert len(sought) == 1
    assert sought[0] % 40_000 == 0


def test_without_frames_a_click_seeks_to_the_moment(view: TimelineView) -> None:
    view.set_frame_times(())
    sought = collected(view.seek_requested)
    QTest.mouseClick(port(view), LEFT, pos=QPoint(500, RULER_Y))
    assert sought == [view.scale.time_at(500)]


def test_seeking_stays_within_the_session(view: TimelineView) -> None:
    view.set_frame_times(())
    sought = collected(view.seek_requested)
    QTest.mouseClick(port(view), LEFT, pos=QPoint(view.scale.left + 1, RULER_Y))
    QTest.mouseClick(port(view), LEFT, pos=QPoint(view.scale.right - 2, RULER_Y))
    assert sought == [0, 60_000_000]


def test_click_on_a_tag_selects_it_and_goes_to_its_start(view: TimelineView, stretch: Tag) -> None:
    chosen, sought = collected(view.selection_asked), collected(view.seek_requested)
    retimed = collected(view.tags_retimed)
    QTest.mouseClick(port(view), LEFT, pos=point_of(view, stretch, 25_000_000))
    assert (chosen, sought, retimed) == ([only(stretch)], [stretch.start], [])


def test_click_on_an_instant_selects_it(view: TimelineView, instant: Tag) -> None:
    chosen = collected(view.selection_asked)
    QTest.mouseClick(port(view), LEFT, pos=point_of(view, instant, instant.start))
    assert chosen == [only(instant)]


@pytest.mark.parametrize(("edge", "other"), [("start", "end"), ("end", "start")])
def test_dragging_an_edge_changes_it_once(
    view: TimelineView, stretch: Tag, edge: str, other: str
) -> None:
    retimed = collected(view.tags_retimed)
    at = stretch.start if edge == "start" else stretch.end
    grip = point_of(view, stretch, at + (40_000 if edge == "start" else -80_000))
    assert view.hit_at(grip).part is (Part.START if edge == "start" else Part.END)
    drag(view, grip, grip + QPoint(20, 0), grip + QPoint(30, 5))
    assert retimed == []
    QTest.mouseRelease(port(view), LEFT, pos=grip + QPoint(30, 5))
    assert len(retimed) == 1
    ((moved,),) = retimed
    new = dict(zip(("id", "start", "end"), moved, strict=True))
    assert new["id"] == stretch.id
    assert new[other] == getattr(stretch, other)
    assert new[edge] % 40_000 == 0
    assert abs(new[edge] - at - view.scale.micros_of(30)) <= 40_000


def test_the_film_shows_the_edge_in_the_hand(view: TimelineView, stretch: Tag) -> None:
    sought = collected(view.seek_requested)
    grip = point_of(view, stretch, stretch.end - 80_000)
    drag(view, grip, grip + QPoint(20, 0), grip + QPoint(30, 0))
    assert len(sought) == 2
    assert all(moment > stretch.end for moment in sought)


def test_dragging_the_body_moves_a_tag(view: TimelineView, stretch: Tag) -> None:
    retimed = collected(view.tags_retimed)
    grip = point_of(view, stretch, 25_000_000)
    drag(view, grip, grip - QPoint(50, 0))
    QTest.mouseRelease(port(view), LEFT, pos=grip - QPoint(50, 0))
    (((_, start, end),),) = retimed
    assert start < stretch.start
    assert end - start == stretch.end - stretch.start


def test_an_instant_is_moved_and_stays_one(view: TimelineView, instant: Tag) -> None:
    retimed = collected(view.tags_retimed)
    grip = point_of(view, instant, instant.start)
    drag(view, grip, grip + QPoint(33, 0))
    QTest.mouseRelease(port(view), LEFT, pos=grip + QPoint(33, 0))
    (((_, start, end),),) = retimed
    assert start == end > instant.start


def test_a_shaking_hand_moves_nothing(view: TimelineView, stretch: Tag) -> None:
    retimed = collected(view.tags_retimed)
    grip = point_of(view, stretch, 25_000_000)
    drag(view, grip, grip + QPoint(2, 1))
    QTest.mouseRelease(port(view), LEFT, pos=grip + QPoint(2, 1))
    assert retimed == []


def test_back_at_its_place_a_tag_is_not_changed(view: TimelineView, stretch: Tag) -> None:
    retimed = collected(view.tags_retimed)
    grip = point_of(view, stretch, 25_000_000)
    drag(view, grip, grip + QPoint(40, 0), grip)
    QTest.mouseRelease(port(view), LEFT, pos=grip)
    assert retimed == []


def test_esc_gives_up_a_drag_and_is_kept_from_the_window(
    qtbot: QtBot, view: TimelineView, stretch: Tag
) -> None:
    given_up = collected(QShortcut(Qt.Key.Key_Escape, view).activated)
    retimed = collected(view.tags_retimed)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.set_position(Micros(4_000_000))
    grip = point_of(view, stretch, 25_000_000)
    drag(view, grip, grip + QPoint(40, 0))
    before = port(view).grab().toImage()
    sought = collected(view.seek_requested)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(port(view), LEFT, pos=grip + QPoint(40, 0))
    assert (retimed, given_up, sought) == ([], [], [4_000_000])
    assert port(view).grab().toImage() != before


def test_a_tag_that_goes_while_dragged_is_let_go(
    view: TimelineView, session: Session, stretch: Tag
) -> None:
    retimed = collected(view.tags_retimed)
    grip = point_of(view, stretch, 25_000_000)
    drag(view, grip, grip + QPoint(40, 0))
    change = TagChange("pass1", stretch, None)
    view.apply_changes(apply_changes(session, (change,)), (change,))
    QTest.mouseRelease(port(view), LEFT, pos=grip + QPoint(40, 0))
    assert retimed == []


def test_cursor_tells_what_can_be_dragged(view: TimelineView, stretch: Tag) -> None:
    QTest.mouseMove(port(view), point_of(view, stretch, stretch.start + 40_000))
    assert port(view).cursor().shape() is Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(port(view), point_of(view, stretch, 25_000_000))
    assert port(view).cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(port(view), QPoint(800, RULER_Y))
    assert port(view).cursor().shape() is Qt.CursorShape.ArrowCursor


def test_wheel_zooms_about_the_mouse(view: TimelineView) -> None:
    before, moment = view.scale, view.scale.time_at(600)
    wheel(view, 3, 600)
    assert view.scale.length < before.length
    assert abs(view.scale.pixel_of(moment) - 600) <= 1
    wheel(view, -30, 600)
    assert view.scale == before


def test_wheel_zooms_in_to_single_frames(view: TimelineView) -> None:
    wheel(view, 200, 600)
    assert view.scale.width * 40_000 // view.scale.length >= 90


@pytest.mark.parametrize(
    ("notches", "sideways", "keys"),
    [
        (-2, 0, Qt.KeyboardModifier.ShiftModifier),
        (0, -2, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_wheel_pans(
    view: TimelineView, notches: int, sideways: int, keys: Qt.KeyboardModifier
) -> None:
    wheel(view, 6, 400)
    before = view.scale
    wheel(view, notches, 400, keys, sideways)
    assert view.scale.length == before.length
    assert view.scale.start > before.start


def test_zoom_by_command(view: TimelineView) -> None:
    everything = view.scale
    view.set_position(Micros(30_000_000))
    here = view.scale.pixel_of(30_000_000)
    view.zoom_in()
    view.zoom_in()
    assert view.scale.length < everything.length
    assert abs(view.scale.pixel_of(30_000_000) - here) <= 2
    view.zoom_out()
    view.zoom_to_all()
    assert view.scale == everything


def test_playing_turns_the_page(view: TimelineView) -> None:
    wheel(view, 8, 200)
    view.set_playing(playing=True)
    far = Micros(view.scale.end + 1)
    view.set_position(far)
    assert view.scale.start < far < view.scale.end


def test_a_pan_while_playing_holds_the_page(view: TimelineView) -> None:
    wheel(view, 8, 200)
    view.set_playing(playing=True)
    wheel(view, -1, 400, Qt.KeyboardModifier.ShiftModifier)
    held = view.scale
    view.set_position(Micros(view.scale.end + 1))
    assert view.scale == held


def test_stepping_while_paused_turns_the_page_at_once(view: TimelineView) -> None:
    wheel(view, 8, 200)
    far = Micros(view.scale.end + 1)
    view.set_position(far)
    assert view.scale.start < far < view.scale.end


def test_handle_at_the_foot_pans(view: TimelineView) -> None:
    wheel(view, 8, 200)
    before = view.scale
    foot = port(view).height() - 5
    drag(view, QPoint(before.right - 30, foot), QPoint(before.right - 20, foot))
    QTest.mouseRelease(port(view), LEFT, pos=QPoint(before.right - 20, foot))
    assert view.scale.start > before.start
    assert view.scale.length == before.length


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Down])
def test_keys_are_left_to_the_window(view: TimelineView, key: Qt.Key) -> None:
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        view.event(event)
        assert not event.isAccepted()


def test_changes_are_followed(
    view: TimelineView, session: Session, make_tag: Callable[..., Tag], stretch: Tag
) -> None:
    new = make_tag(9, "silence", 40, 45)
    longer = replace(stretch, end=Micros(35_000_000))
    changes = (TagChange("pass1", None, new), TagChange("pass1", stretch, longer))
    view.apply_changes(apply_changes(session, changes), changes)
    assert view.hit_at(point_of(view, new, 42_000_000)).tag == new
    assert view.hit_at(point_of(view, longer, 33_000_000)).tag == longer
    back = tuple(change.reversed() for change in reversed(changes))
    view.apply_changes(session, back)
    assert view.hit_at(point_of(view, stretch, 25_000_000)).tag == stretch
    assert view.hit_at(QPoint(view.scale.pixel_of(42_000_000), 90)).tag is None


def test_what_can_be_shown_grows_with_a_tag_and_shrinks_when_it_is_undone(
    view: TimelineView, session: Session, make_tag: Callable[..., Tag]
) -> None:
    everything = view.scale
    change = TagChange("pass1", None, make_tag(9, "silence", 90, 120))
    view.apply_changes(apply_changes(session, (change,)), (change,))
    assert view.scale.end >= 120_000_000  # all was shown, and all still is
    wheel(view, 2, 300)
    view.apply_changes(session, (change.reversed(),))
    view.zoom_to_all()
    assert view.scale == everything


def test_a_step_back_while_paused_turns_the_page_too(view: TimelineView) -> None:
    wheel(view, 8, 800)
    before = Micros(view.scale.start - 1)
    view.set_position(before)
    assert view.scale.start <= before < view.scale.end


def test_changes_of_another_pass_are_not_shown(
    view: TimelineView, session: Session, make_tag: Callable[..., Tag]
) -> None:
    before = port(view).grab().toImage()
    other = make_tag(9, "silence", 40, 45)
    view.apply_changes(session, (TagChange("someone else's", None, other),))
    assert port(view).grab().toImage() == before


def test_a_pass_that_comes_is_shown(
    view: TimelineView, session: Session, make_tag: Callable[..., Tag]
) -> None:
    view.show_session(session, "new")
    first = make_tag(1, "silence", 40, 45)
    fresh = CodingPass("new", "B", Purpose.DOUBLE, "")
    changes = (
        MemberChange(Member.PASS, 1, None, fresh),
        TagChange("new", None, first),
    )
    view.apply_changes(apply_changes(session, changes), changes)
    assert view.hit_at(point_of(view, first, 42_000_000)).tag == first


def test_region_and_codebook_are_followed(view: TimelineView, session: Session) -> None:
    before = port(view).grab().toImage()
    region = FieldChange(session.region, Interval(Micros(20_000_000), Micros(40_000_000)))
    view.apply_changes(apply_changes(session, (region,)), (region,))
    after = port(view).grab().toImage()
    assert after != before
    recoloured = replace(session.codebook.codes[1], colour="#aa0000")
    codes = (session.codebook.codes[0], recoloured, *session.codebook.codes[2:])
    book = FieldChange(session.codebook, replace(session.codebook, codes=codes))
    now = apply_changes(session, (region, book))
    view.apply_changes(now, (book,))
    assert port(view).grab().toImage() != after


def test_selected_tags_are_outlined(view: TimelineView, stretch: Tag) -> None:
    plain = port(view).grab().toImage()
    view.set_selection(Selection(frozenset({stretch.id, "unknown"})))
    assert port(view).grab().toImage() != plain
    view.set_selection(Selection())
    assert port(view).grab().toImage() == plain


def test_running_stretch_grows_with_the_playhead(view: TimelineView) -> None:
    view.set_position(Micros(5_000_000))
    plain = port(view).grab().toImage()
    view.set_running((RunningSpan("silence", Micros(2_000_000)),))
    short = port(view).grab().toImage()
    view.set_position(Micros(9_000_000))
    assert short not in (plain, port(view).grab().toImage())


def test_tooltips_tell_the_tag(view: TimelineView, session: Session, stretch: Tag) -> None:
    noted = replace(stretch, participant="p1", note="looks <away>")
    change = TagChange("pass1", stretch, noted)
    view.apply_changes(apply_changes(session, (change,)), (change,))
    tip = view.tip_at(point_of(view, noted, 25_000_000))
    for part in ("Silence", "0:00:20.000 to 0:00:30.000", "10.0 s", "C07", "looks &lt;away&gt;"):
        assert part in tip


def test_tooltips_tell_excluded_spans(view: TimelineView) -> None:
    tip = view.tip_at(QPoint(view.scale.pixel_of(52_000_000), RULER_Y))
    assert "Excluded" in tip
    assert "a name" in tip
    assert view.tip_at(QPoint(view.scale.pixel_of(40_000_000), RULER_Y)) == ""


def test_nothing_open_is_quiet(qtbot: QtBot) -> None:
    made = TimelineView(dark())
    qtbot.addWidget(made)
    made.show()
    sought = collected(made.seek_requested)
    QTest.mouseClick(port(made), LEFT, pos=QPoint(200, 50))
    made.set_position(Micros(5))
    made.zoom_in()
    assert sought == []
    assert made.tip_at(QPoint(200, 50)) == ""


def test_themes_differ(view: TimelineView) -> None:
    bright = port(view).grab().toImage()
    view.set_theme(dark())
    assert port(view).grab().toImage() != bright
    view.set_theme(light())
    assert port(view).grab().toImage() == bright


def test_keyboard_focus_is_seen(qtbot: QtBot, view: TimelineView) -> None:
    plain = port(view).grab().toImage()
    view.activateWindow()
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    assert port(view).grab().toImage() != plain


def test_accessible_texts(view: TimelineView) -> None:
    assert view.accessibleName() == "Timeline"
    assert "lane" in view.accessibleDescription()


def test_only_the_strips_of_the_playhead_are_painted(
    qtbot: QtBot, view: TimelineView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.set_position(Micros(10_000_000))
    QApplication.processEvents()
    painted = QRegion()
    real = TimelineView.paintEvent

    def spy(self: TimelineView, event: QPaintEvent) -> None:
        nonlocal painted
        painted += event.region()
        real(self, event)

    monkeypatch.setattr(TimelineView, "paintEvent", spy)
    view.set_position(Micros(40_000_000))
    qtbot.waitUntil(lambda: not painted.isEmpty())
    places = [view.scale.pixel_of(seconds * 1_000_000) for seconds in (10, 25, 40)]
    assert [painted.contains(QPoint(x, 80)) for x in places] == [True, False, True]
