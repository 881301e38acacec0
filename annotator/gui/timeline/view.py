"""The timeline's widget: shows lanes, tags and playhead, and turns gestures into signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import QEvent, QPoint, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.editing.marking import RunningSpan
from annotator.gui.theme import Theme
from annotator.gui.timeline.arrows import is_own_key, led_to
from annotator.gui.timeline.bands import total_height
from annotator.gui.timeline.geometry import Scale, fitted, middle_of, paged, zoomed
from annotator.gui.timeline.ground import gutter_width
from annotator.gui.timeline.hand import Hand
from annotator.gui.timeline.hit import Hit
from annotator.gui.timeline.lane_plan import LaneBy
from annotator.gui.timeline.magnify import covered, to_pixels, to_point, to_points
from annotator.gui.timeline.mouse import Mouse
from annotator.gui.timeline.mouse_events import MouseEvents
from annotator.gui.timeline.moving import Moving
from annotator.gui.timeline.page_hold import PageHold
from annotator.gui.timeline.painting import Painting
from annotator.gui.timeline.reason_field import ReasonField
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.selecting import Selection, in_view
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, SoundLane
from annotator.gui.timeline.sound_notice import SoundNotice
from annotator.gui.timeline.stale import lanes_to_repaint, span_of, stale_parts
from annotator.gui.timeline.strip import FilmStrip, overview_scale
from annotator.gui.timeline.wheel import wheeled
from annotator.gui.timeline.words import ABOUT, spoken, tip_of
from annotator.model.change import Change
from annotator.model.session import ExcludedSpan, Session
from annotator.model.time import Interval, Micros

KEY_ZOOM = 1.6
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TimelineView(QAbstractScrollArea):
    """Lanes of tags under a time ruler, below the film."""

    seek_requested = pyqtSignal(object)  # Micros
    selection_asked = pyqtSignal(object)  # Selection
    tags_retimed = pyqtSignal(object)  # tuple[tuple[str, Micros, Micros], ...]: id, start, end
    frame_moved = pyqtSignal(object, object)  # FramePart as it was, Interval where it is to lie
    reason_given = pyqtSignal(object, str)  # ExcludedSpan, why it is excluded
    sound_button_pressed = pyqtSignal()
    laid_out = pyqtSignal()  # whenever there is other room, or another session

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._port: QWidget = self.viewport() or self
        self._scene = Scene()
        self._moving = Moving()
        self._painting = Painting(theme, self.font(), self._port.devicePixelRatioF())
        self._hand = Hand(self._scene, self._moving, self)
        self._mouse = Mouse(self._hand, self)
        self._hold = PageHold()
        self._reason = ReasonField(self._scene, self._port, theme.scale)
        self._events = MouseEvents(self._mouse, self._reason, self._port, theme.scale)
        self._sound_notice = SoundNotice(theme, self._port)
        self._dress()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._sound_notice.set_theme(theme)
        self._reason.factor = self._events.factor = theme.scale
        self._remake_painting()
        self.updateGeometry()

    def show_session(self, session: Session | None, pass_id: str) -> None:
        """Show a pass of a session, all of it on one page.

        A pass that does not exist yet has no tags; None shows an empty timeline.
        """
        self._mouse.cancel()
        self._scene.show(session, pass_id)
        self._moving.selected, self._moving.stretch = frozenset(), None
        self._relayout()

    def lay_by(self, by: LaneBy, seen: frozenset[str] = frozenset()) -> None:
        """Lay the tags in other lanes; by pass, those of the passes in `seen` are shown too."""
        if (by, seen) != (self._scene.by, self._scene.seen):
            self._mouse.cancel()
            self._scene.lay_by(by, seen)
            self._relayout()

    def set_silences(self, silences: Sequence[Interval]) -> None:
        """Let edges snap to these stretches, which are in order and do not touch."""
        self._scene.silences = silences

    def apply_changes(self, session: Session, changes: tuple[Change, ...]) -> None:
        """Follow changes that made this session, at the cost of the changes alone."""
        touched = self._scene.apply(session, changes)
        self._mouse.let_go_if_gone()
        if touched is None:
            self._relayout()
        else:
            self._painting.forget(touched, span_of(changes))
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

    def show_clips(self, *, shown: bool) -> None:
        """Leave room for a lane of kept clips, or none."""
        if shown is not self._scene.has_clips:
            self._scene.has_clips = shown
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
        if not self._mouse.is_busy and not self._hold.is_on:
            turned = paged(self._scene.scale, self._scene.whole, position)
            if turned is not None:
                self._show_scale(turned)
                return
        self._repaint_between(before, position)

    def set_playing(self, *, playing: bool) -> None:
        """Know whether the film plays: then a pan holds the page for a while only."""
        self._hold.set_playing(playing=playing)

    def set_selection(self, selection: Selection) -> None:
        """Outline these tags and no others, or tint this stretch of time."""
        before, self._moving.selected = self._moving.selected, selection.tags
        self._moving.stretch = selection.stretch
        self._painting.forget(*lanes_to_repaint(self._scene, before, selection.tags))
        self.setAccessibleDescription(spoken(self._scene, selection))
        self._repaint()

    def select_in_view(self) -> None:
        """Ask for the selection of all tags that touch the time in view."""
        self.selection_asked.emit(Selection(in_view(self._scene)))

    def ask_reason(self, span: ExcludedSpan) -> None:
        """Ask, without holding anything up, why a span is excluded."""
        self._reason.ask(span)

    def set_running(self, running: tuple[RunningSpan, ...]) -> None:
        """Show the stretches that run, each growing to the playhead."""
        if self._scene.set_running(running):
            self._relayout()
        else:
            self._repaint()

    def zoom_in(self) -> None:
        """Show less time, about the playhead where it is in view."""
        self._zoom(1 / KEY_ZOOM)

    def zoom_out(self) -> None:
        """Show more time, about the playhead where it is in view."""
        self._zoom(KEY_ZOOM)

    def zoom_to_all(self) -> None:
        """Show the whole session."""
        scale = self._scene.scale
        self._show_scale(fitted(self._scene.whole, scale.left, scale.width))

    def pull(self, scale: Scale, *, held: bool = False) -> None:
        """Show another stretch because a hand asks for it, for a while or as long as it is held."""
        self._hold.note_pan(held=held)
        self._show_scale(scale)

    @property
    def scene(self) -> Scene:
        """What is shown and where, to be read only."""
        return self._scene

    @property
    def factor(self) -> float:
        """How many pixels of the viewport a point of the scene is wide."""
        return self._theme.scale

    @property
    def scale(self) -> Scale:
        """How time lies over the scene's points at this moment."""
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
        return QSize(900, 220) * self.factor

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120) * self.factor

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if event is None:
            return
        ratio, factor = self._port.devicePixelRatioF(), self.factor
        if self._painting.look.ratio != ratio * factor:
            self._painting = Painting(self._theme, self.font(), ratio)
        painter = QPainter(self._port)
        painter.scale(factor, factor)
        clip = covered(event.rect(), factor)
        self._painting.paint(painter, clip, self._size(), self._scene, self._moving)
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
        wanted = wheeled(event, self._scene, self.factor)
        if wanted is None:
            super().wheelEvent(event)
        else:
            self.pull(wanted)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape and self._mouse.is_busy:
            self._mouse.cancel()
        elif is_own_key(event, self._moving):
            found, tag = led_to(event, self._scene, self._moving)
            self.selection_asked.emit(Selection(found))
            if tag is not None:
                self.seek_requested.emit(tag.start)
        else:
            event.ignore()  # letters, space and arrows belong to the window
            return
        event.accept()

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
        """Keep Esc from the window's shortcuts while something is dragged, and the arrows too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_esc = event.key() == Qt.Key.Key_Escape and self._mouse.is_busy
            if is_esc or is_own_key(event, self._moving):
                event.accept()
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Tell what the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.tip_at(to_point(event.pos(), self.factor))
            QToolTip.showText(event.globalPos(), tip, self._port)
            return True
        return super().viewportEvent(event)

    def hit_at(self, point: QPoint) -> Hit:
        """Tell what lies at a point of the scene."""
        return self._scene.hit_at(point.x(), point.y())

    def tip_at(self, point: QPoint) -> str:
        """Tell what lies at a point in words, as rich text; empty where there is nothing to say."""
        found, moment = self.hit_at(point), self._scene.scale.time_at(point.x())
        return tip_of(self._scene.session, found, moment)

    def _dress(self) -> None:
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription(ABOUT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._port.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # hides what is behind

    def _connect(self) -> None:
        hand = self._hand
        hand.sought.connect(self.seek_requested)
        hand.chosen.connect(self.selection_asked)
        hand.retimed.connect(self.tags_retimed)
        hand.framed.connect(self.frame_moved)
        hand.scale_pulled.connect(self.pull)
        hand.moved.connect(self._port.update)
        hand.lifted.connect(self._show_lifted)
        self._reason.given.connect(self.reason_given)
        self._sound_notice.pressed.connect(self.sound_button_pressed)
        hand.shape_changed.connect(self._port.setCursor)

    def _show_lifted(self, tag_ids: frozenset[str]) -> None:
        """Take tags off the page, or put them back on it."""
        self._painting.forget(*lanes_to_repaint(self._scene, tag_ids, frozenset()))
        self._repaint()

    def _remake_painting(self) -> None:
        self._painting = Painting(self._theme, self.font(), self._port.devicePixelRatioF())
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
        self._sound_notice.show_lane(self._scene.sound, self._sound_room())
        self._refresh()
        self.laid_out.emit()

    def _sound_room(self) -> QRect:
        scale, height = self._scene.scale, SOUND_HEIGHT if self._scene.shows_sound else 0
        top = self._scene.sound_top
        return to_pixels(QRect(scale.left, top, scale.width, height), self.factor)

    def _show_scale(self, scale: Scale) -> None:
        if scale != self._scene.scale:
            self._scene.scale = scale
            self._refresh()

    def _refresh(self) -> None:
        self._painting.forget()
        self._repaint()

    def _repaint(self) -> None:
        self._port.update()

    def _repaint_between(self, one: Micros, other: Micros) -> None:
        for part in stale_parts(self._scene, one, other):
            self._port.update(to_pixels(part, self.factor))

    def _zoom(self, factor: float) -> None:
        scene, x = self._scene, middle_of(self._scene.scale, self._moving.position)
        self._show_scale(zoomed(scene.scale, scene.whole, scene.frame, factor, x))

    def _size(self) -> QSize:
        return to_points(self._port.size(), self.factor)
