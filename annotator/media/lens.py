"""Shows frames as a coder wants to see them: turned, lighter, without comb lines, in shape."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from annotator.media.comb import without_comb
from annotator.media.frame import Frame, Orientation, Picture
from annotator.model import Look

_FULL_RANGE = 2
_BLACK, _WHITE, _GREY = 16, 235, 128  # of 8 bits, where the range is not full
_ALWAYS_FULL = ("yuvj", "gray")
_TICK = Fraction(1, 1000)


class Lens:
    """A look through which frames are seen; one thread at a time may use it."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._graph: Graph | None = None
        self._made_for: tuple[int, int, str, bool] | None = None

    def seen(self, frame: Frame) -> Frame:
        """Give the frame as the look asks; the one given is left as it is.

        `shape` and the zoom are the window's to follow: see `shown_size`.
        """
        picture = frame.picture
        if self.look.deinterlace:
            picture = without_comb(picture)
        if self.look.brightness or self.look.contrast != 1:
            picture = self._lit(picture)
        turned = Orientation(
            (frame.orientation.rotation + self.look.turn) % 360, frame.orientation.mirrored
        )
        return replace(frame, picture=picture, orientation=turned)

    def _lit(self, picture: VideoFrame) -> VideoFrame:
        graph = self._graph_for(picture)
        graph.push(picture)
        made = graph.pull()
        if not isinstance(made, VideoFrame):
            return picture
        made.colorspace, made.color_range = picture.colorspace, picture.color_range
        return made

    def _graph_for(self, picture: VideoFrame) -> Graph:
        kind = (
            picture.width,
            picture.height,
            picture.format.name,
            picture.color_range == _FULL_RANGE,
        )
        if self._graph is None or kind != self._made_for:
            self._made_for = kind
            self._graph = self._made(picture)
        return self._graph

    def _made(self, picture: VideoFrame) -> Graph:
        graph = Graph()
        source = graph.add_buffer(
            width=picture.width,
            height=picture.height,
            format=picture.format,
            time_base=_TICK,
        )
        light = graph.add("lutyuv", _light(self.look, picture))
        graph.link_nodes(source, light, graph.add("buffersink")).configure()
        return graph


def shown_size(frame: Frame, pixel_aspect: Fraction, look: Look) -> tuple[int, int]:
    """Tell the width and height, in square pixels, at which a frame is to be shown.

    `frame` is as the film has it, not as seen through a lens; `pixel_aspect` is the film's own.
    """
    if look.shape:
        across, down = look.shape.split(":")
        width = round(frame.height * Fraction(int(across), int(down)))
    else:
        width = round(frame.width * pixel_aspect)
    size = max(width, 1), frame.height
    return size[::-1] if look.turn % 180 else size


def shown_pixels(frame: Frame, size: tuple[int, int]) -> Picture:
    """Make the picture, seen through a lens, at the width and height of `shown_size`."""
    rgb = frame.to_rgb()
    if rgb.shape[1::-1] == size:
        return rgb
    stored = VideoFrame.from_ndarray(rgb, "rgb24")
    scaled = stored.reformat(*size, interpolation=Interpolation.BICUBIC)
    return np.asarray(scaled.to_ndarray(), np.uint8)


def _light(look: Look, picture: VideoFrame) -> str:
    """Write the filter's formulas for brightness, which keeps black and white, and contrast."""
    bits = picture.format.components[0].bits
    unit = 2 ** (bits - 8)
    full = picture.color_range == _FULL_RANGE or picture.format.name.startswith(_ALWAYS_FULL)
    black, white = (0, 2**bits - 1) if full else (_BLACK * unit, _WHITE * unit)
    span, grey = white - black, _GREY * unit
    lit = f"pow(clip((val-{black})/{span},0,1),{4**-look.brightness:.6f})"
    luma = f"clip(((({lit})-0.5)*{look.contrast:.6f}+0.5)*{span}+{black},{black},{white})"
    chroma = f"clip((val-{grey})*{look.contrast:.6f}+{grey},0,{2**bits - 1})"
    return f"y='{luma}':u='{chroma}':v='{chroma}'"
