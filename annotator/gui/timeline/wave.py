"""Draws the shape of a sound; it needs numpy, so it is imported where a sound has been read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QColor, QImage

from annotator.media.levels import Levels
from annotator.media.peaks import Peaks
from annotator.media.sound_shape import SoundShape
from annotator.model.time import Micros

FULL_SCALE = 32767
MOST_GAIN = 30
LOUD_SHARE = 0.995
"""So much of what is heard fits; a slammed door may be cut off, lest speech be drawn too small."""
PALE = 0.5
"""How strong the peaks are beside the body, which shows how loud it is on the whole."""

Floats = NDArray[np.float64]


class SoundWave:
    """A sound as tall as its usual loud places, so that quiet recordings are seen as well.

    Around its body, the effective loudness, stand the peaks: at the width of an hour the peaks
    alone would be one block.
    """

    def __init__(self, shape: SoundShape) -> None:
        self._peaks = shape.peaks
        self._reference = _reference(shape.peaks)
        self._body = _Body(shape.levels)

    def image(
        self, start: Micros, end: Micros, size: tuple[int, int], colour: QColor, line: float
    ) -> QImage:
        """Draw the stretch between two moments of the recording, so many pixels wide and high.

        Every column has all that swings in its time; silence is a line of a thickness of `line`
        pixels, and where nothing was recorded nothing is drawn.
        """
        width, height = size
        lows, highs = self._peaks.window(start, end, width).astype(np.float64)
        is_heard = lows <= highs
        reach, middle = (height - line) / 2, height / 2
        tops, feet = (
            middle - np.clip(one / self._reference, -1, 1) * reach for one in (highs, lows)
        )
        body = self._body.between(start, end, width) * FULL_SCALE / self._reference
        half = np.maximum(np.minimum(body, 1) * reach, line / 2) * is_heard
        swing = _coverage(tops, np.where(is_heard, feet, tops), height) * PALE
        return _tinted(np.maximum(swing, _coverage(middle - half, middle + half, height)), colour)


class _Body:
    """The effective loudness of any stretch, at the cost of the pixels alone."""

    def __init__(self, levels: Levels) -> None:
        self._step = levels.step
        power = np.nan_to_num(levels.mixed().astype(np.float64))
        self._sums = np.concatenate([[0.0], np.cumsum(power)])

    def between(self, start: Micros, end: Micros, pixels: int) -> Floats:
        """Give the effective loudness for each of some pixels side by side; full scale is 1."""
        places = (start + np.arange(pixels + 1) * ((end - start) / pixels)) / self._step
        inside = np.clip(places, 0, len(self._sums) - 1)
        before = np.minimum(inside.astype(np.int64), max(len(self._sums) - 2, 0))
        after = np.minimum(before + 1, len(self._sums) - 1)
        sums = self._sums[before] + (inside - before) * (self._sums[after] - self._sums[before])
        mean: Floats = np.diff(sums) * pixels * self._step / (end - start)
        return np.sqrt(np.maximum(mean, 0))


def _reference(peaks: Peaks) -> float:
    """Find the swing that is drawn as high as the lane."""
    lows, highs = peaks.finest.astype(np.int32)
    swings = np.maximum(-lows, highs)[lows <= highs]
    swings = swings[swings > 0]
    if not swings.size:
        return FULL_SCALE
    place = min(int(swings.size * LOUD_SHARE), swings.size - 1)
    return max(float(np.partition(swings, place)[place]), FULL_SCALE / MOST_GAIN)


def _coverage(tops: Floats, feet: Floats, height: int) -> NDArray[np.float32]:
    """Tell how much of each pixel lies between a column's top and foot, from 0 to 1."""
    rows = np.arange(height, dtype=np.float32)[:, None]
    first, last = tops.astype(np.float32), feet.astype(np.float32)
    share: NDArray[np.float32] = np.minimum(last, rows + 1) - np.maximum(first, rows)
    return np.clip(share, 0, 1)


def _tinted(shares: NDArray[np.float32], colour: QColor) -> QImage:
    steps = np.arange(256, dtype=np.uint32)
    parts = (255, colour.red(), colour.green(), colour.blue())
    alpha, red, green, blue = ((steps * part + 127) // 255 for part in parts)
    table = (alpha << 24) | (red << 16) | (green << 8) | blue
    words = table.astype(np.uint32)[(shares * 255).astype(np.uint8)]
    height, width = words.shape
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(words.tobytes(), width, height, width * 4, kind).copy()
