"""The list of a session's recordings, each as its role over its file's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QPainter
from PyQt6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.dialogs.pieces import paint_row_ground
from annotator.gui.dialogs.recordings_words import ROLES, file_name, short_offset
from annotator.gui.icon_shapes import SHAPES
from annotator.gui.icons import paint_shape
from annotator.gui.theme import Theme
from annotator.model.recording import Recording

NO_PARENT = QModelIndex()
LINE_HEIGHT = 58
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
ICON = 22
SMALL_ICON = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """One recording as the list shows it; `leads` where it is shown large beside others."""

    recording: Recording
    leads: bool = False
    heard: bool = True

    @property
    def spoken(self) -> str:
        """What is read out."""
        one = self.recording
        kind = "sound" if one.video is None else "film"
        parts = [ROLES[one.role], kind, file_name(one), short_offset(one.offset)]
        parts += ["shown large"] if self.leads else []
        parts += [] if self.heard else ["silent"]
        return ", ".join(parts)


class RecordingsModel(QAbstractListModel):
    """The recordings in the order of the session."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[RecordingLine, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The recordings' ids, in their order."""
        return tuple(line.recording.id for line in self._lines)

    def show_lines(self, lines: Sequence[RecordingLine]) -> None:
        """Show these; where they are the same recordings, the choice among them stays."""
        if self.ids == tuple(line.recording.id for line in lines):
            self._lines = tuple(lines)
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{ROLES[line.recording.role]} {file_name(line.recording)}"
            case Qt.ItemDataRole.ToolTipRole:
                return line.recording.path
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case _:
                return line if role == LINE_ROLE else None


class RecordingDelegate(QStyledItemDelegate):
    """Draws a recording: its kind as an icon, role and offset, the file's name beneath."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(220, self._theme.px(LINE_HEIGHT))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        line = index.data(LINE_ROLE)
        if painter is None or not isinstance(line, RecordingLine):
            return
        painter.save()
        paint_row_ground(painter, option, self._theme, above=2)
        box = option.rect.adjusted(12, 8, -12, -8)
        kind = SHAPES["sound" if line.recording.video is None else "film"]
        place = QRectF(box.left(), box.center().y() - ICON / 2, ICON, ICON)
        paint_shape(painter, kind, place, self._theme.text_muted)
        words = box.adjusted(ICON + 12, 0, 0, 0)
        upper = QRect(words.left(), words.top(), words.width(), words.height() // 2)
        self._paint_upper(painter, upper, line, option.font)
        self._paint_lower(painter, upper.translated(0, upper.height()), line, option.font)
        painter.restore()

    def _paint_upper(self, painter: QPainter, box: QRect, line: RecordingLine, font: QFont) -> None:
        theme = self._theme
        painter.setFont(theme.digits(theme.small(font)))
        painter.setPen(theme.text_muted)
        painter.drawText(box, _RIGHT, short_offset(line.recording.offset))
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(theme.text)
        role = ROLES[line.recording.role]
        painter.drawText(box, _LEFT, role)
        if line.leads:
            after = box.adjusted(painter.fontMetrics().horizontalAdvance(role) + 8, 0, 0, 0)
            painter.setFont(theme.small(font))
            painter.setPen(theme.accent)
            painter.drawText(after, _LEFT, "large")

    def _paint_lower(self, painter: QPainter, box: QRect, line: RecordingLine, font: QFont) -> None:
        theme = self._theme
        if not line.heard:
            place = QRectF(0, 0, SMALL_ICON, SMALL_ICON)
            place.moveCenter(QRectF(box).center())
            place.moveRight(box.right() + 1)
            paint_shape(painter, SHAPES["sound_off"], place, theme.text_muted)
            box = box.adjusted(0, 0, -SMALL_ICON - 8, 0)
        painter.setFont(theme.small(font))
        painter.setPen(theme.text_muted)
        mode = Qt.TextElideMode.ElideMiddle
        name = painter.fontMetrics().elidedText(file_name(line.recording), mode, box.width())
        painter.drawText(box, _LEFT, name)
