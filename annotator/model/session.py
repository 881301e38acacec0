"""One recorded meeting with everything coded on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.model.clip import Clip
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, Purpose, Tag
from annotator.model.participant import Participant
from annotator.model.recording import Recording
from annotator.model.time import ZERO, Interval, Micros
from annotator.model.transcript import Transcript


@dataclass(frozen=True, slots=True, order=True)
class ExcludedSpan:
    """A part that may not leave the machine and is not counted."""

    start: Micros
    end: Micros
    reason: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def interval(self) -> Interval:
        """The stretch of time that is excluded."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Unblinding:
    """That a coder was shown another's pass: who, whose pass by id, and when.

    `finished` tells whether the coder's own pass was finished then; only while that holds of
    all her unblindings is her pass independent of the others. `time` is ISO 8601 in UTC.
    """

    coder: str
    pass_id: str
    time: str
    finished: bool
    reason: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """One recorded meeting, with everything coded on it.

    A value: it never changes; `annotator.editing` makes a new one from an old one. `region` is
    the part that is coded. `clips` stand in the order in which they are to be shown.
    """

    id: str
    title: str
    codebook: Codebook
    region: Interval
    recordings: tuple[Recording, ...] = ()
    excluded: tuple[ExcludedSpan, ...] = ()
    participants: tuple[Participant, ...] = ()
    passes: tuple[CodingPass, ...] = ()
    unblindings: tuple[Unblinding, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    clips: tuple[Clip, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def duration(self) -> Micros:
        """The end of the recording that ends last, on the session's clock; 0 without recordings."""
        ends = (recording.offset + recording.duration for recording in self.recordings)
        return Micros(max(ends, default=ZERO))

    def counted(self, tags: Iterable[Tag]) -> tuple[Tag, ...]:
        """Give the tags that count: those that begin in the region and in no excluded span."""
        region, excluded = self.region, [one.interval for one in self.excluded]
        return tuple(
            tag
            for tag in tags
            if region.start <= tag.start < region.end
            and not any(span.contains(tag.start) for span in excluded)
        )

    def coding_pass(self, pass_id: str) -> CodingPass | None:
        """Find a pass by id; None where there is none."""
        return next((one for one in self.passes if one.id == pass_id), None)

    def pass_of(self, coder: str) -> CodingPass | None:
        """Find a coder's own first pass, None where that coder has none.

        A consensus is nobody's own.
        """
        own = (one for one in self.passes if one.purpose is not Purpose.CONSENSUS)
        return next((one for one in own if one.coder == coder), None)

    def transcript(self, transcript_id: str) -> Transcript | None:
        """Find a transcript by id; None where there is none."""
        return next((one for one in self.transcripts if one.id == transcript_id), None)

    def clip(self, clip_id: str) -> Clip | None:
        """Find a clip by id; None where there is none."""
        return next((one for one in self.clips if one.id == clip_id), None)

    def participant(self, participant_id: str) -> Participant | None:
        """Find a participant by id; None where there is none."""
        return next((one for one in self.participants if one.id == participant_id), None)
