"""Tells where one shot ends and another begins, from few points of each picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from annotator.media.frame import Frame

Points = NDArray[np.float32]
"""How light some points of a picture are, 0 to 255, spread evenly over it."""

_POINTS = 64
_EIGHT_BITS = 8
_LIGHT_FIRST = ("yuv", "nv1", "gray")
_LEAST_CHANGE = 15.0
_UNLIKE = 0.6
_FLAT = 2.0


def points_of(frame: Frame) -> Points:
    """Take points of a picture; those of one film can be held against each other."""
    picture = frame.picture
    first = picture.format.components[0]
    if not picture.format.name.startswith(_LIGHT_FIRST) or first.bits != _EIGHT_BITS:
        return np.asarray(frame.to_small(_POINTS, _POINTS).mean(axis=2), np.float32)
    plane = picture.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    down = np.arange(_POINTS) * picture.height // _POINTS
    across = np.arange(_POINTS) * picture.width // _POINTS
    return rows[np.ix_(down, across)].astype(np.float32)


def is_change(before: Points, after: Points) -> bool:
    """Tell whether a new shot begins between two pictures that follow each other.

    They must differ in what is light and what is dark: a lamp switched on changes how light all
    is, and the shot goes on.
    """
    if float(np.abs(after - before).mean()) < _LEAST_CHANGE:
        return False
    one, other = before - before.mean(), after - after.mean()
    spreads = float(one.std()), float(other.std())
    if min(spreads) < _FLAT:
        return max(spreads) >= _FLAT
    return float((one * other).mean()) < _UNLIKE * spreads[0] * spreads[1]
