"""Asks whether somebody's consent was taken back."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.pieces import let_answer, paragraph, prepare


class WithdrawDialog(QDialog):
    """Says what follows; closing it changes nothing."""

    def __init__(self, who: str, follows: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.withdraw_button = QPushButton("Consent was withdrawn")
        self.back_button = QPushButton("Leave it as it is")
        rows = prepare(self, f"Withdraw the consent of {who}", "clips")
        rows.addWidget(paragraph(follows))
        let_answer(self, rows, self.withdraw_button, self.back_button)


def ask_to_withdraw(parent: QWidget | None, who: str, follows: str) -> bool:
    """Ask whether a participant, told by code, has taken consent back; `follows` says what then."""
    return WithdrawDialog(who, follows, parent).exec() == QDialog.DialogCode.Accepted
