"""What a format has no place for is kept beside, without what is nobody else's business."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from annotator.model.codebook import Code
from annotator.model.coding import Milestone, PassEvent
from annotator.model.participant import Consent, ConsentStatus
from annotator.model.session import ExcludedSpan, Session, Unblinding
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.drafting import FoundTag
from annotator.storage.interchange.own_part import begun_from, finished_with, own_part, read_own
from annotator.storage.interchange.report import Notes
from tests.support.foreign import BOOK, NOW, PEOPLE, rich_session


def through_json(session: Session) -> Session | None:
    """Send the part of a session through JSON, as the readers of foreign files parse it."""
    text = json.dumps(own_part(session))
    return read_own(json.loads(text, parse_float=Decimal), Notes())


def test_all_but_tags_and_speech_and_consent_comes_back() -> None:
    grey = replace(BOOK, codes=(*BOOK.codes, Code("grey", "Grey")))
    told = replace(
        rich_session(),
        codebook=grey,
        region=Interval(Micros(5), Micros(900_000_007)),
        excluded=(ExcludedSpan(Micros(1), Micros(2), "a name"),),
        unblindings=(Unblinding("A", "pass-B", NOW, finished=True),),
    )
    first = replace(told.passes[0], history=(PassEvent(Milestone.FINISHED, NOW),))
    told = replace(told, passes=(first, told.passes[1]))
    own = through_json(told)
    assert own is not None
    again = finished_with(begun_from(own, Notes(), NOW), own)
    bare = tuple(replace(one, tags=()) for one in told.passes)
    assert again == replace(told, passes=bare, transcripts=())


def test_consent_stays_at_home() -> None:
    people = (replace(PEOPLE[0], consent=Consent(ConsentStatus.REFUSED, note="secret")), PEOPLE[1])
    text = json.dumps(own_part(replace(rich_session(), participants=people)))
    assert "secret" not in text
    assert "refused" not in text
    assert "annotator-session" not in text


def test_codes_met_since_stand_beside_those_that_were() -> None:
    own = through_json(rich_session())
    assert own is not None
    draft = begun_from(own, Notes(), NOW)
    new = draft.code("Interrupts")
    draft.tag(draft.passes[1], FoundTag(new, 5, 9))
    made = finished_with(draft, own)
    assert [one.id for one in made.codebook.codes][-1] == "Interrupts"
    assert made.codebook.codes[:3] == BOOK.codes
    assert made.passes[1].tags[0].code == "Interrupts"


@pytest.mark.parametrize("part", [None, 7, [], "x"])
def test_no_part_is_none(part: object) -> None:
    notes = Notes()
    assert read_own(part, notes) is None
    assert not notes.report(0, 0).remarks


@given(
    some.dictionaries(
        some.sampled_from(["version", "id", "title", "region", "codebook", "passes", "recordings"]),
        some.none() | some.integers() | some.text() | some.lists(some.integers()),
    )
)
def test_a_broken_part_is_told(part: dict[str, object]) -> None:
    notes = Notes()
    assert read_own(part, notes) is None
    assert any("broken" in one.message for one in notes.report(0, 0).remarks)
