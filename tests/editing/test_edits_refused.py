"""An edit that does not fit is refused in words, and the session stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.errors import EditError
from annotator.model import ExcludedSpan, Interval, Micros, Rating, Tag
from tests.support.edits import PEOPLE, a_pass, a_session

TAG = Tag("t1", "reflection", Micros(1_000_000), Micros(1_000_000))
SESSION = a_session(a_pass("pass1", TAG))


def test_an_unknown_code_is_answered_with_the_codes_there_are() -> None:
    with pytest.raises(EditError, match=r'no code "reflektion".*reflection, question, silence'):
        editing.add_tag(SESSION, "pass1", replace(TAG, id="t2", code="reflektion"))


def test_a_stretch_needs_an_end() -> None:
    with pytest.raises(EditError, match="needs an end"):
        editing.add_tag(SESSION, "pass1", replace(TAG, id="t2", code="silence"))


def test_a_tag_cannot_end_before_it_starts() -> None:
    with pytest.raises(EditError, match="cannot end before it starts"):
        editing.retime_tag(SESSION, "pass1", TAG, Micros(5), Micros(4), "2026")


def test_an_unknown_participant_is_answered_with_those_there_are() -> None:
    with pytest.raises(EditError, match=r'no participant "p9".*p1, p2'):
        editing.assign_tag(SESSION, "pass1", TAG, "p9", "2026")


def test_a_pass_must_be_there() -> None:
    edit = editing.add_tag(SESSION, "nowhere", replace(TAG, id="t2"))
    with pytest.raises(EditError, match="not part of the session"):
        edit.apply(SESSION)


def test_a_tag_that_has_changed_since_is_not_overwritten() -> None:
    stale = replace(TAG, note="an older note")
    edit = editing.delete_tags(SESSION, "pass1", [stale])
    with pytest.raises(EditError, match="not where the change expects it"):
        edit.apply(SESSION)
    assert SESSION.passes[0].tags == (TAG,)


def test_an_edit_out_of_turn_is_not_reverted() -> None:
    first = editing.set_title(SESSION, "one")
    second = editing.set_title(first.apply(SESSION), "two")
    with pytest.raises(EditError):
        first.revert(second.apply(first.apply(SESSION)))


@pytest.mark.parametrize("value", [0, 6])
def test_a_rating_stays_on_its_scale(value: int) -> None:
    with pytest.raises(EditError, match="Give 1 to 5"):
        editing.rate(SESSION, "pass1", Rating("empathy", value))


def test_an_empty_region_and_an_empty_excluded_span_are_refused() -> None:
    with pytest.raises(EditError):
        editing.set_region(SESSION, Interval(Micros(3), Micros(3)))
    with pytest.raises(EditError):
        editing.add_excluded(SESSION, ExcludedSpan(Micros(3), Micros(3)))


def test_ids_are_not_taken_twice() -> None:
    with pytest.raises(EditError):
        editing.add_pass(SESSION, a_pass("pass1"))
    with pytest.raises(EditError):
        editing.add_participant(SESSION, PEOPLE[0])
    with pytest.raises(EditError):
        editing.add_recording(SESSION, SESSION.recordings[0])
