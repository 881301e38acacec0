"""Consent written down and taken back, each undone in one step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.editing import change_consent, withdraw_consent
from annotator.errors import EditError
from annotator.model import Consent, ConsentScope, ConsentStatus, Mask, Masking
from tests.support.sessions import plain_session

GIVEN = Consent(
    ConsentStatus.GIVEN,
    ConsentScope.LEARNING,
    "2026-01-05",
    form="3b",
    masks=(Masking(ConsentScope.LEARNING, (Mask.FACES,)),),
)


def test_consent_is_written_down_and_taken_off_again() -> None:
    session = plain_session()
    (one,) = session.participants
    edit = change_consent(session, one, GIVEN)
    assert edit.label == "change the consent of C07"
    after = edit.apply(session)
    assert after.participants == (replace(one, consent=GIVEN),)
    assert edit.revert(after) == session


def test_withdrawing_keeps_what_had_been_allowed() -> None:
    session = plain_session()
    session = change_consent(session, session.participants[0], GIVEN).apply(session)
    edit = withdraw_consent(session, session.participants[0], "2026-05-01")
    assert edit.label == "withdraw the consent of C07"
    (after,) = edit.apply(session).participants
    withdrawn = replace(GIVEN, status=ConsentStatus.WITHDRAWN, withdrawn="2026-05-01")
    assert after.consent == withdrawn


def test_somebody_who_is_gone_has_no_consent_to_change() -> None:
    session = plain_session()
    (one,) = session.participants
    with pytest.raises(EditError, match="no longer part"):
        withdraw_consent(replace(session, participants=()), one, "2026-05-01")
