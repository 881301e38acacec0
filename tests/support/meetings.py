"""Makes two recordings of one invented talk, as two machines in the room would have heard it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.support.sounds import write_wav

Sound = NDArray[np.float64]

RATE = 48_000


@dataclass(frozen=True, slots=True)
class Machine:
    """How one machine records: when it is switched on and off, in seconds of the talk, and how.

    `snr` is in decibels, None for no noise; `slow` is by how many parts of a million its clock
    runs slow; `echo` is in seconds; `muffled` averages over so many samples.
    """

    on: float
    off: float
    rate: int = 16_000
    gain: float = 0.5
    snr: float | None = None
    slow: float = 0.0
    echo: float = 0.0
    muffled: int = 1


def talk(seconds: int, seed: int = 1, rate: int = 16_000) -> Sound:
    """Make something like speech: syllables of buzzing and hissing, with pauses between."""
    some = np.random.default_rng(seed)
    sound = np.zeros(seconds * rate)
    at = 0.0
    while at < seconds - 1:
        length = some.uniform(0.06, 0.3)
        count = int(length * rate)
        moments = np.arange(count) / rate
        pitch = some.uniform(90, 240) * (1 + some.uniform(-0.3, 0.3) * moments)
        buzz = sum(
            some.uniform(0.1, 1) * np.sin(2 * np.pi * pitch * n * moments + n)
            for n in range(1, int(some.integers(4, 16)))
        )
        hiss = some.uniform(0, 2) * some.standard_normal(count)
        begin = int(at * rate)
        piece = (buzz + hiss) * np.hanning(count)
        sound[begin : begin + count] += piece[: len(sound) - begin]
        at += length + (some.uniform(0.3, 1.5) if some.random() < 0.15 else some.uniform(0, 0.08))
    return sound / np.abs(sound).max()


def heard(sound: Sound, machine: Machine, seed: int = 7, rate: int = 16_000) -> Sound:
    """Give what a machine makes of the talk, which has a rate of its own."""
    count = int((machine.off - machine.on) * machine.rate)
    moments = np.arange(count) / machine.rate * (1 + machine.slow / 1e6) + machine.on
    taken = np.interp(moments, np.arange(len(sound)) / rate, sound, left=0, right=0)
    if machine.echo:
        late = int(machine.echo * machine.rate)
        taken[late:] += 0.6 * taken[:-late].copy()
    if machine.muffled > 1:
        taken = np.convolve(taken, np.full(machine.muffled, 1 / machine.muffled), "same")
    taken /= max(np.abs(taken).max(), 1e-9)
    if machine.snr is not None:
        power = float(np.mean(np.square(taken))) / 10 ** (machine.snr / 10)
        taken += np.random.default_rng(seed).standard_normal(count) * power**0.5
    return taken * machine.gain / max(np.abs(taken).max(), 1e-9)


def record(path: Path, sound: Sound, machine: Machine, seed: int = 7) -> Path:
    """Write what a machine makes of the talk as a sound file, and give the path back."""
    return write_wav(path, heard(sound, machine, seed), machine.rate)
