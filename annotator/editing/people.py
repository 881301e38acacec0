"""Edits of a session's participants."""

from __future__ import annotations

from dataclasses import replace

from annotator.editing.edit import Edit, index_in
from annotator.errors import EditError
from annotator.model.change import Member, MemberChange
from annotator.model.consent_rules import called
from annotator.model.participant import Consent, ConsentStatus, Participant
from annotator.model.session import Session


def add_participant(session: Session, participant: Participant) -> Edit:
    """Add a participant; raises EditError where the id is taken."""
    if session.participant(participant.id) is not None:
        raise EditError(f'The session already has a participant "{participant.id}".')
    index = len(session.participants)
    change = MemberChange(Member.PARTICIPANT, index, None, participant)
    return Edit(f"add {participant.label}", (change,))


def replace_participant(session: Session, old: Participant, new: Participant) -> Edit:
    """Change a participant's role, label or consent; the id stays, since tags refer to it."""
    index = index_in(session.participants, old)
    kept = replace(new, id=old.id)
    change = MemberChange(Member.PARTICIPANT, index, old, kept)
    return Edit(f"change {old.label}", (change,))


def change_consent(session: Session, participant: Participant, consent: Consent) -> Edit:
    """Write down what a participant allows; raises EditError where the participant is gone."""
    edit = replace_participant(session, participant, replace(participant, consent=consent))
    return replace(edit, label=f"change the consent of {called(participant)}")


def withdraw_consent(session: Session, participant: Participant, day: str) -> Edit:
    """Write down that a participant took consent back on a day, ISO 8601.

    What had been allowed stays written, so that it can be told under what an earlier export was
    made. Raises EditError where the participant is gone.
    """
    consent = replace(participant.consent, status=ConsentStatus.WITHDRAWN, withdrawn=day)
    edit = change_consent(session, participant, consent)
    return replace(edit, label=f"withdraw the consent of {called(participant)}")
