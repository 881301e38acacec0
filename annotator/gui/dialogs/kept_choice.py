"""Asks whether a choice of columns shall take the place of the one that has its name."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.pieces import let_answer, paragraph, prepare

WHAT = (
    "A choice of columns is kept as “{}” already, and it is another one. Once it is replaced it"
    " cannot be brought back. To keep both, go back and type another name."
)


class KeptChoiceDialog(QDialog):
    """Tells the name that is taken; closing it replaces nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.replace_button = QPushButton("Replace it")
        self.back_button = QPushButton("Go back")
        rows = prepare(self, "Replace a kept choice", "interchange")
        rows.addWidget(paragraph(WHAT.format(name)))
        let_answer(self, rows, self.replace_button, self.back_button)


def ask_to_replace_choice(parent: QWidget | None, name: str) -> bool:
    """Ask whether the choice of columns that is kept by a name shall be replaced."""
    return KeptChoiceDialog(name, parent).exec() == QDialog.DialogCode.Accepted
