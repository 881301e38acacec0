"""Makes films in which a natural face moves on a known path, and measures how much is covered.

The face is the astronaut that scikit-image ships (a portrait by NASA, in the public domain); the
background is its cup of coffee. Where scikit-image is missing, tests that need them are skipped.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from annotator.media.covering import Cover
from annotator.media.face_boxes import Box
from annotator.media.face_masks import Fill, MaskPlan
from annotator.media.frame import Picture
from annotator.media.picture import scaled
from annotator.media.video import open_video
from annotator.model import Micros

PATCH = (70, 0, 380, 310)
"""Left, top, right and bottom of head and shoulders in the picture of the astronaut."""

FACE = (178, 60, 272, 180)
"""The face in it, from chin to hairline and ear to ear, measured by hand."""

MAGENTA = (255, 0, 255)

Place = Callable[[float], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Actor:
    """A face on its path: `place` gives left, top and side of the patch in pixels by seconds.

    `shown` are the seconds between which it is in the picture.
    """

    place: Place
    shown: tuple[float, float] = (0.0, 1e9)
    mirrored: bool = False

    def is_shown(self, seconds: float) -> bool:
        """Tell whether the face is there at all."""
        return self.shown[0] <= seconds < self.shown[1]

    def face_at(self, seconds: float) -> Box:
        """Give where the face is."""
        left, top, side = self.place(seconds)
        scale = side / (PATCH[2] - PATCH[0])
        near, far = FACE[0] - PATCH[0], FACE[2] - PATCH[0]
        if self.mirrored:
            near, far = PATCH[2] - FACE[2], PATCH[2] - FACE[0]
        return Box(
            left + near * scale,
            top + (FACE[1] - PATCH[1]) * scale,
            left + far * scale,
            top + (FACE[3] - PATCH[1]) * scale,
        )


@dataclass(frozen=True, slots=True)
class FaceFilm:
    """A film and the truth about it: `seconds` of each frame, who is where, the upright size."""

    path: Path
    seconds: tuple[float, ...]
    actors: tuple[Actor, ...]
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a film is made: upright size, ticks of 1/90000 s between frames, how often, turned."""

    size: tuple[int, int] = (320, 192)
    steps: tuple[int, ...] = (3600,)
    frames: int = 75
    rotation: int = 0
    cut_at: float = 1e9


@cache
def natural(name: str) -> Picture:
    """Give a picture that scikit-image ships; skips the test where that is missing."""
    data = pytest.importorskip("skimage.data", reason="scikit-image brings the natural face")
    return np.asarray(getattr(data, name)(), np.uint8)


def paint(recipe: Recipe, actors: Sequence[Actor], seconds: float) -> Picture:
    """Paint the upright picture of one moment; another background after the cut."""
    width, height = recipe.size
    picture = scaled(natural("coffee"), width, height).copy()
    if seconds >= recipe.cut_at:
        picture = np.ascontiguousarray(255 - picture[::-1])
    for actor in actors:
        if actor.is_shown(seconds):
            _paste(picture, actor, seconds)
    dice = np.random.default_rng(int(seconds * 1000))
    noisy = picture + dice.normal(0, 2, picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _paste(picture: Picture, actor: Actor, seconds: float) -> None:
    left, top, side = (round(value) for value in actor.place(seconds))
    patch = natural("astronaut")[PATCH[1] : PATCH[3], PATCH[0] : PATCH[2]]
    patch = scaled(patch[:, ::-1] if actor.mirrored else patch, side, side)
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + side, width), min(top + side, height)
    if x0 < x1 and y0 < y1:
        picture[y0:y1, x0:x1] = patch[y0 - top : y1 - top, x0 - left : x1 - left]


def make_face_film(path: Path, actors: Sequence[Actor], recipe: Recipe | None = None) -> FaceFilm:
    """Write a film of moving faces; takes about a second."""
    made = recipe or Recipe()
    steps = np.resize(made.steps, made.frames - 1)
    ticks = [0, *np.cumsum(steps).tolist()]
    turned = made.rotation % 180 == 90
    stored = made.size[::-1] if turned else made.size
    with av.open(str(path), "w") as output:
        options = {"preset": "veryfast", "crf": "18", "g": "25", "threads": "1"}
        stream = output.add_stream("libx264", rate=25, options=options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = *stored, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 90_000)
        for tick in ticks:
            upright = paint(made, actors, tick / 90_000)
            pixels = np.ascontiguousarray(np.rot90(upright, made.rotation // 90))
            frame = VideoFrame.from_ndarray(pixels, "rgb24")
            frame.pts, frame.time_base = tick, Fraction(1, 90_000)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    if made.rotation:
        _turn(path, stored)
    return FaceFilm(path, tuple(tick / 90_000 for tick in ticks), tuple(actors), made.size)


def _turn(path: Path, stored: tuple[int, int]) -> None:
    """Write a display matrix that turns by 90 degrees into the picture's track header."""
    one = 1 << 16
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    struct.pack_into(">9i", data, at, 0, one, 0, -one, 0, 0, stored[1] << 16, 0, 1 << 30)
    path.write_bytes(data)


def covered_share(plan: MaskPlan, time: Micros, face: Box) -> float:
    """Tell how much of a face is covered in a frame, by covering a picture of one colour.

    Of what lies outside the picture nothing counts; 1 where all of it does.
    """
    width, height = plan.size
    picture = np.full((height, width, 3), MAGENTA, np.uint8)
    covered = Cover(_with_solid(plan)).changed(0, time, picture)
    x0, x1 = (min(max(round(x), 0), width) for x in (face.left, face.right))
    y0, y1 = (min(max(round(y), 0), height) for y in (face.top, face.bottom))
    if plan.is_whole_at(time) or x0 >= x1 or y0 >= y1:
        return 1.0
    bare = (covered[y0:y1, x0:x1] == MAGENTA).all(axis=2)
    return 1.0 - float(bare.mean())


def _with_solid(plan: MaskPlan) -> MaskPlan:
    assert plan.fill is Fill.SOLID
    return plan


def recall(film: FaceFilm, plan: MaskPlan) -> list[float]:
    """Give for each frame how much of its least covered face is covered; 1 where there is none."""
    with open_video(film.path) as video:
        times = tuple(video.frame_times)
    assert len(times) == len(film.seconds)
    return [
        min(
            [
                covered_share(plan, time, actor.face_at(seconds))
                for actor in film.actors
                if actor.is_shown(seconds)
            ],
            default=1.0,
        )
        for time, seconds in zip(times, film.seconds, strict=True)
    ]
