"""Two passes compared in the whole program, and a consensus made of them by choosing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.editing import Edit
from annotator.editing.consensus import open_differences
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.timeline.lane_plan import LaneBy
from annotator.model.change import Member, MemberChange
from annotator.model.coding import CodingPass, Purpose
from annotator.model.comparison import Comparison, DifferenceKind
from annotator.model.matching import Verdict
from annotator.model.time import Interval, Micros
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program

TIME = "2026-01-01T00:00:00Z"


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        tester = QAbstractItemModelTester(program.comparing.page.model)
        yield program
        assert tester.model() is program.comparing.page.model


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    return open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))


def finish_all(desk: Desk) -> None:
    document = desk.document
    for one in document.session.passes:
        if not one.finished:
            document.push(editing.finish_pass(document.session, one.id, TIME))


def compare_both(qtbot: QtBot, program: Program, desk: Desk) -> Comparison:
    page, passes = program.comparing.page, desk.document.session.passes
    page.first.setCurrentIndex(page.first.findData(passes[0].id))
    page.second.setCurrentIndex(page.second.findData(passes[1].id))
    with qtbot.wait_signal(program.comparing.compared, check_params_cb=bool):
        page.compare.click()
    compared = program.comparing.comparison
    assert compared is not None
    return compared


def begin_consensus(qtbot: QtBot, program: Program, desk: Desk) -> Comparison:
    finish_all(desk)
    compared = compare_both(qtbot, program, desk)
    program.comparing.page.consensus.click()
    program.comparing.page.consensus.click()
    assert made(desk).purpose is Purpose.CONSENSUS, notices(program)
    return compared


def made(desk: Desk) -> CodingPass:
    shown = desk.document.coding_pass
    assert shown is not None
    return shown


def test_differences_open_at_their_moment(qtbot: QtBot, program: Program, desk: Desk) -> None:
    compared = compare_both(qtbot, program, desk)
    page = program.comparing.page
    assert page.model.rowCount() == len(compared.differences) > 1
    assert page.counts.text().startswith(f"{len(compared.agreed)} agreed")
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    wanted = compared.differences[1].interval.start
    qtbot.wait_until(lambda: abs(program.player.position - wanted) < 80_000)


def test_the_two_passes_lie_side_by_side_with_their_differences_marked(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    timeline, layer = program.window.parts.timeline, program.comparing.layer
    assert not layer.isVisible()
    compared = compare_both(qtbot, program, desk)
    assert timeline.scene.by is LaneBy.PASS
    assert [lane.head.key for lane in timeline.scene.lanes.lanes] == ["pass-a", "pass-b"]
    assert [mark.span for mark in layer.marks] == [o.interval for o in compared.differences]
    assert layer.isVisible()
    program.passing.page.blind.click()
    assert timeline.scene.by is LaneBy.GROUP
    assert not layer.isVisible()


def test_marks_in_view_are_found_by_index(qtbot: QtBot, program: Program, desk: Desk) -> None:
    compared = compare_both(qtbot, program, desk)
    layer = program.comparing.layer
    for one in compared.differences:
        found = layer.in_view(one.interval)
        assert one.interval in [mark.span for mark in found]
    assert not layer.in_view(Interval(Micros(10**12), Micros(10**12 + 1)))


def test_a_consensus_is_made_by_choosing_and_undone_to_equality(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    document, page = desk.document, program.comparing.page
    compare_both(qtbot, program, desk)
    page.consensus.click()
    assert "finished" in notices(program)
    compared = begin_consensus(qtbot, program, desk)
    originals = document.session.passes[:2]
    begun = document.session
    steps = 0
    while open_differences(made(desk), compared) and steps < 200:
        one = page.current
        assert one is not None
        key = Qt.Key.Key_2 if one.first is None else Qt.Key.Key_1
        QTest.keyClick(page.view, key if steps % 3 else Qt.Key.Key_4)
        steps += 1
    assert not open_differences(made(desk), compared)
    assert steps == len(compared.differences)
    assert "0 still open" in page.counts.text()
    assert document.session.passes[:2] == originals
    assert all(mark.settled for mark in program.comparing.layer.marks)
    settled = document.session
    while document.session != begun:
        document.undo_stack.undo()
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert document.session == settled


def test_a_difference_is_opened_again(qtbot: QtBot, program: Program, desk: Desk) -> None:
    begin_consensus(qtbot, program, desk)
    page = program.comparing.page
    page.note.setText("heard it again")
    page.select_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_4)
    assert [one.note for one in made(desk).decisions] == ["heard it again"]
    page.select_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_0)
    assert not made(desk).decisions


def test_something_else_is_put_instead_of_both(qtbot: QtBot, program: Program, desk: Desk) -> None:
    compared = begin_consensus(qtbot, program, desk)
    page = program.comparing.page
    row = next(
        row
        for row, one in enumerate(compared.differences)
        if one.kind is not DifferenceKind.ONLY_FIRST and one.first and one.second
    )
    page.select_row(row)
    page.own_code.setCurrentIndex(page.own_code.findData("affirmation"))
    page.own_times.setCurrentIndex(page.own_times.findData(Verdict.SECOND))
    QTest.keyClick(page.view, Qt.Key.Key_5)
    (decision,) = made(desk).decisions
    (tag,) = [tag for tag in made(desk).tags if tag.id in decision.tags]
    second = compared.differences[row].second
    assert second is not None
    assert decision.verdict is Verdict.OWN
    assert (tag.code, tag.interval) == ("affirmation", Interval(second.start, second.start))


def test_only_what_is_open_or_of_a_kind_is_listed(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    compared = begin_consensus(qtbot, program, desk)
    page = program.comparing.page
    page.kinds.setCurrentIndex(1)
    page.kinds.activated.emit(1)
    before = page.model.rowCount()
    QTest.keyClick(page.view, Qt.Key.Key_4)
    assert page.model.rowCount() == before - 1
    assert page.row >= 0  # the next open one is current
    kind = page.kinds.itemData(2)
    page.kinds.setCurrentIndex(2)
    page.kinds.activated.emit(2)
    assert page.model.rowCount() == compared.count(kind)


def test_an_agreed_tag_is_taken_out_with_its_reason(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    begin_consensus(qtbot, program, desk)
    page = program.comparing.page
    page.overrule.click()
    assert "Select the tag" in notices(program)
    tag = made(desk).tags[0]
    desk.select(frozenset({tag.id}))
    page.note.setText("neither holds")
    page.overrule.click()
    assert tag not in made(desk).tags
    assert [(one.verdict, one.note) for one in made(desk).decisions] == [
        (Verdict.NEITHER, "neither holds")
    ]


def test_a_consensus_is_brought_up_to_date_after_a_correction(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    compared = begin_consensus(qtbot, program, desk)
    page, document = program.comparing.page, desk.document
    assert page.up_to_date.isHidden()
    tag, _ = compared.agreed[0]
    theirs = document.session.coding_pass(compared.first)
    assert theirs is not None
    # as another machine would have left it: a pass changed after it was taken over
    less = replace(theirs, tags=tuple(one for one in theirs.tags if one.id != tag.id))
    place = document.session.passes.index(theirs)
    document.push(Edit("take over", (MemberChange(Member.PASS, place, theirs, less),)))
    compare_ids(qtbot, program, compared)
    assert not page.up_to_date.isHidden()
    before = len(made(desk).tags)
    page.up_to_date.click()
    assert len(made(desk).tags) == before - 1
    assert page.up_to_date.isHidden()


def compare_ids(qtbot: QtBot, program: Program, compared: Comparison) -> None:
    page = program.comparing.page
    page.first.setCurrentIndex(page.first.findData(compared.first))
    page.second.setCurrentIndex(page.second.findData(compared.second))
    with qtbot.wait_signal(program.comparing.compared, check_params_cb=bool):
        page.compare.click()
