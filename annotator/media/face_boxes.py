"""Boxes about faces, in pixels of the upright picture, and where one was seen."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from annotator.model import Micros


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in pixels from the top left of the upright picture; it may reach outside."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (self.left <= self.right and self.top <= self.bottom):
            raise ValueError(f"a box ends before it begins: {self}")

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def size(self) -> float:
        """The longer side, in pixels."""
        return max(self.width, self.height)

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Where the middle is: pixels from the left, pixels from the top."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def united(self, other: Box) -> Box:
        """Give the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, across: float, down: float) -> Box:
        """Give the box with so many pixels more on each side."""
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def moved(self, across: float, down: float) -> Box:
        """Give the box so many pixels further right and down."""
        return Box(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def scaled(self, across: float, down: float) -> Box:
        """Give the box as it lies in a picture so many times as wide and as high."""
        return Box(self.left * across, self.top * down, self.right * across, self.bottom * down)

    def between(self, other: Box, share: float) -> Box:
        """Give the box on the way to another: 0 is this one, 1 the other."""
        rest = 1 - share
        return Box(
            self.left * rest + other.left * share,
            self.top * rest + other.top * share,
            self.right * rest + other.right * share,
            self.bottom * rest + other.bottom * share,
        )

    def holds(self, other: Box) -> bool:
        """Tell whether all of another box lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def shared(self, other: Box) -> float:
        """Give the square pixels that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0.0) * max(down, 0.0)

    def likeness(self, other: Box) -> float:
        """Give the area of both by the area of either, from 0 (apart) to 1 (the same)."""
        both = self.shared(other)
        either = self.area + other.area - both
        return both / either if either > 0 else 0.0

    def distance(self, other: Box) -> float:
        """Give how far the centres lie apart, in mean sizes of the two."""
        (own_across, own_down), (across, down) = self.centre, other.centre
        away = hypot(across - own_across, down - own_down)
        size = (self.size + other.size) / 2
        return away / size if size > 0 else away


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A face found in one frame; `time` is that frame's, `score` from 0 to 1 how sure it is."""

    time: Micros
    box: Box
    score: float
