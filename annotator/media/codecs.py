"""Which kinds of picture and sound can be read and written on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import av
from av.codec import Codec
from av.codec.codec import UnknownCodecError


@dataclass(frozen=True, slots=True)
class CodecCheck:
    """One codec; `writes` is true where it is wanted for writing, false for reading."""

    name: str
    writes: bool
    present: bool


_READ = ("h264", "hevc", "vp9", "av1", "mpeg4", "prores", "aac", "mp3", "opus", "pcm_s16le")
_WRITTEN = ("libx264", "aac")


def check_codecs() -> tuple[CodecCheck, ...]:
    """Look for the codecs that cameras and recording programs use, then those that we write."""
    read = tuple(CodecCheck(name, writes=False, present=_has(name, "r")) for name in _READ)
    written = tuple(CodecCheck(name, writes=True, present=_has(name, "w")) for name in _WRITTEN)
    return read + written


def library_version() -> str:
    """Give the version of the codec library that PyAV brought along."""
    return ".".join(str(part) for part in av.library_versions["libavcodec"])


def _has(name: str, mode: Literal["r", "w"]) -> bool:
    try:
        Codec(name, mode)
    except UnknownCodecError:
        return False
    return True
