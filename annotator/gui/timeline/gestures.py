"""What the mouse does beside dragging tags: seeking, sliding the page, selecting, framing."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect

from annotator.gui.timeline.frame_parts import FramePart, with_edge
from annotator.gui.timeline.hand import DRAG_BEGINS_PX, Hand, Keys, has_begun
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.overview import handle, slid
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.selecting import NOTHING, Selection, in_band
from annotator.gui.timeline.snapping import edge_after, frame_shown_at
from annotator.model.time import Interval, Micros

SHOWN_OF, SHOWN_AT_MOST = 5000, 60
"""Of so many tags in view those in a rectangle are found at each move, and so many outlined."""


class Seeking:
    """The playhead in the hand."""

    def __init__(self, hand: Hand, point: QPoint) -> None:
        self._hand = hand
        self._sought: Micros | None = None
        self._seek(point)

    def move(self, point: QPoint, _keys: Keys) -> None:
        """Go where the hand is."""
        self._hand.pull_view(point)
        self._seek(point)

    def drop(self, _point: QPoint, _keys: Keys) -> None:
        """Stay there."""

    def cancel(self) -> None:
        """Stay there."""

    def _seek(self, point: QPoint) -> None:
        moment = moment_shown_at(self._hand.scene, point)
        if moment != self._sought:
            self._sought = moment
            self._hand.sought.emit(moment)


class Sliding:
    """The handle at the foot in the hand."""

    def __init__(self, hand: Hand, point: QPoint) -> None:
        self._hand = hand
        self._taken_at = point.x()
        self._scale = hand.scene.scale
        hand.moving.sliding = True
        hand.moved.emit()

    def move(self, point: QPoint, _keys: Keys) -> None:
        """Slide the page."""
        whole = self._hand.scene.whole
        self._hand.scale_pulled.emit(slid(self._scale, whole, point.x() - self._taken_at))

    def drop(self, _point: QPoint, _keys: Keys) -> None:
        """Leave the page where it is."""
        self._hand.moving.sliding = False
        self._hand.moved.emit()

    def cancel(self) -> None:
        """Leave the page where it is."""
        self.drop(QPoint(), Keys.NoModifier)


class Banding:
    """A rectangle drawn over the lanes; before it is one, a click on empty space."""

    def __init__(self, hand: Hand, point: QPoint, keys: Keys) -> None:
        self._hand = hand
        self._pressed_at = point
        self._kept = hand.moving.selected if keys & Keys.ControlModifier else NOTHING

    def move(self, point: QPoint, _keys: Keys) -> None:
        """Draw the rectangle to the hand."""
        moving, start, scene = self._hand.moving, self._pressed_at, self._hand.scene
        if moving.band is None and (point - start).manhattanLength() < DRAG_BEGINS_PX:
            return
        inside = QPoint(
            max(scene.scale.left, min(point.x(), scene.scale.right - 1)),
            max(scene.top, min(point.y(), scene.foot - 1)),
        )
        moving.band = QRect(start, inside).normalized()
        moving.touched = self._touched(moving.band)
        self._hand.moved.emit()

    def drop(self, _point: QPoint, _keys: Keys) -> None:
        """Select what the rectangle touches; a click alone selects nothing and has sought."""
        band = self._hand.moving.band
        self.cancel()
        found = in_band(self._hand.scene, band) if band is not None else NOTHING
        self._hand.chosen.emit(Selection(found | self._kept))

    def cancel(self) -> None:
        """Take the rectangle away."""
        self._hand.moving.band, self._hand.moving.touched = None, ()
        self._hand.moved.emit()

    def _touched(self, band: QRect) -> tuple[str, ...]:
        """Give what the rectangle touches, none where that is too much to be shown at each move."""
        scene = self._hand.scene
        if len(scene.lanes) * scene.scale.length > SHOWN_OF * scene.whole.length:
            return ()
        found = in_band(scene, band)
        return tuple(found) if len(found) <= SHOWN_AT_MOST else ()


class Stretching:
    """A stretch of time chosen on the ruler; a click reaches from the playhead to there."""

    def __init__(self, hand: Hand, point: QPoint, keys: Keys) -> None:
        self._hand = hand
        self._pressed_at = point
        self._before = hand.moving.stretch
        self._from = hand.snap(keys, hand.scene.scale.time_at(point.x())).time
        self._has_begun = False

    def move(self, point: QPoint, keys: Keys) -> None:
        """Stretch to the hand."""
        self._has_begun = self._has_begun or has_begun(self._pressed_at, point)
        if self._has_begun:
            self._hand.pull_view(point)
            self._reach(self._from, point, keys)

    def drop(self, point: QPoint, keys: Keys) -> None:
        """Select the stretch."""
        moving = self._hand.moving
        if not self._has_begun:
            self._reach(moving.position, point, keys)
        found, moving.stretch = moving.stretch, self._before
        self._let_go()
        if found is not None and found.length:
            self._hand.chosen.emit(Selection(stretch=found))

    def cancel(self) -> None:
        """Select what was selected before."""
        self._hand.moving.stretch = self._before
        self._let_go()

    def _reach(self, start: Micros, point: QPoint, keys: Keys) -> None:
        moving, whole = self._hand.moving, self._hand.scene.whole
        wanted = self._hand.scene.scale.time_at(point.x())
        found = self._hand.snap(keys, Micros(max(whole.start, min(wanted, whole.end))))
        moving.stretch = Interval(min(start, found.time), max(start, found.time))
        moving.edge, moving.snapped = found.time, found.time if found.kind.is_near else None
        self._hand.moved.emit()

    def _let_go(self) -> None:
        self._hand.moving.edge = self._hand.moving.snapped = None
        self._hand.moved.emit()


class Framing:
    """An edge of the region, of an excluded span or of the selected time in the hand."""

    def __init__(self, hand: Hand, part: FramePart, edge: Part, point: QPoint) -> None:
        self._hand = hand
        self._part = part
        self._edge = edge
        self._pressed_at = point

    def move(self, point: QPoint, keys: Keys) -> None:
        """Pull the edge to the hand."""
        hand, moving, scene = self._hand, self._hand.moving, self._hand.scene
        if moving.held is None and not has_begun(self._pressed_at, point):
            return
        hand.pull_view(point)
        wanted = scene.scale.time_at(point.x())
        found = hand.snap(keys, Micros(max(scene.whole.start, min(wanted, scene.whole.end))))
        start = scene.whole.start
        least = Micros(edge_after(scene.frame_times, start, scene.whole.end) - start)
        moving.held = self._part
        moving.held_at = with_edge(self._part.span, self._edge, found.time, least)
        at_end = self._edge is Part.END
        moving.edge = moving.held_at.end if at_end else moving.held_at.start
        is_shown = found.kind.is_near and found.time == moving.edge
        moving.snapped = found.time if is_shown else None
        hand.moved.emit()
        hand.sought.emit(moving.edge)

    def drop(self, point: QPoint, _keys: Keys) -> None:
        """Leave the edge where it is; a click seeks, as elsewhere on the ruler."""
        held_at = self._hand.moving.held_at
        self.cancel()
        if held_at is None:
            self._hand.sought.emit(moment_shown_at(self._hand.scene, point))
        elif held_at != self._part.span:
            self._hand.framed.emit(self._part, held_at)

    def cancel(self) -> None:
        """Put the edge back."""
        moving = self._hand.moving
        moving.held = moving.held_at = moving.edge = moving.snapped = None
        self._hand.moved.emit()


def moment_shown_at(scene: Scene, point: QPoint) -> Micros:
    """Give the moment that a click on a pixel goes to, within the session."""
    moment = scene.scale.time_at(point.x())
    if scene.frame_times:
        # the last moment on the pixel: a frame that begins on it counts as shown there
        moment = frame_shown_at(scene.frame_times, scene.scale.last_time_in(point.x()))
    return Micros(max(scene.whole.start, min(moment, scene.whole.end)))


def slide_from(hand: Hand, point: QPoint) -> Sliding | None:
    """Take hold of the handle at the foot, pulled under the mouse; None where all is shown."""
    scene = hand.scene
    held = handle(scene.scale, scene.whole)
    if held is None or point.x() < scene.scale.left:
        return None
    if not held[0] <= point.x() <= held[0] + held[1]:
        hand.scale_pulled.emit(slid(scene.scale, scene.whole, point.x() - held[0] - held[1] / 2))
    return Sliding(hand, point)
