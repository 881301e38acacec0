"""Turns the pictures of HDR films into those of ordinary ones; all others stay as they are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter

from annotator.errors import MediaError
from annotator.media.frame import Frame
from annotator.media.hdr_light import Transfer, to_ordinary

_HDR = frozenset(Transfer)
_BT709, _LIMITED, _FULL = 1, 1, 2
_UNTOLD = 2, 0
_FINE, _ORDINARY = "gbrp16le", "yuv420p"
_STEPS = 49
"""So many signals of each colour are worked out; those between are mixed of the nearest."""

_CLOCK = Fraction(1, 1000)
_Kind = tuple[int, int, Transfer]


def is_hdr(transfer: int) -> bool:
    """Tell whether a film writes light as HDR ones do, by the number that it carries for it."""
    return transfer in _HDR


class Toning:
    """Makes one film's frames ordinary; owned by one thread at a time.

    It works on so many processors; 0 stands for all.
    """

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads
        self._graph: tuple[_Kind, Graph] | None = None

    def toned(self, frame: Frame) -> Frame:
        """Give a frame in 8 bits and in the colours of BT.709; the same one where it is ordinary.

        Raises MediaError where there is no room for what that needs.
        """
        if not is_hdr(frame.picture.color_trc):
            return frame
        # a decoder's own picture tells where colours lie between pixels, and one that was kept
        # does not: the same frame would come out in two ways
        picture = frame.copied().picture
        kind = picture.width, picture.height, Transfer(picture.color_trc)
        fine = self._to_fine(picture)
        if self._graph is None or self._graph[0] != kind:
            self._graph = kind, _graph(kind, self._threads)
        graph = self._graph[1]
        graph.vpush(fine)
        return replace(frame, picture=self._to_ordinary(graph.vpull()))

    def _to_fine(self, picture: VideoFrame) -> VideoFrame:
        is_narrow = picture.colorspace == _BT709
        made = VideoReformatter().reformat(
            picture,
            format=_FINE,
            src_colorspace=Colorspace.ITU709 if is_narrow else Colorspace.BT2020,
            src_color_range=_FULL if picture.color_range == _FULL else _LIMITED,
            dst_color_range=_FULL,
            threads=self._threads,
        )
        made.colorspace, made.color_range = _UNTOLD  # as the filters were told to expect
        made.pts, made.time_base = 0, _CLOCK
        return made

    def _to_ordinary(self, fine: VideoFrame) -> VideoFrame:
        made = VideoReformatter().reformat(
            fine,
            format=_ORDINARY,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=_FULL,
            dst_color_range=_LIMITED,
            threads=self._threads,
        )
        made.colorspace = made.color_primaries = made.color_trc = _BT709
        made.color_range = _LIMITED
        return made


def _graph(kind: _Kind, threads: int) -> Graph:
    width, height, transfer = kind
    graph = Graph()
    graph.threads = threads
    fine = VideoFormat(_FINE)
    source = graph.add_buffer(width=width, height=height, format=fine, time_base=_CLOCK)
    try:
        with TemporaryDirectory() as folder:
            table = Path(folder) / "hdr.cube"
            table.write_text(_table(transfer), "ascii")
            tones = graph.add("lut3d", file=str(table), interp="tetrahedral")
    except (OSError, av.FFmpegError) as error:
        raise MediaError(
            "The colours of this HDR film cannot be worked out: there is no room for it.",
            "Make some room on the disk where this computer keeps temporary files.",
        ) from error
    graph.link_nodes(source, tones, graph.add("buffersink")).configure()
    return graph


@cache
def _table(transfer: Transfer) -> str:
    """Write what signals become as the filter reads it: red changes soonest."""
    steps = np.linspace(0, 1, _STEPS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    tones = to_ordinary(np.stack([red, green, blue], axis=-1), transfer)
    numbers = np.rint(tones.ravel() * 100_000).astype(int).tolist()
    return f"LUT_3D_SIZE {_STEPS}\n" + "%de-5 %de-5 %de-5\n" * _STEPS**3 % tuple(numbers)
