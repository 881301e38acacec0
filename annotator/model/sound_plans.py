"""What is masked in the sound of one clip: whose voice and where, and which names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotator.errors import AnnotatorError
from annotator.model.consent_rules import called
from annotator.model.counts import counted
from annotator.model.session import Session
from annotator.model.sound_masks import (
    MARGINS,
    NamesWish,
    chosen_words,
    name_spans,
    voice_spans,
)
from annotator.model.spans import merged, without
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Word


class NamesAs(StrEnum):
    """What is heard in place of names."""

    BEEP = "beep"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class SoundWish:
    """What is asked of the sound beyond what consents demand.

    `voices` are those of participants, by id or label; where it is empty a mask of voices is one
    of all. `names` are words that are names wherever they are said in a transcript.
    """

    voices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    names_as: NamesAs = NamesAs.BEEP

    @property
    def names_wish(self) -> NamesWish:
        """What counts as a name."""
        return NamesWish(said=self.names)


USUAL_SOUND = SoundWish()


@dataclass(frozen=True, slots=True)
class VoicePlan:
    """Whose voice is disguised in a clip, and where, on the session's clock.

    `spans` is None for all of the sound, which is everybody's voice. `people` are the ids of those
    for whose sake it is done, empty for everybody's, and `labels` what they are called.
    """

    spans: tuple[Interval, ...] | None = None
    people: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()

    def covers(self, participant: str) -> bool:
        """Tell whether a participant's voice is disguised."""
        return self.spans is None or participant in self.people

    @property
    def told(self) -> str:
        """Say whose voice is disguised, as in “voice of C07 in 3 stretches”."""
        whose = " and ".join(self.labels)
        if not self.people:
            return "voice"
        if self.spans is None:
            return f"all voices, as nothing tells when {whose} speaks"
        if not self.spans:
            return f"voice of {whose}, not heard in it"
        return f"voice of {whose} in {counted(len(self.spans), 'stretch', 'stretches')}"


_BY_TAGS = NamesWish()


@dataclass(frozen=True, slots=True)
class NamesPlan:
    """Where names are covered in a clip, on the session's clock.

    Of the words that were chosen for it, `guessed` were said at times that are estimated. `wish`
    is what counts as a name, in captions as well.
    """

    spans: tuple[Interval, ...] = ()
    guessed: int = 0
    wish: NamesWish = _BY_TAGS

    @property
    def told(self) -> str:
        """Say how many there are, as in “names in 3 places, 1 of them at a guess”."""
        guess = f", {self.guessed} of them at a guess" if self.guessed else ""
        return f"names in {counted(len(self.spans), 'place')}{guess}"


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """What is masked in the sound of one clip, where voices or names are masked at all."""

    voice: VoicePlan = VoicePlan()
    names: NamesPlan = NamesPlan()


ALL_VOICES = SoundPlan()


def chosen_voices(session: Session, wish: SoundWish) -> frozenset[str]:
    """Give the ids of those whose voice was chosen; raises AnnotatorError where one is unknown."""
    found: set[str] = set()
    for name in wish.voices:
        here = [one.id for one in session.participants if name in (one.id, one.label)]
        if not here:
            known = ", ".join(called(one) for one in session.participants) or "nobody"
            raise AnnotatorError(
                f"“{name}” is none of the session's participants.", f"They are: {known}."
            )
        found.update(here)
    return frozenset(found)


def voice_plan(
    session: Session, clip: Interval, chosen: Collection[str], demanded: Collection[str]
) -> VoicePlan:
    """Plan the voices of a clip, for participants by their ids; all where nobody is named.

    A voice that was chosen is disguised where tags or cues tell that its owner speaks. One that a
    consent demands, and one of which nothing tells that, is disguised wherever the transcript
    does not tell that somebody else speaks: all of the sound where it does not tell it anywhere.
    """
    people = frozenset({*chosen, *demanded})
    if not people or people.issuperset(one.id for one in session.participants):
        return VoicePlan()
    own = {one: voice_spans(session, clip, one) for one in people}
    spans = [span for one in own.values() for span in one]
    if any(one in demanded or not own[one] for one in people):
        spans += without([clip], _of_others(session, clip, people))
    found = merged(spans, clip)
    names = {one.id: called(one) for one in session.participants}
    labels = tuple(sorted(names.get(one, one) for one in people))
    return VoicePlan(None if found == (clip,) else found, people, labels)


def _of_others(session: Session, clip: Interval, people: Collection[str]) -> Iterator[Interval]:
    """Yield when cues tell that others speak; a little less, as cues are not exact."""
    for cue in (cue for one in session.transcripts for cue in one.cues):
        start, end = cue.start + MARGINS.tagged, cue.end - MARGINS.tagged
        if cue.participant and cue.participant not in people and start < end:
            span = Interval(Micros(start), Micros(end))
            if span.overlaps(clip):
                yield span


def names_plan(session: Session, clip: Interval, wish: NamesWish) -> NamesPlan:
    """Plan where names are covered in a clip, by tags and by words of every transcript."""
    spans = [*name_spans(session, clip, wish)]
    words: list[Word] = []
    for transcript in session.transcripts:
        spans += name_spans(session, clip, wish, transcript)
        words += chosen_words(transcript, wish)
    here = (word for word in words if word.start < clip.end and word.end > clip.start)
    return NamesPlan(merged(spans, clip), sum(word.estimated for word in here), wish)
