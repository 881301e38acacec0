"""Marks on the timeline where two passes that are compared differ."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PyQt6.QtCore import QLineF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from annotator.gui.theme import Theme
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.view import TimelineView
from annotator.model.time import Interval

MARK_HEIGHT = 5.0
LEAST_PX = 3.0
TINT_ALPHA = 38
EDGE_DASHES = (2.0, 3.0)
SHOWN_EDGES = 200
"""With more differences in view than this, the lanes stay free of their edges."""


@dataclass(frozen=True, slots=True)
class DifferenceMark:
    """Where two passes differ, and whether a consensus has settled it."""

    span: Interval
    settled: bool = False


class DifferencesLayer(QWidget):
    """Lets the mouse through; is not there where nothing differs.

    A bar at the top of the lanes stands over each difference: full while it is open, an outline
    once it is settled; the open ones tint the lanes as well.
    """

    def __init__(self, timeline: TimelineView, theme: Theme) -> None:
        self._port = timeline.viewport() or timeline
        super().__init__(self._port)
        self._timeline, self._theme = timeline, theme
        self._marks: list[DifferenceMark] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        timeline.laid_out.connect(self._lie_down)
        self.hide()

    @property
    def marks(self) -> Sequence[DifferenceMark]:
        """What is marked, in order of time."""
        return self._marks

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self.update()

    def show_marks(self, marks: Sequence[DifferenceMark]) -> None:
        """Mark these, which stand in order of their starts, and nothing else."""
        if list(marks) == self._marks:
            return
        self._marks = list(marks)
        self._starts = [one.span.start for one in self._marks]
        self._ends = list(accumulate((one.span.end for one in self._marks), max))
        self._lie_down()
        self.setVisible(bool(self._marks))
        self.update()

    def in_view(self, view: Interval) -> Sequence[DifferenceMark]:
        """Give the marks that can be seen in a stretch, and at most few more before it."""
        first = bisect_left(self._ends, view.start)
        return self._marks[first : bisect_right(self._starts, view.end)]

    def paintEvent(self, event: QPaintEvent | None) -> None:
        scene = self._timeline.scene
        if event is None or scene.session is None:
            return
        painter = QPainter(self)
        painter.scale(self._timeline.factor, self._timeline.factor)
        scale = scene.scale
        painter.setClipRect(QRectF(scale.left, scene.top, scale.width, scene.room))
        shown = self.in_view(Interval(scale.start, scale.end))
        for mark, left, right in _boxes(shown, scale):
            self._paint(painter, mark, QRectF(left, scene.top, right - left, MARK_HEIGHT))
            if not mark.settled and len(shown) <= SHOWN_EDGES:
                self._tint(painter, scene, left, right)

    def _paint(self, painter: QPainter, mark: DifferenceMark, bar: QRectF) -> None:
        colour = self._theme.warning
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if mark.settled else colour)
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))

    def _tint(self, painter: QPainter, scene: Scene, left: float, right: float) -> None:
        tint = QColor(self._theme.warning)
        tint.setAlpha(TINT_ALPHA)
        painter.fillRect(QRectF(left, scene.top, right - left, scene.room), tint)
        pen = QPen(self._theme.warning, 1)
        pen.setDashPattern(EDGE_DASHES)
        painter.setPen(pen)
        for x in (left + 0.5, right - 0.5):
            painter.drawLine(QLineF(x, scene.top + MARK_HEIGHT, x, scene.foot))

    def _lie_down(self) -> None:
        self.setGeometry(self._port.rect())


def _boxes(
    marks: Sequence[DifferenceMark], scale: Scale
) -> list[tuple[DifferenceMark, float, float]]:
    """Give each mark its pixels from left to right; of those on the same pixels one is enough."""
    made: dict[tuple[float, float, bool], DifferenceMark] = {}
    for mark in marks:
        left = float(round(max(scale.x_of(mark.span.start), scale.left - LEAST_PX)))
        right = float(round(min(scale.x_of(mark.span.end), scale.right + LEAST_PX)))
        made.setdefault((left, max(right, left + LEAST_PX), mark.settled), mark)
    return [(mark, left, right) for (left, right, _), mark in made.items()]
