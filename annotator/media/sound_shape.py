"""The shape of a sound track, taken in one reading: peaks to be drawn, levels for silences."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from annotator.media.levels import STEP, Levels, Meter
from annotator.media.peaks import Peaks, SwingMeter
from annotator.media.sound_stream import Piece, SoundStream, Watch
from annotator.model import Micros

VERSION = 1
"""Goes up when the same sound would be measured otherwise, so that none are mixed."""

_MARK = b"SHAP"
_HEADER = struct.Struct("<4sIIIQQ")


@dataclass(frozen=True, slots=True, eq=False)
class SoundShape:
    """How far a sound track swings and how loud it is, from the recording's time 0."""

    peaks: Peaks
    levels: Levels

    def to_bytes(self) -> bytes:
        """Write for the cache."""
        swings, power = self.peaks.finest, self.levels.power
        header = _HEADER.pack(
            _MARK,
            self.peaks.step,
            self.levels.step,
            power.shape[1],
            swings.shape[1],
            len(power),
        )
        return header + swings.astype("<i2").tobytes() + power.astype("<f4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; raises ValueError where it is something else."""
        if len(data) < _HEADER.size:
            raise ValueError("too short for the shape of a sound")
        mark, bin_step, step, channels, bins, steps = _HEADER.unpack_from(data)
        expected = _HEADER.size + 4 * bins + 4 * steps * channels
        is_whole = mark == _MARK and len(data) == expected
        if not (is_whole and bin_step and step and channels):
            raise ValueError("no shape of a sound")
        swings = np.frombuffer(data, "<i2", 2 * bins, _HEADER.size).astype(np.int16)
        power = np.frombuffer(data, "<f4", offset=_HEADER.size + 4 * bins).astype(np.float32)
        peaks = Peaks(Micros(bin_step), swings.reshape(2, bins))
        return cls(peaks, Levels(power.reshape(steps, channels), Micros(step)))


def shape_of(
    path: Path | str,
    *,
    track: int = 0,
    step: Micros = STEP,
    watch: Watch | None = None,
) -> SoundShape | None:
    """Measure a sound track, by number from 0, once through; None where it was cancelled.

    `step` is that of the levels. Raises MediaError where the file cannot be opened, has no
    such track, or no sound can be decoded.
    """
    with SoundStream(path, track) as sound:
        swings, meter = SwingMeter(sound.rate), Meter(sound.rate, step)

        def take(piece: Piece) -> None:
            heard = piece.after(0)
            swings.add(heard.start, heard.planes)
            meter.add(heard.start, heard.planes)

        whole = sound.hand_over(take, watch or Watch())
        return SoundShape(swings.peaks(), meter.levels()) if whole else None
