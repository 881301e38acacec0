"""Shows the report of an import, which lies beside its session."""

from __future__ import annotations

from PyQt6.QtGui import QFontDatabase
from PyQt6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QWidget

from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme

SIZE = (760, 560)


class ReportWindow(QDialog):
    """Stays beside the work; its text can be selected and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.text = paragraph(""), QPlainTextEdit()
        self.copy_button, self.close_button = QPushButton("Copy all"), QPushButton("Close")
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Import report")
        rows = prepare(self, "Import report", "interchange")
        rows.addWidget(self.name)
        rows.addWidget(self.text, 1)
        rows.addLayout(button_row((self.copy_button,), self.close_button))
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.close)
        self.set_theme(theme)
        resize_within(self, theme.px(SIZE[0]), theme.px(SIZE[1]))

    def show_report(self, name: str, text: str) -> None:
        """Show a report, and say where it lies."""
        self.name.setText(name)
        self.text.setPlainText(text)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_quiet(self.name, theme)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.text.setFont(theme.small(fixed))

    def _copy(self) -> None:
        if (clipboard := QApplication.clipboard()) is not None:
            clipboard.setText(self.text.toPlainText())
