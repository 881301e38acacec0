"""What fits itself to narrow panels: parts that flow to the next line, buttons that end in dots."""

from __future__ import annotations

from collections.abc import Iterator

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import (
    QLayout,
    QLayoutItem,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_LEAST_LETTERS = 4
_BESIDE_ICON = 4
"""So many pixels Qt leaves between an icon and the text of a button."""


class FlowLayout(QLayout):
    """Puts parts side by side as far as there is room, and the others on the next lines.

    A part that is wider than a line gets no more than the line. Where it `ends_right`, the last
    part stands at the right end of its line, unless it has one to itself.
    """

    def __init__(self, spacing: int, *parts: QWidget, ends_right: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._ends_right = ends_right
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem | None) -> None:
        if item is not None:
            self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of all lines at a width."""
        boxes = [box for _, box in self._placed(QRect(0, 0, width, 0))]
        foot = self.contentsMargins().bottom()
        return max((box.bottom() + 1 for box in boxes), default=0) + foot

    def sizeHint(self) -> QSize:
        """Prefer one line."""
        hints = [item.sizeHint() for item in self._shown]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return self._framed(QSize(width, max((hint.height() for hint in hints), default=0)))

    def minimumSize(self) -> QSize:
        """Never be narrower than the widest part has to be."""
        least = [item.minimumSize() for item in self._shown]
        width = max((one.width() for one in least), default=0)
        return self._framed(QSize(width, max((one.height() for one in least), default=0)))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, box in self._placed(rect):
            item.setGeometry(box)

    @property
    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _framed(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        line: list[tuple[QLayoutItem, QSize]] = []
        taken = 0
        for item in self._shown:
            size = item.sizeHint()
            size.setWidth(min(size.width(), width))
            if line and taken + size.width() > width:
                yield line
                line, taken = [], 0
            line.append((item, size))
            taken += size.width() + self.spacing()
        if line:
            yield line

    def _placed(self, rect: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Place parts from the upper left on, each in the middle of its line's height."""
        inner = rect.marginsRemoved(self.contentsMargins())
        top, last = inner.top(), self._shown[-1:]
        for line in self._lines(max(1, inner.width())):
            height, left = max(size.height() for _, size in line), inner.left()
            for place, (item, size) in enumerate(line):
                if self._ends_right and place and [item] == last:
                    left = inner.left() + inner.width() - size.width()
                yield item, QRect(left, top + (height - size.height()) // 2, *_pair(size))
                left += size.width() + self.spacing()
            top += height + self.spacing()


def _pair(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()


class ElidedButton(QPushButton):
    """A button whose text ends in dots where there is no room for all of it."""

    def minimumSizeHint(self) -> QSize:
        """Keep room for a few letters."""
        whole, metrics = self.sizeHint(), self.fontMetrics()
        text = metrics.horizontalAdvance(self.text())
        kept = min(text, metrics.horizontalAdvance("m" * _LEAST_LETTERS))
        return QSize(whole.width() - text + kept, whole.height())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        option, style = QStyleOptionButton(), self.style()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        if style is not None:
            part = QStyle.SubElement.SE_PushButtonContents
            room = style.subElementRect(part, option, self).width()
            room -= 0 if self.icon().isNull() else self.iconSize().width() + _BESIDE_ICON
            mode = Qt.TextElideMode.ElideRight
            option.text = self.fontMetrics().elidedText(self.text(), mode, room)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
