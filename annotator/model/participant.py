"""Who is on the film, and what that person allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ParticipantRole(StrEnum):
    """What part a person has in the session."""

    THERAPIST = "therapist"
    CLIENT = "client"
    OTHER = "other"


class ConsentStatus(StrEnum):
    """Whether a person has agreed to the recording and its use."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentScope(StrEnum):
    """How far a recording may travel; each level holds those before it."""

    PRIVATE = "private"
    AUTHORIZED = "authorized"
    SUPERVISION = "supervision"
    LEARNING = "learning"
    PUBLIC = "public"

    @property
    def word(self) -> str:
        """The one word by which people choose it, such as "learners"."""
        return _WORDS[self][0]

    @property
    def told(self) -> str:
        """How it reads in a sentence, as in "may be shown to the team"."""
        return _WORDS[self][1]

    def holds(self, other: ConsentScope) -> bool:
        """Tell whether this level is as wide as the other, or wider."""
        return _ORDER[self] >= _ORDER[other]


_WORDS = {
    ConsentScope.PRIVATE: ("team", "the team"),
    ConsentScope.AUTHORIZED: ("researchers", "named researchers"),
    ConsentScope.SUPERVISION: ("supervision", "supervision"),
    ConsentScope.LEARNING: ("learners", "learners"),
    ConsentScope.PUBLIC: ("public", "the public"),
}
_ORDER = {level: place for place, level in enumerate(ConsentScope)}


class Mask(StrEnum):
    """What can be covered of a person in an export; never all that tells who it is.

    `PICTURE` covers the whole picture, and so the faces in it.
    """

    FACES = "faces"
    VOICE = "voice"
    NAMES = "names"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Masking:
    """What must be masked of a person at one level, and at every wider one as well."""

    level: ConsentScope
    masks: tuple[Mask, ...]
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person allowed; dates are ISO 8601 (`2026-03-01`), empty where not known.

    `scope` is the widest level, those in `withheld` are left out of it: a form may allow
    supervision and not research. `withdrawn` is the day on which it was taken back. `researchers`
    tells who the named researchers are, by codes or otherwise; it stays in the session file.
    """

    status: ConsentStatus = ConsentStatus.UNKNOWN
    scope: ConsentScope = ConsentScope.PRIVATE
    date: str = ""
    expires: str = ""
    form: str = ""
    note: str = ""
    withheld: tuple[ConsentScope, ...] = ()
    masks: tuple[Masking, ...] = ()
    withdrawn: str = ""
    researchers: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back, whatever else is written."""
        return self.status is ConsentStatus.WITHDRAWN or bool(self.withdrawn)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person on the film; `label` is a code such as "C07", never a name."""

    id: str
    role: ParticipantRole
    label: str
    consent: Consent = Consent()
    extra: Mapping[str, object] = field(default_factory=dict)
