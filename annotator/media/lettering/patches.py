"""Colours and boxes round letters, as they are laid over a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from annotator.media.lettering.typesetting import Block

Colour = tuple[int, int, int]

_FINE = 4
"""Corners are drawn so many times larger and made smaller."""

_HALO = 0.14
"""How far the shade behind letters without a box spreads, by their size."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture that words are laid over; `aspect` is a pixel's width by its height."""

    width: int
    height: int
    aspect: float = 1.0

    @property
    def shown_width(self) -> float:
        """How wide it is as shown, in pixels as high as its own."""
        return self.width * self.aspect

    @property
    def unit(self) -> float:
        """A hundredth of what sizes go by: the height, less in upright and narrow pictures."""
        return min(self.height, self.shown_width * 0.75) / 100


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Part of a picture that something is laid over, `left` and `top` pixels from its corner.

    `rgb` has the shape (height, width, 3), `alpha` (height, width): 255 hides what is below.
    """

    left: int
    top: int
    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]


class Sheet:
    """A part of a picture that is drawn on, measured in pixels that are square."""

    def __init__(self, canvas: Canvas, box: tuple[float, float, float, float]) -> None:
        """Take the part from left, top to right, bottom, as far as it is in the picture."""
        left, top, right, bottom = box
        self._canvas = canvas
        self.left, self.top = max(int(left), 0), max(int(top), 0)
        right, bottom = min(right, canvas.shown_width), min(bottom, canvas.height)
        size = (max(int(right - self.left), 1), max(int(bottom - self.top), 1))
        self.image = Image.new("RGBA", size)

    def box(self, area: Sequence[float], radius: float, colour: Colour, strength: float) -> None:
        """Lay down a box with round corners; the area is left, top, right, bottom in the picture.

        `strength` goes from 0, not to be seen, to 1.
        """
        width, height = self.image.size
        mask = Image.new("L", (width * _FINE, height * _FINE))
        offsets = (self.left, self.top, self.left, self.top)
        placed = [(at - start) * _FINE for at, start in zip(area, offsets, strict=True)]
        drawn = (placed[0], placed[1], placed[2] - 1, placed[3] - 1)
        ImageDraw.Draw(mask).rounded_rectangle(drawn, radius * _FINE, fill=255)
        self._lay(mask.resize((width, height), Image.Resampling.BOX), colour, strength)

    def words(
        self, block: Block, place: tuple[float, float], colour: Colour, *, centred: bool = False
    ) -> None:
        """Set lines with their upper left corner at a place of the picture."""
        self._lay(self._placed(block, place, centred=centred), colour, 1)

    def halo(self, block: Block, place: tuple[float, float], strength: float) -> None:
        """Darken softly what lies behind lines that have no box."""
        spread = block.style.size * _HALO
        mask = self._placed(block, place, centred=False)
        near = ImageChops.lighter(
            _thickened(mask, spread / 2, 6.0), _thickened(mask, spread * 2, 1.6)
        )
        self._lay(near, (0, 0, 0), strength)

    def patch(self, strength: float = 1) -> Patch:
        """Give what was drawn, in the pixels of the picture."""
        image, aspect = self.image, self._canvas.aspect
        left = self.left
        if aspect != 1:
            left = round(left / aspect)
            room = self._canvas.width - left
            width = min(max(round(image.width / aspect), 1), room)
            image = image.resize((width, image.height), Image.Resampling.LANCZOS)
        pixels = np.asarray(image)
        alpha = (pixels[:, :, 3] * np.float32(strength) + 0.5).astype(np.uint8)
        return Patch(left, self.top, np.ascontiguousarray(pixels[:, :, :3]), alpha)

    def _placed(self, block: Block, place: tuple[float, float], *, centred: bool) -> Image.Image:
        mask = Image.new("L", self.image.size)
        left = round(place[0] - block.around - self.left)
        top = round(place[1] - block.around - self.top)
        mask.paste(block.mask(centred=centred), (left, top))
        return mask

    def _lay(self, mask: Image.Image, colour: Colour, strength: float) -> None:
        layer = Image.new("RGBA", self.image.size, (*colour, 0))
        layer.putalpha(mask.point(lambda value: round(value * strength)))
        if not self.image.getbbox(alpha_only=True):
            self.image = layer  # colours where nothing is seen stay those of the box
        else:
            self.image = Image.alpha_composite(self.image, layer)


def _thickened(mask: Image.Image, spread: float, gain: float) -> Image.Image:
    """Let letters grow softly."""
    soft = mask.filter(ImageFilter.GaussianBlur(spread))
    return soft.point(lambda value: min(int(value * gain), 255))
