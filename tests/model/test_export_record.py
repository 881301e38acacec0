"""The record of an export holds what was judged, what was masked and when it must go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import Consent, ConsentScope, ParticipantRole
from annotator.model.disclosure import judge, permit
from annotator.model.export_record import Circumstances, Overridden, Shown, record_export
from tests.support.exports import CLIP, GIVEN, TODAY, WHEN, exported, told_session


def test_it_tells_who_was_shown_and_how_far_each_consent_went() -> None:
    session = told_session(GIVEN, Consent())
    record = exported(session, override="a court asks")
    assert record.shown == (
        Shown("p1", ParticipantRole.CLIENT, ConsentScope.LEARNING),
        Shown("p2", ParticipantRole.CLIENT, ConsentScope.PRIVATE),
    )
    assert record.level is ConsentScope.PRIVATE
    assert record.override == "a court asks"
    refusals = judge(session, [CLIP], ConsentScope.LEARNING, TODAY).refusals
    expected = tuple(Overridden(one.ground, one.participant, one.span) for one in refusals)
    assert record.overridden == expected != ()


@pytest.mark.parametrize("expires", ["2027-03-01", ""])
def test_it_is_to_be_deleted_by_the_last_day_of_consent(expires: str) -> None:
    session = told_session(replace(GIVEN, expires=expires))
    passed = permit(judge(session, [CLIP], ConsentScope.LEARNING, TODAY), ())
    how = Circumstances("x1", WHEN, "A")
    assert record_export(session, passed, [CLIP], how).delete_by == expires
