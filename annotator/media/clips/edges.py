"""Encodes the pictures at the ends of a clip, so that they go together with those copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from annotator.media.clips.copy_plan import NotCopiedError
from annotator.media.clips.copying import Coded, CodedFilm
from annotator.media.clips.h264 import (
    SLICE,
    WHOLE_SLICE,
    ParameterSets,
    kind_of,
    packed,
    parameter_sets,
    picture_set_number,
    units_of,
)

_PROFILES = {66: "baseline", 77: "main", 100: "high"}
_PLAIN = 66
_FINE = "x264-params"
_SETS = 32
_BIT_EXACT, _HEADER_APART = 1 << 23, 1 << 22
_PYRAMID_NEEDS = 4
"""So many pictures an encoder wants to be kept, where pictures in between are leant on too."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Coded pictures with their ticks, in the order of decoding, and their parameter sets."""

    pictures: tuple[tuple[int, Coded], ...]
    sets: ParameterSets | None


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """How pictures are encoded beside copied ones.

    `options` are the encoder's, as where all is encoded. `delay` is by how many pictures decoding
    may run ahead of showing. Styles are told apart by `number`, so that the parameter sets of
    each have a number of their own.
    """

    base: Fraction
    rate: Fraction
    options: Mapping[str, str]
    delay: int
    threads: int
    number: int = 0

    def encoded(self, film: CodedFilm, pictures: Iterable[tuple[int, VideoFrame]]) -> Edge:
        """Encode pictures, each shown at a tick of the base.

        Raises NotCopiedError where they are not like the film's.
        """
        encoder: VideoCodecContext | None = None
        done: list[tuple[int, Coded]] = []
        for tick, picture in pictures:
            encoder = encoder or self._encoder(film)
            if _like(picture) != _like(encoder):
                raise NotCopiedError("the film's pictures change their size or their kind in it.")
            picture.pts, picture.time_base = tick, self.base
            picture.pict_type = 0  # else the recording's kinds of frames would be repeated
            done += map(_coded, encoder.encode(picture))
        if encoder is None:
            return Edge((), None)
        done += map(_coded, encoder.encode(None))
        return Edge(tuple(done), parameter_sets(encoder.extradata or b""))

    def _encoder(self, film: CodedFilm) -> VideoCodecContext:
        encoder = CodecContext.create("libx264", "w")
        source = film.stream.codec_context
        encoder.width, encoder.height, encoder.pix_fmt = source.width, source.height, source.pix_fmt
        encoder.time_base, encoder.framerate = self.base, self.rate
        encoder.sample_aspect_ratio = source.sample_aspect_ratio or Fraction(0, 1)
        encoder.color_range, encoder.colorspace = source.color_range, source.colorspace
        encoder.color_primaries, encoder.color_trc = source.color_primaries, source.color_trc
        encoder.thread_count = self.threads
        encoder.flags |= _BIT_EXACT | _HEADER_APART
        encoder.options = self._options(film)
        return encoder

    def _options(self, film: CodedFilm) -> dict[str, str]:
        facts = film.facts
        profile = _PROFILES.get(facts.profile)
        if profile is None:
            raise NotCopiedError("the film is coded in a way that not every player shows.")
        kept = max(facts.references, 1)
        between = self.delay > 0 and facts.profile != _PLAIN and kept > 1
        is_pyramid = between and self.delay > 1 and kept >= _PYRAMID_NEEDS
        own = (f"sps-id={_free_number(film, self.number)}", "ref=1")
        return {
            **self.options,
            "profile": profile,
            "level": str(facts.level),
            "bf": "3" if between else "0",
            "b-pyramid": "normal" if is_pyramid else "none",
            _FINE: ":".join(filter(None, (self.options.get(_FINE), *own))),
        }


def _free_number(film: CodedFilm, which: int) -> int:
    """Choose a number for parameter sets that the film's own do not have."""
    taken = {film.facts.number, *map(picture_set_number, film.sets.picture)}
    free = next(islice((one for one in range(_SETS) if one not in taken), which, None), None)
    if free is None:
        raise NotCopiedError("the film is coded in a way that not every player shows.")
    return free


def _coded(packet: Packet[VideoStream]) -> tuple[int, Coded]:
    units = [one for one in units_of(bytes(packet), 0) if kind_of(one) in (SLICE, WHOLE_SLICE)]
    begins_anew = all(kind_of(one) == WHOLE_SLICE for one in units)
    return packet.pts or 0, Coded(packed(units), begins_anew)


def _like(picture: VideoFrame | VideoCodecContext) -> tuple[int, int, str | None]:
    kind = picture.format
    return picture.width, picture.height, kind.name if kind else None
