"""The button of one code: its key, colour, name, how often it was used and whether it runs."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.gui.panels.code_menus import WAY_WORDS
from annotator.gui.panels.code_words import code_description, code_spoken, code_tip, elapsed_text
from annotator.gui.panels.marks import CAP_HEIGHT, CHIP_WIDTH, cap_width, paint_cap, paint_chip
from annotator.gui.theme import Theme, tinted
from annotator.model.codebook import Code
from annotator.model.time import Micros
from annotator.model.way import Way

ROOMY, COMPACT = 38, 31
NARROWEST = 160
MARGIN = 4.0
GAP = 7.0
ROUNDING = 7.0
RUNNING_TINT = 0.22


class CodeButton(QAbstractButton):
    """Draws itself from a code; a click is all it tells."""

    def __init__(self, code: Code, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._theme = theme
        self._key = code.key
        self._action: QAction | None = None
        self._count = 0
        self._elapsed = ""
        self._compact = False
        self.setText(code.name)
        self.setToolTip(code_tip(code))
        self.setAccessibleDescription(code_description(code))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._say()

    @property
    def count(self) -> int:
        """How many tags of the shown pass carry the code."""
        return self._count

    @property
    def running_text(self) -> str:
        """What is shown while the stretch runs, such as `running 0:04.2`; else empty."""
        return f"running {self._elapsed}" if self._elapsed else ""

    @property
    def key(self) -> str:
        """The key that is shown; empty where the code has none now."""
        return self._key

    def follow(self, action: QAction) -> None:
        """Do what the code's action does, and show the key it has: it may be lent for a while."""
        self._action = action
        self.setEnabled(action.isEnabled())
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        action.changed.connect(self._show_key)

    def _show_key(self) -> None:
        key = self._action.shortcut().toString() if self._action is not None else ""
        if key != self._key:
            self._key = key
            self.update()

    def show_way(self, way: Way | None) -> None:
        """Say how the key marks, where that was chosen for this code."""
        words = f"<p>{WAY_WORDS[way]}</p>" if way is not None else ""
        self.setToolTip(code_tip(self.code) + words)
        self.setAccessibleDescription(
            f"{code_description(self.code)} {WAY_WORDS[way] if way is not None else ''}".strip()
        )

    def set_count(self, count: int) -> None:
        """Show how often the code was used."""
        if count != self._count:
            self._count = count
            self._say()
            self.update()

    def set_running(self, start: Micros | None, position: Micros) -> None:
        """Show that the code's stretch runs since `start`; None shows it at rest."""
        elapsed = "" if start is None else elapsed_text(start, position)
        if elapsed != self._elapsed:
            began_or_ended = bool(elapsed) != bool(self._elapsed)
            self._elapsed = elapsed
            if began_or_ended:
                self._say()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """Take less height, where many codes share little room."""
        self._compact = compact
        self.updateGeometry()

    @property
    def _height(self) -> int:
        return self._theme.px(COMPACT if self._compact else ROOMY)

    def sizeHint(self) -> QSize:
        """Prefer this size."""
        return QSize(NARROWEST + 50, self._height)

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than this."""
        return QSize(NARROWEST, self._height)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Act on Enter; leave the rest to Qt."""
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._paint_ground(painter, box)
        left = self._paint_marks(painter, box)
        self._paint_words(painter, box.adjusted(left, 0, -MARGIN - 2, 0))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, ROUNDING, ROUNDING)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(self.code.colour)
        if self._elapsed:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(tinted(colour, self._theme, RUNNING_TINT))
        elif self.isDown():
            painter.setBrush(self._theme.pressed)
        elif self.underMouse() and self.isEnabled():
            painter.setBrush(self._theme.hover)
        else:
            return
        painter.drawRoundedRect(box, ROUNDING, ROUNDING)

    def _paint_marks(self, painter: QPainter, box: QRectF) -> float:
        """Draw the key and the chip; give where the words may begin, from the box's left."""
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        key = self._key.upper()
        width = cap_width(key, font)
        cap = QRectF(box.left() + MARGIN, 0, width, self._theme.px(CAP_HEIGHT))
        cap.moveCenter(QPointF(cap.center().x(), box.center().y()))
        paint_cap(painter, cap, key, self._theme)
        middle = QPointF(cap.right() + GAP + CHIP_WIDTH / 2, box.center().y())
        paint_chip(painter, middle, QColor(self.code.colour), self.code.kind, self._theme)
        return middle.x() + CHIP_WIDTH / 2 + GAP - box.left()

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        two_lines = bool(self._elapsed) and not self._compact
        right = self._elapsed if self._elapsed and not two_lines else str(self._count or "")
        painter.setFont(self._theme.digits(self.font()))
        painter.setPen(self._theme.text_muted)
        painter.drawText(box, _RIGHT, right)
        box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(right) - GAP)
        if two_lines:
            small = self._theme.digits(self._theme.small(self.font()))
            painter.setFont(small)
            painter.drawText(box.adjusted(0, box.height() / 2 - 1, 0, 0), _LEFT, self.running_text)
            box.setBottom(box.center().y() + 3)
        painter.setFont(self.font())
        painter.setPen(self._theme.text)
        mode = Qt.TextElideMode.ElideRight
        name = painter.fontMetrics().elidedText(self.code.name, mode, int(box.width()))
        painter.drawText(box, _LEFT, name)

    def _say(self) -> None:
        """Tell screen readers; not at each tenth of a second, which would never end."""
        running = "running" if self._elapsed else ""
        self.setAccessibleName(code_spoken(self.code, self._count, running))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
