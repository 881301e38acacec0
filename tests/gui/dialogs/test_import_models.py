"""What the window of an import lists behaves as Qt wants models to, and tells what is chosen."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QAbstractItemModel, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.editing.importing import CodeLine
from annotator.gui.dialogs.import_models import (
    NEW_CODE,
    CodesModel,
    ColumnsModel,
    TiersModel,
)
from annotator.gui.dialogs.import_remarks import RemarksModel, RemarksView
from annotator.gui.dialogs.ticks import TicksModel
from annotator.gui.theme import light
from annotator.storage.interchange.columns import Column, TableColumns
from annotator.storage.interchange.interface import TablePreview, TierFacts, TierUse
from annotator.storage.interchange.report import Outcome, Remark, Report

FAILS = QAbstractItemModelTester.FailureReportingMode.Fatal
LINES = (CodeLine("mi", "MI", 1200, "moment", is_new=False), CodeLine("x", "", 1, "x", is_new=True))
TIERS = (TierFacts("words", 3, ("how are\nyou", "x" * 60), TierUse.TRANSCRIPT),)
PREVIEW = TablePreview(
    ("Onset", "Code"),
    (("1", "a"), ("2",)),
    TableColumns({"Onset": Column.START, "Code": Column.CODE}),
)
REMARKS = (
    Remark(Outcome.NOTICED, "something odd"),
    Remark(Outcome.NOT_CARRIED, "a link", ("line 3", "line 9"), 5),
    Remark(Outcome.REPAIRED, "an end", ("line 4",)),
)


def cells(model: QAbstractItemModel, row: int) -> list[object]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_lines_are_ticked_and_stay_so_when_shown_again(qtbot: QtBot) -> None:
    model = TicksModel()
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_lines([("a", "A"), ("b", "B")])
    assert model.are_all
    with qtbot.wait_signal(model.ticked):
        model.setData(model.index(0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    model.show_lines([("a", "A again"), ("c", "C")])
    assert model.chosen == ("c",)
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert not model.setData(model.index(0), "A", Qt.ItemDataRole.EditRole)
    assert tester is not None


def test_a_code_tells_what_is_picked_for_it(qtbot: QtBot) -> None:
    model = CodesModel()
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_codes(LINES, {"moment": "Moment"})
    assert cells(model, 0) == ["MI", "1,200", "Moment"]
    assert cells(model, 1) == ["x", "1", "A new code"]
    assert model.index(1, 2).data(Qt.ItemDataRole.EditRole) == NEW_CODE
    with qtbot.wait_signal(model.picked_for) as told:
        model.setData(model.index(0, 2), NEW_CODE)
    assert told.args == ["mi", NEW_CODE]
    assert not model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    model.show_counts([("MI", 3)])
    assert not model.index(0, 2).flags() & Qt.ItemFlag.ItemIsEditable
    assert model.lines == ()
    assert tester is not None


def test_a_tier_tells_what_it_is_taken_for(qtbot: QtBot) -> None:
    model = TiersModel()
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_tiers(TIERS)
    shown = cells(model, 0)
    assert shown[2] == f"how are you · {'x' * 23}…"
    assert shown[3] == "What was said"
    with qtbot.assert_not_emitted(model.picked_for):
        model.setData(model.index(0, 3), TierUse.TRANSCRIPT.value)
    with qtbot.wait_signal(model.picked_for) as told:
        model.setData(model.index(0, 3), TierUse.CODE.value)
    assert told.args == ["words", TierUse.CODE]
    assert tester is not None


def test_columns_are_chosen_in_the_first_row(qtbot: QtBot) -> None:
    model = ColumnsModel()
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_table(PREVIEW)
    assert [cells(model, row) for row in range(3)] == [["Start", "Code"], ["1", "a"], ["2", ""]]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "The column Onset is: Start"
    with qtbot.wait_signal(model.picked_for) as told:
        model.setData(model.index(0, 1), Column.NOTE.value)
    assert told.args == ["Code", Column.NOTE]
    model.show_choice({"Code": Column.NOTE})
    assert cells(model, 0) == ["– leave out –", "Note"]
    assert model.roles == {"Onset": Column.LEAVE, "Code": Column.NOTE}
    assert not model.setData(model.index(1, 1), "z")
    model.show_table(None)
    assert model.rowCount() == 0
    assert tester is not None


def test_remarks_begin_with_what_is_lost(qtbot: QtBot) -> None:
    model = RemarksModel()
    tester = QAbstractItemModelTester(model, FAILS)
    model.set_theme(light())
    model.show_remarks(REMARKS)
    assert cells(model, 0) == ["Not carried", "A link", "7", "line 3, …"]
    assert cells(model, 1) == ["Put right", "An end", "1", "line 4"]
    assert cells(model, 2) == ["Noticed", "Something odd", "1", ""]
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) == light().danger
    assert tester is not None
    assert qtbot is not None


def test_every_place_of_a_remark_is_shown_and_copied(qtbot: QtBot) -> None:
    view = RemarksView(light(), "Remarks", "Nothing")
    qtbot.add_widget(view)
    assert not view.empty.isHidden()
    view.show_report(Report(10, 3, REMARKS, unlisted=4))
    assert view.empty.isHidden()
    assert "4 more of other kinds" in view.more.text()
    assert view.places.toPlainText() == ("A link:\nline 3, line 9")
    view.table.selectRow(2)
    assert "the file as a whole" in view.places.toPlainText()
    assert view.as_text().splitlines()[0] == (
        "Not carried: a link (7 times): line 3, line 9, and 5 more"
    )


def test_where_all_is_loss_it_is_not_called_so(qtbot: QtBot) -> None:
    view = RemarksView(light(), "Loss", "Nothing", is_loss=True)
    qtbot.add_widget(view)
    view.show_report(Report(1, 0, REMARKS[1:2]))
    assert view.table.isColumnHidden(0)
    view.show_report(Report(1, 0, REMARKS))
    assert not view.table.isColumnHidden(0)


@pytest.mark.parametrize("count", [1, 500])
def test_more_places_than_anybody_reads_are_counted(qtbot: QtBot, count: int) -> None:
    view = RemarksView(light(), "Remarks", "Nothing")
    qtbot.add_widget(view)
    places = tuple(f"line {n}" for n in range(count))
    view.show_report(Report(1, 0, (Remark(Outcome.NOT_CARRIED, "a link", places),)))
    assert ("and 100 more" in view.places.toPlainText()) is (count == 500)


def test_where_there_is_little_room_places_stand_beneath_alone(qtbot: QtBot) -> None:
    view = RemarksView(light(), "Remarks", "Nothing")
    qtbot.add_widget(view)
    view.show_report(Report(1, 0, REMARKS))
    view.resize(600, 400)
    view.show()
    assert not view.table.isColumnHidden(3)
    view.resize(300, 400)
    assert view.table.isColumnHidden(3)
    assert "line 3" in view.places.toPlainText()
