"""Blends words into pictures that are ready for the encoder, and touches nothing beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media.clips.shaping import LIMITED, Shape
from annotator.media.encoder_picture import PIXELS, copied, pixels_of
from annotator.media.lettering.looks import drawn
from annotator.media.lettering.patches import Canvas, Patch
from annotator.media.lettering.words import Look, Overlay
from annotator.model import Micros

_MILLION = 1_000_000
_NEAR = 2
"""Microseconds: moments of frames and of words are rounded on different ways to here."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is laid over one plane: `kept` of 255 parts stay of what is below, and `added` to it."""

    left: int
    top: int
    kept: NDArray[np.uint16]
    added: NDArray[np.uint16]

    def blend(self, plane: NDArray[np.uint8]) -> None:
        """Lay it over a plane's samples."""
        height, width = self.kept.shape
        part = plane[self.top : self.top + height, self.left : self.left + width]
        mixed = part * self.kept
        mixed += self.added
        mixed += mixed >> 8  # so that what follows divides by 255, rounded
        part[:] = mixed >> 8


@dataclass(slots=True)
class Overlayer:
    """Lays words over the pictures of one clip; `aspect` is a pixel's width by its height."""

    overlay: Overlay
    shape: Shape
    aspect: float
    _ready: dict[tuple[str, Look], tuple[_Lines, ...]] = field(default_factory=dict)

    def over(self, picture: VideoFrame, seconds: Fraction) -> VideoFrame:
        """Give a picture with the words of a moment of the clip over it; it is left as it is."""
        moment = Micros(int(seconds * _MILLION) + _NEAR)
        shown = [(one.text, one.look) for one in self.overlay.at(moment)]
        if not shown:
            return picture
        self._ready = {key: self._ready.get(key) or self._drawn(*key) for key in shown}
        made = copied(picture)
        for key in shown:
            for lines, plane in zip(self._ready[key], made.planes, strict=True):
                lines.blend(pixels_of(plane))
        return made

    def require_room(self) -> None:
        """See to it before hours of work that the pictures have room for all words.

        Raises UndrawableError where they have not.
        """
        canvas = Canvas(self.shape.width, self.shape.height, self.aspect)
        for text, look in dict.fromkeys((one.text, one.look) for one in self.overlay.words):
            drawn(text, look, canvas)

    def _drawn(self, text: str, look: Look) -> tuple[_Lines, ...]:
        canvas = Canvas(self.shape.width, self.shape.height, self.aspect)
        return _in_planes(drawn(text, look, canvas), self.shape)


def from_rgb(rgb: NDArray[np.uint8], shape: Shape) -> VideoFrame:
    """Make a picture for the encoder of colours: shape (height, width, 3), both even."""
    return VideoFrame.from_ndarray(rgb, "rgb24").reformat(
        format=PIXELS, dst_colorspace=shape.colours.matrix, dst_color_range=LIMITED
    )


def _in_planes(patch: Patch, shape: Shape) -> tuple[_Lines, ...]:
    """Turn colours into what is laid over each plane; two by two pixels share their colour."""
    left, top = patch.left // 2 * 2, patch.top // 2 * 2
    height, width = patch.alpha.shape
    before = (patch.top - top, patch.left - left)
    after = ((before[0] + height) % 2, (before[1] + width) % 2)
    around = ((before[0], after[0]), (before[1], after[1]))
    alpha = np.pad(patch.alpha, around)
    ready = from_rgb(np.pad(patch.rgb, (*around, (0, 0)), mode="edge"), shape)
    shared = alpha.reshape(alpha.shape[0] // 2, 2, -1, 2).mean(axis=(1, 3)).round()
    light, *colours = (pixels_of(plane) for plane in ready.planes)
    return (
        _lines(left, top, light, alpha),
        *(_lines(left // 2, top // 2, one, shared.astype(np.uint8)) for one in colours),
    )


def _lines(left: int, top: int, plane: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> _Lines:
    strength = alpha.astype(np.uint16)
    return _Lines(left, top, 255 - strength, plane * strength + np.uint16(128))
