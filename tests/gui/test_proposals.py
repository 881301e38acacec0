"""Silences are proposed in the whole program, and accepted, moved or rejected one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.proposal_list import Decision, ProposalList
from annotator.gui.theme import dark
from annotator.gui.timeline.proposals import box_of
from annotator.gui.timeline.proposals_layer import ProposalsLayer
from annotator.model import ExcludedSpan, Interval, Micros, Origin, Tag
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program

PATIENCE_MS = 10_000
TRUTH = ((35_550_000, 39_040_000), (45_700_000, 51_690_000))
NEAR = 60_000


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(place=tmp_path / "copy.session.json")


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, answers: Answers) -> Iterator[Program]:
    """The sample with a coder new to it, and the bar with what was found at 3 seconds."""
    session = copy_sample(tmp_path / "first-session")
    with running_program(qtbot, answers) as running:
        open_and_wait(qtbot, running, session)
        act(running, "find_silences")
        wait_for_count(qtbot, running, 2)
        yield running


def act(program: Program, action_id: str) -> None:
    action = program.window.actions_table.by_id[action_id]
    assert action.isEnabled()
    action.trigger()


def listed(program: Program) -> ProposalList:
    return program.proposals.listed


def wait_for_count(qtbot: QtBot, program: Program, count: int) -> None:
    qtbot.wait_until(lambda: len(listed(program).shown) == count, timeout=PATIENCE_MS)


def tags(program: Program) -> tuple[Tag, ...]:
    desk = program.desk
    assert isinstance(desk, Desk)
    return desk.document.tags


def undo(program: Program) -> None:
    desk = program.desk
    assert isinstance(desk, Desk)
    desk.document.undo_stack.undo()


def layer(program: Program) -> ProposalsLayer:
    found = program.window.parts.timeline.findChild(ProposalsLayer)
    assert isinstance(found, ProposalsLayer)
    return found


def stands_before(program: Program, moment: int) -> Callable[[], bool]:
    return lambda: -NEAR < program.player.position - (moment - 1_000_000) < NEAR


def test_the_first_one_is_gone_to(qtbot: QtBot, program: Program) -> None:
    found = [(one.start, one.end) for one in listed(program).shown]
    for (start, end), (first, last) in zip(found, TRUTH, strict=True):
        assert abs(start - first) < NEAR
        assert abs(end - last) < NEAR
    assert listed(program).number == 1
    qtbot.wait_until(stands_before(program, found[0][0]))
    bar = program.window.parts.proposals
    assert bar.isVisible()
    assert bar.count.text() == "2 silences found"
    assert bar.hint.text().startswith("A (Affirmation) and D (Self-disclosure)")
    assert [tag.id for tag in layer(program).shown.tags] == [
        one.id for one in listed(program).shown
    ]
    assert tags(program) == ()


def test_accepting_tags_and_goes_on(qtbot: QtBot, program: Program) -> None:
    first, second = listed(program).shown
    act(program, "accept_proposal")
    (tag,) = tags(program)
    assert (tag.code, tag.interval, tag.origin) == ("silence", first.interval, Origin.PROPOSAL)
    assert listed(program).current_id == second.id
    qtbot.wait_until(stands_before(program, second.start))
    act(program, "accept_proposal")
    assert [one.interval for one in tags(program)] == [first.interval, second.interval]
    assert "All are decided" in program.window.parts.proposals.what.text()
    assert not layer(program).isVisible()
    act(program, "accept_proposal")
    assert len(tags(program)) == 2


def test_undo_opens_it_again_and_goes_back_to_it(qtbot: QtBot, program: Program) -> None:
    first = listed(program).shown[0]
    act(program, "accept_proposal")
    desk = program.desk
    assert desk is not None
    assert desk.document.undo_stack.undoText() == "accept Silence"
    undo(program)
    assert tags(program) == ()
    assert listed(program).current_id == first.id
    assert len(listed(program).open) == 2
    qtbot.wait_until(stands_before(program, first.start))
    desk.document.undo_stack.redo()
    assert len(listed(program).open) == 1
    assert len(tags(program)) == 1


def test_a_rejection_is_remembered_and_can_be_taken_back(qtbot: QtBot, program: Program) -> None:
    first, second = listed(program).shown
    act(program, "reject_proposal")
    assert tags(program) == ()
    assert listed(program).current_id == second.id
    act(program, "end_proposals")
    assert listed(program).items == ()
    act(program, "find_silences")
    wait_for_count(qtbot, program, 2)
    assert listed(program).number == 2
    assert listed(program).shown[0].decision is Decision.REJECTED
    act(program, "previous_proposal")
    assert program.window.parts.proposals.what.text().endswith("rejected")
    assert len(layer(program).shown.tags) == 2
    act(program, "accept_proposal")
    assert [tag.interval for tag in tags(program)] == [first.interval]


def test_rejecting_what_was_accepted_takes_its_tag_away(program: Program) -> None:
    act(program, "accept_proposal")
    act(program, "previous_proposal")
    assert program.window.parts.proposals.what.text().endswith("accepted")
    act(program, "reject_proposal")
    assert tags(program) == ()
    assert listed(program).number == 2
    undo(program)
    assert len(tags(program)) == 1
    assert len(listed(program).with_decision(Decision.ACCEPTED)) == 1


def test_all_that_remain_are_accepted_in_one_step_once_it_is_meant(
    program: Program, answers: Answers
) -> None:
    act(program, "accept_all")
    assert answers.asked[-1] == "accept 2 as Silence"
    assert tags(program) == ()
    answers.accepts_all = True
    act(program, "accept_all")
    assert len(tags(program)) == 2
    desk = program.desk
    assert desk is not None
    assert desk.document.undo_stack.undoText() == "accept 2 silences"
    undo(program)
    assert tags(program) == ()
    assert len(listed(program).open) == 2


def test_other_limits_are_followed_at_once(qtbot: QtBot, program: Program) -> None:
    act(program, "next_proposal")
    kept = listed(program).current_id
    bar = program.window.parts.proposals
    for seconds in (2.0, 1.5, 1.0):
        bar.minimum.setValue(seconds)
    wait_for_count(qtbot, program, 3)
    assert listed(program).current_id == kept
    bar.minimum.setValue(8.0)
    wait_for_count(qtbot, program, 0)
    assert bar.what.text().startswith("Nobody is silent for so long")
    bar.minimum.setValue(3.0)
    wait_for_count(qtbot, program, 2)
    bar.level_kind.setCurrentIndex(1)
    bar.level.setValue(-10)
    qtbot.wait_until(lambda: listed(program).shown[0].start == 1_000_000, timeout=PATIENCE_MS)
    assert listed(program).shown[0].end == 109_080_000


def test_what_is_tagged_already_is_left_out(program: Program) -> None:
    first, second = listed(program).shown
    desk = program.desk
    assert desk is not None
    middle = Micros((first.start + first.end) // 2)
    desk.document.add_tag("silence", Interval(middle, Micros(middle + 100_000)))
    assert listed(program).shown == (second,)
    assert program.window.parts.proposals.count.text().endswith("1 tagged already")
    undo(program)
    assert len(listed(program).shown) == 2


def test_another_code_can_be_chosen(program: Program) -> None:
    bar = program.window.parts.proposals
    other = next(at for at in range(bar.code.count()) if bar.code.itemData(at) != "silence")
    bar.code.setCurrentIndex(other)
    assert {tag.code for tag in layer(program).shown.tags} == {bar.code.itemData(other)}
    act(program, "accept_proposal")
    assert [tag.code for tag in tags(program)] == [bar.code.itemData(other)]


def test_an_end_is_dragged_before_it_is_accepted(qtbot: QtBot, program: Program) -> None:
    first = listed(program).shown[0]
    timeline, over = program.window.parts.timeline, layer(program)
    port = timeline.viewport()
    assert port is not None
    box = box_of(over.shown.tags[0], timeline.scene)
    assert box is not None
    row = box.top + box.height // 2
    stops = [QPoint(timeline.scale.pixel_of(first.end + by), row) for by in (0, 500_000, 1_000_000)]
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=stops[0])
    QTest.mouseMove(port, stops[1])
    QTest.mouseMove(port, stops[2])
    qtbot.wait_until(lambda: abs(program.player.position - first.end - 1_000_000) < 150_000)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=stops[2])
    moved = listed(program).shown[0]
    assert moved.start == first.start
    assert abs(moved.end - first.end - 1_000_000) < 150_000
    assert "moved by you" in program.window.parts.proposals.what.text()
    assert tags(program) == ()
    act(program, "accept_proposal")
    assert [tag.interval for tag in tags(program)] == [moved.interval]


def test_escape_lets_go_of_an_end_before_it_closes_the_bar(program: Program) -> None:
    first = listed(program).shown[0]
    timeline, over = program.window.parts.timeline, layer(program)
    port = timeline.viewport()
    box = box_of(over.shown.tags[0], timeline.scene)
    assert port is not None
    assert box is not None
    row = box.top + box.height // 2
    QTest.mousePress(
        port, Qt.MouseButton.LeftButton, pos=QPoint(timeline.scale.pixel_of(first.end), row)
    )
    QTest.mouseMove(port, QPoint(timeline.scale.pixel_of(first.end + 900_000), row))
    act(program, "end_proposals")
    assert program.proposals.is_open
    assert listed(program).shown[0] == first
    act(program, "end_proposals")
    assert not program.proposals.is_open


def test_a_click_on_the_timeline_chooses_one(qtbot: QtBot, program: Program) -> None:
    second = listed(program).shown[1]
    timeline, over = program.window.parts.timeline, layer(program)
    port = timeline.viewport()
    box = box_of(over.shown.tags[1], timeline.scene)
    assert port is not None
    assert box is not None
    middle = timeline.scale.pixel_of((second.start + second.end) // 2)
    where = QPoint(middle, box.top + box.height // 2)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=where)
    assert listed(program).current_id == second.id
    qtbot.wait_until(stands_before(program, second.start))


def test_it_is_played_with_what_is_around_it(qtbot: QtBot, program: Program) -> None:
    first, second = listed(program).shown
    player = program.player
    player.set_speed(4.0)
    starts: list[int] = []
    player._running.turned.connect(starts.append)
    act(program, "play_proposal")
    assert player.is_playing
    assert abs(player.clock_position - first.start + 1_000_000) < 500_000
    act(program, "accept_proposal")
    assert player.is_playing
    assert abs(player.clock_position - second.start + 1_000_000) < 500_000
    qtbot.wait_until(lambda: not player.is_playing, timeout=PATIENCE_MS)
    assert second.end + 900_000 < player.position < second.end + 1_600_000


def test_closing_leaves_nothing(qtbot: QtBot, program: Program) -> None:
    act(program, "end_proposals")
    assert not program.window.parts.proposals.isVisible()
    assert not layer(program).isVisible()
    assert not program.window.actions_table.by_id["accept_proposal"].isEnabled()
    assert tags(program) == ()
    act(program, "find_silences")
    wait_for_count(qtbot, program, 2)
    program.close_session(lambda: None)
    qtbot.wait_until(lambda: program.desk is None)
    assert not program.proposals.is_open


def test_another_pass_closes_the_bar(program: Program) -> None:
    desk = program.desk
    assert desk is not None
    desk.document.show_pass(desk.document.session.passes[0].id)
    assert not program.proposals.is_open
    assert notices(program)


def test_another_region_is_looked_through_again(qtbot: QtBot, program: Program) -> None:
    first = listed(program).shown[0]
    desk = program.desk
    assert desk is not None
    session = desk.document.session
    region = Interval(Micros(0), Micros(first.end + 1_000_000))
    desk.document.push(editing.set_region(session, region))
    wait_for_count(qtbot, program, 1)
    undo(program)
    wait_for_count(qtbot, program, 2)
    span = ExcludedSpan(Micros(first.start - 1), first.end, "a name")
    desk.document.push(editing.add_excluded(desk.document.session, span))
    wait_for_count(qtbot, program, 1)


def test_another_set_of_recordings_closes_the_bar(program: Program) -> None:
    desk = program.desk
    assert desk is not None
    (recording,) = desk.document.session.recordings
    moved = replace(recording, offset=Micros(1_000_000))
    desk.document.push(editing.replace_recording(desk.document.session, recording, moved))
    assert not program.proposals.is_open


def test_looking_changed_with_the_theme(program: Program) -> None:
    timeline = program.window.parts.timeline
    before = layer(program).grab().toImage()
    program.proposals.set_theme(dark())
    assert layer(program).grab().toImage() != before
    assert timeline.isVisible()
