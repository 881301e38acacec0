"""What a code means, beside the codes for as long as it is wanted: the manual stays closed."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.gui.icons import icon
from annotator.gui.panels.code_words import code_meaning
from annotator.gui.panels.labels import dress_small_heading
from annotator.gui.theme import Theme
from annotator.model.codebook import Code


class DefinitionCard(QFrame):
    """Stands below the codes and asks nothing; its key, or Escape in it, closes it."""

    closed = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.text, self.close_button = QLabel(), QLabel(), QToolButton()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button.setAccessibleName("Close what the code means")
        self.close_button.setToolTip("Close")
        self.close_button.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.spacing_tiny)
        layout.setContentsMargins(*([theme.spacing_small] * 4))
        layout.addLayout(head)
        layout.addWidget(self.text)
        self.setAccessibleName("What a code means")
        self.setVisible(False)
        self.set_theme(theme)

    def show_code(self, code: Code) -> None:
        """Show what a code means."""
        self.name.setText(code.name)
        self.text.setText(code_meaning(code))
        self.setVisible(True)

    def dismiss(self) -> None:
        """Be gone."""
        self.setVisible(False)
        self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_small_heading(self.name, theme)
        self.close_button.setIcon(icon("close", theme))
        self.text.setFont(theme.small(self.font()))
        self.setStyleSheet(
            f"DefinitionCard {{ background: {theme.surface_raised.name()};"
            f" border-top: 1px solid {theme.line.name()}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
