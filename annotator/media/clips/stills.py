"""A few pictures of a clip, as those see them who get it, made smaller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from annotator.errors import MediaError
from annotator.media.clips.finishing import Finisher
from annotator.media.clips.panes import PixelSize, even
from annotator.media.clips.source import Source
from annotator.media.clips.source_frames import ClipFrames
from annotator.media.encoder_picture import PIXELS
from annotator.media.sound_stream import Watch


def frames_of(source: Source) -> ClipFrames:
    """Give a clip's pictures; raises MediaError where it has none."""
    if source.frames is None:
        raise MediaError(f"“{source.wish.source.name}” has no picture.", "Choose a kind of sound.")
    return source.frames


def taken(
    source: Source, places: Sequence[int], most: PixelSize, watch: Watch
) -> Iterator[tuple[int, VideoFrame]]:
    """Yield the pictures at these places of a clip, in order, no larger than `most`.

    They come as an encoder takes them, with pixels as wide as high. One that is damaged is left
    out. Raises MediaError as frames do, GivenUpError where the clip is not wanted any more.
    """
    frames, wanted = frames_of(source), frozenset(places)
    finisher = Finisher.of(frames, source.wish.changes, None)
    shape = finisher.shape
    size = _fitting((float(shape.width * frames.pixel_aspect), shape.height), most)
    for place, frame in frames.pairs():
        watch.keep_going(place / len(frames.stretch.ticks))
        if place in wanted:
            yield place, scaled(finisher.finished(place, frame), size)


def scaled(picture: VideoFrame, size: PixelSize, kind: str = PIXELS) -> VideoFrame:
    """Make a picture of another size, by averaging where that is smaller."""
    smaller = size[0] < picture.width
    how = Interpolation.AREA if smaller else Interpolation.BICUBIC
    return picture.reformat(*size, kind, interpolation=how)


def _fitting(size: tuple[float, int], most: PixelSize) -> PixelSize:
    scale = min(1.0, most[0] / size[0], most[1] / size[1])
    return even(size[0] * scale), even(size[1] * scale)
