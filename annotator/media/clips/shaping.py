"""Makes a recording's frames what an encoder takes: turned, even, 8 bits, colours as they were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from annotator.errors import MediaError
from annotator.media.clips.drawing import PictureDrawing, drawn
from annotator.media.clips.panes import even
from annotator.media.clips.wishes import PictureChange
from annotator.media.encoder_picture import PIXELS, of_planes, pixels_of
from annotator.media.frame import Frame, Orientation, Picture

_ITU709, _SD, LIMITED, _FULL = 1, 6, 1, 2
_KNOWN_COLOURS = frozenset({1, 4, 5, 6, 7, 9})
"""Ways of writing colours that the converter knows by the same numbers as films do."""

_LARGEST_SD_HEIGHT = 576
_ALWAYS_FULL = "yuvj"


@dataclass(frozen=True, slots=True)
class Colours:
    """How the numbers of a picture become colours, in the numbers that films themselves carry."""

    matrix: int
    primaries: int
    transfer: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What all pictures of a clip are like; `width` and `height` are as shown, and even.

    `stored` is the size as the recording's frames lie, after making them smaller if need be.
    """

    width: int
    height: int
    stored: tuple[int, int]
    is_smaller: bool
    colours: Colours


def shape_of(frame: Frame, most_height: int | None) -> Shape:
    """Tell what the pictures of a clip become whose first frame this is."""
    width, height = sized(frame.width, frame.height, most_height)
    is_smaller = most_height is not None and frame.height > most_height
    stored = (height, width) if frame.orientation.swaps_sides else (width, height)
    return Shape(width + width % 2, height + height % 2, stored, is_smaller, colours_of(frame))


def sized(width: int, height: int, most_height: int | None) -> tuple[int, int]:
    """Make a size no higher than it may be, its sides even then."""
    if most_height is None or height <= most_height:
        return width, height
    down = max(most_height // 2 * 2, 2)
    return even(width * down / height), down


def colours_of(frame: Frame) -> Colours:
    """Tell how the numbers of a frame become colours; where it does not say, as players do."""
    picture = frame.picture
    matrix = picture.colorspace
    if matrix not in _KNOWN_COLOURS:
        matrix = _ITU709 if picture.height > _LARGEST_SD_HEIGHT else _SD
    return Colours(int(matrix), int(picture.color_primaries), int(picture.color_trc))


def labelled(picture: VideoFrame, colours: Colours) -> VideoFrame:
    """Have a picture that is ready for the encoder say how its numbers become colours."""
    picture.colorspace, picture.color_range = colours.matrix, LIMITED
    picture.color_primaries, picture.color_trc = colours.primaries, colours.transfer
    return picture


def range_of(picture: VideoFrame) -> int:
    """Tell whether a picture's numbers go all the way, as the converter counts it."""
    is_full = picture.color_range == _FULL or picture.format.name.startswith(_ALWAYS_FULL)
    return _FULL if is_full else LIMITED


@dataclass(frozen=True, slots=True)
class Shaper:
    """Makes every frame of a clip of one shape, and has it changed on the way."""

    shape: Shape
    change: PictureChange | None = None

    def shaped(self, frame: Frame) -> VideoFrame:
        """Give a picture for the encoder; the frame is left as it is, but may be handed on.

        Raises MediaError where the change does not give what it must.
        """
        change = self.change
        if change is not None and not isinstance(change, PictureDrawing):
            ready = self._from_rgb(changed(change, frame))
        else:
            ready = turned(self._converted(frame.picture), frame.orientation)
            if change is not None:
                ready = drawn(change, frame, ready, self.shape.colours.matrix)
        ready = _even(ready)
        ready.pict_type = 0  # else the encoder would repeat the recording's kinds of frames
        return ready

    def _converted(self, picture: VideoFrame) -> VideoFrame:
        source = None if picture.format.is_rgb else self.shape.colours.matrix
        width, height = self.shape.stored
        return picture.reformat(
            width,
            height,
            PIXELS,
            src_colorspace=source,
            dst_colorspace=self.shape.colours.matrix,
            interpolation=Interpolation.AREA if self.shape.is_smaller else Interpolation.BICUBIC,
            src_color_range=range_of(picture),
            dst_color_range=LIMITED,
        )

    def _from_rgb(self, picture: Picture) -> VideoFrame:
        width, height = self.shape.width, self.shape.height
        if not self.shape.is_smaller:
            height, width = picture.shape[:2]
        return VideoFrame.from_ndarray(picture, "rgb24").reformat(
            width,
            height,
            PIXELS,
            dst_colorspace=self.shape.colours.matrix,
            interpolation=Interpolation.AREA if self.shape.is_smaller else Interpolation.BICUBIC,
            dst_color_range=LIMITED,
        )


def changed(change: PictureChange, frame: Frame) -> Picture:
    """Have a frame changed as shown; raises MediaError where that gives another size."""
    before = frame.to_rgb()
    shape = before.shape
    after = change.changed(frame.index, frame.time, before)
    if after.shape != shape or after.dtype != np.uint8:
        raise MediaError("A picture was changed into one of another size, so no clip was made.")
    return np.ascontiguousarray(after)


def turned(picture: VideoFrame, orientation: Orientation) -> VideoFrame:
    """Turn the pixels of a picture for an encoder as the film asks."""
    if orientation == Orientation():
        return picture
    return of_planes([orientation.applied(pixels_of(plane)) for plane in picture.planes])


def _even(picture: VideoFrame) -> VideoFrame:
    """Repeat the last line and the last column where there is an odd number of them."""
    if picture.width % 2 == 0 and picture.height % 2 == 0:
        return picture
    light, *colours = [pixels_of(plane) for plane in picture.planes]
    high, wide = light.shape[0] % 2, light.shape[1] % 2
    return of_planes([np.pad(light, ((0, high), (0, wide)), mode="edge"), *colours])
