"""Shows frames as a coder wants to see them: turned, lighter, without comb lines, in shape."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from annotator.media.comb import without_comb
from annotator.media.frame import Frame, Orientation, Picture
from annotator.media.light import lit
from annotator.model import Look


def looked(frame: Frame, look: Look) -> Frame:
    """Give the frame as a look asks; the one given is left as it is.

    `shape` and the zoom are the window's to follow: see `shown_size`.
    """
    picture = frame.picture
    if look.deinterlace:
        picture = without_comb(picture)
    if look.brightness or look.contrast != 1:
        picture = lit(picture, look.brightness, look.contrast)
    turned = (frame.orientation.rotation + look.turn) % 360
    return replace(
        frame, picture=picture, orientation=Orientation(turned, frame.orientation.mirrored)
    )


def shown_size(frame: Frame, pixel_aspect: Fraction, look: Look) -> tuple[int, int]:
    """Tell the width and height, in square pixels, at which a frame is to be shown.

    `frame` is as the film has it, not as `looked` gives it; `pixel_aspect` is the film's own.
    """
    if look.shape:
        across, down = look.shape.split(":")
        width = round(frame.height * Fraction(int(across), int(down)))
    else:
        width = round(frame.width * pixel_aspect)
    size = max(width, 1), frame.height
    return size[::-1] if look.turn % 180 else size


def shown_pixels(frame: Frame, size: tuple[int, int]) -> Picture:
    """Make the pixels of a frame that `looked` gave, at the width and height of `shown_size`."""
    rgb = frame.to_rgb()
    if rgb.shape[1::-1] == size:
        return rgb
    stored = VideoFrame.from_ndarray(rgb, "rgb24")
    scaled = stored.reformat(*size, interpolation=Interpolation.BICUBIC)
    return np.asarray(scaled.to_ndarray(), np.uint8)
