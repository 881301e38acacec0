"""Where kept clips lie in their thin lane below the ruler, which is hit, and how they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLineF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from annotator.gui.timeline import ground
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT, Part, part_of
from annotator.gui.timeline.look import Look
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.gui.timeline.scene import Scene

CLIPS_HEIGHT = 15
NAME = "Clips"
REACH_PX = 4
"""A clip is hit so many pixels beside it, too."""

NARROWEST_PX = 6
TEXT_LEFT = 4
LEAST_TITLE_PX = 48
FILL = 70


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A clip in the lane, with its number, its title, and whether it is chosen."""

    id: str
    span: Interval
    number: int
    title: str = ""
    is_chosen: bool = False

    def moved_to(self, start: Micros, end: Micros) -> ShownClip:
        """Give the clip as it would lie elsewhere."""
        return replace(self, span=Interval(start, end))

    def to_tag(self) -> Tag:
        """Give what dragging knows: a stretch with an id."""
        return Tag(self.id, "", self.span.start, self.span.end)


def clip_at(
    x: float, y: float, scale: Scale, clips: Sequence[ShownClip]
) -> tuple[ShownClip, Part] | None:
    """Find the clip at a pixel of the timeline, and which part of it; None where there is none.

    The nearest is found, of several there the chosen one, then the shortest.
    """
    inside = RULER_HEIGHT <= y < RULER_HEIGHT + CLIPS_HEIGHT
    if not inside or not scale.left <= x < scale.right:
        return None
    near = [
        (distance, not clip.is_chosen, clip.span.length, number)
        for number, clip in enumerate(clips)
        if (distance := _distance(x, clip, scale)) <= REACH_PX
    ]
    if not near:
        return None
    found = clips[min(near)[3]]
    return found, part_of(x, found.to_tag(), scale)


def paint_lane(painter: QPainter, scene: Scene, width: int, look: Look) -> None:
    """Paint the ground of the lane, and its name."""
    theme, scale, top = look.theme, scene.scale, float(RULER_HEIGHT)
    painter.fillRect(QRectF(0, top, width, CLIPS_HEIGHT), theme.surface_raised)
    painter.setFont(look.small)
    painter.setPen(theme.text_muted)
    room = QRectF(ground.NAME_LEFT, top, scale.left - ground.NAME_LEFT - 8, CLIPS_HEIGHT)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, NAME)
    painter.setPen(QPen(theme.line, 1))
    edge = top + CLIPS_HEIGHT - 0.5
    painter.drawLine(QLineF(0, edge, width, edge))


def paint_clips(painter: QPainter, clips: Sequence[ShownClip], scale: Scale, look: Look) -> None:
    """Paint clips over the lane, the chosen ones over the others."""
    painter.save()
    painter.setClipRect(QRectF(scale.left, RULER_HEIGHT, scale.width, CLIPS_HEIGHT))
    for clip in sorted(clips, key=lambda one: one.is_chosen):
        if clip.span.end >= scale.start and clip.span.start <= scale.end:
            _paint(painter, clip, scale, look)
    painter.restore()


def box_of(clip: ShownClip, scale: Scale) -> QRectF:
    """Give the pixels of a clip in the lane."""
    left, right = scale.x_of(clip.span.start), scale.x_of(clip.span.end)
    width = max(right - left, NARROWEST_PX)
    return QRectF(left - (width - (right - left)) / 2, RULER_HEIGHT + 1, width, CLIPS_HEIGHT - 3)


def _paint(painter: QPainter, clip: ShownClip, scale: Scale, look: Look) -> None:
    theme, box = look.theme, box_of(clip, scale)
    fill = QColor(theme.accent)
    if not clip.is_chosen:
        fill.setAlpha(FILL)
    painter.setPen(QPen(theme.accent, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    left = max(box.left(), float(scale.left)) + TEXT_LEFT
    room = box.right() - TEXT_LEFT - left
    number = str(clip.number)
    if look.metrics.horizontalAdvance(number) > room:
        return
    has_room = clip.title and room >= LEAST_TITLE_PX
    words = f"{number}  {clip.title}" if has_room else number
    painter.setFont(look.small)
    painter.setPen(theme.accent_text if clip.is_chosen else theme.text)
    text = look.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, box.top(), room, box.height()), _MIDDLE, text)


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)


def _distance(x: float, clip: ShownClip, scale: Scale) -> float:
    box = box_of(clip, scale)
    return max(0.0, box.left() - x, x - box.right())
