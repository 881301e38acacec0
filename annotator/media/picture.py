"""Scaling and saving pictures; the one module that loads OpenCV."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from annotator.media.frame import Picture

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


@contextmanager
def _kept_environment() -> Iterator[None]:
    """Put back what OpenCV does to the environment, else our own windows cannot open.

    It points these variables at a Qt of its own; a value that the user has set stays.
    """
    before = {name: os.environ.get(name) for name in _QT_VARIABLES}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


with _kept_environment():
    import cv2

__all__ = ["cv2", "scaled"]


def scaled(rgb: Picture, width: int, height: int) -> Picture:
    """Resize to an exact size in pixels: averaging when smaller, smooth when larger."""
    smaller = width < rgb.shape[1] or height < rgb.shape[0]
    method = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    resized = cv2.resize(np.ascontiguousarray(rgb), (width, height), interpolation=method)
    return np.asarray(resized, np.uint8)
