"""What is called back: all that would be refused today, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from annotator.editing import withdraw_consent
from annotator.model import Consent, ConsentScope, ExcludedSpan, Mask, Masking, Micros, Session
from annotator.model.export_record import Logged
from annotator.model.recall import to_recall
from tests.support.exports import GIVEN, TODAY, WHEN, exported, told_session

BOTH = told_session(GIVEN, replace(GIVEN, expires=""))
LOG = tuple(
    Logged(exported(BOTH, f"x{number}", level), "E1", number)
    for number, level in enumerate((ConsentScope.LEARNING, ConsentScope.SUPERVISION), 1)
)


def with_consent(consent: Consent) -> Session:
    first, second = BOTH.participants
    return replace(BOTH, participants=(first, replace(second, consent=consent)))


def recalled(session: Session, today: date = TODAY) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.logged.record.id, one.reasons) for one in to_recall(session, LOG, today)]


def test_as_long_as_nothing_changes_nothing_is_called_back() -> None:
    assert recalled(BOTH) == []
    assert recalled(BOTH, date(2027, 3, 1)) == []


def test_what_shows_somebody_who_withdrew_is_called_back() -> None:
    session = withdraw_consent(BOTH, BOTH.participants[1], "2026-05-01").apply(BOTH)
    told = ("C02 withdrew consent on 2026-05-01.",)
    assert recalled(session) == [("x1", told), ("x2", told)]


def test_what_has_expired_is_called_back() -> None:
    told = ("C01's consent ended on 2027-03-01.", "It was to be deleted by 2027-03-01.")
    assert recalled(BOTH, date(2027, 3, 2)) == [("x1", told), ("x2", told)]


@pytest.mark.parametrize(
    ("consent", "told"),
    [
        (
            replace(GIVEN, scope=ConsentScope.SUPERVISION),
            "C02's consent goes as far as supervision, not to learners.",
        ),
        (
            replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.VOICE,)),)),
            "Of C02 must be masked: voice.",
        ),
    ],
)
def test_what_is_too_wide_or_too_bare_now_is_called_back(consent: Consent, told: str) -> None:
    assert recalled(with_consent(consent)) == [("x1", (told,))]


def test_what_holds_a_stretch_that_was_excluded_since_is_called_back() -> None:
    span = ExcludedSpan(Micros(24_000_000), Micros(26_000_000), "a name")
    changed = replace(BOTH, excluded=(*BOTH.excluded, span))
    assert [one for one, _ in recalled(changed)] == ["x1", "x2"]


def test_somebody_who_is_no_more_a_participant_is_not_forgotten() -> None:
    gone = replace(BOTH, participants=BOTH.participants[:1])
    (one, told), _ = recalled(gone)
    assert one == "x1"
    assert "“p2” is none of the session's participants" in told[0]


def test_what_is_settled_is_not_called_back_again() -> None:
    session = with_consent(Consent())
    first, second = LOG
    settled = (replace(first, recalled=WHEN), replace(second, given_up=WHEN))
    assert len(to_recall(session, LOG, TODAY)) == 2
    assert to_recall(session, settled, TODAY) == ()
