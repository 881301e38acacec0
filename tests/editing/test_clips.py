"""Clips come, change, go and are put in order, and each step is taken back to equality."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import editing
from annotator.errors import EditError
from annotator.model.clip import Clip, Pause
from annotator.model.rules import session_problems
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.codec import decode_session, encode_session
from annotator.storage.faults import FormatError
from tests.support.foreign import session_of


def clip(name: str, start: int = 0, end: int = 5) -> Clip:
    return Clip(name, Micros(start * 1_000_000), Micros(end * 1_000_000), f"Clip {name}")


def tray(*names: str) -> Session:
    return session_of(clips=tuple(clip(name) for name in names))


def order(session: Session) -> list[str]:
    return [one.id for one in session.clips]


def test_clips_come_after_those_there_are() -> None:
    before = tray("a")
    edit = editing.add_clips(before, [clip("b"), clip("c")])
    after = edit.apply(before)
    assert order(after) == ["a", "b", "c"]
    assert edit.label == "add 2 clips"
    assert edit.revert(after) == before


def test_what_is_said_of_a_clip_changes_and_its_id_stays() -> None:
    before = tray("a", "b")
    new = replace(clip("z", 1, 4), aim="to hear silence", pauses=(Pause(Micros(2_000_000), "?"),))
    edit = editing.change_clip(before, before.clips[1], new)
    after = edit.apply(before)
    assert after.clips[1] == replace(new, id="b")
    assert edit.revert(after) == before


@given(st.data())
def test_any_order_can_be_made_and_taken_back(data: st.DataObject) -> None:
    before = tray("a", "b", "c", "d")
    here = data.draw(st.integers(0, 3))
    there = data.draw(st.integers(0, 3))
    edit = editing.move_clip(before, before.clips[here], there)
    after = edit.apply(before)
    wanted = order(before)
    wanted.insert(there, wanted.pop(here))
    assert order(after) == wanted
    assert edit.revert(after) == before


def test_several_go_at_once() -> None:
    before = tray("a", "b", "c", "d")
    edit = editing.remove_clips(before, [before.clips[0], before.clips[2]])
    after = edit.apply(before)
    assert order(after) == ["b", "d"]
    assert edit.revert(after) == before


def test_what_cannot_be_is_said() -> None:
    before = tray("a")
    with pytest.raises(EditError, match='already has a clip "a"'):
        editing.add_clips(before, [clip("a")])
    with pytest.raises(EditError, match="no such place"):
        editing.move_clip(before, before.clips[0], 1)
    with pytest.raises(EditError, match="no longer part"):
        editing.remove_clips(before, [clip("gone")])


def test_ids_that_stand_twice_are_a_problem() -> None:
    assert session_problems(tray("a")) == []
    assert [str(one) for one in session_problems(tray("a", "a"))] == [
        'clips[1].id: "a" is used twice, first at [0]'
    ]


def test_a_session_without_clips_says_nothing_of_them() -> None:
    assert '"clips"' not in encode_session(tray())
    assert decode_session(encode_session(tray("a", "b"))) == tray("a", "b")


def test_a_clip_of_a_file_that_ends_where_it_starts_is_refused() -> None:
    text = encode_session(tray("a")).replace('"end": 5.0', '"end": 0.0')
    with pytest.raises(FormatError) as told:
        decode_session(text)
    assert [str(one) for one in told.value.problems] == [
        "clips[0].end: this is not after the start"
    ]
