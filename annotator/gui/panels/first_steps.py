"""The three steps to the first tag, for somebody who sees the program for the first time."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.gui.theme import Theme

HEADING = "Three steps to your first tag"
STEPS = (
    ("Open a film", "The recording of a session, or the sample to try things out."),
    ("Step to a moment, press a key", "Each code has its own: R for a reflection, say."),
    ("Find it in a file", "Every tag is saved at once, beside the film, as plain JSON."),
)
EDGE = 28
BADGE = 30
HEADING_PX = 16


class FirstSteps(QWidget):
    """A heading and three numbered steps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges: list[QLabel] = []
        self._texts: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        grid.setHorizontalSpacing(theme.spacing_large)
        grid.setVerticalSpacing(2)
        heading = QLabel(HEADING)
        heading.setStyleSheet(
            f"font-size: {theme.px(HEADING_PX)}px; font-weight: 600; border: none;"
        )
        grid.addWidget(heading, 0, 0, 1, 2)
        for place, (head, text) in enumerate(STEPS, 1):
            self._add_step(grid, place, head, text)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3 * len(STEPS) + 1, 1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for badge in self._badges:
            badge.setStyleSheet(
                f"background: {theme.selection.name()}; color: {theme.text.name()}; border: none;"
                f"border-radius: {BADGE // 2}px; font-weight: 600;"
            )
        for text in self._texts:
            text.setStyleSheet(f"color: {theme.text_muted.name()}; border: none;")

    def _add_step(self, grid: QGridLayout, place: int, head: str, text: str) -> None:
        badge, title, words = QLabel(str(place)), QLabel(head), QLabel(text)
        badge.setFixedSize(BADGE, BADGE)
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setStyleSheet("font-weight: 600; border: none;")
        words.setWordWrap(True)
        row = 3 * place - 2
        grid.setRowMinimumHeight(row, 22)
        grid.addWidget(badge, row + 1, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(title, row + 1, 1)
        grid.addWidget(words, row + 2, 1)
        self._badges.append(badge)
        self._texts.append(words)
