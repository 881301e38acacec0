"""Paints every frame of the talk and writes the film."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from PyQt6.QtGui import QGuiApplication, QPainter
from talk_acting import FPS, act
from talk_paint import HEIGHT, WIDTH, as_array, canvas, painter_on
from talk_people import Pose, paint_person
from talk_room import CHAIRS, arm_front, room, table
from talk_script import Role
from talk_voices import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from talk_voices import Talk

KEYFRAME_EVERY = 50
_VIDEO_OPTIONS = {
    "preset": "veryslow",
    "crf": "27",
    "profile": "high",
    "tune": "animation",
    "g": str(KEYFRAME_EVERY),
    "keyint_min": "25",
    "x264-params": "threads=1:colorprim=bt709:transfer=bt709:colormatrix=bt709",
}


def write_film(talk: Talk, path: Path) -> None:
    """Write the film: H.264 and AAC in an MP4 that can be read from its first byte on."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as film:
        picture = film.add_stream("libx264", rate=FPS, options=_VIDEO_OPTIONS)
        picture.width, picture.height, picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        picture.codec_context.colorspace = 1
        picture.codec_context.color_range = 1
        sound = film.add_stream("aac", rate=RATE, layout="mono")
        sound.bit_rate = 56_000
        for frame in _pictures(talk):
            film.mux(picture.encode(frame))
        film.mux(picture.encode())
        for block in _sounds(talk):
            film.mux(sound.encode(block))
        film.mux(sound.encode())
    del application


def frames(talk: Talk) -> Iterator[np.ndarray]:
    """Paint frame after frame: 360 rows of 640 pixels of red, green, blue."""
    poses = act(talk)
    behind, before = room(), table()
    for client, therapist in zip(poses[Role.CLIENT], poses[Role.THERAPIST], strict=True):
        image = canvas()
        painter = painter_on(image)
        painter.drawImage(0, 0, behind)
        _people(painter, client, therapist)
        painter.drawImage(0, 0, before)
        painter.end()
        yield np.ascontiguousarray(as_array(image)[..., 2::-1])


def _people(painter: QPainter, client: Pose, therapist: Pose) -> None:
    paint_person(painter, Role.CLIENT, client)
    paint_person(painter, Role.THERAPIST, therapist)
    for x, facing in CHAIRS:
        arm_front(painter, x, facing)


def _pictures(talk: Talk) -> Iterator[av.VideoFrame]:
    for number, pixels in enumerate(frames(talk)):
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame = frame.reformat(format="yuv420p", dst_colorspace=1, dst_color_range=1)
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        yield frame


def _sounds(talk: Talk) -> Iterator[av.AudioFrame]:
    step = 1024
    samples = talk.mix.astype(np.float32)
    for start in range(0, len(samples), step):
        block = av.AudioFrame.from_ndarray(samples[None, start : start + step], "fltp", "mono")
        block.sample_rate, block.pts, block.time_base = RATE, start, Fraction(1, RATE)
        yield block
