"""Pictures of what the window paints, held against kept ones with room for other fonts.

Set ANNOTATOR_KEEP_SNAPSHOTS=1 to keep what is painted now, and look at it before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QFont, QImage

from annotator.gui.app import make_application
from annotator.gui.theme import Theme, apply_theme, dark, light

BLOCK_PX = 8
MOST_OF_A_BLOCK = 66.0
MOST_ON_THE_WHOLE = 1.5
"""Of 255: how much a block of pixels, and all of them on average, may differ in a channel."""

LOOKS = [(name, scale) for name in ("light", "dark") for scale in (1.0, 2.0)]
"""The themes and sizes of type to paint in."""

Blocks = NDArray[np.float32]


@contextmanager
def dressed(name: str, scale: float) -> Iterator[Theme]:
    """Let the program have a theme and the font of the kept pictures, and its own look later."""
    app, chosen = make_application(), {"light": light, "dark": dark}[name](scale)
    font = app.font()
    apply_theme(app, chosen)
    app.setFont(chosen.body(QFont("DejaVu Sans")))
    yield chosen
    apply_theme(app, light())
    app.setFont(font)


def difference(painted: QImage, kept: QImage) -> tuple[float, float]:
    """Tell by how much the most different block differs, and all blocks on average.

    Both have the same shape; one may have more pixels to a point than the other.
    """
    one, other = _blocks(painted), _blocks(kept)
    if one.shape != other.shape:
        return 255.0, 255.0
    by = np.abs(one - other).max(axis=2)
    return float(by.max()), float(by.mean())


def assert_looks_like(painted: QImage, path: Path) -> None:
    """Hold a picture against the kept one."""
    if os.environ.get("ANNOTATOR_KEEP_SNAPSHOTS"):
        painted.save(str(path))
    kept = QImage(str(path))
    kept.setDevicePixelRatio(painted.devicePixelRatio())
    worst, mean = difference(painted, kept)
    is_alike = worst <= MOST_OF_A_BLOCK and mean <= MOST_ON_THE_WHOLE
    assert is_alike, f"{path.name}: a block differs by {worst:.0f}, all on average by {mean:.2f}"


def _blocks(image: QImage) -> Blocks:
    """Average the blocks of a picture, each channel by itself."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    held = plain.constBits()
    if held is None:
        return np.zeros((0, 0, 3), np.float32)
    held.setsize(plain.sizeInBytes())
    rows = np.frombuffer(held, np.uint8).reshape(plain.height(), plain.bytesPerLine())
    pixels = rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3)
    side = BLOCK_PX * max(1, round(image.devicePixelRatio()))
    high, wide = plain.height() // side, plain.width() // side
    cut = pixels[: high * side, : wide * side].reshape(high, side, wide, side, 3)
    return cut.mean(axis=(1, 3), dtype=np.float32)
