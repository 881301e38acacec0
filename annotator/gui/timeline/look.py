"""Colours, words and widths of the codes, worked out once for all tags that carry them."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from annotator.gui.theme import Theme, tinted
from annotator.model.codebook import Code, Codebook

LOW_ROW = 15
LOW_ROW_PX = 10
PIN_PX = 15
FILL_SHARE = 0.30
DARK_FILL_SHARE = 0.42


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How tags of one code look; widths are logical pixels in the look's font."""

    name: str
    short: str
    colour: QColor
    fill: QColor
    name_width: float
    short_width: float


class Look:
    """The theme as the timeline wears it; codes are dressed when they are first asked for."""

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self.small = theme.digits(theme.small(font))
        self.low = QFont(self.small)
        self.low.setPixelSize(theme.px(LOW_ROW_PX))
        self.metrics = QFontMetricsF(self.small)
        self._codes: dict[str, CodeLook] = {}
        self._pins: dict[tuple[str, int], QPixmap] = {}
        self._book: Codebook | None = None

    def set_codebook(self, book: Codebook | None) -> None:
        """Dress the codes of another codebook."""
        if book is not self._book:
            self._book = book
            self._codes.clear()
            self._pins.clear()

    def font_for(self, row_height: float) -> QFont:
        """Choose the font that fits a sub-row."""
        return self.small if row_height >= self.theme.px(LOW_ROW) else self.low

    def code(self, code_id: str) -> CodeLook:
        """Give the look of a code; one that the book does not know is grey and shows its id."""
        found = self._codes.get(code_id)
        if found is None:
            code = self._book.code(code_id) if self._book is not None else None
            found = self._dressed(code or Code(code_id, code_id))
            self._codes[code_id] = found
        return found

    def pin(self, code_id: str, row_height: float) -> QPixmap:
        """Give the diamond of an instant, as high as fits the sub-row."""
        size = int(min(row_height, PIN_PX))
        key = (code_id, size)
        if key not in self._pins:
            self._pins[key] = self._painted_pin(self.code(code_id).colour, size)
        return self._pins[key]

    def _dressed(self, code: Code) -> CodeLook:
        colour = QColor(code.colour)
        if not colour.isValid():
            colour = QColor(self.theme.line_strong)
        share = DARK_FILL_SHARE if self.theme.is_dark else FILL_SHARE
        short = code.abbreviation or code.name[:2]
        return CodeLook(
            code.name,
            short,
            colour,
            tinted(colour, self.theme, share),
            self.metrics.horizontalAdvance(code.name),
            self.metrics.horizontalAdvance(short),
        )

    def _painted_pin(self, colour: QColor, size: int) -> QPixmap:
        pixmap = QPixmap(int(size * self.ratio), int(size * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.surface, 1.2))
        painter.setBrush(colour)
        painter.drawPolygon(diamond(size / 2, size / 2, size / 2 - 0.6))
        painter.end()
        return pixmap


def diamond(x: float, y: float, reach: float) -> QPolygonF:
    """Make a diamond about a point."""
    return QPolygonF(
        [QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)]
    )
