"""What pressing a code's key means: an instant at once, a stretch at the second press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.codebook import Code, CodeKind
from annotator.model.time import ZERO, Interval, Micros


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


@dataclass(frozen=True, slots=True)
class Marking:
    """The stretches that run at this moment, oldest first; a value."""

    running: tuple[RunningSpan, ...] = ()

    def running_span(self, code_id: str) -> RunningSpan | None:
        """Give the running stretch of a code; None where none runs."""
        return next((one for one in self.running if one.code_id == code_id), None)

    def without(self, span: RunningSpan) -> Marking:
        """Give up one running stretch."""
        return Marking(tuple(one for one in self.running if one is not span))

    def pressed(self, code: Code, moment: Micros) -> tuple[Marking, Interval | None]:
        """Press a code at the frame on screen: what runs then, and what there is to tag.

        A point code gives an instant. A span code begins to run, or, where it runs already,
        gives the stretch between the two presses, whichever came first on the film; pressed
        twice on the same frame it goes on running, since a stretch of no length is nothing.
        """
        if code.kind is CodeKind.POINT:
            return self, Interval(moment, moment)
        span = self.running_span(code.id)
        if span is None:
            return Marking((*self.running, RunningSpan(code.id, moment))), None
        if span.start == moment:
            return self, None
        return self.without(span), Interval(min(span.start, moment), max(span.start, moment))
