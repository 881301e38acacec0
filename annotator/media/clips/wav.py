"""Writes sound as it is, through pydub."""

from __future__ import annotations

from pathlib import Path

from annotator.media.segment import segment_of


def write_wav(path: Path, pcm: bytes, rate: int, channels: int) -> None:
    """Write a WAV file of interleaved signed 16 bit samples."""
    with path.open("wb") as file:
        segment_of(pcm, rate, channels).export(file, format="wav")
