"""A sound output without a machine behind it: what it was given plays by the wall clock."""

from __future__ import annotations

import time

BUFFER_SECONDS = 0.16
BYTES = 2


class FakeOutput:
    """Counts like a sound card: a moment late, never more than it was given.

    `short_by` samples at the end are never counted, as on some cards. Set `is_gone` to take the
    device away, `is_deaf` to let it swallow all and play nothing.
    """

    def __init__(self, rate: int = 44_100, channels: int = 2) -> None:
        self.rate = rate
        self.channels = channels
        self.volume = -1.0
        self.is_gone = False
        self.is_deaf = False
        self.starts = 0
        self.short_by = 1
        self._given = 0
        self._began: float | None = None

    def start(self) -> None:
        self.starts += 1
        self._given = 0
        self._began = time.monotonic()

    def stop(self) -> None:
        self._began = None

    def room(self) -> int:
        free = int(BUFFER_SECONDS * self.rate) - (self._given - self.heard())
        return max(free, 0) * BYTES * self.channels

    def write(self, sound: bytes) -> int:
        self._given += len(sound) // (BYTES * self.channels)
        return len(sound)

    def heard(self) -> int:
        if self._began is None or self.is_deaf:
            return 0
        played = int((time.monotonic() - self._began) * self.rate)
        return max(min(played, self._given) - self.short_by, 0)

    def is_lost(self) -> bool:
        return self.is_gone

    def set_volume(self, volume: float) -> None:
        self.volume = volume
