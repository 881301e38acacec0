"""Certificates say what was made and withdrawn, with codes alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import ConsentScope, Session
from annotator.model.certificate import (
    CANNOT_PROVE,
    export_certificate,
    withdrawal_certificate,
    withdrawal_of,
)
from annotator.model.export_record import BARE_FACES, BARE_LOST, Logged
from annotator.model.participant import ConsentStatus
from tests.support.exports import GIVEN, NAMES, TODAY, WHEN, exported, told_session

GONE = replace(GIVEN, status=ConsentStatus.WITHDRAWN, withdrawn="2026-05-01", note="")


def logged(session: Session, export_id: str = "x1", recalled: str = "") -> Logged:
    return Logged(exported(session, export_id), "E1", 1, recalled=recalled)


def test_an_export_is_certified_with_codes_alone() -> None:
    session = told_session()
    page = export_certificate(session, logged(session), TODAY).markdown()
    for told in (
        "Export x1",
        "Made: 2026-06-01 09:00:00 UTC, by E1",
        "For: learners",
        "Shows: 0:00:10.000 to 0:00:25.000",
        "Masked: nothing",
        "`s1-x1.mp4`",
        "To be deleted by: 2027-03-01",
        "made, not called back",
        CANNOT_PROVE,
    ):
        assert told in page
    assert not [name for name in (*NAMES, "/home") if name in page]


def test_it_is_certified_that_found_faces_were_uncovered() -> None:
    session = told_session()
    told = {BARE_FACES: "2: 0:00:11.000 – 0:00:12.000", BARE_LOST: "", "mode": "exact"}
    record = replace(exported(session, "x1"), settings=told)
    page = export_certificate(session, Logged(record, "E1", 1), TODAY).markdown()
    assert "Faces uncovered by hand: 2: 0:00:11.000 – 0:00:12.000" in page
    assert BARE_LOST.capitalize() not in page
    assert "exact" not in page


def test_a_withdrawal_tells_what_became_of_each_export() -> None:
    given = told_session()
    session = replace(given, participants=(replace(given.participants[0], consent=GONE),))
    exports = (logged(given, "x1"), logged(given, "x2", recalled=WHEN))
    page = withdrawal_certificate(
        session, withdrawal_of(session.participants[0], exports), TODAY
    ).markdown()
    assert "C01 (client) withdrew consent on 2026-05-01." in page
    assert "1 export is not known to be deleted yet." in page
    assert "called back and deleted, noted 2026-06-01 09:00:00 UTC" in page
    assert not [name for name in NAMES if name in page]


def test_all_deleted_is_told_as_such() -> None:
    given = told_session()
    one = replace(given.participants[0], consent=GONE)
    done = withdrawal_of(one, (logged(given, recalled=WHEN),))
    assert "are deleted (1)." in withdrawal_certificate(given, done, TODAY).markdown()
    none = withdrawal_of(one, (replace(logged(given), given_up=WHEN),))
    assert "holds nothing that shows" in withdrawal_certificate(given, none, TODAY).markdown()


def test_an_override_stands_in_it() -> None:
    session = told_session()
    record = exported(session, level=ConsentScope.PUBLIC, override="the board said so")
    page = export_certificate(session, Logged(record, "E2", 1), TODAY).markdown()
    assert "Made although refused, because: the board said so" in page


def test_nobody_who_has_not_withdrawn_is_certified_to_have() -> None:
    with pytest.raises(ValueError, match="C01 has not withdrawn"):
        withdrawal_of(told_session().participants[0], ())
