"""Reaches any frame of a film exactly, decoding as little as the keyframes allow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from annotator.errors import MediaError
from annotator.media.frame import Frame, Orientation, orientation_of
from annotator.media.frame_cache import FrameCache
from annotator.media.frame_index import (
    FrameIndex,
    index_of_decoded,
    index_of_packets,
    lacks_showing_times,
    without_first,
)
from annotator.media.picture_decoder import Decoded, PictureDecoder
from annotator.media.survey import Survey
from annotator.media.timebase import exact
from annotator.model.time import to_clock

_CHECKED = 8
"""How many frames are decoded on opening, to hold the index against."""

_NEAR = 12
"""Up to so many frames ahead, decoding on is cheaper than seeking."""


class FrameReader:
    """Frames of one film by number; owned by one thread at a time.

    A frame is known by its exact timestamp from the index: whatever a seek lands on, the frame
    given is the one asked for.
    """

    def __init__(
        self,
        decoder: PictureDecoder,
        index: FrameIndex,
        first: list[Decoded],
        cache: FrameCache | None = None,
    ) -> None:
        self.index = index
        self.orientation = orientation_of(first[0][1]) if first else Orientation()
        self._decoder = decoder
        self._cache = FrameCache() if cache is None else cache
        self._coming: Iterator[Decoded] = iter(first)
        self._reached = -1
        self._advance(len(index))  # keeps the first frames; decoding goes on from a keyframe

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel by its height, as shown."""
        stored = self._decoder.stream.sample_aspect_ratio
        aspect = exact(stored) if stored else Fraction(1)
        return 1 / aspect if self.orientation.swaps_sides else aspect

    def close(self) -> None:
        """Let go of the film."""
        self._decoder.close()

    def frame(self, index: int) -> Frame:
        """Give a frame by number.

        Raises IndexError where the film has no such frame, and MediaError where the frame is
        damaged.
        """
        if not 0 <= index < len(self.index):
            raise IndexError(f"the film has no frame {index}; it has {len(self.index)}")
        return self._cache.get(index) or self._decoded(index)

    def _decoded(self, index: int) -> Frame:
        for coming in self._ways_to(index):
            self._coming = coming
            frame = self._advance(index)
            if frame is not None:
                return frame
        when = to_clock(self.index.times[index])
        raise MediaError(f"The picture at {when} is damaged and cannot be shown.", "Step past it.")

    def _ways_to(self, index: int) -> Iterator[Iterator[Decoded]]:
        """Yield places to decode from: the cheapest, then safer ones, at last the very start."""
        before = self.index.keyframes_before(index)
        between = [one for one in before[-1:] if one.index > self._reached]
        if self._reached < index and (not between or index - self._reached <= _NEAR):
            yield self._coming
        for keyframe in reversed(before[-2:]):
            yield self._decoder.from_keyframe(keyframe)
        yield self._decoder.from_start()

    def _advance(self, target: int) -> Frame | None:
        """Decode up to a frame, keeping what comes by; None where it does not come."""
        for key, picture in self._coming:
            index = self.index.places.get(key)
            if index is None:
                continue
            frame = Frame(index, self.index.times[index], picture, self.orientation)
            self._cache.put(frame)
            self._reached = index
            if index >= target:
                return frame if index == target else None
        self._reached = len(self.index)
        return None


def open_reader(survey: Survey, cache: FrameCache | None = None) -> FrameReader:
    """Open the picture of a surveyed film; `cache` keeps its frames, one of its own by default.

    Raises MediaError where it has none, or where nothing of it can be decoded.
    """
    name, stream = survey.path.name, survey.video
    if stream is None:
        raise MediaError(f"“{name}” holds sound only, no picture.", "Open it as a sound recording.")
    decoder = PictureDecoder(survey.path, by_dts=lacks_showing_times(stream))
    first = list(islice(decoder.from_start(), _CHECKED))
    if not first:
        decoder.close()
        raise MediaError(
            f"No picture of “{name}” can be decoded.",
            "It is damaged, or of a kind that is not known here.",
        )
    index = index_of_packets(stream, survey.timescale(stream))
    keys = [key for key, _ in first]
    start = index.places.get(keys[0])
    if start is not None and [*index.keys[start : start + _CHECKED]] == keys:
        index = without_first(index, start)
    else:
        all_keys = (key for key, _ in decoder.from_start())
        index = index_of_decoded(stream, survey.timescale(stream), all_keys)
    return FrameReader(decoder, index, first, cache)
