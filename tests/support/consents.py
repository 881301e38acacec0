"""Consents as participants of tests give them."""

from __future__ import annotations

from dataclasses import replace

from annotator.model import Consent, ConsentScope, ConsentStatus, Mask, Masking, Session

GIVEN = Consent(ConsentStatus.GIVEN, ConsentScope.LEARNING, "2026-01-05")
WITHDRAWN = replace(GIVEN, status=ConsentStatus.WITHDRAWN, withdrawn="2026-02-28")


def masked(*masks: Mask) -> Consent:
    """Consent as far as to learners, before whom these must be masked."""
    return replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, masks),))


FACES_MASKED = masked(Mask.FACES)
VOICE_MASKED = masked(Mask.VOICE)
NOT_FOR_LEARNERS = (
    (Consent(), "is not known"),
    (replace(GIVEN, scope=ConsentScope.SUPERVISION), "supervision"),
    (replace(GIVEN, expires="2026-02-01"), "2026-02-01"),
    (WITHDRAWN, "2026-02-28"),
    (replace(GIVEN, status=ConsentStatus.REFUSED), "refused"),
)
"""Each with what is said of it where something is for learners."""


def with_consent(session: Session, consent: Consent) -> Session:
    """Let each participant of the session give this consent."""
    people = tuple(replace(one, consent=consent) for one in session.participants)
    return replace(session, participants=people)
