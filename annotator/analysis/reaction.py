"""A coder's reaction time, measured by a small exercise of signals and presses.

A press answers a signal from 0.1 s after it on, until 1.5 s have passed. An earlier one was made
without having seen the signal. Of the times that are left, those are put aside that lie further
from their median than 2.5 times the median absolute deviation, scaled by 1.4826 to stand for a
standard deviation (Leys, Ley, Klein, Bernard and Licata 2013, Journal of Experimental Social
Psychology 49:764-766). The delay is the median of the others: a few slow presses hardly move it,
as they would a mean (Ratcliff 1993, Psychological Bulletin 114:510-532).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from statistics import median

from annotator.errors import AnnotatorError
from annotator.model.time import Micros

EARLIEST = Micros(100_000)
LATEST = Micros(1_500_000)
FEWEST = 8
_OUTLYING = 2.5
_TO_DEVIATION = 1.4826


class Answer(Enum):
    """What a single press is to the signal before it."""

    EARLY = auto()  # made without having seen the signal
    COUNTED = auto()
    LATE = auto()


@dataclass(frozen=True, slots=True)
class Reaction:
    """What an exercise found; times in microseconds, rounded to the nearest.

    `spread` is the scaled median absolute deviation of the times used. `used` counts these,
    `outlying` the times put aside, `missed` the signals without an answer, and `early` the
    presses that came too soon or answered nothing.
    """

    delay: Micros
    spread: Micros
    used: int
    outlying: int
    missed: int
    early: int


def answer_of(signal: Micros, press: Micros) -> Answer:
    """Judge the first press after a signal by the limits of the exercise."""
    if press - signal < EARLIEST:
        return Answer.EARLY
    return Answer.COUNTED if press - signal <= LATEST else Answer.LATE


def reaction_from(times: Sequence[int], shown: int, early: int) -> Reaction:
    """Measure the delay from the times of the answers that count, in microseconds, in any order.

    `shown` counts the signals, `early` the presses that answered none. Raises AnnotatorError
    where fewer than 8 signals were answered: that is too few to tell.
    """
    if len(times) < FEWEST:
        raise AnnotatorError(
            f"Only {len(times)} of {shown} signals were answered in time.",
            f"Do the exercise again: at least {FEWEST} are needed.",
        )
    middle = median(times)
    limit = _OUTLYING * _deviation(times)
    used = [one for one in times if abs(one - middle) <= limit]
    return Reaction(
        delay=Micros(round(median(used))),
        spread=Micros(round(_deviation(used))),
        used=len(used),
        outlying=len(times) - len(used),
        missed=shown - len(times),
        early=early,
    )


def _deviation(times: Sequence[int]) -> float:
    middle = median(times)
    return _TO_DEVIATION * median(abs(one - middle) for one in times)
