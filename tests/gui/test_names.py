"""Everything that takes the focus has a name that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QLabel,
    QMenuBar,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.dialogs.about import AboutDialog
from annotator.gui.dialogs.settings import PAGES
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program


def is_inner(widget: QWidget) -> bool:
    """Whether it is a part that Qt makes within another widget, which has the name."""
    parent = widget.parentWidget()
    inner = widget.objectName().startswith("qt_")
    is_port = isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
    is_list_of_choices = isinstance(parent, QFrame) and isinstance(parent.parent(), QComboBox)
    return inner or is_port or is_list_of_choices or isinstance(widget, QScrollBar | QMenuBar)


def name_of(widget: QWidget) -> str:
    """What a screen reader says: the given name, a button's text, or that of its label."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel) and widget.text():
        return widget.text()
    labels = widget.window().findChildren(QLabel) if widget.window() is not None else []
    return next((label.text() for label in labels if label.buddy() is widget), "")


def nameless(top: QWidget) -> list[str]:
    """Describe what takes the focus and has no name.

    Buttons and labels that wait to be shown have no text yet.
    """
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in [top, *top.findChildren(QWidget)]
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.isWindow()
        and (widget.isVisibleTo(top) or not isinstance(widget, QAbstractButton | QLabel))
        and not is_inner(widget)
        and not name_of(widget)
    ]


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, Answers(place=tmp_path / "talk.session.json"), "A") as running:
        yield running


def test_the_check_sees_what_has_no_name(qtbot: QtBot) -> None:
    top = QDialog()
    qtbot.addWidget(top)
    field = QWidget(top)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert nameless(top) == ["QWidget in QDialog"]
    field.setAccessibleName("A field")
    assert nameless(top) == []


def test_everything_in_the_main_window_has_a_name(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    assert nameless(program.window) == []
    open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    for action in ("palette", "find_silences"):
        program.window.actions_table.by_id[action].trigger()
    assert nameless(program.window) == []


def test_everything_in_the_other_windows_has_a_name(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    for action in ("settings", "keys", "recordings"):
        program.window.actions_table.by_id[action].trigger()
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    assert len([one for one in windows if one.isVisible()]) >= 3
    for page in PAGES:
        program.choosing.show(page)
        assert [nameless(one) for one in windows] == [[]] * len(windows)
    about = AboutDialog(program.window)
    qtbot.addWidget(about)
    assert nameless(about) == []


def test_every_action_that_can_be_chosen_is_in_a_menu(program: Program) -> None:
    bar = program.window.menuBar()
    assert bar is not None
    menus = [action.menu() for action in bar.actions()]
    listed = {one.objectName() for menu in menus if menu is not None for one in menu.actions()}
    assert program.window.actions_table.by_id.keys() <= listed
