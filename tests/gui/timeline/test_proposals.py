"""Proposals on the timeline: where they lie, what is hit, and their ends dragged by the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QHelpEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.theme import dark, light
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.proposals import ShownProposals, box_of, proposal_at, revealed
from annotator.gui.timeline.proposals_layer import ProposalsLayer
from annotator.gui.timeline.view import TimelineView
from annotator.model import Interval, Micros, Tag

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def proposals(make_tag: Callable[..., Tag]) -> ShownProposals:
    return ShownProposals((make_tag(7, "silence", 34, 38), make_tag(8, "silence", 42, 45)), "t7")


@pytest.fixture
def layer(view: TimelineView, proposals: ShownProposals) -> ProposalsLayer:
    made = ProposalsLayer(view, light())
    made.show_proposals(proposals)
    return made


def port(view: TimelineView) -> QWidget:
    found = view.viewport()
    assert found is not None
    return found


def place(view: TimelineView, tag: Tag, moment: int) -> QPoint:
    """Find the pixel at which a proposal shows a moment."""
    box = box_of(tag, view.scene)
    assert box is not None
    return QPoint(view.scale.pixel_of(moment), box.top + box.height // 2)


def collected(signal: object) -> list[object]:
    got: list[object] = []
    signal.connect(lambda *values: got.append(values if len(values) > 1 else values[0]))
    return got


def test_a_proposal_lies_in_the_lane_of_its_code(view: TimelineView, layer: ProposalsLayer) -> None:
    tag = layer.shown.tags[0]
    box = box_of(tag, view.scene)
    assert box is not None
    band = view.scene.bands[1]
    assert box.top - view.scene.top == band.row_top(0)
    assert abs(box.left - view.scale.x_of(tag.start)) < 1
    assert abs(box.left + box.width - view.scale.x_of(tag.end)) < 1
    assert layer.geometry() == port(view).rect()


def test_a_code_without_a_lane_has_no_box(view: TimelineView, make_tag: Callable[..., Tag]) -> None:
    assert box_of(make_tag(1, "unknown", 1, 2), view.scene) is None


def test_the_edges_and_the_body_are_told_apart(
    view: TimelineView, proposals: ShownProposals
) -> None:
    scene, tag = view.scene, proposals.tags[0]

    def part(moment: int) -> Part:
        point = place(view, tag, moment)
        return proposal_at(point.x(), point.y(), scene, proposals.tags).part

    assert part(tag.start) is Part.START
    assert part(36_000_000) is Part.BODY
    assert part(tag.end) is Part.END
    assert part(40_000_000) is Part.EMPTY
    assert proposal_at(place(view, tag, tag.start).x(), 3, scene, proposals.tags).tag is None


def test_a_click_chooses_and_leaves_the_timeline_alone(
    view: TimelineView, layer: ProposalsLayer
) -> None:
    chosen, sought = collected(layer.chosen), collected(view.seek_requested)
    tag = layer.shown.tags[1]
    QTest.mouseClick(port(view), LEFT, pos=place(view, tag, 43_500_000))
    assert (chosen, sought) == (["t8"], [])
    QTest.mouseClick(port(view), LEFT, pos=place(view, tag, 40_000_000))
    assert chosen == ["t8"]
    assert len(sought) == 1


@pytest.mark.parametrize(("edge", "by"), [("start", 40_000 * 30), ("end", -40_000 * 25)])
def test_an_end_is_dragged_from_frame_to_frame(
    view: TimelineView, layer: ProposalsLayer, edge: str, by: int
) -> None:
    tag = layer.shown.tags[0]
    moved, edges = collected(layer.moved), collected(layer.edge_moved)
    before = getattr(tag, edge)
    QTest.mousePress(port(view), LEFT, pos=place(view, tag, before))
    QTest.mouseMove(port(view), place(view, tag, before + by // 2))
    assert layer.is_dragging
    QTest.mouseMove(port(view), place(view, tag, before + by))
    QTest.mouseRelease(port(view), LEFT, pos=place(view, tag, before + by))
    ((name, start, end),) = moved
    after = {"start": start, "end": end}
    assert name == "t7"
    assert abs(after[edge] - before - by) <= view.scale.micros_of(2)
    assert after[edge] % 40_000 == 0
    assert edges[-1] == after[edge]
    other = "end" if edge == "start" else "start"
    assert after[other] == getattr(tag, other)
    assert not layer.is_dragging


def test_a_body_cannot_be_dragged(view: TimelineView, layer: ProposalsLayer) -> None:
    tag = layer.shown.tags[0]
    moved, chosen = collected(layer.moved), collected(layer.chosen)
    QTest.mousePress(port(view), LEFT, pos=place(view, tag, 36_000_000))
    QTest.mouseMove(port(view), place(view, tag, 50_000_000))
    QTest.mouseRelease(port(view), LEFT, pos=place(view, tag, 50_000_000))
    assert (moved, chosen) == ([], ["t7"])


def test_an_end_let_go_of_stays_where_it_was(view: TimelineView, layer: ProposalsLayer) -> None:
    tag, moved = layer.shown.tags[0], collected(layer.moved)
    QTest.mousePress(port(view), LEFT, pos=place(view, tag, tag.end))
    QTest.mouseMove(port(view), place(view, tag, tag.end + 2_000_000))
    layer.let_go()
    QTest.mouseRelease(port(view), LEFT, pos=place(view, tag, tag.end + 2_000_000))
    assert moved == []
    assert layer.shown.tags[0] == tag


def test_the_shape_of_the_mouse_tells_what_can_be_done(
    view: TimelineView, layer: ProposalsLayer
) -> None:
    tag = layer.shown.tags[0]
    QTest.mouseMove(port(view), place(view, tag, 36_000_000))
    assert port(view).cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(port(view), place(view, tag, tag.end))
    assert port(view).cursor().shape() is Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(port(view), place(view, tag, 41_000_000))
    assert port(view).cursor().shape() is Qt.CursorShape.ArrowCursor


def test_it_says_what_the_mouse_rests_on(
    view: TimelineView, layer: ProposalsLayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, text, _port: told.append(text))
    where = place(view, layer.shown.tags[0], 36_000_000)
    asked = QHelpEvent(QHelpEvent.Type.ToolTip, where, port(view).mapToGlobal(where))
    QApplication.sendEvent(port(view), asked)
    assert told == ["Proposed: 0:00:34.000 to 0:00:38.000"]


def test_the_current_one_is_filled_and_marked_in_the_ruler(
    view: TimelineView, layer: ProposalsLayer, qtbot: QtBot
) -> None:
    first, second = layer.shown.tags
    before = view.grab().toImage()
    layer.show_proposals(ShownProposals(layer.shown.tags, "t8"))
    layer.set_theme(dark())
    after = view.grab().toImage()
    beside = place(view, first, 37_400_000)
    assert before.pixelColor(beside) != after.pixelColor(beside)
    mark = QPoint(view.scale.pixel_of(43_500_000), 28)
    assert before.pixelColor(mark) != after.pixelColor(mark)
    assert second.id == "t8"
    layer.show_proposals(ShownProposals())
    qtbot.wait_until(lambda: not layer.isVisible())


def test_nothing_is_taken_from_the_timeline_without_proposals(
    view: TimelineView, layer: ProposalsLayer
) -> None:
    where = place(view, layer.shown.tags[0], 36_000_000)
    layer.show_proposals(ShownProposals())
    sought = collected(view.seek_requested)
    QTest.mouseClick(port(view), LEFT, pos=where)
    assert len(sought) == 1


def test_a_stretch_in_view_leaves_the_page_alone(view: TimelineView) -> None:
    stretch = Interval(Micros(30_000_000), Micros(36_000_000))
    assert revealed(view.scene, stretch) == view.scale


def test_a_stretch_out_of_view_comes_to_the_middle(
    view: TimelineView, layer: ProposalsLayer
) -> None:
    for _ in range(5):
        view.zoom_in()
    length = view.scale.length
    stretch = Interval(Micros(41_000_000), Micros(42_000_000))
    layer.reveal(stretch)
    assert view.scale.length == length
    assert view.scale.start < stretch.start
    assert stretch.end < view.scale.end
    long = Interval(Micros(20_000_000), Micros(40_000_000))
    layer.reveal(long)
    assert view.scale.start <= long.start
    assert long.end <= view.scale.end


def test_a_stretch_too_narrow_to_judge_is_made_wider(view: TimelineView) -> None:
    stretch = Interval(Micros(10_000_000), Micros(10_500_000))
    scale = revealed(view.scene, stretch, least_px=40)
    assert 38 <= scale.x_of(stretch.end) - scale.x_of(stretch.start) <= 42
    assert scale.start < stretch.start
    assert stretch.end < scale.end


def test_the_lane_is_scrolled_to_where_the_lanes_are_too_many(
    view: TimelineView, layer: ProposalsLayer, make_tag: Callable[..., Tag]
) -> None:
    view.resize(1000, 120)
    bar = view.verticalScrollBar()
    assert bar is not None
    if bar.maximum() == 0:
        view.resize(1000, 70)
    shown = ShownProposals((make_tag(9, "loose", 12, 14),), "t9")
    layer.show_proposals(shown)
    layer.reveal(shown.tags[0].interval)
    box = box_of(shown.tags[0], view.scene)
    assert box is not None
    assert view.scene.top <= box.top
    assert box.top + box.height <= view.scene.foot
