"""Makes a long film quickly: ten seconds are encoded, and their packets written again and again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

FPS, RATE, BLOCK = 25, 48_000, 1024
SPACING = 10  # seconds between two keyframes
SIZE = (640, 360)

Written = tuple[bytes, int, int, bool]
"""What a packet holds: data, showing time, decoding time, whether it is a keyframe."""


def make_long_film(path: Path, seconds: int) -> Path:
    """Write an H.264 and AAC film of so many seconds, rounded up to whole tens, with B-frames."""
    with av.open(path, "w") as container:
        picture, sound = _picture(container), _sound(container)
        container.start_encoding()
        pictures = _kept(picture, [_frame(at) for at in range(SPACING * FPS)])
        sounds = _kept(sound, [_block(at) for at in range(SPACING * RATE // BLOCK)])
        blocks = 0
        for turn in range(-(-seconds // SPACING)):
            for packet in pictures:
                _write(container, picture, packet, turn * SPACING * FPS, Fraction(1, FPS))
            while blocks * BLOCK < (turn + 1) * SPACING * RATE:
                data, *_ = sounds[blocks % len(sounds)]
                packet = (data, blocks * BLOCK, blocks * BLOCK, True)
                _write(container, sound, packet, 0, Fraction(1, RATE))
                blocks += 1
    return path


def _picture(container: OutputContainer) -> VideoStream:
    options = {"preset": "ultrafast", "crf": "34", "bf": "2", "x264-params": "open-gop=0"}
    stream = container.add_stream("libx264", rate=FPS, options=options)
    stream.width, stream.height = SIZE
    stream.pix_fmt = "yuv420p"
    stream.codec_context.gop_size = SPACING * FPS
    stream.codec_context.time_base = Fraction(1, FPS)
    return stream


def _sound(container: OutputContainer) -> AudioStream:
    stream = container.add_stream("aac", rate=RATE, layout="mono")
    stream.bit_rate = 64_000
    return stream


def _frame(at: int) -> VideoFrame:
    width, height = SIZE
    shade = np.add.outer(np.arange(height) * 2, np.arange(width) + at * 3).astype(np.uint8)
    frame = VideoFrame.from_ndarray(np.dstack([shade, shade[::-1], np.flipud(shade)]))
    frame.pts, frame.time_base = at, Fraction(1, FPS)
    return frame


def _block(at: int) -> AudioFrame:
    wave = np.sin(np.arange(at * BLOCK, (at + 1) * BLOCK) / 20).astype(np.float32)
    frame = AudioFrame.from_ndarray(wave[np.newaxis] / 4, "fltp", "mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, at * BLOCK, Fraction(1, RATE)
    return frame


def _kept(
    stream: VideoStream | AudioStream, frames: list[VideoFrame | AudioFrame]
) -> list[Written]:
    packets = [packet for frame in (*frames, None) for packet in stream.encode(frame)]
    first = min(packet.pts or 0 for packet in packets)
    return [
        (bytes(p), (p.pts or 0) - first, (p.dts or 0) - first, p.is_keyframe)
        for p in packets
        if p.size
    ]


def _write(
    container: OutputContainer,
    stream: VideoStream | AudioStream,
    written: Written,
    later: int,
    base: Fraction,
) -> None:
    data, pts, dts, is_keyframe = written
    packet = Packet(data)
    packet.pts, packet.dts, packet.time_base = pts + later, dts + later, base
    packet.duration = FPS * SPACING and (1 if isinstance(stream, VideoStream) else BLOCK)
    packet.is_keyframe = is_keyframe
    packet.stream = stream
    container.mux(packet)
