"""Asks whether the kept drawings of sound shall be deleted."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.pieces import let_answer, paragraph, prepare

WHAT = (
    "To draw the sound of a recording at once, and to find its silences, annotator keeps how"
    " loud it is from moment to moment. That says when people spoke, so only you can read it."
    " It is made again when it is wanted."
)


class KeptSoundDialog(QDialog):
    """Tells what is kept and how much; closing it keeps everything."""

    def __init__(self, kept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delete_button = QPushButton("Delete")
        self.keep_button = QPushButton("Keep")
        rows = prepare(self, "Delete kept drawings of sound", "settings")
        rows.addWidget(paragraph(WHAT))
        rows.addWidget(paragraph(f"Kept now in {kept}"))
        let_answer(self, rows, self.delete_button, self.keep_button)


def ask_to_forget_sound(parent: QWidget | None, kept: str) -> bool:
    """Ask whether what is kept shall be deleted; `kept` says where it is and how much."""
    return KeptSoundDialog(kept, parent).exec() == QDialog.DialogCode.Accepted
