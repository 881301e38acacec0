"""Where the stills of a sheet stand, and which time stands below each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

from annotator.media.clips.panes import PixelSize

_SHAPE = 1.35
"""A sheet is about so many times as wide as it is high: as a printed page or a screen."""

_EDGE, _GAP, _LABEL = 0.02, 0.012, 0.024
"""Room at the edges, between stills and for a line below each, by the width of the sheet."""

_FINE = Fraction(1, 5)
"""Stills nearer to one another than this many seconds need a second decimal."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The pixels of a sheet: its size, that of a still and of a line, and where each still is."""

    size: PixelSize
    still: PixelSize
    line: int
    places: tuple[PixelSize, ...]


def grid_of(count: int, still: PixelSize, width: int) -> Grid:
    """Lay out stills of that shape in rows on a sheet so wide; none is shown larger than it is."""
    columns = min(range(1, count + 1), key=lambda one: _ugliness(one, count, still))
    edge, gap, line = (max(round(width * share), 1) for share in (_EDGE, _GAP, _LABEL))
    room = (width - 2 * edge - (columns - 1) * gap) // columns
    wide = max(min(room, still[0]), 2)
    high = max(round(wide * still[1] / still[0]), 2)
    rows = ceil(count / columns)
    places = tuple(
        (edge + at % columns * (wide + gap), edge + at // columns * (high + line + gap))
        for at in range(count)
    )
    size = (
        2 * edge + columns * (wide + gap) - gap,
        2 * edge + rows * (high + line + gap) - gap,
    )
    return Grid(size, (wide, high), line, places)


def _ugliness(columns: int, count: int, still: PixelSize) -> float:
    """Tell how far a sheet of so many columns is from a good shape; empty places count too."""
    rows = ceil(count / columns)
    shape = columns * still[0] / (rows * still[1] * 1.1)
    empty = (columns * rows - count) / count
    return max(shape / _SHAPE, _SHAPE / shape) + empty


def labels_of(moments: Sequence[Fraction]) -> list[str]:
    """Write how long after the clip's start each still is, as 1:02.4, all equally finely."""
    near = any(b - a < _FINE for a, b in pairwise(moments))
    return [_label(moment, 2 if near else 1) for moment in moments]


def _label(moment: Fraction, digits: int) -> str:
    """Round down, since a still is on screen from its moment on."""
    steps = int(moment * 10**digits)
    whole, part = divmod(steps, 10**digits)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{clock}.{part:0{digits}}"
