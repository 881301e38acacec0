"""Draws pictures anew plane by plane, whatever format a decoder gave them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from numpy.typing import NDArray

_COMMON = "yuv444p"
_BYTE = 8

Lines = NDArray[np.uint8] | NDArray[np.uint16]
"""One plane of a picture: shape (height, width); 16 bits where a sample has more than 8."""


def planar(picture: VideoFrame) -> VideoFrame:
    """Give a picture with a plane each for brightness and colours: itself, or converted."""
    kind = picture.format
    has_planes = len(picture.planes) == len(kind.components) and not kind.is_rgb
    return picture if has_planes else picture.reformat(format=_COMMON)


def redrawn(picture: VideoFrame, draw: Callable[[int, Lines], Lines]) -> VideoFrame:
    """Make a picture of the same kind, whose planes are as `draw` gives them.

    `picture` is as `planar` gives it, and is left as it is. `draw` has the plane's number, 0 for
    brightness and 1 and 2 for colours, and its samples.
    """
    made = VideoFrame(picture.width, picture.height, picture.format.name)
    bits = picture.format.components[0].bits
    for number, (theirs, ours) in enumerate(zip(picture.planes, made.planes, strict=True)):
        _lines(ours, bits)[:] = draw(number, _lines(theirs, bits))
    made.colorspace, made.color_range = picture.colorspace, picture.color_range
    return made


def _lines(plane: VideoPlane, bits: int) -> Lines:
    kind = np.dtype(np.uint8 if bits <= _BYTE else np.uint16)
    rows: Lines = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)
    return rows[:, : plane.width]
