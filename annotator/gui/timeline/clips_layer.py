"""Lays kept clips over the timeline's thin lane: clicked, played, trimmed and shifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QCursor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QToolTip, QWidget

from annotator.gui.theme import Theme
from annotator.gui.timeline.clip_drag import ClipDrag
from annotator.gui.timeline.clips_lane import ShownClip, clip_at, paint_clips
from annotator.gui.timeline.dragging import Grip
from annotator.gui.timeline.geometry import panned
from annotator.gui.timeline.hand import Keys, has_begun
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.magnify import to_point
from annotator.gui.timeline.overlay import paint_guide, paint_time
from annotator.gui.timeline.view import TimelineView
from annotator.model.time import Micros, to_clock

EDGES = frozenset({Part.START, Part.END})


class ClipsLayer(QWidget):
    """Lets the mouse through, but for what lands on a clip; there is no lane without any."""

    chosen = pyqtSignal(str)
    played = pyqtSignal(str)
    trimmed = pyqtSignal(str, object, object)  # id, new start, new end
    shifted = pyqtSignal(str, object, object)  # id, new start, new end
    edge_moved = pyqtSignal(object)  # Micros, in the frame that the clip would start or end with

    def __init__(
        self, timeline: TimelineView, theme: Theme, position: Callable[[], Micros]
    ) -> None:
        self._port = timeline.viewport() or timeline
        super().__init__(self._port)
        self._timeline, self._theme, self._position = timeline, theme, position
        self._look: Look | None = None
        self._clips: tuple[ShownClip, ...] = ()
        self._held: ClipDrag | None = None
        self._pressed_at = QPoint()
        self._lifted: ShownClip | None = None
        self._at: Micros | None = None
        self.is_writable = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._port.installEventFilter(self)
        timeline.installEventFilter(self)
        timeline.laid_out.connect(self._lie_down)
        self.hide()

    @property
    def clips(self) -> tuple[ShownClip, ...]:
        """The clips that are shown."""
        return self._clips

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme, self._look = theme, None
        self.update()

    def show_clips(self, clips: Sequence[ShownClip]) -> None:
        """Show these and no others; without any there is no lane."""
        before, self._clips = self._clips, tuple(clips)
        if [(one.id, one.span) for one in before] != [(one.id, one.span) for one in clips]:
            self._let_go()
        self._timeline.show_clips(shown=bool(clips))
        self._lie_down()
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        scene, lifted = self._timeline.scene, self._lifted
        if event is None or scene.session is None:
            return
        look = self._dressed()
        painter = QPainter(self)
        painter.scale(self._timeline.factor, self._timeline.factor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clips = [lifted if lifted and one.id == lifted.id else one for one in self._clips]
        paint_clips(painter, clips, scene.scale, look)
        if lifted is not None and self._held is not None:
            edge = self._held.edge_of(lifted)
            if self._at is not None:
                paint_guide(painter, scene.scale.x_of(self._at), scene.foot, look)
            paint_time(painter, edge, scene.scale.x_of(edge), look, scene.scale)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take what the mouse does to a clip, and leave the rest to the timeline."""
        if isinstance(event, QKeyEvent) and self._lifted is not None:
            return self._give_up(event)
        if watched is self._port and self.isVisible():
            if isinstance(event, QMouseEvent):
                return self._take(event)
            if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
                return self._tell(event)
        return super().eventFilter(watched, event)

    def _give_up(self, event: QKeyEvent) -> bool:
        """Let go at Esc, and keep that key from the window while a clip is in the hand."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() == QEvent.Type.KeyPress and self._held is not None:
            home = self._held.home
            self._let_go()
            self._port.unsetCursor()
            self.edge_moved.emit(home)
        event.accept()
        return True

    def _take(self, event: QMouseEvent) -> bool:
        point = to_point(event.position(), self._timeline.factor)
        is_left = event.button() == Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonDblClick if is_left:
                return self._play(point)
            case QEvent.Type.MouseButtonPress if is_left:
                return self._press(point, event.modifiers())
            case QEvent.Type.MouseMove if self._held is not None:
                self._drag(point, event.modifiers())
                return True
            case QEvent.Type.MouseMove if event.buttons() == Qt.MouseButton.NoButton:
                return self._hover(point)
            case QEvent.Type.MouseButtonRelease if is_left and self._held is not None:
                self._release(point)
                return True
            case _:
                return False

    def _press(self, point: QPoint, keys: Keys) -> bool:
        found = self._hit(point)
        if found is None or keys & Keys.ShiftModifier:  # with Shift time is selected, as ever
            return False
        clip, part = found
        self._pressed_at = point
        grip = Grip(clip.to_tag(), part, self._timeline.scale.time_at(point.x()))
        self._held = ClipDrag(clip, grip, self._position())
        return True

    def _play(self, point: QPoint) -> bool:
        found = self._hit(point)
        if found is not None:
            self.chosen.emit(found[0].id)
            self.played.emit(found[0].id)
        return found is not None

    def _drag(self, point: QPoint, keys: Keys) -> None:
        held = self._held
        if held is None or not self.is_writable:
            return
        if self._lifted is None and not has_begun(self._pressed_at, point):
            return
        self._pull_view(point)
        if held.is_whole:
            self._port.setCursor(Qt.CursorShape.ClosedHandCursor)
        scene, snaps = self._timeline.scene, not keys & Keys.AltModifier
        found = held.to(scene.scale.time_at(point.x()), scene, snaps=snaps)
        self._at = found.at
        lifted = held.lifted(found)
        if lifted != self._lifted:
            self._lifted = lifted
            self.edge_moved.emit(held.moment_of(lifted))
        self.update()

    def _pull_view(self, point: QPoint) -> None:
        """Hold the page, and pull it along where the mouse leaves it."""
        scale, whole = self._timeline.scale, self._timeline.scene.whole
        beyond = max(0, point.x() - scale.right) + min(0, point.x() - scale.left)
        self._timeline.pull(panned(scale, whole, beyond) if beyond else scale, held=True)

    def _release(self, point: QPoint) -> None:
        held, lifted = self._held, self._lifted
        self._let_go()
        if held is None:
            return
        if lifted is None:
            self.chosen.emit(held.clip.id)
        elif lifted.span != held.clip.span:
            told = self.shifted if held.is_whole else self.trimmed
            told.emit(lifted.id, lifted.span.start, lifted.span.end)
        if not self._hover(point):
            self._port.unsetCursor()

    def _hover(self, point: QPoint) -> bool:
        found = self._hit(point)
        if found is None:
            return False
        self._port.setCursor(QCursor(self._shape_over(found[1])))
        return True

    def _shape_over(self, part: Part) -> Qt.CursorShape:
        if not self.is_writable:
            return Qt.CursorShape.PointingHandCursor
        is_edge = part in EDGES
        return Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.OpenHandCursor

    def _tell(self, event: QHelpEvent) -> bool:
        found = self._hit(to_point(event.pos(), self._timeline.factor))
        if found is None:
            return False
        clip = found[0]
        name = f"{clip.number}. {clip.title}" if clip.title else f"Clip {clip.number}"
        text = f"{name}\n{to_clock(clip.span.start)} to {to_clock(clip.span.end)}"
        QToolTip.showText(event.globalPos(), text, self._port)
        return True

    def _hit(self, point: QPoint) -> tuple[ShownClip, Part] | None:
        return clip_at(point.x(), point.y(), self._timeline.scale, self._clips)

    def _dressed(self) -> Look:
        look, ratio = self._look, self.devicePixelRatioF()
        if look is None or look.ratio != ratio * self._theme.scale:
            look = self._look = Look(self._theme, self._timeline.font(), ratio)
        return look

    def _let_go(self) -> None:
        if self._lifted is not None:
            self._timeline.pull(self._timeline.scale)
        self._held = self._lifted = self._at = None
        self.update()

    def _lie_down(self) -> None:
        self.setGeometry(self._port.rect())
        self.setVisible(bool(self._clips) and self._timeline.scene.shows_clips)
