"""What was said in a session: a transcript, cut into cues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from annotator.model.time import Interval, Micros


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a cue and when it was said; `estimated` where no source told that."""

    text: str
    start: Micros
    end: Micros
    estimated: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cue:
    """What one person said in one go.

    `text` has no markup, no empty lines and no blanks at the ends of its lines; `speaker` is the
    label that the source gave, `participant` the id of who that is, both empty where not known.
    `words` are those of the text with their times, empty where the source told no times of
    words; `annotator.model.words` estimates them.
    """

    id: str
    start: Micros
    end: Micros
    text: str
    speaker: str = ""
    participant: str = ""
    words: tuple[Word, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def interval(self) -> Interval:
        """The stretch of time in which it was said."""
        return Interval(self.start, self.end)


@dataclass(slots=True)
class CueInMaking:
    """A cue that has no id yet, with the same fields as a `Cue`.

    To fill one and settle it takes a quarter of the time that a `Cue` takes to be made, whose
    fields are guarded from the first.
    """

    start: int
    end: int
    text: str
    speaker: str
    participant: str
    words: tuple[Word, ...]
    extra: Mapping[str, object]
    id: str = ""

    def settled(self, cue_id: str) -> Cue:
        """Become the cue of that id for good: it is this object, and cannot be changed any more."""
        self.id = cue_id
        object.__setattr__(self, "__class__", Cue)
        return cast("Cue", self)


CueOrder = tuple[int, int, str]


def cue_order(cue: Cue) -> CueOrder:
    """Give the place of a cue in a transcript: by start, then end, then id."""
    return (cue.start, cue.end, cue.id)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, as cues in `cue_order`; those of two speakers may overlap.

    `language` is a tag such as "en" or "de-AT", and `source` the name of the file that it came
    from; both empty where not known. To find cues by time, put them into a `TimeIndex`.
    """

    id: str
    cues: tuple[Cue, ...] = ()
    language: str = ""
    source: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def cue(self, cue_id: str) -> Cue | None:
        """Find a cue by id; None where there is none."""
        return next((cue for cue in self.cues if cue.id == cue_id), None)

    @property
    def speakers(self) -> dict[str, int]:
        """The labels of speakers in the order in which they first speak, with their cues' count.

        Cues without a label are counted under the empty one.
        """
        return dict(Counter(cue.speaker for cue in self.cues))

    def participant_of(self, speaker: str) -> str:
        """Give the participant most of a label's cues are assigned to; empty where none is."""
        assigned = Counter(
            cue.participant for cue in self.cues if cue.speaker == speaker and cue.participant
        )
        return assigned.most_common(1)[0][0] if speaker and assigned else ""


def tidy(text: str) -> str:
    """Give a text as cues keep it: no blanks at the ends of lines, and no empty lines."""
    if text.isprintable():  # as nearly all are; then it is one line
        return text.strip()
    lines = (line.strip() for line in text.replace("\0", "\N{REPLACEMENT CHARACTER}").splitlines())
    return "\n".join(line for line in lines if line)


def in_order(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Sort cues as a transcript keeps them."""
    return tuple(sorted(cues, key=cue_order))
