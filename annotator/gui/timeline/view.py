"""The timeline's widget: shows lanes, tags and playhead, and turns gestures into signals."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QElapsedTimer, QEvent, QPoint, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.editing.marking import RunningSpan
from annotator.gui.theme import Theme
from annotator.gui.timeline.bands import total_height
from annotator.gui.timeline.geometry import Scale, fitted, paged, panned, zoomed
from annotator.gui.timeline.ground import gutter_width
from annotator.gui.timeline.hit import Hit, Part
from annotator.gui.timeline.mouse import Mouse
from annotator.gui.timeline.overlay import HEAD_WIDTH
from annotator.gui.timeline.painting import Moving, Painting
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.words import excluded_tip, tag_tip
from annotator.model.change import Change
from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import Micros

WHEEL_NOTCH = 120
ZOOM_A_NOTCH = 1.25
PAN_A_NOTCH = 90
KEY_ZOOM = 1.6
PAN_RESPECTED_MS = 4000
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TimelineView(QAbstractScrollArea):
    """Lanes of tags under a time ruler, below the film."""

    seek_requested = pyqtSignal(object)  # Micros
    tag_activated = pyqtSignal(str)
    tag_retimed = pyqtSignal(str, object, object)  # tag id, new start, new end

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = Scene()
        self._moving = Moving()
        self._painting = Painting(theme, self.font(), self.devicePixelRatioF())
        self._mouse = Mouse(self._scene, self)
        self._playing = False
        self._panned_at = QElapsedTimer()
        self._dress()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._remake_painting()

    def show_session(self, session: Session | None, pass_id: str) -> None:
        """Show a pass of a session, all of it on one page.

        A pass that does not exist yet has no tags; None shows an empty timeline.
        """
        self._mouse.cancel()
        self._scene.show(session, pass_id)
        self._moving.selected = frozenset()
        self._relayout()

    def apply_changes(self, session: Session, changes: tuple[Change, ...]) -> None:
        """Follow changes that made this session, at the cost of the changes alone."""
        touched = self._scene.apply(session, changes)
        self._mouse.let_go_if_gone()
        if touched is None:
            self._relayout()
        else:
            self._painting.forget(touched)
            self._repaint()

    def set_frame_times(self, frame_times: Sequence[Micros]) -> None:
        """Take the times at which frames begin, on the session's clock; may be empty."""
        self._scene.set_frame_times(frame_times)
        self._refresh()

    def set_position(self, position: Micros) -> None:
        """Move the playhead; repaints only where it was and where it is."""
        before, self._moving.position = self._moving.position, position
        if position == before:
            return
        if not self._mouse.is_busy and not self._is_held():
            turned = paged(self._scene.scale, self._scene.whole, position)
            if turned is not None:
                self._show_scale(turned)
                return
        self._repaint_between(before, position)

    def set_playing(self, playing: bool) -> None:  # noqa: FBT001 a slot of a signal that carries it
        """Know whether the film plays: then a pan holds the page for a while only."""
        self._playing = playing
        if playing:
            self._panned_at.invalidate()

    def set_selected(self, tag_ids: frozenset[str]) -> None:
        """Outline these tags and no others."""
        before, self._moving.selected = self._moving.selected, tag_ids
        places = (self._scene.lanes.place(tag_id) for tag_id in before ^ tag_ids)
        self._painting.forget({place.lane for place in places if place is not None})
        self._repaint()

    def set_running(self, running: tuple[RunningSpan, ...]) -> None:
        """Show the stretches that run, each growing to the playhead."""
        if self._scene.set_running(running):
            self._relayout()
        else:
            self._repaint()

    def zoom_in(self) -> None:
        """Show less time, about the playhead where it is in view."""
        self._zoom(1 / KEY_ZOOM, self._middle())

    def zoom_out(self) -> None:
        """Show more time, about the playhead where it is in view."""
        self._zoom(KEY_ZOOM, self._middle())

    def zoom_to_all(self) -> None:
        """Show the whole session."""
        scale = self._scene.scale
        self._show_scale(fitted(self._scene.whole, scale.left, scale.width))

    @property
    def scale(self) -> Scale:
        """How time lies over the viewport's pixels at this moment."""
        return self._scene.scale

    def sizeHint(self) -> QSize:
        """Prefer room for six lanes."""
        return QSize(900, 220)

    def minimumSizeHint(self) -> QSize:
        """Need room for the ruler and a few lanes."""
        return QSize(320, 120)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        viewport = self.viewport()
        if event is None or viewport is None:
            return
        if self._painting.look.ratio != viewport.devicePixelRatioF():
            self._painting = Painting(self._theme, self.font(), viewport.devicePixelRatioF())
        painter = QPainter(viewport)
        self._painting.paint(painter, event.rect(), self._size(), self._scene, self._moving)
        painter.end()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        bar = self.verticalScrollBar()
        self._scene.scroll = bar.value() if bar is not None else 0
        self._refresh()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is None:
            return
        delta, x = event.angleDelta(), event.position().toPoint().x()
        sideways = delta.x() if abs(delta.x()) > abs(delta.y()) else 0
        if not sideways and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = delta.y()
        if sideways:
            pixels = event.pixelDelta().x() or sideways * PAN_A_NOTCH / WHEEL_NOTCH
            self._pull(panned(self._scene.scale, self._scene.whole, -pixels))
        elif x < self._scene.scale.left:
            super().wheelEvent(event)
        elif delta.y():
            self._panned_at.start()
            self._zoom(ZOOM_A_NOTCH ** (-delta.y() / WHEEL_NOTCH), x)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._mouse.press(event.position().toPoint(), self._moving.position)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self._mouse.move(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._mouse.release(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape and self._mouse.is_busy:
            self._mouse.give_up()
            event.accept()
        else:
            event.ignore()  # letters, space and arrows belong to the window

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        self._moving.focused = event is not None and event.reason() in KEYBOARD
        self._repaint()

    def focusOutEvent(self, _event: QFocusEvent | None) -> None:
        self._moving.focused = False
        self._mouse.cancel()
        self._repaint()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._remake_painting()

    def event(self, event: QEvent | None) -> bool:
        """Keep Esc from the window's shortcuts while something is dragged."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self._mouse.is_busy
        ):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Tell what the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def hit_at(self, point: QPoint) -> Hit:
        """Tell what lies at a pixel of the viewport."""
        return self._scene.hit_at(point.x(), point.y())

    def tip_at(self, point: QPoint) -> str:
        """Tell what lies at a pixel in words, as rich text; empty where there is nothing to say."""
        session, found = self._scene.session, self.hit_at(point)
        if session is None:
            return ""
        if found.tag is not None:
            return tag_tip(session, found.tag)
        if found.part is Part.GUTTER:
            return ""
        moment = self._scene.scale.time_at(point.x())
        spans = (span for span in session.excluded if span.interval.contains(moment))
        return next((excluded_tip(span) for span in spans), "")

    def _dress(self) -> None:
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription(
            "Tags over time, one lane for each group of codes. The table of tags holds the same"
            " tags as text."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        viewport = self.viewport()
        if viewport is not None:
            viewport.setMouseTracking(True)

    def _connect(self) -> None:
        mouse, viewport = self._mouse, self.viewport()
        mouse.sought.connect(self.seek_requested)
        mouse.tag_pressed.connect(self.tag_activated)
        mouse.tag_dropped.connect(self.tag_retimed)
        mouse.tag_lifted.connect(self._show_lifted)
        mouse.scale_pulled.connect(self._pull)
        mouse.sliding_changed.connect(self._show_sliding)
        if viewport is not None:
            mouse.shape_changed.connect(viewport.setCursor)

    def _show_lifted(self, tag: Tag | None, edge: Micros | None) -> None:
        """Show a tag as it would be, with the moment in the hand written out; None as it is."""
        before, self._moving.preview = self._moving.preview, tag
        self._moving.edge = edge
        known = tag or before
        place = self._scene.lanes.place(known.id) if known is not None else None
        if (before is None) != (tag is None) and place is not None:
            self._painting.forget([place.lane])
        self._repaint()

    def _show_sliding(self, sliding: bool) -> None:  # noqa: FBT001 a slot of a signal that carries it
        self._moving.sliding = sliding
        self._repaint()

    def _pull(self, scale: Scale) -> None:
        """Show another stretch because a hand asks for it, and hold it for a while."""
        self._panned_at.start()
        self._show_scale(scale)

    def _remake_painting(self) -> None:
        self._painting = Painting(self._theme, self.font(), self.devicePixelRatioF())
        self._relayout()

    def _relayout(self) -> None:
        """Give lanes and scale the room there is, and paint all afresh."""
        size, lanes = self._size(), self._scene.lanes.lanes
        gutter = gutter_width(lanes, self._painting.look) if lanes else 0
        self._scene.resize(gutter, size.width() - gutter, size.height())
        room = self._scene.room
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setRange(0, max(0, total_height(self._scene.bands) - room))
            bar.setPageStep(max(1, room))
            bar.setSingleStep(16)
            self._scene.scroll = bar.value()
        self._refresh()

    def _show_scale(self, scale: Scale) -> None:
        if scale != self._scene.scale:
            self._scene.scale = scale
            self._refresh()

    def _refresh(self) -> None:
        self._painting.forget()
        self._repaint()

    def _repaint(self) -> None:
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    def _repaint_between(self, one: Micros, other: Micros) -> None:
        viewport, scale = self.viewport(), self._scene.scale
        if viewport is None:
            return
        reach, height = int(HEAD_WIDTH), viewport.height()
        bound = (scale.left - reach, scale.right + reach)
        places = [max(bound[0], min(scale.pixel_of(time), bound[1])) for time in (one, other)]
        if self._scene.running:
            starts = (scale.pixel_of(span.start) for span in self._scene.running)
            places += [max(bound[0], min(x, bound[1])) for x in starts]
            left, right = min(places) - reach, max(places) + reach
            viewport.update(QRect(left, 0, right - left, height))
            return
        for x in places:
            viewport.update(QRect(x - reach, 0, 2 * reach, height))

    def _zoom(self, factor: float, x: int) -> None:
        scene = self._scene
        self._show_scale(zoomed(scene.scale, scene.whole, scene.frame, factor, x))

    def _is_held(self) -> bool:
        """Tell whether the page stays although the film plays on beyond it."""
        return self._playing and self._panned_lately()

    def _panned_lately(self) -> bool:
        return self._panned_at.isValid() and not self._panned_at.hasExpired(PAN_RESPECTED_MS)

    def _middle(self) -> int:
        scale = self._scene.scale
        x = scale.pixel_of(self._moving.position)
        return x if scale.left <= x < scale.right else scale.left + scale.width // 2

    def _size(self) -> QSize:
        viewport = self.viewport()
        return viewport.size() if viewport is not None else self.size()
