"""What the window shows of a clip, beside what was written."""

from __future__ import annotations

import numpy as np
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.media.frame import Picture
from tests.support.clip_making import PATIENCE_MS, clipping, settle


def pixels(image: QImage | None) -> Picture:
    """Give the pixels of an image as an array of red, green and blue."""
    assert image is not None
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = rgb.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asstring(rgb.sizeInBytes()), np.uint8)
    lines = rows.reshape(rgb.height(), rgb.bytesPerLine())[:, : rgb.width() * 3]
    return lines.reshape(rgb.height(), rgb.width(), 3).copy()


def _at_size(picture: Picture, width: int, height: int) -> Picture:
    """Take every pixel that a smaller picture has."""
    rows = np.arange(height) * picture.shape[0] // height
    columns = np.arange(width) * picture.shape[1] // width
    return picture[rows][:, columns]


def wait_for_frames(qtbot: QtBot, program: Program) -> None:
    """Wait until the ends of the chosen clip are shown as far as they will be."""
    settle(qtbot, program)
    ends = clipping(program).ends
    qtbot.wait_until(lambda: not ends.is_busy, timeout=PATIENCE_MS)


def alike(one: Picture, other: Picture) -> float:
    """Tell how far two pictures differ, of 255 at most."""
    small = _at_size(one, other.shape[1], other.shape[0])
    return float(np.abs(small.astype(int) - other.astype(int)).mean())
