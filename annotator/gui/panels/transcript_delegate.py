"""Draws a cue: when and who above, what was said below, the selected words marked."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.panels.transcript_layout import CueLayout, lay_out
from annotator.gui.panels.transcript_model import CUE_ROLE, CuesModel
from annotator.gui.theme import Theme
from annotator.model.time import to_clock
from annotator.model.transcript import Cue

Place = tuple[int, int]
"""A row, and the number of a word in it."""


class CueDelegate(QStyledItemDelegate):
    """Lays out and draws cues; how wide words are is measured once."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self.current_row = -1
        self.marked: tuple[Place, Place] | None = None
        self._width = 0
        self.set_theme(theme, font)

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Draw with other colours and type."""
        self._theme = theme
        self._font = theme.body(font)
        self._small = QFont(self._font)
        self._small.setPixelSize(theme.px(12))
        self._metrics = QFontMetrics(self._font)
        self._blank = self._metrics.horizontalAdvance(" ")
        self._widths: dict[str, int] = {}
        self._layouts: dict[str, CueLayout] = {}

    def set_width(self, width: int) -> None:
        """Lay out for a column of that many pixels."""
        if width != self._width:
            self._width = width
            self._layouts.clear()

    def layout_of(self, cue: Cue) -> CueLayout:
        """Give where the words of a cue stand."""
        found = self._layouts.get(cue.text)
        if found is None:
            room = max(self._width - 2 * self._theme.spacing, 1)
            found = lay_out(cue.text, room, self._measure, self._blank)
            self._layouts[cue.text] = found
        return found

    def word_at(self, cue: Cue, point: QPoint) -> int | None:
        """Give the word of a cue at a point from the top left corner of its row."""
        line = (point.y() - self._text_top) // self._metrics.lineSpacing()
        return self.layout_of(cue).word_at(point.x() - self._theme.spacing, line)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        cue = index.data(CUE_ROLE)
        lines = self.layout_of(cue).lines if isinstance(cue, Cue) else 1
        height = self._text_top + lines * self._metrics.lineSpacing() + self._theme.spacing_small
        return QSize(max(self._width, 1), height)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        cue = index.data(CUE_ROLE)
        if painter is None or not isinstance(cue, Cue):
            return
        painter.save()
        painter.setClipRect(option.rect)
        self._draw_ground(painter, option, index.row())
        self._draw_head(painter, option.rect, index, cue)
        self._draw_words(painter, option.rect, index.row(), cue)
        painter.restore()

    @property
    def _text_top(self) -> int:
        return self._theme.spacing_tiny + QFontMetrics(self._small).lineSpacing()

    def _measure(self, word: str) -> int:
        found = self._widths.get(word)
        if found is None:
            found = self._widths[word] = self._metrics.horizontalAdvance(word)
        return found

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        theme, rect = self._theme, option.rect
        is_current = row == self.current_row
        painter.fillRect(rect, theme.surface_raised if is_current else theme.surface)
        if is_current:
            bar = QRect(rect.left(), rect.top(), theme.px(4), rect.height())
            painter.fillRect(bar, theme.playhead)
        focused = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_Active
        if option.state & focused == focused:
            painter.setPen(theme.focus)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_head(self, painter: QPainter, rect: QRect, index: QModelIndex, cue: Cue) -> None:
        theme, model = self._theme, index.model()
        speaker = model.speaker(cue) if isinstance(model, CuesModel) else cue.speaker
        head = rect.adjusted(theme.spacing, theme.spacing_tiny, -theme.spacing, 0)
        head.setHeight(QFontMetrics(self._small).lineSpacing())
        painter.setFont(self._small)
        painter.setPen(theme.text_muted)
        words = "   ".join(one for one in (to_clock(cue.start), speaker) if one)
        shown = QFontMetrics(self._small).elidedText(
            words, Qt.TextElideMode.ElideRight, head.width()
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_words(self, painter: QPainter, rect: QRect, row: int, cue: Cue) -> None:
        theme, spacing = self._theme, self._metrics.lineSpacing()
        left, top = rect.left() + theme.spacing, rect.top() + self._text_top
        painter.setFont(self._font)
        painter.setPen(theme.text)
        for number, word in enumerate(self.layout_of(cue).words):
            box = QRect(left + word.x, top + word.line * spacing, word.width, spacing)
            if self.marked and self.marked[0] <= (row, number) <= self.marked[1]:
                reach = self._blank if (row, number) < self.marked[1] else 0
                painter.fillRect(box.adjusted(0, 0, reach, 0), theme.selection)
            painter.drawText(box.left(), box.top() + self._metrics.ascent(), word.text)
