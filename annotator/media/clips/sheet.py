"""Makes a sheet of stills of a clip, each with its time below: one picture to print or to show."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw

from annotator.media.clips.effort import too_large
from annotator.media.clips.panes import PixelSize
from annotator.media.clips.sheet_grid import Grid, grid_of, labels_of
from annotator.media.clips.source import Source
from annotator.media.clips.stills import frames_of, scaled, taken
from annotator.media.clips.stretch import Stretch
from annotator.media.clips.verifying import wrong
from annotator.media.clips.wishes import CutPicture, CutResult, Quality, Size
from annotator.media.frame import Picture
from annotator.media.lettering.fonts import Weight, opened, own_font
from annotator.media.png import encode_png
from annotator.media.sound_stream import Watch

_WIDTHS = {Quality.BEST: 2560, Quality.GOOD: 1920, Quality.SMALL: 1280}
_NARROWER = (1600, 1280, 960, 640, 480)
_NARROWEST, _STEP = 120, 8
_PAPER, _INK = (255, 255, 255), (45, 45, 45)
_LETTERS = 0.66
"""How high letters are by the room for a line."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PARTS = frozenset({b"IHDR", b"IDAT", b"IEND", b"pHYs"})


def make_sheet(source: Source, part: Path, watch: Watch) -> CutResult:
    """Write stills of a clip as one PNG, from its first picture to its last one.

    Raises MediaError where it cannot be made so small, GivenUpError where it was cancelled.
    """
    wish, frames = source.wish, frames_of(source)
    places = places_of(frames.stretch, wish.size.stills)
    widest = _WIDTHS[wish.size.quality]
    found = dict(taken(source, places, (widest, widest), watch))
    stills = [found[place] for place in places if place in found]
    moments = [frames.stretch.ticks[at] * frames.stretch.base for at in places if at in found]
    sheet, data = _small_enough(stills, labels_of(moments), source)
    part.write_bytes(data)
    _check(part, sheet)
    stretch, (height, width) = frames.stretch, sheet.shape[:2]
    lost = tuple(frames.lost)
    picture = CutPicture(width, height, len(stills), stretch.first, stretch.last, lost)
    return CutResult(wish.target, wish.length, len(data), picture, None)


def places_of(stretch: Stretch, count: int) -> tuple[int, ...]:
    """Number the pictures of a clip that a sheet shows: at even steps, both ends among them."""
    last = stretch.ticks[-1]
    steps = max(min(count, len(stretch.ticks)) - 1, 1)
    found = {stretch.place_at(last * Fraction(at, steps)) for at in range(steps)}
    return tuple(sorted({*found, *([len(stretch.ticks) - 1] if count > 1 else [])}))


def _small_enough(
    stills: Sequence[VideoFrame], labels: Sequence[str], source: Source
) -> tuple[Picture, bytes]:
    """Draw the sheet, narrower each time as long as it is larger than it may be."""
    size, shape = source.wish.size, (stills[0].width, stills[0].height)
    widest = _widest(len(stills), shape, size)
    for width in (widest, *(one for one in _NARROWER if one < widest)):
        sheet = _drawn(stills, labels, grid_of(len(stills), shape, width))
        data = encode_png(sheet)
        if size.most_bytes is None or len(data) <= size.most_bytes:
            return sheet, data
    raise too_large(size.most_bytes or 0)


def _widest(count: int, shape: PixelSize, size: Size) -> int:
    """Tell how wide a sheet may be so that it is no higher than it may be."""
    widths = range(_WIDTHS[size.quality], _NARROWEST, -_STEP)
    most = size.most_height
    fits = (one for one in widths if most is None or grid_of(count, shape, one).size[1] <= most)
    return next(fits, _NARROWEST)


def _drawn(stills: Sequence[VideoFrame], labels: Sequence[str], grid: Grid) -> Picture:
    sheet = Image.new("RGB", grid.size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = opened(own_font(Weight.REGULAR), max(grid.line * _LETTERS, 7))
    for still, label, (left, top) in zip(stills, labels, grid.places, strict=True):
        pixels = scaled(still, grid.still, "rgb24").to_ndarray()
        sheet.paste(Image.fromarray(pixels), (left, top))
        below = (left, top + grid.still[1] + grid.line / 2)
        pen.text(below, label, _INK, font, anchor="lm")
    return np.asarray(sheet, np.uint8)


def _check(path: Path, sheet: Picture) -> None:
    """Read the file again: each pixel is there, and nothing beside them.

    Raises MediaError where that is not so.
    """
    data = path.read_bytes()
    if not _parts(data) <= _PARTS:
        raise wrong("it tells something that it should not")
    with Image.open(BytesIO(data)) as image:
        if not np.array_equal(np.asarray(image), sheet):
            raise wrong("its pictures are others")


def _parts(data: bytes) -> set[bytes]:
    """Name the kinds of parts of a PNG; they fill the file."""
    found, at = set[bytes](), len(_SIGNATURE)
    while at + 12 <= len(data):
        found.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    if not data.startswith(_SIGNATURE) or at != len(data):
        raise wrong("something follows its end")
    return found
