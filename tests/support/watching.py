"""Somebody who watches long work, and may have enough of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field


@dataclass
class Watcher:
    """Writes down what it hears; asks to stop after so many words, or from a fraction on."""

    patience: int = sys.maxsize
    enough: float = 2.0
    heard: list[tuple[float, str]] = field(default_factory=list)

    def progress(self, fraction: float, text: str) -> None:
        assert text
        self.heard.append((fraction, text))

    def cancelled(self) -> bool:
        told = self.heard[-1][0] if self.heard else 0.0
        return len(self.heard) >= self.patience or told >= self.enough

    @property
    def fractions(self) -> list[float]:
        return [fraction for fraction, _ in self.heard]

    @property
    def texts(self) -> set[str]:
        return {text for _, text in self.heard}
