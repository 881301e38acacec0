"""Hands sound over to pydub, which then needs no programs beside it."""

from __future__ import annotations

import warnings

import numpy as np

from annotator.media.audio import AudioReader
from annotator.media.sound_frames import Samples
from annotator.model import Micros

with warnings.catch_warnings():
    # pydub looks for a converter that we never use, needs a module that Python gave up (which
    # audioop-lts brings back) and writes some patterns in an old way; nothing else is silenced
    warnings.filterwarnings("ignore", "Couldn't find ffmpeg or avconv", RuntimeWarning)
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", "invalid escape sequence", SyntaxWarning)
    warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
    warnings.filterwarnings("ignore", ".*invalid escape sequence. Such", SyntaxWarning)
    from pydub import AudioSegment

_SAMPLE_BYTES = 2
_LOUDEST = 32767


def to_segment(reader: AudioReader, start: Micros, end: Micros) -> AudioSegment:
    """Make a pydub segment of 16 bit samples from a stretch of a sound track.

    It has the track's own rate and channels, and silence where `AudioReader.read` gives it.
    """
    return segment_of(to_pcm(reader.read(start, end)), reader.rate, reader.channels)


def segment_of(pcm: bytes, rate: int, channels: int) -> AudioSegment:
    """Make a pydub segment of interleaved signed 16 bit samples."""
    return AudioSegment(data=pcm, sample_width=_SAMPLE_BYTES, frame_rate=rate, channels=channels)


def to_pcm(samples: Samples) -> bytes:
    """Convert float samples to interleaved signed 16 bit ones, clipping what is too loud."""
    clipped = np.clip(np.rint(samples * (_LOUDEST + 1)), -_LOUDEST - 1, _LOUDEST)
    return clipped.astype("<i2").tobytes()
