"""Makes an animated GIF of a clip: small, silent, its colours chosen for the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from annotator.media.clips.effort import too_large
from annotator.media.clips.gif_check import check_gif
from annotator.media.clips.source import Source
from annotator.media.clips.stills import frames_of, scaled, taken
from annotator.media.clips.stretch import Stretch
from annotator.media.clips.wishes import CutPicture, CutResult, Quality
from annotator.media.sound_stream import Watch

_STEP = 8
"""Hundredths of a second that each picture is shown at least: 12.5 a second."""

_LEAST = 2
"""Browsers show slowly what is to be shown for less than so many hundredths of a second."""

_WIDTHS = {Quality.BEST: 640, Quality.GOOD: 480, Quality.SMALL: 320}
_NARROWER = (480, 400, 320, 240, 160)
_WRITING = 0.8
_CLOCK = Fraction(1, 100)
_COLOURS = "rgb24"


@dataclass(frozen=True, slots=True)
class Timing:
    """Which pictures of a clip a GIF has, and how many hundredths of a second each is shown."""

    places: tuple[int, ...]
    lengths: tuple[int, ...]


def timing_of(stretch: Stretch) -> Timing:
    """Choose the pictures on screen at even steps; what stands still longer is shown longer."""
    whole = max(round(stretch.end * stretch.base / _CLOCK), _LEAST)
    starts: dict[int, int] = {}
    for at in range(0, max(whole - _LEAST, 0) + 1, _STEP):
        starts.setdefault(stretch.place_at(at * _CLOCK / stretch.base), at)
    ends = [*list(starts.values())[1:], whole]
    lengths = (end - start for start, end in zip(starts.values(), ends, strict=True))
    return Timing(tuple(starts), tuple(lengths))


def make_gif(source: Source, part: Path, watch: Watch) -> CutResult:
    """Write a clip as a GIF that goes on and on, and hold it against what it should be.

    Raises MediaError where it cannot be made so small, GivenUpError where it was cancelled.
    """
    wish, frames = source.wish, frames_of(source)
    timing = timing_of(frames.stretch)
    most = _WIDTHS[wish.size.quality], wish.size.most_height or _WIDTHS[Quality.BEST]
    found = dict(taken(source, timing.places, most, watch.stage(0, _WRITING)))
    pictures = _without_holes(timing, found)
    size = _written(part, pictures, timing, wish.size.most_bytes)
    check_gif(part, timing.lengths, [scaled(one, size) for one in (pictures[0], pictures[-1])])
    picture = CutPicture(
        *size, len(pictures), frames.stretch.first, frames.stretch.last, tuple(frames.lost)
    )
    return CutResult(wish.target, wish.length, part.stat().st_size, picture, None)


def _without_holes(timing: Timing, found: dict[int, VideoFrame]) -> list[VideoFrame]:
    """Put the picture before in the place of one that is damaged."""
    pictures: list[VideoFrame] = []
    for place in timing.places:
        pictures.append(found[place] if place in found else pictures[-1])
    return pictures


def _written(
    part: Path, pictures: Sequence[VideoFrame], timing: Timing, most: int | None
) -> tuple[int, int]:
    """Write the file, narrower each time as long as it is larger than it may be; gives its size."""
    widest = pictures[0].width
    for width in (widest, *(one for one in _NARROWER if one < widest)):
        height = max(round(pictures[0].height * width / widest), 1)
        small = [scaled(one, (width, height), _COLOURS) for one in pictures]
        _write(part, small, timing)
        if most is None or part.stat().st_size <= most:
            return width, height
    raise too_large(most or 0)


def _write(part: Path, pictures: Sequence[VideoFrame], timing: Timing) -> None:
    options = {"loop": "0", "final_delay": str(timing.lengths[-1]), "fflags": "+bitexact"}
    with av.open(f"file:{part.absolute()}", "w", format="gif", options=options) as file:
        stream = file.add_stream("gif", rate=100)
        stream.width, stream.height, stream.pix_fmt = pictures[0].width, pictures[0].height, "pal8"
        stream.codec_context.time_base = _CLOCK
        start = 0
        coloured = _coloured(pictures, _palette(pictures))
        for picture, length in zip(coloured, timing.lengths, strict=True):
            picture.pts, picture.time_base = start, _CLOCK
            file.mux(stream.encode(picture))
            start += length
        file.mux(stream.encode(None))


def _palette(pictures: Sequence[VideoFrame]) -> VideoFrame:
    """Choose the colours that fit all pictures best."""
    graph = Graph()
    source = _buffer(graph, pictures[0])
    chosen, sink = graph.add("palettegen", "stats_mode=full"), graph.add("buffersink")
    source.link_to(chosen)
    chosen.link_to(sink)
    graph.configure()
    for at, picture in enumerate(pictures):
        source.push(_numbered(picture, at))
    source.push(None)
    (palette,) = _drained(sink)
    return palette


def _coloured(pictures: Sequence[VideoFrame], palette: VideoFrame) -> list[VideoFrame]:
    """Draw pictures in the colours of a palette, of which they then have no others."""
    graph = Graph()
    source, colours = _buffer(graph, pictures[0]), _buffer(graph, palette)
    used = graph.add("paletteuse", "dither=sierra2_4a:diff_mode=rectangle")
    sink = graph.add("buffersink")
    source.link_to(used, 0, 0)
    colours.link_to(used, 0, 1)
    used.link_to(sink)
    graph.configure()
    palette.pts, palette.time_base = 0, _CLOCK
    colours.push(palette)
    colours.push(None)
    for at, picture in enumerate(pictures):
        source.push(_numbered(picture, at))
    source.push(None)
    return _drained(sink)


def _buffer(graph: Graph, like: VideoFrame) -> FilterContext:
    return graph.add_buffer(
        width=like.width, height=like.height, format=like.format, time_base=_CLOCK
    )


def _numbered(picture: VideoFrame, at: int) -> VideoFrame:
    picture.pts, picture.time_base = at, _CLOCK
    return picture


def _drained(sink: FilterContext) -> list[VideoFrame]:
    """Take all that comes out of a graph to which everything was given."""
    found: list[VideoFrame] = []
    with suppress(av.error.EOFError):
        while True:
            picture = sink.pull()
            if isinstance(picture, VideoFrame):
                found.append(picture)
    return found
