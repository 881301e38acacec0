"""A figure in the window: a click on one of its marks, or the arrows and Enter, opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PyQt6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.theme import Theme

if TYPE_CHECKING:
    from annotator.reports.figures.sheet import Hit, Picture

DPI, READABLE_DPI = 144, 92
"""In dots per inch: sharp enough where the page is wide, and the least that can be read."""

_EDGE = 3.0
_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FigureView(QWidget):
    """Shows a figure as wide as there is room; white, as it will be printed."""

    chosen = pyqtSignal(object)  # Hit
    reached = pyqtSignal(object)  # QPointF, the middle of the mark that the arrows reached

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixmap = QPixmap()
        self._hits: tuple[Hit, ...] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Figure")
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The marks that can be opened, in the order in which the arrows go."""
        return self._hits

    def show_picture(self, picture: Picture | None, name: str = "") -> None:
        """Show another figure, or none."""
        self._pixmap = QPixmap()
        if picture is not None:
            self._pixmap.loadFromData(picture.png)
        self._hits = picture.hits if picture is not None else ()
        self._current = -1
        self.setAccessibleName(f"Figure: {name}" if name else "Figure")
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._fit()
        self.update()

    def hit_at(self, place: QPointF) -> Hit | None:
        """Find the mark under a place; the smallest where several are."""
        area = self._area()
        if not area.contains(place):
            return None
        x = (place.x() - area.left()) / area.width()
        y = (place.y() - area.top()) / area.height()
        found = [
            one for one in self._hits if one.left <= x <= one.right and one.top <= y <= one.bottom
        ]
        return min(
            found, key=lambda one: (one.right - one.left) * (one.bottom - one.top), default=None
        )

    def place_of(self, hit: Hit) -> QPointF:
        """Give the middle of a mark in this widget."""
        return self._rect(hit).center()

    def heightForWidth(self, width: int) -> int:
        """Keep the figure's shape."""
        if self._pixmap.isNull():
            return 0
        return round(width * self._pixmap.height() / self._pixmap.width())

    def sizeHint(self) -> QSize:
        """Prefer the width there is."""
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the figure, and a frame round the mark that the arrows have reached."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._pixmap.isNull():
            painter.drawPixmap(self._area(), self._pixmap, QRectF(self._pixmap.rect()))
        if self.hasFocus() and 0 <= self._current < len(self._hits):
            pen = QPen(self._theme.focus, 2)
            painter.setPen(pen)
            edge = self._rect(self._hits[self._current]).adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
            painter.drawRect(edge)
        elif self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Open the mark under the mouse."""
        hit = self.hit_at(event.position()) if event is not None else None
        if hit is not None:
            self._current = self._hits.index(hit)
            self.update()
            self.chosen.emit(hit)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show where a click does something."""
        if event is not None:
            over = self.hit_at(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    def event(self, event: QEvent | None) -> bool:
        """Take the arrows from the film while the figure has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and self._hits and Qt.Key(event.key()) in _BACK | _ON | _ENTER:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Go from mark to mark with the arrows, and open one with Enter."""
        if event is None:
            return
        key = Qt.Key(event.key())
        if key in _BACK | _ON and self._hits:
            step = 1 if key in _ON else -1
            self._current = (self._current + step) % len(self._hits) if self._current >= 0 else 0
            self.update()
            self.reached.emit(self.place_of(self._hits[self._current]))
        elif key in _ENTER and 0 <= self._current < len(self._hits):
            self.chosen.emit(self._hits[self._current])
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Never be so narrow that the figure's words cannot be read."""
        self.setMinimumWidth(round(self._pixmap.width() * READABLE_DPI / DPI * self._theme.scale))
        self.setMinimumHeight(self.heightForWidth(self.minimumWidth()))
        self.updateGeometry()

    def _area(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.heightForWidth(self.width()))

    def _rect(self, hit: Hit) -> QRectF:
        area = self._area()
        return QRectF(
            area.left() + hit.left * area.width(),
            area.top() + hit.top * area.height(),
            (hit.right - hit.left) * area.width(),
            (hit.bottom - hit.top) * area.height(),
        )
