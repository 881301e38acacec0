"""The program's sign: lanes of tags with the playhead across them."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

SIDE = 52
LANES = (
    (13.0, 10.0, 20.0, "#f2b75c"),
    (23.0, 16.0, 26.0, "#ffffff"),
    (33.0, 10.0, 13.0, "#7ed0da"),
)
"""Top, left and width of each bar in a square of side 52, and its colour."""
GROUND = QColor("#0b6e79")
PLAYHEAD = 30.0
PLAYHEAD_COLOUR = QColor("#ff6f61")


class Emblem(QWidget):
    """Draws the sign in a rounded square, the same in every theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(SIDE, SIDE)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        for top, left, width, colour in LANES:
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(left, top, width, 6), 3, 3)
        painter.setBrush(PLAYHEAD_COLOUR)
        painter.drawRoundedRect(QRectF(PLAYHEAD, 8, 2.5, 36), 1, 1)
