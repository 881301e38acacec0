"""A stretch that is being marked: it has begun and not yet ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.time import ZERO, Micros


@dataclass(frozen=True, slots=True)
class RunningSpan:
    """A stretch whose start has been pressed and whose end has not.

    `pressed` is where its key went down, which a correction may have moved `start` away from;
    `turn` counts the stretches that run in the order in which they began; `held` tells that the
    key is still down and that letting go ends it; `participant` and `attributes` go to its tag.
    """

    code_id: str
    start: Micros
    pressed: Micros = ZERO
    turn: int = 0
    held: bool = False
    participant: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
