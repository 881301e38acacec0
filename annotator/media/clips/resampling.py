"""Brings sound to another rate where a format cannot have the recording's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from annotator.media.clips.source_sound import SourceSound
from annotator.media.sound_frames import Planes, to_planes


def resampled(sound: SourceSound, wanted: int, samples: int) -> Iterator[Planes]:
    """Yield sound at the wanted rate: exactly so many samples, with silence for what lacks.

    Sound that has that rate already is handed on as it is. Raises MediaError as `pieces` does.
    """
    left, pieces = samples, sound.pieces()
    for piece in pieces if sound.rate == wanted else _converted(pieces, sound.rate, wanted):
        kept = piece[:, :left]
        left -= kept.shape[1]
        if kept.shape[1]:
            yield kept
    if left:
        yield np.zeros((sound.channels, left), np.float32)


def _converted(pieces: Iterable[Planes], rate: int, wanted: int) -> Iterator[Planes]:
    resampler, place = None, 0
    for piece in pieces:
        layout = "mono" if len(piece) == 1 else "stereo"
        resampler = resampler or AudioResampler("fltp", layout, wanted)
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(piece), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, place, Fraction(1, rate)
        place += piece.shape[1]
        yield from map(to_planes, resampler.resample(frame))
    if resampler is not None:
        yield from map(to_planes, resampler.resample(None))
