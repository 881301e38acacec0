"""Clips come, change, go and are put in order, and each step is taken back to equality."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import editing
from annotator.editing import Edit
from annotator.errors import EditError
from annotator.model.clip import Clip, Pause
from annotator.model.rules import session_problems
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.codec import decode_session, encode_session
from annotator.storage.faults import FormatError
from tests.support.foreign import rich_session, session_of


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
    edit = editing.move_clips(before, before.clips[here : here + 1], there)
    after = edit.apply(before)
    wanted = order(before)
    wanted.insert(there, wanted.pop(here))
    assert order(after) == wanted
    assert edit.revert(after) == before


@given(st.sets(st.integers(0, 5), min_size=1), st.data())
def test_several_are_moved_in_their_order_as_one_step(
    chosen: set[int], data: st.DataObject
) -> None:
    before = tray(*"abcdef")
    to = data.draw(st.integers(0, 6 - len(chosen)))
    edit = editing.move_clips(before, [before.clips[at] for at in sorted(chosen, reverse=True)], to)
    after = edit.apply(before)
    moved = ["abcdef"[at] for at in sorted(chosen)]
    rest = [one for one in "abcdef" if one not in moved]
    assert order(after) == [*rest[:to], *moved, *rest[to:]]
    assert edit.revert(after) == before
    assert bool(edit.changes) is (after != before)


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
        editing.move_clips(before, before.clips, 1)
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


FRAMES = tuple(Micros(at * 40_000) for at in range(25 * 8))
"""Of a film of eight seconds."""


def bounds(session: Session) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in session.clips]


def test_a_clip_is_trimmed_within_the_region_and_keeps_its_pauses() -> None:
    pause = Pause(Micros(3_000_000), "Why?")
    before = session_of(
        clips=(replace(clip("a", 1, 5), pauses=(pause,)),),
        region=Interval(Micros(500_000), Micros(6_000_000)),
    )
    edit = editing.trim_clip(before, before.clips[0], Micros(0), Micros(2_000_000))
    after = edit.apply(before)
    assert bounds(after) == [(500_000, 2_000_000)]
    assert (after.clips[0].pauses, after.clips[0].stops) == ((pause,), ())
    assert (edit.label, edit.revert(after)) == ("trim clip", before)
    wide = editing.trim_clip(after, after.clips[0], Micros(600_000), Micros(9_000_000))
    assert bounds(wide.apply(after)) == [(600_000, 6_000_000)]
    assert editing.trim_clip(before, before.clips[0], Micros(1_000_000), Micros(5_000_000)) == Edit(
        "trim clip", ()
    )


def test_a_clip_that_lies_beyond_the_region_is_not_made_shorter_than_it_is_asked() -> None:
    before = session_of(clips=(clip("a", 1, 5),), region=Interval(Micros(0), Micros(3_000_000)))
    edit = editing.trim_clip(before, before.clips[0], Micros(2_000_000), Micros(5_000_000))
    assert bounds(edit.apply(before)) == [(2_000_000, 5_000_000)]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (4, 3), (7, 9)])
def test_a_clip_keeps_some_length(start: int, end: int) -> None:
    before = session_of(clips=(clip("a", 1, 5),), region=Interval(Micros(0), Micros(6_000_000)))
    with pytest.raises(EditError, match="before it starts"):
        editing.trim_clip(
            before, before.clips[0], Micros(start * 1_000_000), Micros(end * 1_000_000)
        )


@pytest.mark.parametrize(
    ("at_end", "by", "wanted"),
    [
        (False, -1, (960_000, 5_000_000)),
        (False, 2, (1_080_000, 5_000_000)),
        (True, -1, (1_000_000, 4_960_000)),
        (True, 1, (1_000_000, 5_040_000)),
    ],
)
def test_its_ends_go_by_frames(by: int, wanted: tuple[int, int], *, at_end: bool) -> None:
    before = session_of(clips=(clip("a", 1, 5),), region=Interval(Micros(0), Micros(8_000_000)))
    edit = editing.nudge_clip(before, before.clips[0], by, FRAMES, at_end=at_end)
    assert bounds(edit.apply(before)) == [wanted]


@pytest.mark.parametrize(
    ("at_end", "by", "start", "end"),
    [
        (False, -1, 0, 5_000_000),
        (False, 1, 4_960_000, 5_000_000),
        (True, -1, 4_960_000, 5_000_000),
        (True, 1, 1_000_000, 8_000_000),
    ],
)
def test_an_end_that_cannot_go_on_says_so(by: int, start: int, end: int, *, at_end: bool) -> None:
    one = Clip("a", Micros(start), Micros(end))
    before = session_of(clips=(one,), region=Interval(Micros(0), Micros(8_000_000)))
    with pytest.raises(EditError, match="any further"):
        editing.nudge_clip(before, one, by, FRAMES, at_end=at_end)


@pytest.mark.parametrize(
    ("by", "wanted"),
    [(1, (1_040_000, 5_040_000)), (-2, (920_000, 4_920_000)), (74, (3_960_000, 7_960_000))],
)
def test_all_of_it_goes_by_frames_and_its_pauses_stay(by: int, wanted: tuple[int, int]) -> None:
    one = replace(clip("a", 1, 5), pauses=(Pause(Micros(2_000_000), "?"),))
    before = session_of(clips=(one,), region=Interval(Micros(0), Micros(8_000_000)))
    edit = editing.step_clip(before, one, by, FRAMES)
    after = edit.apply(before)
    assert (bounds(after), edit.label) == ([wanted], "shift clip")
    assert after.clips[0].pauses == one.pauses
    assert edit.revert(after) == before


@pytest.mark.parametrize(("start", "end", "by"), [(0, 4, -1), (4, 8, 1), (1, 5, 76), (1, 5, -26)])
def test_all_of_it_stays_in_the_region(start: int, end: int, by: int) -> None:
    one = clip("a", start, end)
    before = session_of(clips=(one,), region=Interval(Micros(0), Micros(8_000_000)))
    with pytest.raises(EditError, match="any further"):
        editing.step_clip(before, one, by, FRAMES)


def test_a_clip_that_lies_there_already_is_not_changed() -> None:
    before = session_of(clips=(clip("a", 1, 5),))
    one = before.clips[0]
    assert editing.shift_clip(before, one, one.start, one.end).changes == ()


def test_clips_made_of_hidden_passes_are_hidden_in_blind_mode() -> None:
    session = rich_session()
    own, theirs, both, free = (
        replace(clip(name), tags=tags)
        for name, tags in (("o", ("t1",)), ("t", ("t6",)), ("b", ("t1", "t7")), ("f", ()))
    )
    session = replace(session, clips=(own, theirs, both, free))
    assert editing.visible_clips(session, "A", blind=True) == (own, free)
    assert editing.visible_clips(session, "B", blind=True) == (theirs, free)
    assert editing.visible_clips(session, "A", blind=False) == session.clips


def test_pauses_come_in_order_of_time_are_asked_at_and_go() -> None:
    before = session_of(clips=(replace(clip("a", 1, 5), pauses=(Pause(Micros(2_000_000), "?"),)),))
    edit = editing.add_pause(before, before.clips[0], Micros(1_000_000))
    one = edit.apply(before)
    assert one.clips[0].pauses == (Pause(Micros(1_000_000)), Pause(Micros(2_000_000), "?"))
    asked = editing.ask_at_pause(one, one.clips[0], 0, "Why?").apply(one)
    assert [pause.question for pause in asked.clips[0].pauses] == ["Why?", "?"]
    gone = editing.remove_pause(asked, asked.clips[0], 1).apply(asked)
    assert gone.clips[0].pauses == (Pause(Micros(1_000_000), "Why?"),)
    assert edit.revert(one) == before


@pytest.mark.parametrize(
    ("time", "why"),
    [(999_999, "outside"), (5_000_000, "outside"), (2_000_000, "pauses here already")],
)
def test_a_pause_has_its_place_in_the_clip(time: int, why: str) -> None:
    before = session_of(clips=(replace(clip("a", 1, 5), pauses=(Pause(Micros(2_000_000)),)),))
    with pytest.raises(EditError, match=why):
        editing.add_pause(before, before.clips[0], Micros(time))


def test_what_changes_nothing_is_no_step() -> None:
    before = session_of(clips=(clip("a"),))
    assert editing.change_clip(before, before.clips[0], before.clips[0]).changes == ()
