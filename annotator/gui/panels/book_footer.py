"""The name of the codebook in use, which opens to show what must be known about it."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.codebook import Codebook

BESIDE_NAME = 34  # the arrow and the button's edges


class BookFooter(QFrame):
    """One line with the book's name; a click unfolds its unit and notice."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Codebook | None = None
        self.button = QToolButton()
        self.text = QLabel()
        self._prepare()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*([theme.spacing_tiny] * 4))
        layout.addWidget(self.text)
        layout.addWidget(self.button)
        self.set_theme(theme)
        self.show_book(None)

    def show_book(self, book: Codebook | None) -> None:
        """Name a codebook; None hides the line."""
        self._book = book
        self.setVisible(book is not None)
        self.button.setChecked(False)
        self.text.setText(book_notice(book) if book else "")
        title = book_title(book) if book else ""
        self.button.setAccessibleName(f"Codebook {title}")
        self.button.setToolTip(f"Codebook {title}: what to know about it")
        self.button.setEnabled(bool(self.text.text()))
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.button.setFont(theme.small(self.font()))
        self.button.setStyleSheet("QToolButton { text-align: left; padding: 6px 8px; }")
        dress_quiet(self.text, theme)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit name and notice to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _prepare(self) -> None:
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.toggled.connect(lambda checked: self._unfold(unfolded=checked))
        self._unfold(unfolded=False)
        self.text.setWordWrap(True)
        self.text.setContentsMargins(8, 8, 8, 4)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _unfold(self, *, unfolded: bool) -> None:
        self.text.setVisible(unfolded)
        self.button.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.UpArrow)

    def _fit(self) -> None:
        name = self._book.name if self._book else ""
        room = self.width() - BESIDE_NAME
        mode = Qt.TextElideMode.ElideRight
        self.button.setText(self.button.fontMetrics().elidedText(name, mode, room))
        self.text.setMinimumHeight(max(0, self.text.heightForWidth(self.width() - 8)))


def book_title(book: Codebook) -> str:
    """Write a book's name with its version where it has one."""
    return f"{book.name}, version {book.version}" if book.version else book.name


def book_notice(book: Codebook) -> str:
    """Write what must be known about a book; empty where it says nothing."""
    unit = f"One tag stands for: {book.unit}." if book.unit else ""
    version = f"Version {book.version}" if book.version else ""
    return "\n\n".join(part for part in (unit, book.notice, version) if part)
