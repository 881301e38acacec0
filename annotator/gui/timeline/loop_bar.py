"""Shows on the timeline which stretch is played over and over: a bar under the ruler."""

from __future__ import annotations

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import QWidget

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.magnify import to_pixels
from annotator.gui.timeline.view import TimelineView
from annotator.model.time import Interval

HEIGHT = 5
END_PX = 2.0
SHARE = 0.55  # how much of the bar's colour is seen between its ends


def bar_of(loop: Interval, scale: Scale) -> QRectF:
    """Give the pixels a loop covers within the bar's height; empty where it is out of view."""
    left = max(scale.x_of(loop.start), float(scale.left))
    right = min(scale.x_of(loop.end), float(scale.right))
    return QRectF(left, 0, max(0.0, right - left), HEIGHT)


class LoopBar(QWidget):
    """Lies over the timeline, lets the mouse through, and is not there without a loop."""

    def __init__(self, timeline: TimelineView) -> None:
        viewport = timeline.viewport()
        super().__init__(viewport)
        self._timeline = timeline
        self._loop: Interval | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        timeline.laid_out.connect(self._lie_down)
        self.hide()

    def show_loop(self, loop: Interval | None) -> None:
        """Show this stretch; None shows nothing."""
        self._loop = loop
        self._lie_down()
        self.setVisible(loop is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if event is None or self._loop is None:
            return
        bar = bar_of(self._loop, self._timeline.scale)
        if bar.isEmpty():
            return
        painter = QPainter(self)
        painter.scale(self._timeline.factor, self._timeline.factor)
        colour = self.palette().color(QPalette.ColorRole.Link)
        painter.setOpacity(SHARE)
        painter.fillRect(bar, colour)
        painter.setOpacity(1.0)
        for left in (bar.left(), bar.right() - END_PX):
            painter.fillRect(QRectF(left, 0, END_PX, HEIGHT), colour)

    def _lie_down(self) -> None:
        viewport = self._timeline.viewport()
        if viewport is not None:
            factor = self._timeline.factor
            place = QRect(0, RULER_HEIGHT - HEIGHT // 2, 1, HEIGHT)
            lying = to_pixels(place, factor)
            self.setGeometry(0, lying.top(), viewport.width(), lying.height())
