"""One picture of a film, turned the way it is meant to be seen."""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass, field, replace
from mmap import mmap
from typing import TypeVar

import numpy as np
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from annotator.model import Micros

Picture = NDArray[np.uint8]
"""Shape (height, width, 3): red, green, blue, 0 to 255, row by row from the top left."""

Pixel = TypeVar("Pixel", np.uint8, np.uint32)

_PLAIN = frozenset({"yuv420p", "yuvj420p"})
"""What nearly all films hold: 8 bits, colours at half the size, one plane after another."""

_QUARTER = 90
_ONE = 1 << 16
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

    @property
    def matrix(self) -> tuple[int, ...]:
        """The display matrix that asks players for it: nine numbers, without any moving along."""
        a, b = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[self.rotation]
        side = -1 if self.mirrored else 1
        return (side * a * _ONE, side * b * _ONE, 0, -b * _ONE, a * _ONE, 0, 0, 0, 1 << 30)

    def applied(self, stored: NDArray[Pixel]) -> NDArray[Pixel]:
        """Give the picture as shown."""
        picture = stored[:, ::-1] if self.mirrored else stored
        return np.ascontiguousarray(np.rot90(picture, -self.rotation // _QUARTER))


UPRIGHT = Orientation()


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
    """One frame of a film; `time` is when it comes on screen.

    Of one that `is_damaged` parts had to be made up by the decoder.
    """

    index: int
    time: Micros
    picture: VideoFrame = field(repr=False, compare=False)
    orientation: Orientation = field(default=Orientation(), repr=False)
    is_damaged: bool = False

    @property
    def width(self) -> int:
        """Pixels across, as shown."""
        return self.picture.height if self.orientation.swaps_sides else self.picture.width

    @property
    def height(self) -> int:
        """Pixels down, as shown."""
        return self.picture.width if self.orientation.swaps_sides else self.picture.height

    @property
    def size(self) -> int:
        """How many bytes its pixels take, as they were decoded."""
        return sum(plane.buffer_size for plane in self.picture.planes)

    def copied(self) -> Frame:
        """Make a frame with pixels of its own.

        A decoder lends its pictures from a store that never shrinks: to keep them would let the
        store grow beside what is kept.
        """
        return self._copied_to(VideoFrame(*_shape(self.picture)))

    def to_keep(self, spare: VideoFrame | None) -> Frame:
        """Make a copy to be kept for long, in a spare picture made here before if that fits.

        Its pixels stand apart from all other memory: among what comes and goes, large pieces that
        stay would leave gaps as large.
        """
        shape = _shape(self.picture)
        fits = spare is not None and _shape(spare) == shape
        return self._copied_to(spare if spare is not None and fits else _apart(*shape))

    def to_screen(self) -> NDArray[np.uint32]:
        """Make an array of shape (height, width) of words 0xffRRGGBB, turned as the film asks.

        It may be read only, and is not kept here.
        """
        order = "bgra" if sys.byteorder == "little" else "argb"
        return self.orientation.applied(self._converted(order).view(np.uint32)[:, :, 0])

    def to_rgb(self) -> Picture:
        """Make an array of shape (height, width, 3), uint8, turned as the film asks.

        Every call makes a new one, which belongs to the caller.
        """
        return self.orientation.applied(self._converted("rgb24").astype(np.uint8, copy=False))

    def to_small(self, width: int, height: int) -> Picture:
        """Make an array as `to_rgb` does, at another width and height as shown, by averaging.

        It costs a fraction of making all pixels first.
        """
        stored = (height, width) if self.orientation.swaps_sides else (width, height)
        return self.orientation.applied(self._converted("rgb24", *stored))

    def _converted(
        self, kind: str, width: int | None = None, height: int | None = None
    ) -> NDArray[np.uint8]:
        # by a converter of its own: one that the picture keeps would hold a thread as long as it
        converter = VideoReformatter()
        picture = converter.reformat(
            self.picture,
            width,
            height,
            kind,
            src_colorspace=self._source_colours,
            interpolation=None if width is None else Interpolation.AREA,
        )
        return np.asarray(picture.to_ndarray(), np.uint8)

    def _copied_to(self, ours: VideoFrame) -> Frame:
        for source, target in zip(self.picture.planes, ours.planes, strict=True):
            _copy_rows(source, target)
        ours.colorspace = self.picture.colorspace
        ours.color_range = self.picture.color_range
        ours.color_primaries = self.picture.color_primaries
        ours.color_trc = self.picture.color_trc
        return replace(self, picture=ours)

    @property
    def _source_colours(self) -> Colorspace | None:
        """The colours that every player takes for granted in high definition, if unlabelled."""
        unlabelled = self.picture.colorspace == _UNSPECIFIED_COLOURS
        is_hd = self.picture.height > _LARGEST_SD_HEIGHT
        return Colorspace.ITU709 if unlabelled and is_hd else None


def _shape(picture: VideoFrame) -> tuple[int, int, str]:
    return picture.width, picture.height, picture.format.name


def _apart(width: int, height: int, pixels: str) -> VideoFrame:
    """Make a picture in memory of its own, where the library can take that over."""
    if pixels not in _PLAIN or width % 2 or height % 4:  # of others it miscounts the rows
        return VideoFrame(width, height, pixels)
    rows = height * 3 // 2
    memory = np.frombuffer(mmap(-1, rows * width), np.uint8)
    return VideoFrame.from_numpy_buffer(memory.reshape(rows, width), pixels)


def _copy_rows(source: VideoPlane, target: VideoPlane) -> None:
    """Copy a plane to another whose rows may be padded otherwise."""
    theirs = np.frombuffer(memoryview(source), np.uint8).reshape(-1, source.line_size)
    ours = np.frombuffer(memoryview(target), np.uint8).reshape(-1, target.line_size)
    width = min(source.line_size, target.line_size)
    ours[:, :width] = theirs[:, :width]
