"""Clips: stretches of a session that an educator has marked to teach from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.time import Interval, Micros


@dataclass(frozen=True, slots=True)
class Pause:
    """A moment at which the film stops for a question; `time` is of the session.

    The film stands on the picture of that moment. With an empty question it stops all the same.
    """

    time: Micros
    question: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a session, half-open, with all that a teacher says about it.

    `title` is what learners read above the film and `notes` what only the teacher reads; `aim` is
    what the clip is to teach. `question_before` and `question_after` are asked before the film
    starts and when it has ended, `warning` tells what may distress before anything is shown.
    `tags` holds the ids of the tags that the clip was made from. All texts are empty where there
    is nothing to say, and may have several lines.

    Pauses may lie outside the bounds: they are kept, so that trimming a clip and widening it again
    loses nothing, and only `stops` counts. Raises ValueError where the clip has no length.
    """

    id: str
    start: Micros
    end: Micros
    title: str = ""
    notes: str = ""
    aim: str = ""
    question_before: str = ""
    question_after: str = ""
    pauses: tuple[Pause, ...] = ()
    warning: str = ""
    tags: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"clip ends ({self.end}) before or where it starts ({self.start})")

    @property
    def interval(self) -> Interval:
        """The stretch of time that the clip shows."""
        return Interval(self.start, self.end)

    @property
    def length(self) -> Micros:
        """Microseconds from start to end; more than 0."""
        return Micros(self.end - self.start)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is written about the clip and not empty; a pack takes it along."""
        said = (self.title, self.notes, self.aim, self.question_before, self.question_after)
        asked = (pause.question for pause in self.pauses)
        return tuple(text for text in (*said, *asked, self.warning) if text)

    @property
    def stops(self) -> tuple[Pause, ...]:
        """The pauses inside the clip, in order of time; those of one moment in the given order."""
        inside = (pause for pause in self.pauses if self.start <= pause.time < self.end)
        return tuple(sorted(inside, key=lambda pause: pause.time))
