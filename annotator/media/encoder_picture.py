"""A picture as encoders take it, in three planes, of which any part can be drawn over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil, floor

import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

from annotator.media.face_boxes import Box
from annotator.media.frame import Picture
from annotator.media.picture import cv2

PIXELS = "yuv420p"

Plane = NDArray[np.uint8]
"""Shape (rows, columns), written to in place."""

Means = NDArray[np.float32]
"""Shape (rows, columns, 3): red, green and blue, 0 to 255, each the mean of a cell."""

_WEIGHTS = {4: (0.30, 0.11), 5: (0.299, 0.114), 6: (0.299, 0.114), 7: (0.212, 0.087)}
_WEIGHTS |= {1: (0.2126, 0.0722), 9: (0.2627, 0.0593)}
"""How much red and blue count for brightness, by the number that films carry (ITU-T H.273)."""

_BLACK, _LIGHTS, _GREY, _COLOURS = 16.0, 219.0, 128.0, 224.0


class Spread(IntEnum):
    """How a few tones are spread over many pixels."""

    STEPS = cv2.INTER_NEAREST
    EVEN = cv2.INTER_LINEAR
    SMOOTH = cv2.INTER_CUBIC


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Whole pixels of a picture, from `left` and `top` up to `right` and `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def halved(self) -> Area:
        """The same pixels where two by two are one, partly covered ones included."""
        return Area(self.left // 2, self.top // 2, (self.right + 1) // 2, (self.bottom + 1) // 2)

    def part_of(self, plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Give these pixels of an array whose first two sides are rows and columns."""
        return plane[self.top : self.bottom, self.left : self.right]


def area_of(box: Box, width: int, height: int) -> Area | None:
    """Give all pixels that a box touches in a picture of that size; None where it lies outside."""
    left, right = max(floor(box.left), 0), min(ceil(box.right), width)
    top, bottom = max(floor(box.top), 0), min(ceil(box.bottom), height)
    return Area(left, top, right, bottom) if left < right and top < bottom else None


@dataclass(frozen=True, slots=True)
class EncoderPicture:
    """An upright picture whose pixels can be drawn over: brightness, and two colours at half size.

    `matrix` tells by the number that films carry how colours were made of red, green and blue;
    none of the numbers goes all the way (16 is black and 235 white).
    """

    light: Plane
    blue: Plane
    red: Plane
    matrix: int

    @classmethod
    def of(cls, frame: VideoFrame, matrix: int) -> EncoderPicture:
        """Open a frame's own pixels, which must belong to nobody else."""
        if frame.format.name != PIXELS:
            raise ValueError(f"encoders take {PIXELS}, not {frame.format.name}")
        light, blue, red = (pixels_of(plane) for plane in frame.planes)
        return cls(light, blue, red, matrix)

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.light.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.light.shape[0])

    @property
    def whole(self) -> Area:
        """All of it."""
        return Area(0, 0, self.width, self.height)

    def means(self, area: Area, columns: int, rows: int) -> Means:
        """Give the mean colours of an area, parted into so many cells."""
        parts = area.part_of(self.light), *map(area.halved.part_of, (self.blue, self.red))
        small = [_resized(part, columns, rows, cv2.INTER_AREA) for part in parts]
        return _to_rgb(np.stack(small, axis=2).astype(np.float32), self.matrix)

    def paint(self, area: Area, tones: Picture, spread: Spread) -> None:
        """Replace every pixel of an area by a picture of any size, spread over it."""
        planes = _from_rgb(tones.astype(np.float32), self.matrix)
        light, blue, red = (np.ascontiguousarray(planes[:, :, at]) for at in range(3))
        _lay(area, self.light, light, spread)
        _lay(area.halved, self.blue, blue, spread)
        _lay(area.halved, self.red, red, spread)


def of_planes(planes: Sequence[Plane]) -> VideoFrame:
    """Make a picture for an encoder of three planes, those of colours at half size."""
    height, width = planes[0].shape
    made = VideoFrame(width, height, PIXELS)
    for theirs, ours in zip(planes, made.planes, strict=True):
        pixels_of(ours)[:] = theirs
    return made


def copied(picture: VideoFrame) -> VideoFrame:
    """Copy a picture for an encoder, since a decoder may still lean on the one it gave."""
    return of_planes([pixels_of(plane) for plane in picture.planes])


def pixels_of(plane: VideoPlane) -> Plane:
    """Open the pixels of a plane, without what pads its rows."""
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


def _lay(area: Area, plane: Plane, tones: Plane, spread: Spread) -> None:
    part = area.part_of(plane)
    is_smaller = tones.shape[0] > area.height or tones.shape[1] > area.width
    part[:] = _resized(tones, area.width, area.height, cv2.INTER_AREA if is_smaller else spread)


def _resized(part: Plane, columns: int, rows: int, method: int) -> Plane:
    made = cv2.resize(part, (columns, rows), interpolation=method)
    return np.asarray(made, np.uint8).reshape(rows, columns)


def _to_rgb(planes: Means, matrix: int) -> Means:
    red_weight, blue_weight = _WEIGHTS.get(matrix, _WEIGHTS[6])
    light = (planes[:, :, 0] - _BLACK) / _LIGHTS
    towards_blue = (planes[:, :, 1] - _GREY) / _COLOURS * 2 * (1 - blue_weight)
    towards_red = (planes[:, :, 2] - _GREY) / _COLOURS * 2 * (1 - red_weight)
    red, blue = light + towards_red, light + towards_blue
    green = (light - red_weight * red - blue_weight * blue) / (1 - red_weight - blue_weight)
    made: Means = np.clip(np.stack([red, green, blue], axis=2) * 255, 0, 255).astype(np.float32)
    return made


def _from_rgb(tones: Means, matrix: int) -> Picture:
    red_weight, blue_weight = _WEIGHTS.get(matrix, _WEIGHTS[6])
    red, green, blue = (tones[:, :, at] / 255 for at in range(3))
    light = red_weight * red + blue_weight * blue + (1 - red_weight - blue_weight) * green
    towards_blue = (blue - light) / (2 * (1 - blue_weight))
    towards_red = (red - light) / (2 * (1 - red_weight))
    colours = (_GREY + _COLOURS * away for away in (towards_blue, towards_red))
    planes = np.stack([_BLACK + _LIGHTS * light, *colours], axis=2)
    made: Picture = np.rint(np.clip(planes, 0, 255)).astype(np.uint8)
    return made
