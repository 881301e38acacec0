"""The question before a kept choice of columns is replaced."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.kept_choice import KeptChoiceDialog


def test_it_tells_the_name_and_does_as_asked(qtbot: QtBot) -> None:
    dialog = KeptChoiceDialog("our <b>table</b>")
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "“our <b>table</b>”" in words
    dialog.back_button.click()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.replace_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
