"""Cuts a count of samples into steps that all last equally long, at any sample rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.model import Micros

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of a length from time 0 on; step n begins with sample floor(n * length * rate)."""

    length: Micros
    rate: int

    def number_of(self, sample: int) -> int:
        """Number the step in which a sample stands."""
        number = sample * _MILLION // (self.rate * self.length)
        return number + (((number + 1) * self.length * self.rate) // _MILLION <= sample)

    def starts(self, first: int, last: int) -> NDArray[np.int64]:
        """Number the first sample of every step that `first` up to `last` touches, inside of it."""
        if first >= last:
            return np.zeros(0, np.int64)
        steps = np.arange(self.number_of(first), self.number_of(last - 1) + 1)
        return np.maximum(steps * (self.length * self.rate) // _MILLION, first)
