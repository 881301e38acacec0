"""Writes sound as it is, through pydub."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from annotator.media.segment import segment_of


def write_wav(path: Path, pcm: bytes, rate: int, channels: int) -> None:
    """Write a WAV file of interleaved signed 16 bit samples."""
    whole = BytesIO()  # what writes it would complain later of a disk that is full
    segment_of(pcm, rate, channels).export(whole, format="wav")
    path.write_bytes(whole.getbuffer())
