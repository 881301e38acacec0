"""The question before kept drawings of sound are deleted."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.kept_sound import KeptSoundDialog


def test_it_tells_what_is_kept_and_why_and_does_as_asked(qtbot: QtBot) -> None:
    dialog = KeptSoundDialog("/home/me/.cache/annotator: 3.1 MB")
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "/home/me/.cache/annotator: 3.1 MB" in words
    assert "when people spoke" in words
    dialog.keep_button.click()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.delete_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
