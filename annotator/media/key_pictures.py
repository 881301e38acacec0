"""Small pictures of a film from its keyframes alone, each at the cost of decoding one picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Self

import av
from av.codec.context import ThreadType
from av.packet import Packet
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from annotator.errors import MediaError
from annotator.media.frame import Frame, Picture, orientation_of
from annotator.media.frame_index import FrameIndex, Keyframe
from annotator.media.hdr_pictures import Toning
from annotator.media.lens import looked, shown_size
from annotator.media.opening import open_container
from annotator.media.survey import picture_stream
from annotator.media.timebase import exact
from annotator.model import Look

_TRIED = 500
"""So many packets after a place are looked through for its keyframe, lest all of it is read."""

_EARLY_SECONDS = 2
"""Where a file seeks too far, as transport streams do, this much earlier is tried."""


class KeyPictures:
    """A film opened once more for its keyframes; owned by one thread at a time.

    It decodes on one processor, so that it takes little from whoever plays the film meanwhile.
    Raises MediaError where the film cannot be opened or has no picture.
    """

    def __init__(self, path: Path | str, index: FrameIndex) -> None:
        self._index = index
        self._container = open_container(path)
        stream = picture_stream(self._container)
        if stream is None:
            self._container.close()
            raise MediaError(f"“{Path(path).name}” holds sound only, no picture.")
        for other in self._container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        stream.thread_type = ThreadType.NONE
        stream.codec_context.skip_frame = "NONKEY"
        self._stream = stream
        self._toning = Toning(threads=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def frame(self, keyframe: Keyframe) -> Frame | None:
        """Give the picture of a keyframe; None where it is damaged."""
        decoded = self._decoded(keyframe)
        if decoded is None:
            return None
        index = min(keyframe.index, len(self._index) - 1)
        frame = Frame(index, self._index.times[index], decoded, orientation_of(decoded))
        return self._toning.toned(frame)

    def picture(self, keyframe: Keyframe, look: Look, height: int) -> Picture | None:
        """Give a keyframe as a look asks, so many pixels high; None where it is damaged."""
        frame = self.frame(keyframe)
        if frame is None:
            return None
        width, full = shown_size(frame, self._pixel_aspect(frame), look)
        # a comb is too fine to be seen so small, and costs the most to take out
        seen = looked(frame, replace(look, deinterlace=False))
        return seen.to_small(max(round(width * height / full), 1), height)

    def _pixel_aspect(self, frame: Frame) -> Fraction:
        stored = self._stream.sample_aspect_ratio
        aspect = exact(stored) if stored else Fraction(1)
        return 1 / aspect if frame.orientation.swaps_sides else aspect

    def _decoded(self, keyframe: Keyframe) -> VideoFrame | None:
        """Decode the keyframe itself; where the file cannot seek so finely, one nearby."""
        before = (one.key for one in self._index.keyframes_before(keyframe.index)[-2:-1])
        early = keyframe.key - int(_EARLY_SECONDS / exact(self._stream.time_base or Fraction(1)))
        try:
            for place in (keyframe.key, early, *before):
                if (packet := self._packet(keyframe, place)) is not None:
                    return self._decode(packet)
            self._seek(keyframe.key)
            near = (packet for packet in self._packets() if packet.is_keyframe)
            return self._decode(next(near))
        except (av.FFmpegError, StopIteration):
            return None

    def _packet(self, keyframe: Keyframe, place: int) -> Packet[VideoStream] | None:
        """Read on from a place to a keyframe; None where it does not come."""
        self._seek(place)
        for packet in self._packets():
            stamp = packet.dts if self._index.by_dts else packet.pts
            if stamp is not None and packet.is_keyframe and stamp >= keyframe.key:
                return packet if stamp == keyframe.key else None
        return None

    def _seek(self, place: int) -> None:
        self._container.seek(place, stream=self._stream, backward=True)

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        return islice(self._container.demux(self._stream), _TRIED)

    def _decode(self, packet: Packet[VideoStream]) -> VideoFrame | None:
        # nothing follows, so that the decoder does not wait for what comes before it
        decoded = [*self._stream.decode(packet), *self._stream.decode(None)]
        return decoded[0] if decoded else None
