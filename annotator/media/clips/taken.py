"""One recording's part in a clip of several: its frame on screen, fitted to its field."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction

from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from annotator.media.clips.composition import Take
from annotator.media.clips.drawing import PictureDrawing, drawn
from annotator.media.clips.panes import PixelSize
from annotator.media.clips.shaping import (
    LIMITED,
    Colours,
    changed,
    colours_of,
    range_of,
    turned,
)
from annotator.media.clips.source_frames import SourceFrames, frames_between
from annotator.media.clips.wishes import PictureChange
from annotator.media.encoder_picture import PIXELS
from annotator.media.facts import PictureFacts, recording_facts
from annotator.media.frame import Frame, Orientation
from annotator.media.frame_cache import FrameCache
from annotator.media.frame_reader import FrameReader, open_reader
from annotator.media.lens import looked, shown_size
from annotator.media.survey import Survey
from annotator.model import Interval, Micros

_FINE = "yuv444p"
_KNOWN_AS = {6: 5}
"""The converter takes one of two numbers for the colours of standard definition alone."""


@dataclass(frozen=True, slots=True)
class Film:
    """A recording that is open for a clip.

    `frames` are those of the clip, None where it does not run then. `span` is when it runs, on
    the session's clock; `size` what it is shown at, in pixels as wide as high.
    """

    take: Take
    reader: FrameReader
    frames: SourceFrames | None
    change: PictureChange | None
    span: Interval
    size: PixelSize
    rate: Fraction
    colours: Colours

    @property
    def times(self) -> Sequence[Micros]:
        """When the frames of the clip come on screen, on the session's clock."""
        if self.frames is None:
            return ()
        stretch = self.frames.stretch
        own = self.reader.index.times[stretch.first : stretch.last + 1]
        return tuple(Micros(time + self.take.offset) for time in own)

    def fitted(self, frame: Frame, size: PixelSize, matrix: int) -> VideoFrame:
        """Make a frame's picture for an encoder, masked, as the look asks, at a size as shown.

        It is masked as the film has it, and only then turned as the look asks.
        """
        turn = Orientation(self.take.look.turn)
        upright = size[::-1] if turn.swaps_sides else size
        change = self.change
        if change is None:
            ready = self._upright(frame, upright, matrix)
        elif isinstance(change, PictureDrawing):
            ready = drawn(change, frame, self._upright(frame, upright, matrix), matrix)
        else:
            rgb = VideoFrame.from_ndarray(changed(change, frame), "rgb24")
            masked = replace(frame, picture=rgb, orientation=Orientation())
            ready = self._upright(masked, upright, matrix)
        return turned(ready, turn)

    def _upright(self, frame: Frame, size: PixelSize, matrix: int) -> VideoFrame:
        """Scale a picture that is lit as the look asks, and turn it as its file does."""
        wanted = _KNOWN_AS.get(matrix, matrix)
        own = _KNOWN_AS.get(self.colours.matrix, self.colours.matrix)
        source = None if frame.picture.format.is_rgb else own
        if source is None and self._is_lit:
            fine = frame.picture.reformat(
                format=_FINE, dst_colorspace=wanted, dst_color_range=LIMITED
            )
            frame, source = replace(frame, picture=fine), wanted
        seen = looked(frame, replace(self.take.look, turn=0))
        picture = _scaled(seen, size, source, wanted)
        if source not in (None, wanted):  # the converter leaves this out where it also scales
            picture = picture.reformat(
                format=PIXELS,
                src_colorspace=source,
                dst_colorspace=wanted,
                src_color_range=LIMITED,
                dst_color_range=LIMITED,
            )
        return turned(picture, seen.orientation)

    @property
    def _is_lit(self) -> bool:
        look = self.take.look
        return look.deinterlace or bool(look.brightness) or look.contrast != 1


def _scaled(seen: Frame, size: PixelSize, source: int | None, matrix: int) -> VideoFrame:
    """Scale a picture, still unturned, to a size as shown; colours are written as before."""
    width, height = size[::-1] if seen.orientation.swaps_sides else size
    smaller = height < seen.picture.height
    return seen.picture.reformat(
        width,
        height,
        PIXELS,
        src_colorspace=source,
        dst_colorspace=matrix if source is None else source,
        interpolation=Interpolation.AREA if smaller else Interpolation.BICUBIC,
        src_color_range=range_of(seen.picture),
        dst_color_range=LIMITED,
    )


def open_film(
    take: Take,
    change: PictureChange | None,
    known: Survey,
    bounds: tuple[Micros, Micros],
    stack: ExitStack,
) -> Film:
    """Open a surveyed recording for a clip between two moments of the session.

    It is closed with the stack. Raises MediaError where it has no picture or cannot be decoded.
    """
    reader = open_reader(known, FrameCache(0))
    stack.callback(reader.close)
    facts = recording_facts(known, PictureFacts(reader.index, 0, 0, 0))
    span = Interval(take.offset, Micros(take.offset + facts.duration))
    rate = Fraction(facts.video.rate) if facts.video else Fraction(0)
    frames = _frames(reader, span, bounds)
    first = reader.frame(0) if frames is None else frames.first
    size = shown_size(first, reader.pixel_aspect, take.look)
    return Film(take, reader, frames, change, span, size, rate, colours_of(first))


def _frames(
    reader: FrameReader, span: Interval, bounds: tuple[Micros, Micros]
) -> SourceFrames | None:
    start = Micros(max(bounds[0] - span.start, 0))
    end = Micros(min(bounds[1], span.end) - span.start)
    if end <= start or reader.index.times[0] >= end:
        return None
    return frames_between(reader, start, end)


class Showing:
    """Goes through a film's frames of a clip once, and gives the one on screen at each moment."""

    def __init__(self, film: Film, size: PixelSize, matrix: int) -> None:
        self._film, self._size, self._matrix = film, size, matrix
        self._coming = film.frames.pairs() if film.frames is not None else iter(())
        self._next = next(self._coming, None)
        self._frame: Frame | None = None
        self._fitted: VideoFrame | None = None

    def at(self, time: Micros) -> VideoFrame | None:
        """Give the fitted picture at a moment of the session; None where the film does not run.

        Moments must not come before one that was asked for. Raises MediaError as frames do.
        """
        own = time - self._film.take.offset
        times = self._film.reader.index.times
        while self._next is not None and times[self._next[1].index] <= own:
            self._frame, self._fitted = self._next[1], None
            self._next = next(self._coming, None)
        if self._frame is None or not self._film.span.contains(time):
            return None
        if self._fitted is None:
            self._fitted = self._film.fitted(self._frame, self._size, self._matrix)
        return self._fitted

    def finish(self) -> None:
        """Go on to the last frame, so that damage at the end is not missed."""
        for _ in self._coming:
            pass
