"""How far each clip of a reel is, told from how far the reel is as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.jobs.progress import Progress, tell_part
from annotator.jobs.reel_parts import ClipLayout


def clips_done(layouts: Sequence[ClipLayout], fraction: float, looking: float) -> list[float]:
    """Tell how far each clip of a reel is, from 0 to 1, where the reel is at `fraction`.

    Faces are looked for in one clip after another first, which takes so much of the whole as
    `looking` says; then the clips are written one after another, each with its cards.
    """
    if fraction >= 1:
        return [1.0] * len(layouts)
    whole = sum(one.length for one in layouts)
    written = whole * max(0.0, fraction - looking) / (1 - looking)
    looked = len(layouts) * fraction / looking if looking else 0.0
    return [
        looking * _within(looked - number)
        + (1 - looking) * _within((written - one.starts) / one.length)
        for number, one in enumerate(layouts)
    ]


def _within(share: float) -> float:
    return max(0.0, min(share, 1.0))


@dataclass(slots=True)
class ClipsTold:
    """Watches a reel being made, and tells of each of its clips, by name, what it hears of it."""

    whole: Progress
    names: Sequence[str]
    layouts: Sequence[ClipLayout]
    looking: float
    _told: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._told = [0.0] * len(self.names)

    def progress(self, fraction: float, text: str) -> None:
        """Pass on how far the reel is."""
        self.whole.progress(fraction, text)

    def part(self, name: str, fraction: float) -> None:
        """Pass on how far the reel is, and those of its clips that have come further."""
        tell_part(self.whole, name, fraction)
        done = clips_done(self.layouts, fraction, self.looking)
        for number, (clip, now) in enumerate(zip(self.names, done, strict=True)):
            if now > self._told[number]:
                self._told[number] = now
                tell_part(self.whole, clip, now)

    def cancelled(self) -> bool:
        """Tell whether the reel should stop."""
        return self.whole.cancelled()
