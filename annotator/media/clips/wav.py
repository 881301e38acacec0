"""Writes sound as it is, through pydub."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from annotator.media.segment import segment_of

_HEAD_BYTES = 44
_SAMPLE_BYTES = 2


def wav_bytes(samples: int, channels: int) -> int:
    """Tell how many bytes a WAV file of so many samples a channel has."""
    return _HEAD_BYTES + samples * channels * _SAMPLE_BYTES


def write_wav(path: Path, pcm: bytes, rate: int, channels: int) -> None:
    """Write a WAV file of interleaved signed 16 bit samples."""
    whole = BytesIO()  # what writes it would complain later of a disk that is full
    segment_of(pcm, rate, channels).export(whole, format="wav")
    path.write_bytes(whole.getbuffer())
