"""Lays proposals over the timeline, where they are clicked and their ends are dragged."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QCursor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QToolTip, QWidget

from annotator.gui.theme import Theme
from annotator.gui.timeline.dragging import Grip, dragged
from annotator.gui.timeline.hand import DRAG_BEGINS_PX
from annotator.gui.timeline.hit import Hit, Part
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.magnify import to_point
from annotator.gui.timeline.overlay import paint_time
from annotator.gui.timeline.proposals import ShownProposals, proposal_at, revealed
from annotator.gui.timeline.proposals_painting import paint_proposals
from annotator.gui.timeline.view import TimelineView
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros, to_clock

EDGES = frozenset({Part.START, Part.END})


class ProposalsLayer(QWidget):
    """Lets the mouse through, but for what lands on a proposal; is not there without any."""

    chosen = pyqtSignal(str)
    moved = pyqtSignal(str, object, object)  # id, new start, new end
    edge_moved = pyqtSignal(object)  # Micros, the end in the hand

    def __init__(self, timeline: TimelineView, theme: Theme) -> None:
        self._port = timeline.viewport() or timeline
        super().__init__(self._port)
        self._timeline = timeline
        self._theme = theme
        self._look: Look | None = None
        self._shown = ShownProposals()
        self._grip: Grip | None = None
        self._pressed_at = QPoint()
        self._lifted: Tag | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._port.installEventFilter(self)
        timeline.laid_out.connect(self._lie_down)
        self.hide()

    @property
    def shown(self) -> ShownProposals:
        """What is shown."""
        return self._shown

    @property
    def is_dragging(self) -> bool:
        """Whether the hand holds an end."""
        return self._lifted is not None

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme, self._look = theme, None
        self.update()

    def show_proposals(self, shown: ShownProposals) -> None:
        """Show these and no others."""
        if shown.tags != self._shown.tags:
            self.let_go()
        self._shown = shown
        self._timeline.set_silences([tag.interval for tag in shown.tags])
        self._lie_down()
        self.setVisible(bool(shown.tags))
        self.update()

    def reveal(self, stretch: Interval, least_px: int = 0) -> None:
        """Bring a stretch of the current proposal's lane into view."""
        scale = revealed(self._timeline.scene, stretch, least_px)
        if scale != self._timeline.scale:
            self._timeline.pull(scale)
        self._scroll_to_lane()
        self.update()

    def let_go(self) -> None:
        """Let go of an end, and leave the proposal as it was."""
        self._grip = self._lifted = None
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        scene = self._timeline.scene
        if event is None or scene.session is None:
            return
        look = self._dressed()
        look.set_codebook(scene.session.codebook)
        lifted = self._lifted
        painter = QPainter(self)
        painter.scale(self._timeline.factor, self._timeline.factor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._shown if lifted is None else self._shown.with_tag(lifted)
        paint_proposals(painter, shown, scene, look)
        if lifted is not None:
            edge = self._edge_of(lifted)
            paint_time(painter, edge, scene.scale.x_of(edge), look, scene.scale)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take what the mouse does to a proposal, and leave the rest to the timeline."""
        if watched is self._port and self.isVisible():
            if isinstance(event, QMouseEvent):
                return self._take(event)
            if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
                return self._tell(event)
        return super().eventFilter(watched, event)

    def _take(self, event: QMouseEvent) -> bool:
        point = to_point(event.position(), self._timeline.factor)
        is_left = event.button() == Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if is_left:
                return self._press(point)
            case QEvent.Type.MouseMove if self._grip is not None:
                self._drag(self._grip, point)
                return True
            case QEvent.Type.MouseMove if event.buttons() == Qt.MouseButton.NoButton:
                return self._hover(point)
            case QEvent.Type.MouseButtonRelease if is_left and self._grip is not None:
                self._release(self._grip)
                return True
            case _:
                return False

    def _press(self, point: QPoint) -> bool:
        found = self._hit(point)
        if found.tag is None:
            return False
        self._pressed_at = point
        held = self._timeline.scale.time_at(point.x())
        self._grip = Grip(found.tag, found.part, held)
        return True

    def _drag(self, grip: Grip, point: QPoint) -> None:
        has_begun = abs(point.x() - self._pressed_at.x()) >= DRAG_BEGINS_PX
        if grip.part not in EDGES or not (self._lifted or has_begun):
            return
        scene = self._timeline.scene
        moment = scene.scale.time_at(point.x())
        start, end = dragged(grip, moment, scene.frame_times, scene.whole)
        lifted = replace(grip.tag, start=start, end=end)
        if lifted != self._lifted:
            self._lifted = lifted
            self.edge_moved.emit(self._edge_of(lifted))
            self.update()

    def _release(self, grip: Grip) -> None:
        lifted = self._lifted
        self.let_go()
        if lifted is None:
            self.chosen.emit(grip.tag.id)
        elif (lifted.start, lifted.end) != (grip.tag.start, grip.tag.end):
            self.moved.emit(lifted.id, lifted.start, lifted.end)

    def _hover(self, point: QPoint) -> bool:
        found = self._hit(point)
        if found.tag is None:
            return False
        shape = Qt.CursorShape.PointingHandCursor
        if found.part in EDGES:
            shape = Qt.CursorShape.SizeHorCursor
        self._port.setCursor(QCursor(shape))
        return True

    def _tell(self, event: QHelpEvent) -> bool:
        tag = self._hit(to_point(event.pos(), self._timeline.factor)).tag
        if tag is None:
            return False
        text = f"Proposed: {to_clock(tag.start)} to {to_clock(tag.end)}"
        QToolTip.showText(event.globalPos(), text, self._port)
        return True

    def _hit(self, point: QPoint) -> Hit:
        return proposal_at(point.x(), point.y(), self._timeline.scene, self._shown.tags)

    def _edge_of(self, lifted: Tag) -> Micros:
        at_end = self._grip is not None and self._grip.part is Part.END
        return lifted.end if at_end else lifted.start

    def _dressed(self) -> Look:
        look, ratio = self._look, self.devicePixelRatioF()
        if look is None or look.ratio != ratio * self._theme.scale:
            look = self._look = Look(self._theme, self._timeline.font(), ratio)
        return look

    def _scroll_to_lane(self) -> None:
        """Bring the lane into view where the lanes are higher than their room."""
        scene, bar = self._timeline.scene, self._timeline.verticalScrollBar()
        current = [tag for tag in self._shown.tags if tag.id == self._shown.current]
        if bar is None or not current:
            return
        number = scene.lanes.lane_of(current[0].code, current[0].participant, scene.pass_id)
        if number >= len(scene.bands):
            return
        band = scene.bands[number]
        if band.top < scene.scroll or band.bottom > scene.scroll + scene.room:
            bar.setValue(band.top - (scene.room - band.height) // 2)

    def _lie_down(self) -> None:
        self.setGeometry(self._port.rect())
