"""Takes the comb lines out of interlaced film, and leaves alone what has none."""

from __future__ import annotations

import numpy as np
from av.video.frame import VideoFrame

from annotator.media.planes import Lines, planar, redrawn

_TOOTH = 10  # of 8 bits: by so much a line must stand out from both of its neighbours


def without_comb(picture: VideoFrame) -> VideoFrame:
    """Make a picture in which no line of the second field stands out from those of the first.

    An interlaced picture is two, taken a moment apart, in every other line. Where something
    moved, the second one's lines are made anew from their neighbours; elsewhere they stay, so
    that what rests keeps all its lines.
    """
    source = planar(picture)
    tooth = _TOOTH << (source.format.components[0].bits - 8)
    return redrawn(source, lambda _number, lines: _mended(lines, tooth))


def _mended(lines: Lines, tooth: int) -> Lines:
    lined = lines.astype(np.int16) if lines.dtype == np.uint8 else lines.astype(np.int32)
    above, between, below = lined[:-2:2], lined[1:-1:2], lined[2::2]
    low, high = np.minimum(above, below) - tooth, np.maximum(above, below) + tooth
    stands_out = (between < low) | (between > high)
    mended = lines.copy()
    np.copyto(mended[1:-1:2], (above + below) >> 1, where=stands_out, casting="unsafe")
    return mended
