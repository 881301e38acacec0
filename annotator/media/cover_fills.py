"""What covers a face, and what becomes of a whole picture, so that nobody can be known by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.media.encoder_picture import Means, Spread
from annotator.media.face_masks import Fill, WholeFill
from annotator.media.frame import Picture
from annotator.media.picture import cv2

Noise = NDArray[np.float32]
"""Shape (rows, columns, 3), -1 to 1: what is added to the cells of a mosaic."""

NOISE_SIDE = 32
"""Noise has so many rows and columns; larger mosaics repeat it."""

_SOLID = (40, 40, 40)
_BEHIND, _BEFORE, _LARGEST_DRAWN = 150, 70, 160
_CELLS = 4
"""A face is left no more than so many cells across and down."""

_NOISE_STEPS = 36.0
_TONES = 5
_WHOLE_ROWS = 24
"""A whole picture that is blurred keeps no more than so many rows of tones."""

_FACE_ROWS = 3
"""In a whole picture the largest face keeps no more than so many of them."""

_EDGE_DETAIL = 2
_EDGE_LOW, _EDGE_HIGH = 25, 60
_SPREAD = 10
"""Lines are drawn in so many pixels for each cell."""

_UNKNOWN_FACE = 1 / 3
"""Of the height, where nobody knows how large the faces are."""

_INK = 40
_PAPER = 235


@dataclass(frozen=True, slots=True)
class Beneath:
    """What is covered, and no more of it than may show through.

    `width` and `height` are in pixels, `face` is the size of the face inside, in pixels, 0 where
    nobody knows; `means` gives the mean colours of so many columns and rows. `noise` is what a
    mosaic adds.
    """

    width: int
    height: int
    face: float
    means: Callable[[int, int], Means]
    noise: Noise | None = None


@dataclass(frozen=True, slots=True)
class Tones:
    """What is shown instead: a small picture, and how it is spread over what it covers."""

    picture: Picture
    spread: Spread = Spread.STEPS

    def over(self, width: int, height: int) -> Picture:
        """Give it at a size in pixels."""
        made = cv2.resize(self.picture, (width, height), interpolation=self.spread)
        return np.asarray(made, np.uint8).reshape(height, width, 3)


def covering(fill: Fill, beneath: Beneath) -> Tones:
    """Give what is shown instead of an area with a face in it."""
    return _FILLS[fill](beneath)


def _solid(_beneath: Beneath) -> Tones:
    return Tones(np.array([[_SOLID]], np.uint8))


def _mosaic(beneath: Beneath) -> Tones:
    if beneath.noise is None:
        raise ValueError("a mosaic needs noise")
    cells = _cells(beneath)
    rows, columns = cells.shape[:2]
    added = beneath.noise[np.ix_(np.arange(rows) % NOISE_SIDE, np.arange(columns) % NOISE_SIDE)]
    noisy = np.clip(cells + added * _NOISE_STEPS, 0, 255)
    step = 255 / (_TONES - 1)
    return Tones((np.rint(noisy / step) * step).astype(np.uint8))


def _blur(beneath: Beneath) -> Tones:
    return Tones(_rounded(_cells(beneath)), Spread.SMOOTH)


def _silhouette(beneath: Beneath) -> Tones:
    """Draw a head and shoulders in one tone before another; nothing of the face goes into it."""
    share = min(_LARGEST_DRAWN / max(beneath.width, beneath.height), 1.0)
    width, height = (max(round(side * share), 1) for side in (beneath.width, beneath.height))
    drawn = np.full((height, width), _BEHIND, np.uint8)
    middle, axes = (width // 2, height * 2 // 5), (width // 4, height * 3 // 10)
    cv2.ellipse(drawn, middle, axes, 0, 0, 360, _BEFORE, -1)
    shoulders, broad = (width // 2, height), (width * 2 // 5, height * 3 // 10)
    cv2.ellipse(drawn, shoulders, broad, 0, 180, 360, _BEFORE, -1)
    return Tones(_grey(drawn), Spread.EVEN)


_FILLS: dict[Fill, Callable[[Beneath], Tones]] = {
    Fill.SOLID: _solid,
    Fill.MOSAIC: _mosaic,
    Fill.BLUR: _blur,
    Fill.SILHOUETTE: _silhouette,
}


def _cells(beneath: Beneath) -> Means:
    """Take the mean of each cell, of which a face has no more than `_CELLS` each way."""
    side = max(beneath.face / _CELLS, 1.0)
    columns, rows = (max(int(length / side), 1) for length in (beneath.width, beneath.height))
    return beneath.means(columns, rows)


def _rounded(cells: Means) -> Picture:
    return np.rint(cells).astype(np.uint8)


def _grey(tones: NDArray[np.uint8]) -> Picture:
    return np.repeat(tones[:, :, None], 3, axis=2)


def covering_whole(fill: WholeFill, beneath: Beneath) -> Tones:
    """Give what is shown instead of a whole picture, from few rows of tones.

    `beneath.face` is the size of the largest face that may be in it; where it is 0 one is taken
    to fill a third of the height.
    """
    if fill is WholeFill.BLUR:
        return Tones(_rounded(_coarse(beneath, 1)), Spread.SMOOTH)
    make = _edges if fill is WholeFill.EDGES else _two_tones
    few = make(_coarse(beneath, _EDGE_DETAIL if fill is WholeFill.EDGES else 1))
    return Tones(_grey(few), Spread.EVEN)


def _drawn_large(cells: Means) -> NDArray[np.uint8]:
    """Give the light of cells, spread wide enough for lines to be drawn in it."""
    rows, columns = cells.shape[:2]
    spread = Tones(_rounded(cells), Spread.SMOOTH).over(columns * _SPREAD, rows * _SPREAD)
    return np.asarray(spread.mean(axis=2), np.uint8)


def _edges(cells: Means) -> NDArray[np.uint8]:
    lines = np.asarray(cv2.Canny(_drawn_large(cells), _EDGE_LOW, _EDGE_HIGH, L2gradient=True))
    return np.where(lines > 0, _INK, _PAPER).astype(np.uint8)


def _two_tones(cells: Means) -> NDArray[np.uint8]:
    light = _drawn_large(cells)
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.where(light <= level, _INK, _PAPER).astype(np.uint8)


def _coarse(beneath: Beneath, detail: int) -> Means:
    """Take the means of few large cells."""
    face = beneath.face or beneath.height * _UNKNOWN_FACE
    side = max(face / _FACE_ROWS, beneath.height / _WHOLE_ROWS, 1.0) / detail
    columns, rows = (max(round(length / side), 1) for length in (beneath.width, beneath.height))
    return beneath.means(columns, rows)
