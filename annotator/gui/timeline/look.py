"""Colours, words and widths of the codes, worked out once for all tags that carry them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
)

from annotator.gui.theme import Theme, readable_on, tinted
from annotator.model.codebook import Code, Codebook
from annotator.model.coding import UNNAMED

LOW_ROW = 15
LOW_ROW_PX = 10
PIN_PX = 15
LETTER_SHARE = 0.6
FILL_SHARE = 0.30
DARK_FILL_SHARE = 0.42
BAR_ROUNDING = 4.0
STRIPE_PX = 3
BAR_LENGTH = 512
CAP_PX = 6
DASHES = ((1, 0), (5, 2), (3, 3), (1, 2))
"""Pixels on and off, down a code's stripe; the codes of a group take them in turn."""


OPEN_DASHES = (2, 2)
OPEN_PEN = 1.4
OPEN_SHARE = 0.10
OPEN_NAME = f"{UNNAMED} unnamed"


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How tags of one code look; widths are logical pixels in the look's font.

    What is not named yet is drawn by dashes, with a question mark.
    """

    name: str
    short: str
    colour: QColor
    fill: QColor
    stripes: QBrush
    name_width: float
    short_width: float
    is_named: bool = True


class Look:
    """The theme as the timeline wears it; codes are dressed when they are first asked for.

    All is measured in points of the scene: `ratio` tells how many pixels of the screen one is
    wide, at the theme's size of interface, and fonts have the sizes of a theme at 100 %.
    """

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.ratio = ratio * theme.scale
        self.theme = theme = replace(theme, scale=1.0)
        self.small = theme.digits(theme.small(font))
        self.low = QFont(self.small)
        self.low.setPixelSize(theme.px(LOW_ROW_PX))
        self.metrics = QFontMetricsF(self.small)
        self._codes: dict[str, CodeLook] = {}
        self._pins: dict[tuple[str, int, bool], QPixmap] = {}
        self._bars: dict[tuple[str, int], QPixmap] = {}
        self._texts: dict[tuple[str, bool], QStaticText] = {}
        self._dashes: dict[str, int] = {}
        self._book: Codebook | None = None

    def set_codebook(self, book: Codebook | None) -> None:
        """Dress the codes of another codebook."""
        if book is not self._book:
            self._book = book
            for kept in (self._codes, self._pins, self._bars, self._texts):
                kept.clear()
            self._dashes = _dashes(book)

    def font_for(self, row_height: float) -> QFont:
        """Choose the font that fits a sub-row."""
        return self.small if row_height >= self.theme.px(LOW_ROW) else self.low

    def code(self, code_id: str) -> CodeLook:
        """Give the look of a code; one that the book does not know is grey and shows its id."""
        found = self._codes.get(code_id)
        if found is None:
            code = self._book.code(code_id) if self._book is not None else None
            is_open = code_id == UNNAMED
            found = self._unnamed() if is_open else self._dressed(code or Code(code_id, code_id))
            self._codes[code_id] = found
        return found

    def pin(self, code_id: str, row_height: float, *, lettered: bool = False) -> QPixmap:
        """Give the diamond of an instant, as high as fits the sub-row, with a letter or without."""
        size = int(min(row_height, PIN_PX))
        key = (code_id, size, lettered)
        if key not in self._pins:
            self._pins[key] = self._painted_pin(self.code(code_id), size, lettered=lettered)
        return self._pins[key]

    def bar(self, code_id: str, height: int) -> QPixmap:
        """Give a bar that is `BAR_LENGTH` long, from which shorter ones are cut."""
        key = (code_id, height)
        if key not in self._bars:
            pixmap = self._canvas(BAR_LENGTH, height)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_bar(painter, self.code(code_id), QRectF(0, 0, BAR_LENGTH, height))
            painter.end()
            self._bars[key] = pixmap
        return self._bars[key]

    def paint_bar(self, painter: QPainter, code: CodeLook, bar: QRectF) -> None:
        """Paint a rounded bar with a strong edge where it begins."""
        painter.setPen(QPen(code.colour, 1) if code.is_named else _dashed(code.colour))
        painter.setBrush(code.fill)
        painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), BAR_ROUNDING, BAR_ROUNDING)
        if not code.is_named:
            return
        stripe = QRectF(bar.left() + 2, bar.top() + 3, STRIPE_PX, bar.height() - 6)
        painter.fillRect(stripe, code.stripes)

    def text(self, words: str, row_height: float) -> QStaticText:
        """Give words laid out once, in the font that fits a sub-row."""
        key = (words, row_height >= LOW_ROW)
        if key not in self._texts:
            made = QStaticText(words)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(font=self.font_for(row_height))
            self._texts[key] = made
        return self._texts[key]

    def _unnamed(self) -> CodeLook:
        """Dress what is to be named later: in dashes of no code's colour."""
        colour = self.theme.text_muted
        fill = tinted(colour, self.theme, OPEN_SHARE)
        width, short_width = (self.metrics.horizontalAdvance(one) for one in (OPEN_NAME, UNNAMED))
        stripes = self._striped(colour, fill, OPEN_DASHES)
        return CodeLook(OPEN_NAME, UNNAMED, colour, fill, stripes, width, short_width, False)

    def _dressed(self, code: Code) -> CodeLook:
        colour = QColor(code.colour)
        if not colour.isValid():
            colour = QColor(self.theme.line_strong)
        share = DARK_FILL_SHARE if self.theme.is_dark else FILL_SHARE
        short = code.abbreviation or code.name[:2]
        fill = tinted(colour, self.theme, share)
        return CodeLook(
            code.name,
            short,
            colour,
            fill,
            self._striped(colour, fill, DASHES[self._dashes.get(code.id, 0)]),
            self.metrics.horizontalAdvance(code.name),
            self.metrics.horizontalAdvance(short),
        )

    def _striped(self, colour: QColor, fill: QColor, dash: tuple[int, int]) -> QBrush:
        """Make the brush of a code's stripe: colours are never the only thing to tell it by."""
        on, off = dash
        if not off:
            return QBrush(colour)
        pixmap = QPixmap(4, on + off)
        pixmap.fill(fill)
        painter = QPainter(pixmap)
        painter.fillRect(QRect(0, 0, 4, on), colour)
        painter.end()
        return QBrush(pixmap)

    def _painted_pin(self, code: CodeLook, size: int, *, lettered: bool) -> QPixmap:
        pixmap = self._canvas(size, size)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_lettered = lettered or not code.is_named
        ground = code.colour if code.is_named else self.theme.surface
        painter.setPen(QPen(self.theme.surface, 1.2) if code.is_named else QPen(code.colour, 1.2))
        painter.setBrush(ground)
        painter.drawPolygon(diamond(size / 2, size / 2, size / 2 - 0.6))
        if is_lettered:
            font = QFont(self.small)
            font.setPixelSize(max(6, round(size * LETTER_SHARE)))
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(readable_on(code.colour) if code.is_named else self.theme.text)
            whole = QRectF(0, 0, size, size)
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, code.short[:1])
        painter.end()
        return pixmap

    def _canvas(self, width: int, height: int) -> QPixmap:
        pixmap = QPixmap(int(width * self.ratio), int(height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap


def _dashed(colour: QColor) -> QPen:
    pen = QPen(colour, OPEN_PEN)
    pen.setDashPattern([3.0, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def diamond(x: float, y: float, reach: float) -> QPolygonF:
    """Make a diamond about a point."""
    return QPolygonF(
        [QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)]
    )


def _dashes(book: Codebook | None) -> dict[str, int]:
    """Give each code the number of its dashes, by its place in its group."""
    found: dict[str, int] = {}
    seen: dict[str, int] = {}
    for code in book.codes if book is not None else ():
        place = seen[code.group] = seen.get(code.group, -1) + 1
        found[code.id] = place % len(DASHES)
    return found
