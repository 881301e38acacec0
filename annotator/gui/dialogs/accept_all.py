"""Asks whether all proposals that are left shall become tags."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.pieces import let_answer, paragraph, prepare

ADVICE = "You have not looked at them one by one. One step of Undo takes all of them back."


class AcceptAllDialog(QDialog):
    """Tells how many there are and as what they are tagged; closing it accepts none."""

    def __init__(self, count: int, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        many = "1 silence" if count == 1 else f"{count} silences"
        self.accept_button = QPushButton(f"Accept {many}")
        self.back_button = QPushButton("Go on one by one")
        rows = prepare(self, "Accept all remaining proposals", "silences")
        rows.addWidget(paragraph(f"{many} will be tagged as “{code}”. {ADVICE}"))
        let_answer(self, rows, self.accept_button, self.back_button)


def ask_to_accept_all(parent: QWidget | None, count: int, code: str) -> bool:
    """Ask whether so many proposals shall become tags of the code with this name."""
    return AcceptAllDialog(count, code, parent).exec() == QDialog.DialogCode.Accepted
