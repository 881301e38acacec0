"""The timeline's widget: shows lanes, tags and playhead, and turns gestures into signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
from annotator.gui.timeline.geometry import Scale, fitted, paged, zoomed
from annotator.gui.timeline.ground import gutter_width
from annotator.gui.timeline.hit import RULER_HEIGHT, Hit
from annotator.gui.timeline.mouse import Mouse
from annotator.gui.timeline.painting import Moving, Painting
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, SoundLane
from annotator.gui.timeline.sound_notice import SoundNotice
from annotator.gui.timeline.stale import stale_parts
from annotator.gui.timeline.strip import FilmStrip, overview_scale
from annotator.gui.timeline.wheel import wheeled
from annotator.gui.timeline.words import tip_of
from annotator.model.change import Change
from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import Micros

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
    sound_button_pressed = pyqtSignal()
    laid_out = pyqtSignal()  # whenever there is other room, or another session

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = Scene()
        self._moving = Moving()
        self._painting = Painting(theme, self.font(), self.devicePixelRatioF())
        self._mouse = Mouse(self._scene, self)
        self._playing = False
        self._panned_at = QElapsedTimer()
        self._sound_notice = SoundNotice(theme, self.viewport() or self)
        self._dress()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._sound_notice.set_theme(theme)
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

    def show_sound(self, lane: SoundLane) -> None:
        """Show this in the lane of the sound."""
        before, self._scene.sound = self._scene.sound, lane
        self._sound_notice.show_lane(lane, self._sound_room())
        if replace(lane, text=before.text) != before:  # the text is the notice's alone
            self._relayout()

    def show_strip(self, strip: FilmStrip | None) -> None:
        """Show the film in the overview; None shows a slim bar."""
        before, self._scene.strip = self._scene.strip, strip
        if (strip is None) != (before is None):
            self._relayout()
        else:
            self._painting.forget_strip()
            self._repaint()

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

    def set_playing(self, *, playing: bool) -> None:
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

    def pull(self, scale: Scale) -> None:
        """Show another stretch because a hand asks for it, and hold it for a while."""
        self._panned_at.start()
        self._show_scale(scale)

    @property
    def scene(self) -> Scene:
        """What is shown and where, to be read only."""
        return self._scene

    @property
    def scale(self) -> Scale:
        """How time lies over the viewport's pixels at this moment."""
        return self._scene.scale

    @property
    def sound(self) -> SoundLane:
        """What stands in the lane of the sound."""
        return self._scene.sound

    @property
    def strip(self) -> FilmStrip | None:
        """The film in the overview; None where there is a slim bar."""
        return self._scene.strip

    @property
    def overview(self) -> Scale:
        """How the whole session lies over the overview's pixels."""
        return overview_scale(self._scene.scale, self._scene.whole)

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
        wanted = wheeled(event, self._scene)
        if wanted is None:
            super().wheelEvent(event)
        else:
            self.pull(wanted)
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
        found, moment = self.hit_at(point), self._scene.scale.time_at(point.x())
        return tip_of(self._scene.session, found, moment)

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
        mouse.scale_pulled.connect(self.pull)
        self._sound_notice.pressed.connect(self.sound_button_pressed)
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

    def _remake_painting(self) -> None:
        self._painting = Painting(self._theme, self.font(), self.devicePixelRatioF())
        self._relayout()

    def _relayout(self) -> None:
        """Give lanes and scale the room there is, and paint all afresh."""
        size, lanes = self._size(), self._scene.lanes.lanes
        self._scene.type_scale = self._theme.scale
        gutter = gutter_width(lanes, self._painting.look) if lanes else 0
        self._scene.resize(gutter, size.width() - gutter, size.height())
        room = self._scene.room
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setRange(0, max(0, total_height(self._scene.bands) - room))
            bar.setPageStep(max(1, room))
            bar.setSingleStep(16)
            self._scene.scroll = bar.value()
        self._sound_notice.show_lane(self._scene.sound, self._sound_room())
        self._refresh()
        self.laid_out.emit()

    def _sound_room(self) -> QRect:
        scale, height = self._scene.scale, SOUND_HEIGHT if self._scene.shows_sound else 0
        return QRect(scale.left, RULER_HEIGHT, scale.width, height)

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
        viewport = self.viewport()
        if viewport is not None:
            for part in stale_parts(self._scene, one, other):
                viewport.update(part)

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
