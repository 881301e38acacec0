"""Asks whether changes to the codebook that were not applied may be lost."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.pieces import let_answer, paragraph, prepare

ADVICE = "You have changed the codebook and not applied the changes. Discarded, they are lost."


class DraftDialog(QDialog):
    """Tells what would be lost; closing it keeps everything as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.discard_button = QPushButton("Discard the changes")
        self.stay_button = QPushButton("Go on editing")
        rows = prepare(self, "Changes not applied", "codebooks")
        rows.addWidget(paragraph(ADVICE))
        let_answer(self, rows, self.discard_button, self.stay_button, to_no=True)


def ask_to_discard_draft(parent: QWidget | None) -> bool:
    """Ask whether changes to the codebook that were not applied shall be lost."""
    return DraftDialog(parent).exec() == QDialog.DialogCode.Accepted
