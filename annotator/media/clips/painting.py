"""Paints fields of a picture that encoders take: in one grey, or with a picture that fits."""

from __future__ import annotations

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media.clips.panes import Pane
from annotator.media.encoder_picture import PIXELS, pixels_of

BLACK = 16
_NO_COLOUR = 128


def black(width: int, height: int) -> VideoFrame:
    """Make a picture that is black all over."""
    made = VideoFrame(width, height, PIXELS)
    fill(made, Pane(0, 0, width, height), BLACK)
    return made


def fill(picture: VideoFrame, pane: Pane, light: int) -> None:
    """Paint a field in one grey; `light` goes from 16, black, to 235, white."""
    for number in range(len(picture.planes)):
        _part(picture, pane, number)[:] = _NO_COLOUR if number else light


def draw(picture: VideoFrame, pane: Pane, fitted: VideoFrame) -> None:
    """Draw a picture of a field's size into it."""
    for number, plane in enumerate(fitted.planes):
        _part(picture, pane, number)[:] = pixels_of(plane)


def _part(picture: VideoFrame, pane: Pane, number: int) -> NDArray[np.uint8]:
    """Give the samples of a field in one plane; those of colours are half as many each way."""
    scale = 2 if number else 1
    top, left = pane.top // scale, pane.left // scale
    plane = pixels_of(picture.planes[number])
    return plane[top : top + pane.height // scale, left : left + pane.width // scale]
