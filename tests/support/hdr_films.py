"""Makes HDR films of plain fields, each of one signal, as telephones code them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from annotator.media.hdr_light import Transfer

Signal = tuple[float, float, float]
"""Red, green and blue of BT.2020, 0 to 1."""

FIELD = 64
"""Pixels across and down of each field."""

_WEIGHTS = {1: (0.2126, 0.0722), 9: (0.2627, 0.0593)}
_QUIET = "log-level=0:pools=1:frame-threads=1"


@dataclass(frozen=True, slots=True)
class Hdr:
    """How a film is coded: the numbers that it carries for its colours, and its range."""

    transfer: int = Transfer.HLG
    matrix: int = 9
    primaries: int = 9
    is_full: bool = False
    codec: str = "libx265"
    pixels: str = "yuv420p10le"


def write_hdr(path: Path, signals: list[Signal], coding: Hdr) -> Path:
    """Write 30 pictures of fields side by side, 25 a second, a keyframe every tenth."""
    with av.open(str(path), "w") as output:
        options = {"libx265": {"x265-params": f"lossless=1:keyint=10:{_QUIET}"}}
        usual = {"crf": "1", "g": "10", "threads": "1", "sc_threshold": "0"}
        stream = output.add_stream(coding.codec, rate=25, options=options.get(coding.codec, usual))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = FIELD * len(signals), FIELD, coding.pixels
        context = stream.codec_context
        context.color_range, context.colorspace = 2 if coding.is_full else 1, coding.matrix
        context.color_primaries, context.color_trc = coding.primaries, coding.transfer
        for at in range(30):
            frame = _picture(signals, coding)
            frame.pts, frame.time_base = at, Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def _picture(signals: list[Signal], coding: Hdr) -> VideoFrame:
    made = VideoFrame(FIELD * len(signals), FIELD, coding.pixels)
    bits = made.format.components[0].bits
    kind = np.uint16 if bits > 8 else np.uint8
    codes = [_codes(np.array(one), coding, bits) for one in signals]
    for plane, values in zip(made.planes, zip(*codes, strict=True), strict=True):
        row = np.repeat(np.array(values, kind), plane.width // len(signals))
        rows = np.asarray(memoryview(plane)).view(kind).reshape(plane.height, -1)
        rows[:, : plane.width] = row
    return made


def _codes(signal: NDArray[np.float64], coding: Hdr, bits: int) -> tuple[int, int, int]:
    """Tell brightness and two colours in whole numbers (ITU-R BT.2100, tables 6 and 9)."""
    red, blue = _WEIGHTS[coding.matrix]
    light = float(signal @ [red, 1 - red - blue, blue])
    towards = (signal[2] - light) / 2 / (1 - blue), (signal[0] - light) / 2 / (1 - red)
    if coding.is_full:
        most = 2**bits - 1
        return (
            round(light * most),
            *(min(round(one * most) + 2 ** (bits - 1), most) for one in towards),
        )
    unit = 2 ** (bits - 8)
    return round((219 * light + 16) * unit), *(round((224 * one + 128) * unit) for one in towards)


def fields_of(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Give the mean colour of the middle of each field, red, green and blue from 0 to 255."""
    count = rgb.shape[1] // FIELD
    middle = slice(FIELD // 4, FIELD * 3 // 4)
    parts = [rgb[middle, FIELD * at :][:, middle] for at in range(count)]
    return np.array([part.reshape(-1, 3).mean(axis=0) for part in parts])
