"""Exports for named researchers go to the researchers whom consents name, and to no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import ConsentScope
from annotator.model.consent_rules import Ground
from annotator.model.disclosure import judge, permit
from annotator.model.export_record import Logged
from annotator.model.recall import to_recall
from tests.support.exports import CLIP, GIVEN, TODAY, exported, told_session

FOR_RESEARCHERS, LEARNERS = ConsentScope.AUTHORIZED, ConsentScope.LEARNING
NAMED = replace(GIVEN, researchers="Ann Müller (Basel), R2 and R3")


def told(recipient: str | None, level: ConsentScope = FOR_RESEARCHERS) -> list[tuple[Ground, str]]:
    session = told_session(NAMED, GIVEN)
    found = judge(session, [CLIP], level, TODAY, recipient=recipient)
    return [(one.ground, one.participant) for one in found.refusals]


@pytest.mark.parametrize(
    "recipient",
    ["R2", "r3", "Ann Müller", "MÜLLER", "R3, R2", "R2 and R3", "Ann Müller (Basel); R2"],
)
def test_those_who_are_named_may_have_it(recipient: str) -> None:
    assert told(recipient) == []


@pytest.mark.parametrize(
    "recipient", ["R1", "R", "R2 and R4", "Ann Miller", "Ann R2", "R2, Basel X"]
)
def test_whoever_is_not_named_may_not(recipient: str) -> None:
    assert told(recipient) == [(Ground.RECIPIENT, "p1")]


@pytest.mark.parametrize("recipient", ["", " ", ",;"])
def test_somebody_must_be_named(recipient: str) -> None:
    assert told(recipient)[0] == (Ground.RECIPIENT, "")


def test_where_no_consent_names_anybody_whoever_is_named_counts() -> None:
    judged = judge(told_session(), [CLIP], FOR_RESEARCHERS, TODAY, recipient="R9")
    assert judged.is_allowed


def test_other_levels_and_consent_alone_ask_for_nobody() -> None:
    assert told("", LEARNERS) == told("R1", LEARNERS) == told(None) == []


def test_the_reasons_say_what_to_do() -> None:
    session = told_session(NAMED)
    (nobody, *_) = judge(session, [CLIP], FOR_RESEARCHERS, TODAY, recipient="").reasons
    (other,) = judge(session, [CLIP], FOR_RESEARCHERS, TODAY, recipient="R7").reasons
    assert "--recipient" in nobody
    assert other == (
        "C01's consent names as researchers “Ann Müller (Basel), R2 and R3”, "
        "and “R7” is not among them."
    )


def test_an_override_goes_against_it_and_is_kept() -> None:
    judged = judge(told_session(NAMED), [CLIP], FOR_RESEARCHERS, TODAY, recipient="R7")
    allowed = permit(judged, (), "the board agreed")
    assert [one.ground for one in allowed.refusals] == [Ground.RECIPIENT]


def test_what_somebody_has_who_is_not_named_any_more_is_called_back() -> None:
    session = told_session(NAMED)
    record = replace(exported(session, level=FOR_RESEARCHERS), recipient="R2")
    assert to_recall(session, [Logged(record, "E1", 1)], TODAY) == ()
    fewer = told_session(replace(NAMED, researchers="R3"))
    (recall,) = to_recall(fewer, [Logged(record, "E1", 1)], TODAY)
    assert "“R2” is not among them" in recall.reasons[0]
