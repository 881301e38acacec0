"""The rows of the palette obey Qt's rules for models."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.gui.palette.items import Item, Kind
from annotator.gui.palette.model import FoundModel, Role

UNDO = Item(Kind.ACTION, "undo", "Undo", "Edit", "Ctrl+Z", "There is nothing to undo.")
CODE = Item(Kind.CODE, "r", "Reflection", "R", "R", "", "#00aa00")


def test_it_is_a_sound_model(qtbot: QtBot) -> None:
    assert qtbot
    model = FoundModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_items([UNDO, CODE])
    model.show_items([CODE])
    model.show_items([])
    model.show_items([CODE, UNDO])
    assert tester.model() is model
    assert model.items == (CODE, UNDO)


def test_what_the_rows_say(qtbot: QtBot) -> None:
    assert qtbot
    model = FoundModel()
    model.show_items([UNDO, CODE])
    first, second = model.index(0, 0), model.index(1, 0)
    assert model.data(first) == "Undo"
    assert model.data(first, Qt.ItemDataRole.ToolTipRole) == "There is nothing to undo."
    spoken = model.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Undo, Command, Edit, Ctrl+Z, not possible now: There is nothing to undo."
    assert model.data(second, Role.ITEM) is CODE
    assert model.data(second, Qt.ItemDataRole.DecorationRole) is None
    assert model.item_at(2) is None
