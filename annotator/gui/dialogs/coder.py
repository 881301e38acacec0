"""Asks who is coding."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from annotator.gui.dialogs.coder_name import coder_problem, tidy_coder
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare

WHY = (
    "Your initials, or the code your study gave you, are kept with every tag, so that the work "
    "of two coders can be told apart. Use no full name."
)


class CoderDialog(QDialog):
    """One field, and a button that works once the field holds initials."""

    def __init__(self, coder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(coder)
        self.field.setAccessibleName("Your initials")
        self.field.setPlaceholderText("initials, such as AB")
        self.field.selectAll()
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.accept_button = QPushButton("Start coding")
        cancel = QPushButton("Cancel")
        rows = prepare(self, "Who is coding?", "passes")
        rows.addWidget(paragraph(WHY))
        rows.addWidget(self.field)
        rows.addWidget(self.problem)
        rows.addStretch(1)
        rows.addLayout(button_row((cancel,), self.accept_button))
        self.field.textChanged.connect(self._judge)
        self.accept_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._judge(coder)
        self.field.setFocus()

    @property
    def coder(self) -> str:
        """The coder as typed, tidied."""
        return tidy_coder(self.field.text())

    def _judge(self, text: str) -> None:
        problem = coder_problem(text)
        self.accept_button.setEnabled(not problem)
        self.problem.setText(problem if text.strip() else "")


def ask_coder(parent: QWidget | None, coder: str = "") -> str:
    """Ask who is coding, beginning with the coder remembered; empty where she would not say."""
    dialog = CoderDialog(coder, parent)
    return dialog.coder if dialog.exec() == QDialog.DialogCode.Accepted else ""
