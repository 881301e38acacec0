"""Makes the films on which the player is measured, once, in a folder beside other temporary files.

1080p25 H.264 with B-frames and 10 s between keyframes: a hall of grain and shapes that move.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import gettempdir

import av
import numpy as np
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from numpy.typing import NDArray

FPS, SPACING = 25, 10
WIDTH, HEIGHT = 1920, 1080
DISTINCT = 20  # seconds that are encoded; longer films repeat their packets
RATE = 48_000
_GRAIN = 14

Plane = NDArray[np.uint8]


def film_of(seconds: int, height: int = HEIGHT) -> Path:
    """Give a film of so many seconds, a multiple of 20, made now where there is none yet.

    It is so many pixels high, and shows the upper left part of the scene where that is less.
    """
    folder = Path(gettempdir()) / "annotator-benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"player-1-{height}-{seconds}.mp4"
    if not path.exists():
        unfinished = path.with_name(f"unfinished-{path.name}")
        if seconds == DISTINCT:
            _encode(unfinished, height)
        else:
            _repeat(film_of(DISTINCT, height), unfinished, seconds // DISTINCT)
        unfinished.replace(path)
    return path


def _encode(path: Path, height: int) -> None:
    width = height * WIDTH // HEIGHT
    options = {"preset": "veryfast", "crf": "23", "bf": "3", "x264-params": "scenecut=0:open-gop=0"}
    with av.open(path, "w") as container:
        picture = container.add_stream("libx264", rate=FPS, options=options)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.codec_context.gop_size = FPS * SPACING
        sound = container.add_stream("aac", rate=RATE, layout="mono")
        hall = _hall()
        for at in range(DISTINCT * FPS):
            container.mux(picture.encode(_frame(hall, at, width, height)))
            container.mux(sound.encode(_hum(at)))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))


def _hall() -> Plane:
    """Make a still picture with soft shapes, larger than a frame."""
    dice = np.random.default_rng(3)
    coarse = dice.integers(40, 200, (2 + HEIGHT // 30, 2 + (WIDTH + 400) // 30)).astype(np.uint8)
    return np.kron(coarse, np.ones((30, 30), np.uint8))


def _frame(hall: Plane, at: int, width: int, height: int) -> VideoFrame:
    """Let the camera sway, two heads nod and grain lie on everything."""
    frame = VideoFrame(width, height, "yuv420p")
    sway = round(40 + 40 * np.sin(at / 30))
    luma = hall[sway // 4 : sway // 4 + HEIGHT, sway : sway + WIDTH].copy()
    for number in range(2):
        top = round(350 + 60 * np.sin(at / (7 + 4 * number)))
        left = round(400 + 800 * number + 50 * np.cos(at / 11))
        luma[top : top + 300, left : left + 240] = hall[:300, at % 300 : at % 300 + 240] // 2 + 60
    luma += np.random.default_rng(at).integers(0, _GRAIN, luma.shape, np.uint8)
    luma = luma[:height, :width]
    planes = (luma, np.full((height // 2, width // 2), 120, np.uint8), luma[::2, ::2] // 4 + 100)
    for plane, values in zip(frame.planes, planes, strict=True):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        rows[:, : values.shape[1]] = values
    frame.pts, frame.time_base = at, Fraction(1, FPS)
    return frame


def _hum(at: int) -> av.AudioFrame:
    count = RATE // FPS
    wave = np.sin(np.arange(at * count, (at + 1) * count) / 40).astype(np.float32) / 4
    frame = av.AudioFrame.from_ndarray(wave[np.newaxis], "fltp", "mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, at * count, Fraction(1, RATE)
    return frame


def _repeat(source: Path, path: Path, times: int) -> None:
    """Write a film's packets again and again, as they are."""
    with av.open(source) as reading, av.open(path, "w") as writing:
        copies = {one.index: writing.add_stream_from_template(one) for one in reading.streams}
        kept = [_kept(packet) for packet in reading.demux() if packet.size]
        # the sound's last block may reach beyond the end, where its first begins again
        packets = [one for one in kept if 0 <= one[2] * one[4] < DISTINCT]
        for turn in range(times):
            for number, data, pts, dts, base, is_keyframe in packets:
                packet = Packet(data)
                later = round(turn * DISTINCT / base)
                packet.pts, packet.dts, packet.time_base = pts + later, dts + later, base
                packet.is_keyframe = is_keyframe
                packet.stream = copies[number]
                writing.mux(packet)


def _kept(packet: Packet[Stream]) -> tuple[int, bytes, int, int, Fraction, bool]:
    base = Fraction(packet.time_base.numerator, packet.time_base.denominator)
    times = (packet.pts or 0, packet.dts or 0)
    return (packet.stream_index, bytes(packet), *times, base, packet.is_keyframe)
