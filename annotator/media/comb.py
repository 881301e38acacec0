"""Takes the comb lines out of interlaced film, and leaves alone what has none."""

from __future__ import annotations

import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

_TOOTH = 10  # of 8 bits: by so much a line must stand out from both of its neighbours
_COMMON = "yuv444p"

Lines = NDArray[np.uint8] | NDArray[np.uint16]
"""One plane of a picture: shape (height, width)."""


def without_comb(picture: VideoFrame) -> VideoFrame:
    """Make a picture in which no line of the second field stands out from those of the first.

    An interlaced picture is two, taken a moment apart, in every other line. Where something
    moved, the second one's lines are made anew from their neighbours; elsewhere they stay, so
    that what rests keeps all its lines.
    """
    bits = picture.format.components[0].bits
    is_planar = len(picture.planes) == len(picture.format.components)
    source = picture if is_planar else picture.reformat(format=_COMMON)
    made = VideoFrame(source.width, source.height, source.format.name)
    tooth = _TOOTH << (bits - 8 if is_planar else 0)
    for theirs, ours in zip(source.planes, made.planes, strict=True):
        _lines(ours, bits)[:] = _mended(_lines(theirs, bits), tooth)
    made.colorspace, made.color_range = picture.colorspace, picture.color_range
    return made


def _mended(lines: Lines, tooth: int) -> Lines:
    lined = lines.astype(np.int16) if lines.dtype == np.uint8 else lines.astype(np.int32)
    above, between, below = lined[:-2:2], lined[1:-1:2], lined[2::2]
    low, high = np.minimum(above, below) - tooth, np.maximum(above, below) + tooth
    stands_out = (between < low) | (between > high)
    mended = lines.copy()
    np.copyto(mended[1:-1:2], (above + below) >> 1, where=stands_out, casting="unsafe")
    return mended


def _lines(plane: VideoPlane, bits: int) -> Lines:
    kind = np.dtype(np.uint8 if bits <= 8 else np.uint16)  # noqa: PLR2004 bits of a byte
    rows: Lines = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)
    return rows[:, : plane.width]
