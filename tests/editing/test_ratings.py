"""Ratings with notes, and the tags that speak for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.errors import EditError
from annotator.model import Rating, RatingItem, Session
from annotator.model.rules import session_problems
from annotator.storage.codec import decode_session, encode_session
from tests.support.tapping import BOOK, a_session, a_tag

S = 1_000_000
ITEMS = (
    RatingItem("empathy", "Empathy", step=1),
    RatingItem("pacing", "Pacing", minimum=0, maximum=6, step=0.5),
    RatingItem("warmth", "Warmth"),
    RatingItem("dropped", "Dropped", retired=True),
)


def rated() -> Session:
    session = a_session(a_tag("t1", "noise", S, 2 * S), a_tag("t2", "reflection", 3 * S))
    session = replace(session, codebook=replace(BOOK, ratings=ITEMS))
    return editing.rate(session, "p", Rating("empathy", 4, "warm", ("t1", "t2"))).apply(session)


def ratings(session: Session) -> tuple[Rating, ...]:
    return session.passes[0].ratings


@pytest.mark.parametrize(
    ("item", "value", "fits"),
    [
        ("empathy", 5, True),
        ("empathy", 3.5, False),
        ("empathy", 6, False),
        ("pacing", 5.5, True),
        ("pacing", 5.25, False),
        ("warmth", 1.37, True),
        ("dropped", 3, False),
        ("none", 3, False),
    ],
)
def test_a_number_must_be_on_the_scale(item: str, value: float, *, fits: bool) -> None:
    session = rated()
    if fits:
        after = editing.rate(session, "p", Rating(item, value)).apply(session)
        assert ratings(after)[-1].value == value
        assert session_problems(after) == []
        return
    with pytest.raises(EditError):
        editing.rate(session, "p", Rating(item, value))


def test_a_step_of_a_tenth_is_met_as_written() -> None:
    item = RatingItem("x", "X", minimum=0, maximum=1, step=0.1)
    assert [value for value in (0, 0.1, 0.3, 0.7, 1, 0.15) if item.allows(value)] == [
        0,
        0.1,
        0.3,
        0.7,
        1,
    ]


def test_the_half_point_is_told_in_the_refusal() -> None:
    with pytest.raises(EditError, match=r"Give 0 to 6 in steps of 0\.5"):
        editing.rate(rated(), "p", Rating("pacing", 0.2))


def test_evidence_goes_with_its_tag_and_comes_back() -> None:
    session = rated()
    edit = editing.delete_tags(session, "p", [session.passes[0].tags[0]])
    after = edit.apply(session)
    assert ratings(after) == (Rating("empathy", 4, "warm", ("t2",)),)
    assert session_problems(after) == []
    assert edit.revert(after) == session
    every = editing.delete_tags(session, "p", session.passes[0].tags)
    assert ratings(every.apply(session))[0].evidence == ()
    assert every.revert(every.apply(session)) == session


def test_links_and_notes_are_edited_one_by_one() -> None:
    session = rated()
    less = editing.unlink_evidence(session, "p", "empathy", "t1").apply(session)
    assert ratings(less)[0].evidence == ("t2",)
    more = editing.link_evidence(less, "p", "empathy", "t1").apply(less)
    assert ratings(more)[0].evidence == ("t2", "t1")
    noted = editing.note_rating(more, "p", "empathy", "cool").apply(more)
    assert ratings(noted) == (Rating("empathy", 4, "cool", ("t2", "t1")),)
    cleared = editing.clear_rating(noted, "p", ratings(noted)[0])
    assert ratings(cleared.apply(noted)) == ()
    assert cleared.revert(cleared.apply(noted)) == noted


def test_links_that_cannot_be_are_refused() -> None:
    session = rated()
    with pytest.raises(EditError, match="already"):
        editing.link_evidence(session, "p", "empathy", "t1")
    with pytest.raises(EditError, match="not in this pass"):
        editing.link_evidence(session, "p", "empathy", "gone")
    with pytest.raises(EditError, match="does not speak"):
        editing.unlink_evidence(session, "p", "empathy", "gone")
    with pytest.raises(EditError, match="not rated yet"):
        editing.link_evidence(session, "p", "warmth", "t1")
    with pytest.raises(EditError, match="no longer part"):
        editing.rate(session, "gone", Rating("empathy", 3))


def test_evidence_is_kept_in_the_file_and_a_broken_link_is_told() -> None:
    session = rated()
    assert decode_session(encode_session(session)) == session
    own = session.passes[0]
    broken = replace(session, passes=(replace(own, tags=own.tags[:1]),))
    assert [str(problem) for problem in session_problems(broken)] == [
        'passes[0].ratings[0].evidence[1]: there is no tag "t2" in this pass'
    ]
