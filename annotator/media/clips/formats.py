"""The kinds of file a clip can be, and how each is encoded at which quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.media.clips.wishes import Form, Quality

_KEYFRAME_EVERY = 2
"""Seconds: so that a player in a classroom jumps quickly."""

_FAST_START = {"movflags": "+faststart+disable_chpl"}
"""Chapters stand in their track alone: the older list beside it cuts titles and their number."""


@dataclass(frozen=True, slots=True)
class PictureCode:
    """How pictures are encoded; the factor is of constant quality, less is better.

    `strip` is what takes out an encoder's own remarks, empty where it makes none. The factor
    rises by `halving` where the file is to be half as large.
    """

    codec: str
    factors: Mapping[Quality, int]
    worst: int
    halving: float
    options: Mapping[str, str]
    strip: str = ""


@dataclass(frozen=True, slots=True)
class SoundCode:
    """How sound is encoded: bits a second for each channel, and the rates it can have."""

    codec: str
    bits: Mapping[Quality, int]
    rates: tuple[int, ...]
    default_rate: int = 48_000

    def rate_for(self, rate: int) -> int:
        """Give the recording's own rate where it can be kept."""
        return rate if rate in self.rates else self.default_rate


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file; `counts_in_ticks` where it tells its whole length in a clock of its own."""

    container: str
    sound: SoundCode
    picture: PictureCode | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    counts_in_ticks: bool = False


_QUICK_SEARCH = "me=dia:subme=1:partitions=i8x8,i4x4:rc-lookahead=5"
"""As exact in the end, by signal to noise, for more than a third less work.

It costs few bytes where people sit and talk, and up to a third more where much moves.
"""

_H264 = PictureCode(
    "libx264",
    {Quality.BEST: 16, Quality.GOOD: 21, Quality.SMALL: 26},
    worst=40,
    halving=6,
    options={"preset": "veryfast", "profile": "high", "x264-params": _QUICK_SEARCH},
    strip="filter_units=remove_types=6",
)
_VP9 = PictureCode(
    "libvpx-vp9",
    {Quality.BEST: 24, Quality.GOOD: 32, Quality.SMALL: 42},
    worst=62,
    halving=11,
    options={"deadline": "good", "cpu-used": "5", "row-mt": "1", "b": "0"},
)
_AAC = SoundCode(
    "aac",
    {Quality.BEST: 128_000, Quality.GOOD: 80_000, Quality.SMALL: 48_000},
    (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000),
)
_OPUS = SoundCode(
    "libopus", {Quality.BEST: 96_000, Quality.GOOD: 64_000, Quality.SMALL: 32_000}, (48_000,)
)
_MP3 = SoundCode(
    "libmp3lame",
    {Quality.BEST: 128_000, Quality.GOOD: 80_000, Quality.SMALL: 48_000},
    (48_000, 44_100, 32_000),
    44_100,
)

FORMATS: Mapping[Form, Format] = {
    Form.MP4: Format("mp4", _AAC, _H264, _FAST_START, counts_in_ticks=True),
    Form.WEBM: Format("webm", _OPUS, _VP9),
    Form.M4A: Format("ipod", _AAC, options=_FAST_START, counts_in_ticks=True),
    Form.MP3: Format("mp3", _MP3, options={"id3v2_version": "0", "write_id3v1": "0"}),
}


def picture_options(code: PictureCode, factor: int, rate: float) -> dict[str, str]:
    """Give the encoder's options at a factor of constant quality, for so many pictures a second."""
    spacing = max(round(rate * _KEYFRAME_EVERY), 1)
    return {**code.options, "crf": str(factor), "g": str(spacing)}
