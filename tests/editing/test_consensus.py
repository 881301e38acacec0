"""A consensus made by choosing between two finished passes, neither of which is touched."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import editing
from annotator.analysis.comparing import compare
from annotator.editing.consensus import (
    OwnTag,
    Pen,
    Ruling,
    begin_consensus,
    bring_up_to_date,
    decision_on,
    open_differences,
    overrule,
    settle,
    unsettle,
)
from annotator.errors import EditError
from annotator.model import (
    CodingPass,
    Interval,
    Micros,
    Milestone,
    Origin,
    PassEvent,
    Purpose,
    Session,
    Tag,
    Verdict,
    tag_order,
)
from annotator.model.comparison import Comparison
from annotator.model.rules import session_problems
from annotator.storage.codec import decode_session, encode_session
from tests.support.tapping import a_session, a_tag

S = 1_000_000
DONE = (PassEvent(Milestone.FINISHED, "2026-01-02T00:00:00Z"),)
FIRST = (
    replace(a_tag("a1", "reflection", 10 * S), note="warm"),
    a_tag("a2", "question", 20 * S),
    a_tag("a3", "silence", 30 * S, 40 * S),
)
SECOND = (
    a_tag("b1", "reflection", 10 * S + 200_000),
    a_tag("b2", "reflection", 20 * S),
    a_tag("b4", "noise", 50 * S, 55 * S),
)


def pen() -> Pen:
    numbers = count()
    return Pen(lambda: f"c{next(numbers)}", lambda: "2026-01-05T00:00:00Z")


def coded(first: tuple[Tag, ...] = FIRST, second: tuple[Tag, ...] = SECOND) -> Session:
    passes = tuple(
        CodingPass(name, coder, purpose, "", tuple(sorted(tags, key=tag_order)), history=DONE)
        for name, coder, purpose, tags in (
            ("a", "A", Purpose.PRIMARY, first),
            ("b", "B", Purpose.DOUBLE, second),
        )
    )
    session = replace(a_session(), passes=passes)
    for other in ("a", "b"):
        session = editing.unblind(session, "C", other, "2026-01-04T00:00:00Z", "leads").apply(
            session
        )
    return session


def comparison_of(session: Session) -> Comparison:
    return compare(session, session.passes[0], session.passes[1])


def begun(session: Session) -> Session:
    return begin_consensus(session, comparison_of(session), "C", "c", pen()).apply(session)


def consensus(session: Session) -> CodingPass:
    found = session.coding_pass("c")
    assert found is not None
    return found


def marks(session: Session) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(tag.code, tag.start, tag.sources) for tag in consensus(session).tags]


def test_what_is_agreed_on_is_taken_over_and_says_whence() -> None:
    session = begun(coded())
    assert marks(session) == [("reflection", 10 * S, ("a1", "b1"))]
    (tag,) = consensus(session).tags
    assert (tag.note, tag.origin, tag.id) == ("warm", Origin.CONSENSUS, "c0")
    assert (consensus(session).coder, consensus(session).purpose) == ("C", Purpose.CONSENSUS)
    assert len(open_differences(consensus(session), comparison_of(session))) == 3


@pytest.mark.parametrize(
    ("ruling", "found"),
    [
        (Ruling(Verdict.FIRST), [("question", 20 * S, ("a2",))]),
        (Ruling(Verdict.SECOND), [("reflection", 20 * S, ("b2",))]),
        (
            Ruling(Verdict.BOTH),
            [("question", 20 * S, ("a2",)), ("reflection", 20 * S, ("b2",))],
        ),
        (Ruling(Verdict.NEITHER), []),
        (
            Ruling(Verdict.OWN, (OwnTag("calm", Interval(Micros(20 * S), Micros(21 * S))),)),
            [("calm", 20 * S, ("a2", "b2"))],
        ),
    ],
)
def test_each_verdict(ruling: Ruling, found: list[tuple[str, int, tuple[str, ...]]]) -> None:
    session = begun(coded())
    difference = comparison_of(session).differences[0]
    edit = settle(session, "c", difference, ruling, pen_from(10))
    after = edit.apply(session)
    assert marks(after)[1:] == found
    assert edit.revert(after) == session
    decision = decision_on(consensus(after), difference)
    assert decision is not None
    assert decision.verdict is ruling.verdict
    assert len(open_differences(consensus(after), comparison_of(after))) == 2


def pen_from(first: int) -> Pen:
    numbers = count(first)
    return Pen(lambda: f"c{next(numbers)}", lambda: "2026-01-06T00:00:00Z")


def test_a_difference_can_be_settled_anew_and_left_open() -> None:
    session = begun(coded())
    difference = comparison_of(session).differences[0]
    session = settle(session, "c", difference, Ruling(Verdict.FIRST), pen_from(10)).apply(session)
    again = settle(session, "c", difference, Ruling(Verdict.SECOND), pen_from(20))
    settled = again.apply(session)
    assert marks(settled)[1:] == [("reflection", 20 * S, ("b2",))]
    assert len(consensus(settled).decisions) == 1
    assert again.revert(settled) == session
    left = unsettle(settled, "c", difference).apply(settled)
    assert (len(consensus(left).tags), consensus(left).decisions) == (1, ())


def test_it_is_taken_up_again_from_the_file() -> None:
    session = begun(coded())
    differences = comparison_of(session).differences
    session = settle(session, "c", differences[1], Ruling(Verdict.NEITHER), pen_from(10)).apply(
        session
    )
    session = decode_session(encode_session(session))
    left = open_differences(consensus(session), comparison_of(session))
    assert [one.sources for one in left] == [("a2", "b2"), ("b4",)]
    of = consensus(session).consensus
    assert of is not None
    assert (of.first, of.second, of.matching) == ("a", "b", comparison_of(session).matching)
    assert bring_up_to_date(session, "c", comparison_of(session), pen()).changes == ()


def test_an_agreed_tag_can_be_overruled_and_stays_so() -> None:
    session = begun(coded())
    (tag,) = consensus(session).tags
    edit = overrule(session, "c", tag, Ruling(Verdict.NEITHER, note="a cough"), pen_from(10))
    after = edit.apply(session)
    assert consensus(after).tags == ()
    assert consensus(after).decisions[0].note == "a cough"
    assert bring_up_to_date(after, "c", comparison_of(after), pen()).changes == ()
    assert edit.revert(after) == session


def test_it_follows_passes_that_were_changed_after_all() -> None:
    session = begun(coded())
    first_difference = comparison_of(session).differences[0]
    session = settle(session, "c", first_difference, Ruling(Verdict.FIRST), pen_from(10)).apply(
        session
    )
    moved = replace(FIRST[0], start=Micros(80 * S), end=Micros(80 * S))
    recoded = replace(FIRST[1], code="reflection")
    tags = tuple(sorted((moved, recoded, FIRST[2]), key=tag_order))
    changed = replace(session, passes=(replace(session.passes[0], tags=tags), *session.passes[1:]))
    edit = bring_up_to_date(changed, "c", comparison_of(changed), pen_from(20))
    after = edit.apply(changed)
    assert marks(after) == [("reflection", 20 * S, ("a2", "b2"))]
    assert consensus(after).decisions == ()
    assert edit.revert(after) == changed


def test_the_passes_must_be_finished_and_seen() -> None:
    session = coded()
    comparison = comparison_of(session)
    going_on = replace(session.passes[1], history=())
    open_one = replace(session, passes=(session.passes[0], going_on))
    with pytest.raises(EditError, match="of B is not finished"):
        begin_consensus(open_one, comparison, "C", "c", pen())
    with pytest.raises(EditError, match="of B is hidden"):
        begin_consensus(session, comparison, "A", "c", pen())
    with pytest.raises(EditError, match="already"):
        begin_consensus(begun(session), comparison, "C", "d", pen())


def test_what_does_not_fit_is_refused() -> None:
    session = begun(coded())
    only_first = comparison_of(session).differences[1]
    for ruling in (Ruling(Verdict.SECOND), Ruling(Verdict.OWN), Ruling(Verdict.BOTH)):
        with pytest.raises(EditError):
            settle(session, "c", only_first, ruling, pen())
    own = OwnTag("nothing", Interval(Micros(0), Micros(S)))
    for ruling in (Ruling(Verdict.OWN, (own,)), Ruling(Verdict.FIRST, (own,))):
        with pytest.raises(EditError):
            settle(session, "c", only_first, ruling, pen())
    with pytest.raises(EditError, match="not a consensus"):
        settle(session, "b", only_first, Ruling(Verdict.FIRST), pen())
    with pytest.raises(EditError, match="not settled"):
        unsettle(session, "c", only_first)


SOME = st.lists(
    st.tuples(st.sampled_from(["reflection", "question", "noise"]), st.integers(0, 12)), max_size=6
)


@settings(deadline=None)
@given(SOME, SOME, st.data())
def test_the_originals_are_never_touched_and_all_can_be_undone(
    first: list[tuple[str, int]], second: list[tuple[str, int]], data: st.DataObject
) -> None:
    beginning = coded(drawn("a", first), drawn("b", second))
    comparison = comparison_of(beginning)
    session, history = beginning, []
    fresh = pen()
    edit = begin_consensus(session, comparison, "C", "c", fresh)
    for _ in range(data.draw(st.integers(0, 8)) + 1):
        history.append(edit)
        session = edit.apply(session)
        assert session.passes[:2] == beginning.passes
        assert session_problems(session) == []
        if not comparison.differences:
            break
        difference = data.draw(st.sampled_from(comparison.differences))
        ruling = Ruling(data.draw(st.sampled_from([Verdict.NEITHER, _possible(difference.first)])))
        edit = settle(session, "c", difference, ruling, fresh)
    taken = [source for tag in consensus(session).tags for source in tag.sources]
    assert len(taken) == len(set(taken))
    for edit in reversed(history):
        session = edit.revert(session)
    assert session == beginning


def drawn(name: str, some: list[tuple[str, int]]) -> tuple[Tag, ...]:
    return tuple(
        a_tag(f"{name}{n}", code, at * 300_000, at * 300_000 + (S if code == "noise" else 0))
        for n, (code, at) in enumerate(some)
    )


def _possible(first: Tag | None) -> Verdict:
    return Verdict.SECOND if first is None else Verdict.FIRST
