"""Decodes pictures in showing order from a place of the index onwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from annotator.errors import MediaError
from annotator.media.frame import Orientation
from annotator.media.frame_index import Keyframe
from annotator.media.opening import open_container
from annotator.media.survey import picture_stream
from annotator.media.timebase import exact

Decoded = tuple[int, VideoFrame]
"""A picture and the timestamp by which the frame index knows it."""

_MOST_THREADS = 4
"""Each of a decoder's threads holds pictures of its own, beside those that are kept."""

_SKIMMABLE = frozenset({"h264", "hevc"})
"""Codecs that mark reliably the pictures on which no other leans."""


class PictureDecoder:
    """One open film and its decoder; owned by one thread at a time.

    `path` is the film; `by_dts` tells to name pictures by their packets' decoding times. One that
    `hastens` gives its first picture sooner and those after it later. One that `shares` leaves
    half of the machine to whoever works on its pictures.
    """

    def __init__(
        self, path: Path, *, by_dts: bool = False, hastens: bool = False, shares: bool = False
    ) -> None:
        self._path = path
        self._threads = "SLICE" if hastens else "AUTO"
        cores = os.cpu_count() or 1
        self._thread_count = min(max(cores // 2, 1) if shares else cores, _MOST_THREADS)
        self._by_dts = by_dts
        self._container, self._stream = self._open()
        self._untouched = True
        self._complete_from: int | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    @property
    def stream(self) -> VideoStream:
        """The film's picture as the file describes it."""
        return self._stream

    def pixel_aspect(self, orientation: Orientation) -> Fraction:
        """Give the width of a pixel by its height, as shown when turned so."""
        stored = self._stream.sample_aspect_ratio
        aspect = exact(stored) if stored else Fraction(1)
        return 1 / aspect if orientation.swaps_sides else aspect

    def first(self) -> VideoFrame | None:
        """Decode what is shown first; None where nothing can be decoded."""
        self._untouched = False
        packet = next(self._packets(), None)
        # nothing follows, so that the decoder does not wait for what comes before it
        alone = packet is not None and packet.is_keyframe
        pictures = [*self._pictures(packet), *self._pictures(None)] if alone else []
        if pictures:
            return pictures[0]
        _, picture = next(filter(None, self.from_start()), (0, None))
        return picture

    def from_start(self) -> Iterator[Decoded | None]:
        """Decode from the very start, as a newly opened file does.

        Here and below None comes whenever a piece of the file was read that gave no picture yet,
        so that nobody need wait for more than one piece.
        """
        if not self._untouched:
            read_through = self._container
            self._container, self._stream = self._open()  # first, as the film may be gone by now
            read_through.close()
        self._untouched = False
        self._complete_from = None
        return self._decode(sought=False)

    def from_keyframe(
        self, keyframe: Keyframe, complete_from: int | None = None
    ) -> Iterator[Decoded | None]:
        """Decode from a keyframe, or a little before it where the file seeks coarsely.

        Pictures that precede the first keyframe reached lean on what was not decoded; they are
        left out. Those with timestamps before `complete_from` may be left out where that saves
        work.
        """
        self._untouched = False
        self._complete_from = complete_from
        try:
            self._container.seek(keyframe.key, stream=self._stream, backward=True)
        except av.FFmpegError:
            return self.from_start()
        return self._decode(sought=True)

    def _open(self) -> tuple[InputContainer, VideoStream]:
        container = open_container(self._path)
        stream = picture_stream(container)
        if stream is None:
            container.close()
            raise MediaError(f"“{self._path.name}” holds sound only, no picture.")
        stream.thread_type = self._threads
        stream.codec_context.thread_count = self._thread_count
        for other in container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        return container, stream

    def _decode(self, *, sought: bool) -> Iterator[Decoded | None]:
        """Yield pictures; after a seek, from the first keyframe reached onwards."""
        first: int | None = None
        begun = not sought
        for packet in self._packets():
            if first is None and packet is not None and packet.is_keyframe:
                first = packet.pts
            for picture in self._pictures(packet):
                key = picture.pts
                if key is None:
                    continue
                # decoding times name pictures, but only showing times tell which comes later
                begun = begun or key == first or self._is_after(key, first)
                if begun:
                    yield key, picture
            yield None

    def _is_after(self, key: int, first: int | None) -> bool:
        return first is not None and not self._by_dts and key > first

    def _packets(self) -> Iterator[Packet[VideoStream] | None]:
        """Yield packets and at last None or an empty one, which empties the decoder."""
        try:
            for packet in self._container.demux(self._stream):
                if self._by_dts:
                    packet.pts = packet.dts
                self._skim(packet)
                yield packet
        except av.FFmpegError:
            yield None  # the film is damaged from here on

    def _skim(self, packet: Packet[VideoStream]) -> None:
        """Have the decoder leave out a picture that is not asked for, if no other leans on it."""
        codec = self._stream.codec_context
        if codec.name in _SKIMMABLE:
            end, shown = self._complete_from, packet.pts
            early = end is not None and shown is not None and shown < end
            codec.skip_frame = "NONREF" if early else "DEFAULT"

    def _pictures(self, packet: Packet[VideoStream] | None) -> list[VideoFrame]:
        try:
            return self._stream.decode(packet)
        except av.error.InvalidDataError:
            return []  # a damaged packet: the pictures around it can still be shown
