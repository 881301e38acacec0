"""One picture of a film, turned the way it is meant to be seen."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from annotator.model import Micros

Picture = NDArray[np.uint8]
"""Shape (height, width, 3): red, green, blue, 0 to 255, row by row from the top left."""

_QUARTER = 90
_UNSPECIFIED_COLOURS = 2
_LARGEST_SD_HEIGHT = 576


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a stored picture is turned for showing: mirrored left to right first, then clockwise."""

    rotation: int = 0
    mirrored: bool = False

    @property
    def swaps_sides(self) -> bool:
        """Whether width and height change places."""
        return self.rotation % 180 == _QUARTER

    def applied(self, stored: Picture) -> Picture:
        """Give the picture as shown."""
        picture = stored[:, ::-1] if self.mirrored else stored
        return np.ascontiguousarray(np.rot90(picture, -self.rotation // _QUARTER))


def orientation_of(picture: VideoFrame) -> Orientation:
    """Read the display matrix that came with a picture, to the nearest quarter turn."""
    matrix = picture.side_data.get("DISPLAYMATRIX")
    if not isinstance(matrix, SideData):
        return Orientation()
    a, b, _, c, d = struct.unpack_from("<5i", bytes(matrix))
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return Orientation(0 if a >= 0 else 180, mirrored)
    return Orientation(_QUARTER if b > 0 else 270, mirrored)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a film; `time` is when it comes on screen."""

    index: int
    time: Micros
    picture: VideoFrame = field(repr=False, compare=False)
    orientation: Orientation = field(default=Orientation(), repr=False)

    @property
    def width(self) -> int:
        """Pixels across, as shown."""
        return self.picture.height if self.orientation.swaps_sides else self.picture.width

    @property
    def height(self) -> int:
        """Pixels down, as shown."""
        return self.picture.width if self.orientation.swaps_sides else self.picture.height

    def to_rgb(self) -> Picture:
        """Make an array of shape (height, width, 3), uint8, turned as the film asks.

        Every call makes a new one, which belongs to the caller.
        """
        source = Colorspace.ITU709 if self._is_unlabelled_hd else None
        stored = self.picture.to_ndarray(format="rgb24", src_colorspace=source)
        return self.orientation.applied(stored.astype(np.uint8, copy=False))

    @property
    def _is_unlabelled_hd(self) -> bool:
        """Whether the colours are those that every player takes for high definition."""
        unlabelled = self.picture.colorspace == _UNSPECIFIED_COLOURS
        return unlabelled and self.picture.height > _LARGEST_SD_HEIGHT
