"""Clips are made of stretches, and called after the codes of their tags but not after people."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from annotator.model.clip import Clip
from annotator.model.clip_making import clips_of, suggested_title
from annotator.model.clipping import Stretch
from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.time import Interval, Micros
from tests.support.foreign import BOOK, rich_session, session_of, tag


def test_a_clip_is_called_after_the_codes_of_its_tags_in_order_of_time() -> None:
    session = rich_session()
    numbers = count(1)
    span = Interval(Micros(1), Micros(9))
    stretches = [Stretch(span, ("t4", "t3", "t2", "gone")), Stretch(span), Stretch(span, ("t6",))]
    made = clips_of(session, stretches, lambda: f"c{next(numbers)}")
    names = {code.id: code.name for code in session.codebook.codes}
    both = f"{names['reflection']}, {names['silence']}"
    assert made[0] == Clip("c1", Micros(1), Micros(9), both, tags=("t4", "t3", "t2", "gone"))
    assert [one.title for one in made[1:]] == ["", names["reflection"]]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Anna cries", ""),
        ("anna", ""),
        ("Annals of therapy", "Annals of therapy"),
        ("Dr Stern agrees", ""),
        ("Client resists", "Client resists"),
        ("The talk", ""),
    ],
)
def test_no_title_is_called_after_a_person(name: str, title: str) -> None:
    book = replace(BOOK, codes=(Code("x", name),))
    people = (
        Participant("p1", ParticipantRole.CLIENT, "Anna"),
        Participant("p2", ParticipantRole.CLIENT, "Client"),
    )
    session = session_of(codebook=book, participants=people, title="Talk")
    other = rich_session().passes[0]
    session = replace(session, passes=(replace(other, coder="Dr Stern"),))
    assert suggested_title(session, [tag(1, "x", 0, 10), tag(2, UNNAMED, 0, 5)]) == title
