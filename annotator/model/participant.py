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


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person allowed; dates are ISO 8601 (`2026-03-01`), empty where not known."""

    status: ConsentStatus = ConsentStatus.UNKNOWN
    scope: ConsentScope = ConsentScope.PRIVATE
    date: str = ""
    expires: str = ""
    form: str = ""
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person on the film; `label` is a code such as "C07", never a name."""

    id: str
    role: ParticipantRole
    label: str
    consent: Consent = Consent()
    extra: Mapping[str, object] = field(default_factory=dict)
