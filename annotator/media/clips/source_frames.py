"""Gives the frames of a clip one after another, as the recording holds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from annotator.errors import MediaError
from annotator.media.clips.stretch import Stretch, stretch_of
from annotator.media.frame import Frame
from annotator.media.frame_cache import FrameCache
from annotator.media.frame_reader import FrameReader, open_reader
from annotator.media.survey import Survey
from annotator.model import Micros
from annotator.model.time import to_clock

_LONGEST_HOLE = 2_000_000
"""Where no picture can be had for so many microseconds, there is no clip to be made."""

_COPY = "Copy the film again from the camera or from a backup, or cut round this place."


class ClipFrames(Protocol):
    """The pictures of a clip, of one recording or put together from several."""

    lost: list[Micros]

    @property
    def stretch(self) -> Stretch:
        """Which pictures there are, and when each is shown."""

    @property
    def first(self) -> Frame:
        """The picture with which the clip begins."""

    @property
    def last_time(self) -> Micros:
        """When the last picture comes, on the clock by which the clip is cut."""

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel by its height, as shown."""

    def pairs(self) -> Iterator[tuple[int, Frame]]:
        """Yield each picture with its place in the clip, counted from 0; may be called again."""


@dataclass(slots=True)
class SourceFrames:
    """The film's frames from one number to another.

    `lost` fills with the moments of frames that are damaged.
    """

    reader: FrameReader
    stretch: Stretch
    lost: list[Micros] = field(default_factory=list)
    _first: Frame | None = None

    @property
    def name(self) -> str:
        """What the film's file is called."""
        return self.reader.survey.path.name

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel by its height, as shown."""
        return self.reader.pixel_aspect

    @property
    def last_time(self) -> Micros:
        """When the last frame comes on screen in the film."""
        return self.reader.index.times[self.stretch.last]

    @property
    def first(self) -> Frame:
        """The frame that is on screen when the clip begins.

        Raises MediaError where it is damaged: another one would be from outside the clip.
        """
        if self._first is None:
            self._first = self.whole(self.stretch.first)
        if self._first is None:
            when = to_clock(self.reader.index.times[self.stretch.first])
            raise MediaError(f"“{self.name}” is damaged at {when}, at the edge of the clip.", _COPY)
        return self._first

    def pairs(self) -> Iterator[tuple[int, Frame]]:
        """Yield each frame with its place in the clip, counted from 0; damaged ones are left out.

        Raises MediaError where so many are damaged that something would be missed.
        """
        times, first = self.reader.index.times, self.stretch.first
        self.lost.clear()
        seen = times[first]
        yield 0, self.first
        self._first = None  # where pictures are wanted once more, it is decoded once more
        for index in range(first + 1, self.stretch.last + 1):
            frame = self.whole(index)
            if frame is not None:
                seen = times[index]
                yield index - first, frame
                continue
            self.lost.append(times[index])
            if times[index] - seen > _LONGEST_HOLE or index == self.stretch.last:
                raise MediaError(
                    f"“{self.name}” is damaged from {to_clock(self.lost[0])}"
                    f" to {to_clock(times[index])}: the clip would lack what was there.",
                    _COPY,
                )

    def whole(self, index: int) -> Frame | None:
        """Give a frame; None where it is damaged.

        What a decoder makes up for what is missing may be from outside the clip.
        """
        try:
            frame = self.reader.frame(index)
        except MediaError:
            return None
        return None if frame.is_damaged else frame


def open_frames(known: Survey, start: Micros, end: Micros, stack: ExitStack) -> SourceFrames:
    """Open a surveyed film for the frames of a clip, until the stack closes.

    Raises MediaError where it cannot be decoded or has no frame there.
    """
    reader = open_reader(known, FrameCache(0))
    stack.callback(reader.close)
    return frames_between(reader, start, end)


def frames_between(reader: FrameReader, start: Micros, end: Micros) -> SourceFrames:
    """Take the frames of a clip out of an open film; raises MediaError where it has none there."""
    known = reader.survey
    if known.video is None:
        raise ValueError("a reader has a picture")
    return SourceFrames(reader, stretch_of(reader.index, known.timescale(known.video), start, end))
