"""Who speaks in a caption: a role, whatever name a transcript gave that person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.model.name_words import NameWords
from annotator.model.participant import ParticipantRole
from annotator.model.session import Session
from annotator.model.sound_masks import bare
from annotator.model.transcript import Cue, Transcript
from annotator.model.words import WordPlace, words

ROLE_NAMES: Mapping[ParticipantRole, str] = {
    ParticipantRole.THERAPIST: "Therapist",
    ParticipantRole.CLIENT: "Client",
    ParticipantRole.OTHER: "Other person",
}

_ROLE = re.compile(
    r"(therapist|co-therapist|client|patient|counsell?or|clinician|interviewer|interviewee|speaker"
    r"|person|participant|doctor|nurse|coach|supervisor|observer|mother|father|parent|child|partner"
    r"|group|all|voice|unknown)(?:[ _-]?(\d{1,2}|[a-f]))?",
    re.IGNORECASE,
)
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Speakers:
    """What each speaker of a transcript is called: by participant, and by the transcript's label.

    `names` holds the words of labels that are no roles, as `bare` gives them.
    """

    by_participant: Mapping[str, str]
    by_label: Mapping[str, str]
    names: frozenset[str]

    @classmethod
    def of(cls, session: Session, transcript: Transcript) -> Speakers:
        """Find the roles; people who share one are numbered in the order of the session."""
        counts = Counter(one.role for one in session.participants)
        seen: Counter[ParticipantRole] = Counter()
        people: dict[str, str] = {}
        for one in session.participants:
            seen[one.role] += 1
            number = f" {seen[one.role]}" if counts[one.role] > 1 else ""
            people[one.id] = ROLE_NAMES[one.role] + number
        labels = {
            label: people.get(transcript.participant_of(label)) or _role(label)
            for label in transcript.speakers
        }
        names = {bare(part) for label in labels if not _role(label) for part in label.split()}
        return cls(people, labels, frozenset(one for one in names if _may_be_name(one)))

    def role_of(self, cue: Cue) -> str:
        """Give the role of who says a cue; empty where it is not known. It is never a name."""
        return self.by_participant.get(cue.participant) or self.by_label.get(cue.speaker, "")

    def named_in(self, transcript: Transcript) -> frozenset[WordPlace]:
        """Find where people call each other by the names that the transcript labels them with.

        A word in small letters is none: someone labelled “Will” is not meant by each “will”.
        """
        names = NameWords.of(self.names)
        return frozenset(
            WordPlace(cue.id, number)
            for cue in (transcript.cues if self.names else ())
            for number, word in enumerate(words(cue))
            if not word.text.islower() and names.stand_in(word.text)
        )


def _role(label: str) -> str:
    """Give a label as it may be shown: with a capital, if it names a role; else nothing."""
    tidy = " ".join(label.split())
    match = _ROLE.fullmatch(tidy)
    if match is None:
        return ""
    number = f" {match[2].upper()}" if match[2] else ""
    return match[1].capitalize() + number


def _may_be_name(word: str) -> bool:
    return len(word) >= _SHORTEST_NAME and not any(letter.isdigit() for letter in word)
