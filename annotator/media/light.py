"""Makes dark pictures lighter, and gives them more or less contrast."""

from __future__ import annotations

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media.planes import Lines, planar, redrawn

_FULL_RANGE = 2
_ALWAYS_FULL = ("yuvj", "gray")
_BYTE = 256
_BLACK, _WHITE, _GREY = 16, 235, 128  # of 8 bits, where the range is not full


def lit(picture: VideoFrame, brightness: float, contrast: float) -> VideoFrame:
    """Make a picture with its tones changed.

    `brightness` from -1 to 1 lifts or lowers the middle tones and keeps black and white;
    `contrast` spreads all tones about the middle, and colours with them.
    """
    source = planar(picture)
    bits = source.format.components[0].bits
    is_full = source.color_range == _FULL_RANGE or source.format.name.startswith(_ALWAYS_FULL)
    unit = 2.0 ** (bits - 8)
    black, white = (0.0, 2.0**bits - 1) if is_full else (_BLACK * unit, _WHITE * unit)
    samples = np.arange(2**bits)
    shares = np.clip((samples - black) / (white - black), 0, 1) ** 4**-brightness
    tones = np.clip((shares - 0.5) * contrast + 0.5, 0, 1) * (white - black) + black
    grey = _GREY * unit
    colours = np.clip((samples - grey) * contrast + grey, 0, 2**bits - 1)
    tables = [_table(tones), _table(colours)]
    return redrawn(source, lambda number, lines: tables[min(number, 1)][lines])


def _table(values: NDArray[np.float64]) -> Lines:
    """Round what each sample becomes, into the type that a plane of so many tones has."""
    rounded = np.rint(values)
    return rounded.astype(np.uint8) if len(values) <= _BYTE else rounded.astype(np.uint16)
