"""Tags, region and excluded spans reshaped by the window's own actions, and undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtTest import QSignalSpy
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.shaping import NOTHING_EXCLUDED, SELECT_TIME
from annotator.gui.timeline.frame_parts import FrameKind, FramePart
from annotator.gui.timeline.lane_plan import LaneBy
from annotator.gui.timeline.selecting import Selection
from annotator.model import CodingPass, Interval, Micros, Purpose, Session, Tag
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip


@pytest.fixture
def program(
    qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> Iterator[Program]:
    film = Path(shutil.copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))
    with running_program(qtbot, Answers(place=tmp_path / "talk.session.json")) as running:
        open_and_wait(qtbot, running, film)
        yield running


def desk_of(program: Program) -> Desk:
    assert isinstance(program.desk, Desk)
    return program.desk


def session_of(program: Program) -> Session:
    return desk_of(program).document.session


def act(program: Program, action_id: str) -> None:
    action = program.window.actions_table.by_id[action_id]
    assert action.isEnabled()
    action.trigger()


def add(program: Program, start: int, end: int) -> Tag:
    times = program.player.frame_times
    return desk_of(program).document.add_tag("silence", Interval(times[start], times[end]))


def frames_of(program: Program) -> list[tuple[int, int]]:
    """Give the numbers of the frames at which tags start and end, in order of time."""
    times = list(program.player.frame_times)
    tags = desk_of(program).document.tags
    return [(times.index(tag.start), times.index(tag.end)) for tag in tags]


def stand_on(qtbot: QtBot, program: Program, index: int) -> None:
    program.player.seek_frame(index)
    qtbot.wait_until(lambda: program.player.frame_index == index)


def select(program: Program, *tags: Tag) -> None:
    desk_of(program).select(frozenset(tag.id for tag in tags))


def undo(program: Program) -> None:
    act(program, "undo")


def test_split_merge_and_undo(qtbot: QtBot, program: Program) -> None:
    tag = add(program, 5, 25)
    select(program, tag)
    stand_on(qtbot, program, 12)
    act(program, "split_here")
    assert frames_of(program) == [(5, 12), (12, 25)]
    act(program, "merge")  # of the one selected with the half that touches it
    assert frames_of(program) == [(5, 25)]
    undo(program)
    undo(program)
    assert frames_of(program) == [(5, 25)]
    assert desk_of(program).document.tags == (tag,)


def test_nudges_by_key(program: Program) -> None:
    select(program, add(program, 10, 20), add(program, 15, 30))
    for action_id, wanted in (
        ("nudge_forward", [(11, 21), (16, 31)]),
        ("nudge_back", [(10, 20), (15, 30)]),
        ("start_earlier", [(9, 20), (14, 30)]),
        ("start_later", [(10, 20), (15, 30)]),
        ("end_later", [(10, 21), (15, 31)]),
        ("end_earlier", [(10, 20), (15, 30)]),
    ):
        act(program, action_id)
        assert frames_of(program) == wanted


def test_several_start_and_end_at_the_playhead(qtbot: QtBot, program: Program) -> None:
    select(program, add(program, 10, 20), add(program, 15, 30))
    stand_on(qtbot, program, 17)
    act(program, "start_here")
    assert frames_of(program) == [(17, 20), (17, 30)]
    undo(program)
    act(program, "end_here")
    assert frames_of(program) == [(10, 17), (15, 17)]
    undo(program)
    assert frames_of(program) == [(10, 20), (15, 30)]


def test_all_in_view_are_deleted_in_one_step(program: Program) -> None:
    tags = tuple(add(program, start, start + 3) for start in (5, 10, 15))
    act(program, "select_in_view")
    assert {tag.id for tag in desk_of(program).selected} == {tag.id for tag in tags}
    act(program, "delete")
    assert desk_of(program).document.tags == ()
    undo(program)
    assert desk_of(program).document.tags == tags


def test_what_cannot_be_done_is_told(qtbot: QtBot, program: Program) -> None:
    tag = add(program, 5, 10)
    select(program, tag)
    stand_on(qtbot, program, 20)
    act(program, "split_here")
    assert "playhead" in notices(program)
    select(program)
    act(program, "exclude")
    assert SELECT_TIME in notices(program)
    act(program, "include_again")
    assert NOTHING_EXCLUDED in notices(program)


def test_the_selected_time_becomes_the_region(program: Program) -> None:
    whole, stretch = session_of(program).region, Interval(Micros(200_000), Micros(900_000))
    desk_of(program).choose(Selection(stretch=stretch))
    act(program, "set_region")
    assert session_of(program).region == stretch
    undo(program)
    assert session_of(program).region == whole


def test_time_is_excluded_with_a_reason_and_counts_again(qtbot: QtBot, program: Program) -> None:
    timeline = program.window.parts.timeline
    desk_of(program).choose(Selection(stretch=Interval(Micros(200_000), Micros(900_000))))
    act(program, "exclude")
    (span,) = session_of(program).excluded
    assert (span.start, span.end, span.reason) == (200_000, 900_000, "")
    field = timeline.findChild(QLineEdit)
    assert field is not None
    assert field.isVisible()
    field.setText("phone number")
    qtbot.keyClick(field, "\r")
    assert session_of(program).excluded[0].reason == "phone number"
    stand_on(qtbot, program, 10)
    act(program, "include_again")
    assert session_of(program).excluded == ()


def test_edges_dragged_on_the_ruler_are_kept_within_the_film(program: Program) -> None:
    timeline, region = program.window.parts.timeline, session_of(program).region
    part = FramePart(FrameKind.REGION, region)
    timeline.frame_moved.emit(part, Interval(Micros(-50_000), Micros(region.end + 50_000)))
    assert session_of(program).region == Interval(Micros(0), session_of(program).duration)
    stretch = Interval(Micros(100_000), Micros(200_000))
    timeline.frame_moved.emit(FramePart(FrameKind.STRETCH, region), stretch)
    assert desk_of(program).stretch == stretch


def test_the_selected_time_is_looped(program: Program) -> None:
    desk_of(program).choose(Selection(stretch=Interval(Micros(200_000), Micros(900_000))))
    act(program, "loop")
    assert program.player.loop == Interval(Micros(200_000), Micros(900_000))
    program.player.pause()


def test_time_is_selected_without_a_mouse(qtbot: QtBot, program: Program) -> None:
    times, region = program.player.frame_times, session_of(program).region
    stand_on(qtbot, program, 10)
    act(program, "stretch_start")
    assert desk_of(program).stretch == Interval(times[10], region.end)
    stand_on(qtbot, program, 20)
    act(program, "stretch_end")
    assert desk_of(program).stretch == Interval(times[10], times[20])
    stand_on(qtbot, program, 5)
    act(program, "stretch_end")  # before it begins: from the start of the region
    assert desk_of(program).stretch == Interval(region.start, times[5])
    act(program, "exclude")
    assert session_of(program).excluded[0].interval == Interval(region.start, times[5])


def test_choosing_tags_lets_go_of_time_and_the_other_way_round(program: Program) -> None:
    tag, desk = add(program, 5, 10), desk_of(program)
    select(program, tag)
    desk.choose(Selection(stretch=Interval(Micros(0), Micros(5))))
    assert desk.selected == ()
    assert desk.stretch == Interval(Micros(0), Micros(5))
    select(program, tag)
    assert desk.stretch == tag.interval


def test_lanes_are_made_by_what_is_chosen(program: Program) -> None:
    timeline, actions = program.window.parts.timeline, program.window.actions_table.by_id
    told = QSignalSpy(timeline.laid_out)
    act(program, "lanes_by_participant")
    assert timeline.scene.by is LaneBy.PARTICIPANT
    assert actions["lanes_by_participant"].isChecked()
    assert not actions["lanes_by_group"].isChecked()
    assert len(told) > 0
    act(program, "lanes_by_pass")
    assert [lane.name for lane in timeline.scene.lanes.lanes] == [
        desk_of(program).document.coder if desk_of(program).document.coding_pass else "Your pass"
    ]


def test_others_passes_stay_hidden_until_they_were_shown(program: Program) -> None:
    document, timeline = desk_of(program).document, program.window.parts.timeline
    add(program, 5, 10)
    other = CodingPass("theirs", "B", Purpose.DOUBLE, "2026-01-02T03:04:05Z")
    document.push(editing.add_pass(document.session, other))
    program.choosing.choose("blind", True)
    act(program, "lanes_by_pass")
    assert [lane.head.key for lane in timeline.scene.lanes.lanes] == [document.pass_id]
    program.choosing.choose("blind", False)
    assert [lane.head.key for lane in timeline.scene.lanes.lanes] == [document.pass_id, "theirs"]
