"""Reads a sound track once from end to end, quickly and in little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from numpy.typing import NDArray

from annotator.errors import GivenUpError, MediaError
from annotator.media.opening import open_container
from annotator.media.sound_frames import Planes, alone, chosen, decoded, to_planes
from annotator.media.survey import picture_stream, sound_streams
from annotator.media.timebase import Timescale, exact

_TOLERANCE_PER_SECOND = 50
"""Timestamps within 1/50 s of an unbroken count of samples are taken for rounding."""

_NOWHERE = -(2**63)
_PIECE_SECONDS = 4
_TOLD_EVERY = 0.005


@dataclass(frozen=True, slots=True)
class Watch:
    """How reading tells how far it is, from 0 to 1, and is told to stop."""

    progress: Callable[[float], None] = lambda _fraction: None
    cancelled: Callable[[], bool] = lambda: False

    def keep_going(self, done: float) -> None:
        """Tell how far it is; raises GivenUpError where it should stop instead."""
        if self.cancelled():
            raise GivenUpError("It is not wanted any more.")
        self.progress(done)

    def stage(self, start: float, end: float) -> Watch:
        """Watch one part of the work, told as a part of the whole."""
        return Watch(lambda done: self.progress(start + (end - start) * done), self.cancelled)

    def rising(self) -> Watch:
        """Tell what is never less than before, though some of the work may be done anew."""
        most = 0.0

        def progress(done: float) -> None:
            nonlocal most
            most = max(most, done)
            self.progress(most)

        return Watch(progress, self.cancelled)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A few seconds of sound; `start` is the number of its first sample."""

    start: int
    planes: Planes

    @property
    def end(self) -> int:
        """The number of the sample after the last one."""
        return self.start + len(self.planes.T)

    def after(self, first: int) -> Piece:
        """Give what stands from the sample of that number on."""
        cut = min(max(first, self.start), self.end)
        return Piece(cut, self.planes[:, cut - self.start :])

    def mono(self) -> NDArray[np.float32]:
        """Give the mean of the channels."""
        alone = len(self.planes) == 1
        mean: NDArray[np.float32] = self.planes[0] if alone else self.planes.mean(axis=0)
        return mean


class SoundStream:
    """A sound track that can be read once; close it, or use it in a `with`.

    Samples are numbered from the recording's time 0, which is taken from the file's header.
    That is as right as the header is: to draw the sound, to find silences and to compare
    sounds; `AudioReader` is there for exact samples anywhere.
    """

    def __init__(self, path: Path | str, track: int = 0) -> None:
        self._container = open_container(path)
        self._name = Path(path).name
        try:
            stream = chosen(sound_streams(self._container), track, Path(path))
        except MediaError:
            self._container.close()
            raise
        self._stream = alone(self._container, stream.index)
        self.rate = int(stream.rate)
        base = exact(stream.time_base or Fraction(1))
        self._scale = Timescale(base, _zero(self._container))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    @property
    def announced(self) -> int:
        """How many samples the file's header announces, roughly; 0 where it tells nothing."""
        return (self._container.duration or 0) * self.rate // av.time_base

    def hand_over(self, take: Callable[[Piece], None], watch: Watch) -> bool:
        """Give all of the sound away piece by piece; False where it was cancelled on the way.

        Raises MediaError where nothing could be decoded.
        """
        told = 0.0
        watch.progress(told)
        for piece in self.pieces():
            if watch.cancelled():
                return False
            take(piece)
            fraction = piece.start / self.announced if self.announced else 0.0
            if told + _TOLD_EVERY <= fraction < 1:
                told = fraction
                watch.progress(told)
        watch.progress(1.0)
        return True

    def pieces(self) -> Iterator[Piece]:
        """Yield the sound in order; what is damaged or missing is left out.

        Raises MediaError where nothing could be decoded.
        """
        factor, shift, divisor = self._scale.line(self.rate)
        near, most = self.rate // _TOLERANCE_PER_SECOND, self.rate * _PIECE_SECONDS
        joined, channels = av.AudioFifo(), 0
        first, end = 0, _NOWHERE
        # an hour has 170,000 frames: whatever is done here for each of them takes a while
        for frame in self._frames():
            pts, count = frame.pts, frame.layout.nb_channels
            start = max(end, 0) if pts is None else (pts * factor + shift) // divisor
            if -near <= start - end <= near:
                start = end  # no real gap, times are merely rounded
            frame.pts = None  # told by counting from now on
            try:
                is_next = start == end < first + most and count == channels
                if is_next:
                    joined.write(frame)
            except ValueError:  # another kind of numbers, or another rate
                is_next = False
            if not is_next:
                if joined.samples:
                    yield _piece(joined, first)
                joined, channels, first = av.AudioFifo(), count, start
                joined.write(frame)
            end = start + frame.samples
        if not joined.samples:
            raise MediaError(f"The sound of “{self._name}” is damaged: none of it could be read.")
        yield _piece(joined, first)

    def _frames(self) -> Iterator[AudioFrame]:
        """Yield what the decoder gives; packet by packet, which is slower, after damage."""
        with suppress(av.FFmpegError):
            yield from self._container.decode(self._stream)
            return
        yield from decoded(self._container, self._stream)


def count_tracks(path: Path | str) -> int:
    """Count the sound tracks that a file's header tells of; raises MediaError as opening does."""
    with open_container(path) as container:
        return len(sound_streams(container))


def _piece(joined: av.AudioFifo, start: int) -> Piece:
    """Take out all that was joined."""
    whole = joined.read()
    if whole is None:
        raise ValueError("nothing was joined")
    return Piece(start, to_planes(whole))


def _zero(container: InputContainer) -> Fraction:
    """Give the earliest moment of picture or sound that the header tells, in seconds."""
    streams = [one for one in (picture_stream(container), *sound_streams(container)) if one]
    starts = [
        one.start_time * exact(one.time_base)
        for one in streams
        if one.start_time is not None and one.time_base is not None
    ]
    return min(starts, default=Fraction(0))
