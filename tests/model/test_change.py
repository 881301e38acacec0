from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import EditError
from annotator.model import (
    CodingPass,
    ExcludedSpan,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Purpose,
    Rating,
    Session,
    tag_order,
)
from annotator.model.change import (
    Change,
    FieldChange,
    Member,
    MemberChange,
    TagChange,
    apply_changes,
)
from tests.support.sessions import adding, plain_session, plain_tag


def undone(session: Session, changes: list[Change]) -> Session:
    return apply_changes(session, [change.reversed() for change in reversed(changes)])


SOME = plain_session(3)
OTHER_BOOK = replace(SOME.codebook, version="2")
CHANGES: list[Change] = [
    adding(7),
    adding(1).reversed(),
    TagChange("pass1", plain_tag(1), replace(plain_tag(1), start=Micros(0), note="x")),
    MemberChange(Member.RECORDING, 1, None, replace(SOME.recordings[0], id="r2")),
    MemberChange(Member.RECORDING, 0, SOME.recordings[0], None),
    MemberChange(Member.EXCLUDED, 0, None, ExcludedSpan(Micros(1), Micros(2))),
    MemberChange(Member.PARTICIPANT, 1, None, Participant("p2", ParticipantRole.OTHER, "O1")),
    MemberChange(Member.PASS, 0, None, CodingPass("pass2", "B", Purpose.DOUBLE, "")),
    MemberChange(Member.PASS, 0, SOME.passes[0], None),
    MemberChange(Member.RATING, 0, SOME.passes[0].ratings[0], Rating("empathy", 1), "pass1"),
    FieldChange("A session", "Another"),
    FieldChange(SOME.region, Interval(Micros(1), Micros(2))),
    FieldChange(SOME.codebook, OTHER_BOOK),
]


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_does_something_and_can_be_undone(change: Change) -> None:
    after = apply_changes(SOME, [change])
    assert after != SOME
    assert undone(after, [change]) == SOME
    assert apply_changes(undone(after, [change]), [change]) == after


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=40))
def test_tags_come_and_go_in_their_order(numbers: list[int]) -> None:
    session, changes = plain_session(0), list[Change]()
    present: set[int] = set()
    for number in numbers:
        changes.append(adding(number).reversed() if number in present else adding(number))
        present ^= {number}
    after = apply_changes(session, changes)
    tags = after.passes[0].tags
    assert list(tags) == sorted(tags, key=tag_order)
    assert {tag.id for tag in tags} == {f"t{number}" for number in present}
    assert undone(after, changes) == session
    one_by_one = session
    for change in changes:
        one_by_one = apply_changes(one_by_one, [change])
    assert one_by_one == after


@pytest.mark.parametrize(
    "change",
    [
        adding(9).reversed(),
        TagChange("nowhere", None, plain_tag(9)),
        TagChange("pass1", replace(plain_tag(1), note="other"), None),
        MemberChange(Member.RECORDING, 5, SOME.recordings[0], None),
        MemberChange(Member.RECORDING, -1, SOME.recordings[0], None),
        MemberChange(Member.RECORDING, 5, None, SOME.recordings[0]),
        MemberChange(Member.RECORDING, 0, None, Rating("empathy", 1)),
        MemberChange(Member.RATING, 0, None, Rating("empathy", 1), "nowhere"),
        MemberChange(Member.RATING, 0, Rating("empathy", 1), None, "pass1"),
        FieldChange("Wrong", "Another"),
        FieldChange(Interval(Micros(7), Micros(8)), Interval(Micros(1), Micros(2))),
        FieldChange(OTHER_BOOK, SOME.codebook),
    ],
)
def test_a_change_that_does_not_fit_is_refused_and_harms_nothing(change: Change) -> None:
    before = plain_session(3)
    with pytest.raises(EditError):
        apply_changes(SOME, [adding(20), change])
    assert before == SOME
