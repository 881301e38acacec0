"""Writes small sound files for tests."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def write_wav(path: Path, sound: NDArray[np.float64], rate: int) -> Path:
    """Write 16 bit sound from numbers between -1 and 1, and give the path back.

    `sound` has the shape (samples,), or (samples, channels).
    """
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if sound.ndim == 1 else sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((sound * 32767).astype("<i2").tobytes())
    return path


def write_tone(path: Path, hertz: float, seconds: float, rate: int = 48_000) -> Path:
    """Write a steady tone, and give the path back."""
    moments = np.arange(int(seconds * rate)) / rate
    return write_wav(path, 0.5 * np.sin(2 * np.pi * hertz * moments), rate)


def write_floats(path: Path, sound: NDArray[np.float32], rate: int = 48_000) -> Path:
    """Write mono sound of float samples, whatever they are, and give the path back."""
    data = sound.astype("<f4").tobytes()
    header = struct.pack("<4sI4s", b"RIFF", 36 + len(data), b"WAVE")
    header += struct.pack("<4sIHHIIHH", b"fmt ", 16, 3, 1, rate, 4 * rate, 4, 32)
    path.write_bytes(header + struct.pack("<4sI", b"data", len(data)) + data)
    return path
