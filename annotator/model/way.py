"""How a code's key can mark; chosen by each coder, not by the codebook."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """What the press of a code's key does.

    `INSTANT` marks a moment. `PRESSES` begins a stretch that the next press ends. `HOLD` marks
    the stretch from key down to key up. `SEQUENCE` ends the stretch before, of the same group,
    and begins the next with no gap between.
    """

    INSTANT = "instant"
    PRESSES = "presses"
    HOLD = "hold"
    SEQUENCE = "sequence"


class ShortHold(StrEnum):
    """What becomes of a key that was to be held and was only tapped.

    `PRESSES` lets the stretch run on until the next press, `INSTANT` marks a moment where the
    code may, `REFUSE` takes it for a slip.
    """

    PRESSES = "presses"
    INSTANT = "instant"
    REFUSE = "refuse"
