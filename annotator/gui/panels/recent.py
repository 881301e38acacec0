"""The sessions opened lately, as a list whose missing files are plain to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PyQt6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
)
from PyQt6.QtGui import QFont, QPainter
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.theme import Theme
from annotator.storage.settings import Recent

NO_PARENT = QModelIndex()
LINE_HEIGHT = 56
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class RecentLine:
    """One session opened lately; `opened` is when, as ISO 8601, or empty."""

    path: Path
    title: str
    opened: str = ""
    is_there: bool = True

    def where_and_when(self, present: datetime, home: Path) -> str:
        """Say in which folder the session lies and when it was last open."""
        parts = [folder_words(self.path.parent, home)]
        parts.append(when_words(self.opened, present) if self.is_there else "not found")
        return " · ".join(part for part in parts if part)

    def spoken_now(self) -> str:
        """Say where and when as seen by this person at this moment."""
        return self.where_and_when(datetime.now().astimezone(), Path.home())


def line_of(recent: Recent) -> RecentLine:
    """Make the line of a remembered session, looking whether its file is still there."""
    try:
        is_there = recent.path.is_file()
    except OSError:  # we may not even look there
        is_there = False
    return RecentLine(recent.path, recent.title or recent.path.name, recent.opened, is_there)


class RecentModel(QAbstractListModel):
    """Recent sessions, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[RecentLine, ...] = ()

    def show_lines(self, lines: Iterable[RecentLine]) -> None:
        """Show other sessions."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a role asks for."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.ToolTipRole:
                return str(line.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                return (
                    f"{line.title}, {line.where_and_when(datetime.now().astimezone(), Path.home())}"
                )
            case _:
                return line if role == LINE_ROLE else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        line = index.data(LINE_ROLE)
        if isinstance(line, RecentLine) and line.is_there:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class RecentDelegate(QStyledItemDelegate):
    """Draws a session as its title over its folder and time."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Prefer this size."""
        return QSize(240, self._theme.px(LINE_HEIGHT))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the cell."""
        line = index.data(LINE_ROLE)
        if painter is None or not isinstance(line, RecentLine):
            return
        painter.save()
        self._paint_ground(painter, option)
        box = option.rect.adjusted(12, 8, -12, -8)
        upper = QRect(box.left(), box.top(), box.width(), box.height() // 2)
        lower = upper.translated(0, box.height() // 2)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        theme = self._theme
        painter.setPen(theme.text if line.is_there else theme.text_muted)
        _draw(painter, upper, line.title, strong)
        painter.setPen(theme.text_muted)
        words = line.spoken_now()
        _draw(painter, lower, words, theme.small(option.font))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        if not state & QStyle.StateFlag.State_Enabled:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(theme.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.hover)
        else:
            return
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), theme.radius, theme.radius)


def _draw(painter: QPainter, box: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    mode = Qt.TextElideMode.ElideMiddle
    shown = painter.fontMetrics().elidedText(text, mode, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def folder_words(folder: Path, home: Path) -> str:
    """Write a folder as people say it: what lies in the home folder begins with `~`."""
    if not folder.is_relative_to(home):
        return str(folder)
    inside = folder.relative_to(home).as_posix()
    return "~" if inside == "." else f"~/{inside}"


def when_words(opened: str, present: datetime) -> str:
    """Say when something was, as seen now in the present's time zone; empty where not known.

    `opened` is ISO 8601 with a zone; `present` carries one as well.
    """
    try:
        moment = datetime.fromisoformat(opened).astimezone(present.tzinfo)
    except ValueError:
        return ""
    days = present.date() - moment.date()
    clock = f"{moment:%H:%M}"
    if days == timedelta(0):
        return f"today {clock}"
    if days == timedelta(days=1):
        return f"yesterday {clock}"
    return f"{moment.day} {moment:%B %Y}"
