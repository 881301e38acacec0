"""Where boxes of a picture lie on screen, what of a box the mouse holds, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from annotator.media.face_boxes import Box

LEAST = 4.0
"""No mask becomes narrower or lower than so many pixels of the film."""


class Grip(Enum):
    """What of a box is held: which sides move, left, top, right and bottom, each 0 or 1."""

    NOTHING = (0, 0, 0, 0)
    ALL = (1, 1, 1, 1)
    LEFT = (1, 0, 0, 0)
    TOP = (0, 1, 0, 0)
    RIGHT = (0, 0, 1, 0)
    BOTTOM = (0, 0, 0, 1)
    TOP_LEFT = (1, 1, 0, 0)
    TOP_RIGHT = (0, 1, 1, 0)
    BOTTOM_LEFT = (1, 0, 0, 1)
    BOTTOM_RIGHT = (0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture of `size` lies in a widget: so many times as large, from left and top on."""

    size: tuple[int, int]
    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, size: tuple[int, int], room: tuple[int, int]) -> Fit:
        """Fit a picture into the middle of a room, both in pixels; nothing has less than one."""
        width, height = max(size[0], 1), max(size[1], 1)
        scale = max(min(room[0] / width, room[1] / height), 1e-6)
        left, top = (room[0] - width * scale) / 2, (room[1] - height * scale) / 2
        return cls((width, height), scale, left, top)

    def to_screen(self, box: Box) -> Box:
        """Give a box of the picture as it lies in the widget."""
        return box.scaled(self.scale, self.scale).moved(self.left, self.top)

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Give a place of the widget in pixels of the picture, moved inside it."""
        across, down = (x - self.left) / self.scale, (y - self.top) / self.scale
        width, height = self.size
        return min(max(across, 0.0), float(width)), min(max(down, 0.0), float(height))


def grip_at(box: Box, x: float, y: float, reach: float) -> Grip:
    """Tell what of a box lies under a place, both on screen; sides are held within a reach."""
    if not box.grown(reach, reach).holds(Box(x, y, x, y)):
        return Grip.NOTHING
    near_left, near_right = abs(x - box.left) <= reach, abs(x - box.right) <= reach
    near_top, near_bottom = abs(y - box.top) <= reach, abs(y - box.bottom) <= reach
    sides = (
        int(near_left and not (near_right and x > sum((box.left, box.right)) / 2)),
        int(near_top and not (near_bottom and y > sum((box.top, box.bottom)) / 2)),
        int(near_right and (not near_left or x > sum((box.left, box.right)) / 2)),
        int(near_bottom and (not near_top or y > sum((box.top, box.bottom)) / 2)),
    )
    return Grip(sides) if any(sides) else Grip.ALL


def dragged(box: Box, grip: Grip, across: float, down: float) -> Box:
    """Give a box of which what is held was moved; sides do not pass each other."""
    left, top, right, bottom = grip.value
    if grip is Grip.ALL:
        return box.moved(across, down)
    ends = (
        min(box.left + left * across, box.right - LEAST) if left else box.left,
        min(box.top + top * down, box.bottom - LEAST) if top else box.top,
        max(box.right + right * across, box.left + LEAST) if right else box.right,
        max(box.bottom + bottom * down, box.top + LEAST) if bottom else box.bottom,
    )
    return Box(*ends)


def between(one: tuple[float, float], other: tuple[float, float]) -> Box | None:
    """Give the box between two places of a picture; None where it is too small for a mask."""
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return Box(left, top, right, bottom) if min(right - left, bottom - top) >= LEAST else None


def middle_of(size: tuple[int, int]) -> Box:
    """Give the box of a new mask that no mouse drew: the middle of a picture."""
    width, height = size
    side = min(width, height) / 4
    x, y = width / 2, height / 2
    return Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
