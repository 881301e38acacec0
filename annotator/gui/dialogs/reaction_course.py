"""The course of the exercise that measures a reaction time: when a light comes, what a press is.

The waits between lights are irregular so that no light can be foreseen: beyond a shortest wait,
each moment is as likely as the next (Luce 1986, Response Times, section 1.2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from secrets import SystemRandom

from annotator.analysis.reaction import LATEST, Answer, Reaction, answer_of, reaction_from
from annotator.model.time import SECOND, ZERO, Micros

LIGHTS = 12
SHORTEST_WAIT = Micros(1_200_000)
LONGEST_WAIT = Micros(5 * SECOND)

Wait = Callable[[], Micros]


class Stage(Enum):
    """Where the exercise stands."""

    WAITING = auto()  # for the next light
    LIT = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True)
class Judged:
    """One press, or a light without one: what it is, and how long it took where it counts."""

    answer: Answer
    took: Micros = ZERO


class Course:
    """Goes through the lights; all moments come from one clock of the caller's.

    An early press while no light is on begins the wait anew, so that pressing all the time gains
    nothing; one within the first 0.1 s of a light spoils that light, and another comes instead.
    """

    def __init__(self, began: Micros, wait: Wait, lights: int = LIGHTS) -> None:
        self.stage = Stage.WAITING
        self.shown = 0
        self.lights = lights
        self.times: list[Micros] = []
        self.early = 0
        self._wait = wait
        self._lit_at = began
        self._next = Micros(began + wait())
        self._is_missed = False

    def is_due(self, now: Micros) -> bool:
        """Tell whether the next light is to come on."""
        return self.stage is Stage.WAITING and now >= self._next

    def light(self, now: Micros) -> None:
        """Note that a light came on at this moment."""
        self.stage, self._lit_at = Stage.LIT, now
        self.shown += 1
        self._is_missed = False

    def lapse(self, now: Micros) -> Judged | None:
        """Put out a light that nobody answered in time; None where there is none."""
        if self.stage is not Stage.LIT or now - self._lit_at <= LATEST:
            return None
        self._is_missed = True
        self._go_on(now)
        return Judged(Answer.LATE)

    def press(self, now: Micros) -> Judged | None:
        """Judge a press; None where the exercise is over."""
        if self.stage is Stage.OVER:
            return None
        if self.stage is Stage.WAITING:
            return self._pressed_in_the_dark(now)
        answer = answer_of(self._lit_at, now)
        took = Micros(now - self._lit_at)
        if answer is Answer.COUNTED:
            self.times.append(took)
        elif answer is Answer.EARLY:
            self.early += 1
            self.shown -= 1
        self._go_on(now)
        return Judged(answer, took if answer is Answer.COUNTED else ZERO)

    def result(self) -> Reaction:
        """Measure what was answered; raises AnnotatorError where that is too little."""
        return reaction_from(self.times, self.shown, self.early)

    def _pressed_in_the_dark(self, now: Micros) -> Judged:
        answer = Answer.LATE if self._is_missed else Answer.EARLY
        self.early += answer is Answer.EARLY
        self._is_missed = False
        self._next = Micros(now + self._wait())
        return Judged(answer)

    def _go_on(self, now: Micros) -> None:
        is_over = self.shown >= self.lights
        self.stage = Stage.OVER if is_over else Stage.WAITING
        self._next = Micros(now + self._wait())


def irregular_wait() -> Micros:
    """Draw a wait: 1.2 s and an unforeseeable time on top, 1 s on the average, 5 s at most."""
    wait = SHORTEST_WAIT + round(SystemRandom().expovariate(1 / SECOND))
    return Micros(min(wait, LONGEST_WAIT))
