"""Keys of the timeline itself, while it has the keyboard: arrows go from tag to tag."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

from annotator.gui.timeline.lanes import Place
from annotator.gui.timeline.moving import Moving
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.selecting import Way, in_view, neighbour
from annotator.model.coding import Tag, tag_order

_WAYS = {
    Qt.Key.Key_Left: Way.BACK,
    Qt.Key.Key_Right: Way.FORWARD,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}
_HELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


def is_own_key(event: QKeyEvent, moving: Moving) -> bool:
    """Tell whether a key is the timeline's own: when it was reached by keyboard, and shows so.

    Reached by a click it leaves the arrows to the film, whose frames they step through.
    """
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not moving.focused:
        return False
    if event.key() == Qt.Key.Key_A:
        return plain == Qt.KeyboardModifier.ControlModifier
    return event.key() in _WAYS and plain in _HELD


def led_to(event: QKeyEvent, scene: Scene, moving: Moving) -> tuple[frozenset[str], Tag | None]:
    """Give what one of those keys selects, and the tag that it goes to, if any.

    With Shift the next tag is selected as well.
    """
    if event.key() == Qt.Key.Key_A:
        return in_view(scene), None
    way = _WAYS[Qt.Key(event.key())]
    found = neighbour(scene, _outermost(scene, moving, way), way, moving.position)
    if found is None:
        return moving.selected, None
    more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    kept = moving.selected if more else frozenset()
    return kept | {found.id}, found


def _outermost(scene: Scene, moving: Moving, way: Way) -> Place | None:
    """Give the selected tag from which an arrow goes on: the first of several, or the last."""
    places = (scene.lanes.place(tag_id) for tag_id in moving.selected)
    own = [place for place in places if place is not None]
    last = way in {Way.FORWARD, Way.DOWN}
    return (max if last else min)(own, key=lambda place: tag_order(place.tag), default=None)
