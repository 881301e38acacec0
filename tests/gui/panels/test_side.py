"""Every page beside the film can be found, however narrow the place for the tabs is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.panels.side import SidePanel
from annotator.gui.theme import dark, light

PAGES = ("Tags", "Ratings", "Passes", "Transcript", "Clips")


@pytest.fixture
def panel(qtbot: QtBot) -> SidePanel:
    panel = SidePanel(light())
    qtbot.addWidget(panel)
    for title in PAGES:
        panel.add_page(QLabel(title), title)
    return panel


def shown(panel: SidePanel, width: int) -> SidePanel:
    panel.resize(width, 300)
    panel.show()
    return panel


def listed(panel: SidePanel) -> Sequence[QAction]:
    menu = panel.all_pages.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu.actions()


def test_pages_without_room_are_listed_and_come_when_chosen(panel: SidePanel) -> None:
    shown(panel, 180)
    assert panel.all_pages.isVisible()
    actions = listed(panel)
    assert [action.text() for action in actions] == list(PAGES)
    assert [action.isChecked() for action in actions] == [True, False, False, False, False]
    actions[-1].trigger()
    assert isinstance(panel.page, QLabel)
    assert panel.page.text() == "Clips"
    assert [action.isChecked() for action in listed(panel)][-1]


def test_there_is_no_list_where_all_tabs_have_room(panel: SidePanel) -> None:
    shown(panel, 900)
    assert not panel.all_pages.isVisible()
    panel.resize(180, 300)
    assert panel.all_pages.isVisible()
    panel.resize(900, 300)
    assert not panel.all_pages.isVisible()


def test_a_page_that_is_added_or_larger_type_brings_the_list(panel: SidePanel) -> None:
    shown(panel, panel.bar.wanted + 4)
    assert not panel.all_pages.isVisible()
    panel.add_page(QLabel("Results"), "Results")
    assert panel.all_pages.isVisible()
    panel.resize(panel.bar.wanted + 4, 300)
    assert not panel.all_pages.isVisible()
    panel.bar.setFont(dark(2.0).body(panel.font()))
    panel.set_theme(dark(2.0))
    assert panel.all_pages.isVisible()


def test_space_is_left_to_the_film(panel: SidePanel) -> None:
    shown(panel, 180)
    QTest.keyClick(panel.all_pages, Qt.Key.Key_Space)
    menu = panel.all_pages.menu()
    assert menu is not None
    assert not menu.isVisible()
