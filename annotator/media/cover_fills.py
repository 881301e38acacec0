"""What covers a face, and what becomes of a whole picture, so that nobody can be known by it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from annotator.media.face_masks import Fill, WholeFill
from annotator.media.frame import Picture
from annotator.media.picture import cv2

Noise = NDArray[np.float32]
"""Shape (rows, columns, 3), -1 to 1: what is added to the cells of a mosaic."""

NOISE_SIDE = 32
"""Noise has so many rows and columns; larger mosaics repeat it."""

_SOLID = (40, 40, 40)
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


def cover_box(area: Picture, fill: Fill, face: float, noise: Noise | None = None) -> None:
    """Draw over an area, a part of a picture that is written to.

    `face` is the size of the face inside, in pixels; `noise` is what a mosaic adds. Every pixel of
    the area is replaced.
    """
    _FILLS[fill](area, face, noise)


def _solid(area: Picture, _face: float, _noise: Noise | None) -> None:
    area[:] = _SOLID


def _mosaic(area: Picture, face: float, noise: Noise | None) -> None:
    if noise is None:
        raise ValueError("a mosaic needs noise")
    height, width = area.shape[:2]
    cells = _cells(area, face)
    rows, columns = cells.shape[:2]
    added = noise[np.ix_(np.arange(rows) % NOISE_SIDE, np.arange(columns) % NOISE_SIDE)]
    noisy = np.clip(cells + added * _NOISE_STEPS, 0, 255)
    step = 255 / (_TONES - 1)
    coarse = (np.rint(noisy / step) * step).astype(np.uint8)
    cv2.resize(coarse, (width, height), dst=area, interpolation=cv2.INTER_NEAREST)


def _blur(area: Picture, face: float, _noise: Noise | None) -> None:
    area[:] = _smooth(_cells(area, face), area.shape[1], area.shape[0])


def _silhouette(area: Picture, _face: float, _noise: Noise | None) -> None:
    """Draw a head and shoulders in one tone before another; nothing of the face goes into it."""
    height, width = area.shape[:2]
    area[:] = (150, 150, 150)
    drawn = np.ascontiguousarray(area)
    dark = (70, 70, 70)
    middle, axes = (width // 2, height * 2 // 5), (width // 4, height * 3 // 10)
    cv2.ellipse(drawn, middle, axes, 0, 0, 360, dark, -1)
    shoulders, broad = (width // 2, height), (width * 2 // 5, height * 3 // 10)
    cv2.ellipse(drawn, shoulders, broad, 0, 180, 360, dark, -1)
    area[:] = drawn


_FILLS: dict[Fill, Callable[[Picture, float, Noise | None], None]] = {
    Fill.SOLID: _solid,
    Fill.MOSAIC: _mosaic,
    Fill.BLUR: _blur,
    Fill.SILHOUETTE: _silhouette,
}


def _cells(area: Picture, face: float) -> NDArray[np.float32]:
    """Take the mean of each cell, of which a face has no more than `_CELLS` each way."""
    height, width = area.shape[:2]
    side = max(face / _CELLS, 1.0)
    columns, rows = (max(int(length / side), 1) for length in (width, height))
    small = cv2.resize(area, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).reshape(rows, columns, 3)


def _smooth(cells: NDArray[np.float32], width: int, height: int) -> Picture:
    """Spread cells over a size in pixels without steps."""
    tones = np.rint(cells).astype(np.uint8)
    spread = cv2.resize(tones, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(spread, np.uint8).reshape(height, width, 3)


def cover_whole(picture: Picture, fill: WholeFill, largest_face: float) -> Picture:
    """Make a whole picture unrecognisable, from few rows of tones.

    `largest_face` is the size of the largest face that may be in it, in pixels; 0 where none is
    known, and then one is taken to fill a third of the height.
    """
    height, width = picture.shape[:2]
    if fill is WholeFill.BLUR:
        return _smooth(_coarse(picture, largest_face, 1), width, height)
    make = _edges if fill is WholeFill.EDGES else _two_tones
    few = make(_coarse(picture, largest_face, _EDGE_DETAIL if fill is WholeFill.EDGES else 1))
    tones = cv2.resize(few, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.repeat(np.asarray(tones, np.uint8)[:, :, None], 3, axis=2)


def _drawn_large(cells: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Give the light of cells, spread wide enough for lines to be drawn in it."""
    rows, columns = cells.shape[:2]
    spread = _smooth(cells, columns * _SPREAD, rows * _SPREAD)
    return np.asarray(spread.mean(axis=2), np.uint8)


def _edges(cells: NDArray[np.float32]) -> NDArray[np.uint8]:
    lines = np.asarray(cv2.Canny(_drawn_large(cells), _EDGE_LOW, _EDGE_HIGH, L2gradient=True))
    return np.where(lines > 0, _INK, _PAPER).astype(np.uint8)


def _two_tones(cells: NDArray[np.float32]) -> NDArray[np.uint8]:
    light = _drawn_large(cells)
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.where(light <= level, _INK, _PAPER).astype(np.uint8)


def _coarse(picture: Picture, largest_face: float, detail: int) -> NDArray[np.float32]:
    """Take the means of few large cells."""
    height, width = picture.shape[:2]
    face = largest_face or height * _UNKNOWN_FACE
    side = max(face / _FACE_ROWS, height / _WHOLE_ROWS, 1.0) / detail
    columns, rows = (max(round(length / side), 1) for length in (width, height))
    small = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).reshape(rows, columns, 3)
