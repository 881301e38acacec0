"""Reads coded pictures out of a film to be copied, without anything that is not picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard
from av.video.stream import VideoStream

from annotator.media.clips.copy_plan import CopyPlan, NotCopiedError
from annotator.media.clips.h264 import (
    PICTURE_SET,
    SEQUENCE_SET,
    SLICE,
    WHOLE_SLICE,
    ParameterSets,
    SequenceFacts,
    is_remark,
    kind_of,
    packed,
    parameter_sets,
    sequence_facts,
    units_of,
)
from annotator.media.hdr_pictures import is_hdr
from annotator.media.opening import open_container
from annotator.media.survey import picture_stream

_KIND = "h264"
_PIXELS = frozenset({"yuv420p", "yuvj420p"})
_UNREADABLE = "the film's picture could not be read piece by piece."


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded picture, its units each after four bytes of length.

    One that `begins_anew` leans on nothing before it.
    """

    data: bytes
    begins_anew: bool


@dataclass(frozen=True, slots=True)
class CodedFilm:
    """A film whose coded pictures can be copied, and its parameter sets."""

    stream: VideoStream
    sets: ParameterSets
    facts: SequenceFacts
    _container: InputContainer

    def begins_anew(self, plan: CopyPlan) -> bool:
        """Tell whether nothing from the first picture on leans on what is before it."""
        packet = next(self._packets(plan), None)
        return packet is not None and self._coded(packet).begins_anew

    def pictures(self, plan: CopyPlan, keys: tuple[int, ...]) -> Iterator[Coded]:
        """Yield pictures in the order in which they lie in the file; `keys` are to be theirs.

        Raises NotCopiedError where they are not what they should be.
        """
        packets = self._packets(plan)
        for key in keys:
            packet = next(packets, None)
            if packet is None or packet.pts != key or packet.is_corrupt or packet.is_discard:
                raise NotCopiedError(_UNREADABLE)
            yield self._coded(packet)

    def _packets(self, plan: CopyPlan) -> Iterator[Packet[VideoStream]]:
        """Yield packets from the plan's keyframe on."""
        key, has_begun = plan.keyframe.key, False
        try:
            self._container.seek(plan.sought, stream=self.stream, backward=True)
            for packet in self._container.demux(self.stream):
                has_begun = has_begun or packet.pts == key
                if has_begun and packet.size:
                    yield packet
                elif packet.dts is not None and packet.dts > key:
                    return  # it was not found, and does not come any more
        except av.FFmpegError as error:
            raise NotCopiedError(_UNREADABLE) from error

    def _coded(self, packet: Packet[VideoStream]) -> Coded:
        """Leave out remarks, which may tell anything, and sets that stand in the header too."""
        try:
            units = [*units_of(bytes(packet), self.sets.length_size)]
        except ValueError as error:
            raise NotCopiedError(_UNREADABLE) from error
        kept = [one for one in units if not is_remark(one) and not self._is_known_set(one)]
        kinds = {kind_of(one) for one in kept}
        if kinds not in ({SLICE}, {WHOLE_SLICE}):
            raise NotCopiedError("the way in which the film's pictures are coded changes in it.")
        return Coded(packed(kept), kinds == {WHOLE_SLICE})

    def _is_known_set(self, unit: bytes) -> bool:
        kind = kind_of(unit)
        return (kind == SEQUENCE_SET and unit in self.sets.sequence) or (
            kind == PICTURE_SET and unit in self.sets.picture
        )


@contextmanager
def coded_film(path: Path) -> Iterator[CodedFilm]:
    """Open a film for its coded pictures.

    Raises NotCopiedError where it is of a kind that is not copied, MediaError where it cannot be
    opened.
    """
    with open_container(path) as container:
        stream = picture_stream(container)
        if stream is None or stream.codec_context.name != _KIND:
            raise NotCopiedError("the film's picture is not H.264.")
        for other in container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        sets, facts = _known_sets(stream)
        yield CodedFilm(stream, sets, facts, container)


def _known_sets(stream: VideoStream) -> tuple[ParameterSets, SequenceFacts]:
    """Read the parameter sets, and see to it that they are of a kind that every player shows."""
    try:
        sets = parameter_sets(stream.codec_context.extradata or b"")
        facts = [sequence_facts(one) for one in sets.sequence]
    except ValueError as error:
        raise NotCopiedError(_UNREADABLE) from error
    if stream.pix_fmt not in _PIXELS:
        raise NotCopiedError(
            "the film has finer colours than every player shows, which are converted."
        )
    if is_hdr(stream.codec_context.color_trc):
        raise NotCopiedError("the film is HDR, whose colours are converted.")
    if not all(one.is_progressive for one in facts):
        raise NotCopiedError("the film is interlaced.")
    if len(facts) != 1:
        raise NotCopiedError("the way in which the film's pictures are coded changes in it.")
    return sets, facts[0]
