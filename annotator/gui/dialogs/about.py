"""Says what the program is, in which version, under which licence and how to cite it."""

from __future__ import annotations

from PyQt6.QtWidgets import QApplication, QDialog, QFormLayout, QPushButton, QWidget

from annotator import __version__
from annotator.gui.dialogs.about_text import citation, part_versions, report_text
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare

WHAT = "Step through filmed therapy sessions and attach timestamped tags."
LICENCE = (
    "Free software under the GNU General Public License, version 3 or later: you may use, study, "
    "share and change it. It comes without any warranty."
)


class AboutDialog(QDialog):
    """Everything in it can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        parts = part_versions()
        self._report = report_text(__version__, parts)
        self.copy_button = QPushButton("Copy the versions")
        close = QPushButton("Close")
        rows = prepare(self, f"annotator {__version__}", "first_steps")
        self.setWindowTitle("About annotator")
        rows.addWidget(paragraph(WHAT))
        rows.addWidget(paragraph(LICENCE))
        facts = QFormLayout()
        facts.setHorizontalSpacing(16)
        facts.addRow("To cite", paragraph(citation(__version__)))
        for name, number in parts:
            facts.addRow(name, paragraph(number))
        rows.addLayout(facts)
        rows.addLayout(button_row((self.copy_button,), close))
        self.copy_button.clicked.connect(self._copy)
        close.setFocus()
        close.clicked.connect(self.accept)

    def _copy(self) -> None:
        board = QApplication.clipboard()
        if board is not None:
            board.setText(self._report)


def show_about(parent: QWidget | None = None) -> None:
    """Show what the program says about itself."""
    AboutDialog(parent).exec()
