"""The formats that a session can be written in, each with what it has no place for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PyQt6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.dialogs.pieces import paint_row_ground
from annotator.gui.theme import Theme

NO_PARENT = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole
PADDING_X, PADDING_Y, BETWEEN = 12, 8, 2
_FLAGS = int(Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value)


@dataclass(frozen=True, slots=True)
class FormatLine:
    """A format as it is offered."""

    id: str
    title: str
    suffixes: tuple[str, ...]
    loses: tuple[str, ...]

    @property
    def head(self) -> str:
        """Its title with the usual ending of its files."""
        return f"{self.title}   {self.suffixes[0]}"

    @property
    def below(self) -> str:
        """What it cannot hold, in a line."""
        return f"Cannot hold {', '.join(self.loses)}" if self.loses else "Can hold everything"


class FormatsModel(QAbstractListModel):
    """A row for each format."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[FormatLine, ...] = ()

    def show_lines(self, lines: Sequence[FormatLine]) -> None:
        """Show formats."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.head}. {line.below}"
            case _:
                return line if role == LINE_ROLE else None


class FormatDelegate(QStyledItemDelegate):
    """Draws a format's title and ending, and beneath, as long as need be, what it cannot hold."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = 300

    def set_width(self, width: int) -> None:
        """Let lines wrap at a width in pixels."""
        self._width = width

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        line = index.data(LINE_ROLE)
        room = self._width - 2 * PADDING_X
        if not isinstance(line, FormatLine):
            return super().sizeHint(option, index)
        small = self._metrics(option.font)
        below = small.boundingRect(QRect(0, 0, max(80, room), 10_000), _FLAGS, line.below)
        height = option.fontMetrics.height() + below.height() + BETWEEN + 2 * PADDING_Y
        return QSize(120, height)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        line = index.data(LINE_ROLE)
        if painter is None or not isinstance(line, FormatLine):
            return
        theme = self._theme
        painter.save()
        paint_row_ground(painter, option, theme, above=1)
        box = option.rect.adjusted(PADDING_X, PADDING_Y, -PADDING_X, -PADDING_Y)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(theme.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft.value), line.title)
        ending_at = painter.fontMetrics().horizontalAdvance(line.title) + PADDING_X
        painter.setFont(theme.small(option.font))
        painter.setPen(theme.text_muted)
        head = QRect(box.left() + ending_at, box.top(), box.width(), option.fontMetrics.height())
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter.value), line.suffixes[0])
        below = box.adjusted(0, option.fontMetrics.height() + BETWEEN, 0, 0)
        painter.drawText(below, _FLAGS, line.below)
        painter.restore()

    def _metrics(self, font: QFont) -> QFontMetrics:
        return QFontMetrics(self._theme.small(font))


class FormatsList(QListView):
    """The list of formats, whose lines wrap anew when it is made wider or narrower."""

    def __init__(self, delegate: FormatDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setAccessibleName("Format")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if (port := self.viewport()) is not None:
            self._delegate.set_width(port.width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
