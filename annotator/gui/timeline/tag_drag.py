"""Clicking and dragging tags: one by its edge or body, or all that are selected."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QPoint

from annotator.gui.timeline.dragging import Grip, drag, moved_along
from annotator.gui.timeline.hand import Hand, Keys, has_begun
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.selecting import NOTHING, Selection, between
from annotator.model.coding import Tag
from annotator.model.time import ZERO, Micros


class TagDrag:
    """A tag in the hand, and with it, held by its body, all others that are selected.

    `anchor` is the id of the tag from which a click with Shift selects.
    """

    def __init__(self, hand: Hand, grip: Grip, point: QPoint, keys: Keys, anchor: str) -> None:
        self._hand = hand
        self._grip = grip
        self._pressed_at = point
        self._home = hand.moving.position
        self._lifted: tuple[Micros, Micros] | None = None
        self._chosen_at_press = self._choose(keys, anchor)

    def is_sound(self) -> bool:
        """Tell whether the tags in the hand are still what they were when it took hold."""
        lanes, tag = self._hand.scene.lanes, self._grip.tag
        place = lanes.place(tag.id)
        return place is not None and place.tag == tag

    def move(self, point: QPoint, keys: Keys) -> None:
        """Lift the tag and carry it along."""
        if self._lifted is None:
            if not has_begun(self._pressed_at, point):
                return
            self._lift()
        self._hand.pull_view(point)
        hand, grip, scene = self._hand, self._grip, self._hand.scene
        moment = scene.scale.time_at(point.x())
        by = moment - grip.held
        edges = [Micros(edge + by) for edge in self._held_edges()]
        found = drag(grip, moment, hand.snapper(keys, edges), scene.frame_times, scene.whole)
        if (found.start, found.end) != self._lifted:
            self._lifted = (found.start, found.end)
            self._show(found.at)

    def drop(self, _point: QPoint, keys: Keys) -> None:
        """Leave the tags where they are now, or go to the one that was clicked."""
        grip, lifted = self._grip, self._lifted
        dragged = self._hand.moving.hidden
        self._put_down()
        if lifted is None:
            if not self._chosen_at_press and not keys & Keys.ControlModifier:
                self._hand.chosen.emit(Selection(frozenset({grip.tag.id})))
            if not keys & (Keys.ControlModifier | Keys.ShiftModifier):
                self._hand.sought.emit(grip.tag.start)
        elif lifted != (grip.tag.start, grip.tag.end):
            self._hand.retimed.emit(self._retimed(dragged, lifted))

    def cancel(self) -> None:
        """Put the tags back, and the film to where it stood."""
        was_dragging = self._lifted is not None
        self._put_down()
        if was_dragging:
            self._hand.sought.emit(self._home)

    def _choose(self, keys: Keys, anchor: str) -> bool:
        """Select by the click itself; tells whether it did, rather than leaving it to the drop."""
        hand, lanes = self._hand, self._hand.scene.lanes
        tag_id, selected = self._grip.tag.id, hand.moving.selected
        start, here = lanes.place(anchor), lanes.place(tag_id)
        if keys & Keys.ShiftModifier and start is not None and here is not None:
            found = between(hand.scene, start, here)
            wanted = found | selected if keys & Keys.ControlModifier else found
        elif keys & Keys.ControlModifier:
            wanted = selected ^ {tag_id}
        elif tag_id in selected and len(selected) > 1:
            return False  # all of them may be about to be dragged
        else:
            wanted = frozenset({tag_id})
        hand.chosen.emit(Selection(frozenset(wanted)))
        return True

    def _lift(self) -> None:
        moving, tag_id = self._hand.moving, self._grip.tag.id
        together = self._grip.part is Part.BODY and tag_id in moving.selected
        moving.hidden = moving.selected if together else frozenset({tag_id})
        self._hand.lifted.emit(moving.hidden)

    def _put_down(self) -> None:
        moving = self._hand.moving
        hidden, moving.hidden = moving.hidden, NOTHING
        moving.preview, moving.edge, moving.snapped, moving.by = None, None, None, ZERO
        if hidden:
            self._hand.lifted.emit(hidden)
        self._hand.moved.emit()

    def _show(self, at: Micros | None) -> None:
        moving, tag = self._hand.moving, self._grip.tag
        start, end = self._lifted or (tag.start, tag.end)
        if len(moving.hidden) > 1:
            moving.by = Micros(start - tag.start)
        else:
            moving.preview = replace(tag, start=start, end=end)
        moving.edge = end if self._grip.part is Part.END else start
        moving.snapped = at
        self._hand.moved.emit()
        self._hand.sought.emit(moving.edge)

    def _held_edges(self) -> list[Micros]:
        tag, part = self._grip.tag, self._grip.part
        if tag.is_instant or part is Part.START:
            return [tag.start]
        return [tag.end] if part is Part.END else [tag.start, tag.end]

    def _retimed(
        self, dragged: frozenset[str], lifted: tuple[Micros, Micros]
    ) -> tuple[tuple[str, Micros, Micros], ...]:
        """Give the new times of all that was dragged, in no order."""
        scene, tag = self._hand.scene, self._grip.tag
        by = lifted[0] - tag.start
        places = (scene.lanes.place(tag_id) for tag_id in dragged - {tag.id})
        others = (place.tag for place in places if place is not None)
        return ((tag.id, *lifted), *(self._along(other, by) for other in others))

    def _along(self, tag: Tag, by: int) -> tuple[str, Micros, Micros]:
        scene = self._hand.scene
        return (tag.id, *moved_along(tag, by, scene.frame_times, scene.whole))
