"""What each key does, in moments of a second each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.editing.pressing import end_of_region, give_up, press
from annotator.editing.second_keys import assign, choose
from annotator.editing.ways import ShortHold, Way, Ways
from annotator.model import UNNAMED, Code, Interval, Micros, PassEvent, Session
from annotator.model.coding import Milestone
from tests.support.tapping import BOOK, Coder, a_session, a_tag

S = 1_000_000
ROW = Ways(by_code={"hers": Way.SEQUENCE, "his": Way.SEQUENCE})
HELD = Ways(Way.HOLD)


def test_a_point_code_marks_the_moment_and_begins_the_pass() -> None:
    coder = Coder()
    step = coder.press("reflection", 5 * S)
    assert coder.marks == [("reflection", 5 * S, 5 * S)]
    assert (step.edit.label, step.said) == ("add Reflection", "Reflection at 0:00:05.000")
    assert coder.session.passes[0].coder == "A"
    coder.undo()
    assert coder.session.passes == ()


def test_two_presses_mark_a_stretch_in_either_order() -> None:
    coder = Coder()
    coder.press("silence", 5 * S)
    assert coder.runs == [("silence", 5 * S)]
    coder.press("silence", 8 * S)
    coder.press("silence", 20 * S)
    coder.press("silence", 12 * S)
    assert coder.marks == [("silence", 5 * S, 8 * S), ("silence", 12 * S, 20 * S)]
    assert coder.runs == []


def test_several_codes_run_at_once() -> None:
    coder = Coder()
    coder.press("silence", S)
    coder.press("noise", 2 * S)
    coder.press("silence", 3 * S)
    assert coder.runs == [("noise", 2 * S)]
    coder.press("noise", 4 * S)
    assert coder.marks == [("silence", S, 3 * S), ("noise", 2 * S, 4 * S)]


def test_pressed_twice_on_one_frame_it_goes_on_running() -> None:
    coder = Coder()
    coder.press("silence", S)
    assert coder.press("silence", S).is_refused
    assert coder.runs == [("silence", S)]


def test_a_held_key_marks_from_down_to_up_and_its_repeats_do_nothing() -> None:
    coder = Coder(ways=HELD)
    coder.press("reflection", S)
    assert not coder.press("reflection", 2 * S).does_something
    coder.release("reflection", 3 * S)
    assert coder.marks == [("reflection", S, 3 * S)]
    assert not coder.release("reflection", 4 * S).does_something


def test_a_tapped_hold_key_runs_until_the_next_press() -> None:
    coder = Coder(ways=HELD)
    coder.press("silence", S)
    coder.release("silence", S + 100_000)
    assert coder.runs == [("silence", S)]
    coder.press("silence", 4 * S)
    coder.release("silence", 5 * S)
    assert coder.marks == [("silence", S, 4 * S)]


def test_a_tapped_hold_key_is_a_slip_or_a_moment_by_setting() -> None:
    slip = Coder(ways=replace(HELD, on_short_hold=ShortHold.REFUSE))
    slip.press("silence", S)
    slip.release("silence", S)
    assert (slip.runs, slip.marks) == ([], [])
    moment = Coder(ways=replace(HELD, on_short_hold=ShortHold.INSTANT))
    moment.press("reflection", S)
    moment.release("reflection", S)
    moment.press("silence", S)
    moment.release("silence", S)
    assert moment.marks == [("reflection", S, S)]
    assert moment.runs == [("silence", S)]  # a span code cannot mark a moment


def test_turns_follow_each_other_without_a_gap() -> None:
    coder = Coder(ways=ROW)
    coder.press("hers", S)
    coder.press("his", 4 * S)
    coder.press("his", 6 * S)
    coder.stop(9 * S)
    assert coder.marks == [("hers", S, 4 * S), ("his", 4 * S, 6 * S), ("his", 6 * S, 9 * S)]
    assert [tag.participant for tag in coder.tags] == ["t", "c", "c"]


def test_marks_without_a_name_follow_each_other_at_one_key() -> None:
    coder = Coder(ways=Ways(by_code={UNNAMED: Way.SEQUENCE}))
    for second in (1, 4, 9):
        coder.press(UNNAMED, second * S)
    coder.stop(10 * S)
    assert coder.marks == [("?", S, 4 * S), ("?", 4 * S, 9 * S), ("?", 9 * S, 10 * S)]


def test_codes_that_exclude_each_other_end_each_other() -> None:
    coder = Coder()
    coder.press("talk", S)
    coder.press("silence", 3 * S)
    assert coder.marks == [("talk", S, 3 * S)]
    assert coder.runs == [("silence", 3 * S)]
    assert coder.press("talk", 2 * S).said.endswith("Silence given up")


def test_codes_of_an_exclusive_group_end_each_other() -> None:
    coder = Coder(ways=Ways(exclusive_groups=frozenset({"mood"})))
    coder.press("calm", S)
    coder.press("tense", 3 * S)
    coder.press("noise", 4 * S)
    assert coder.marks == [("calm", S, 3 * S)]
    assert coder.runs == [("tense", 3 * S), ("noise", 4 * S)]


def test_two_people_can_do_at_once_what_one_cannot() -> None:
    coder = Coder(ways=Ways(exclusive_groups=frozenset({"turn"})))
    coder.press("hers", S)
    coder.press("his", 2 * S)
    assert coder.runs == [("hers", S), ("his", 2 * S)]
    assert coder.do(lambda now, hand: assign(now, hand, "t")).is_refused


def test_the_newer_mark_gives_way_to_what_is_tagged() -> None:
    coder = Coder(a_session(a_tag("a", "talk", 10 * S, 20 * S)))
    coder.press("silence", 5 * S)
    coder.press("silence", 15 * S)
    coder.press("silence", 30 * S)
    coder.press("silence", 18 * S)
    assert coder.marks == [
        ("silence", 5 * S, 10 * S),
        ("talk", 10 * S, 20 * S),
        ("silence", 20 * S, 30 * S),
    ]
    assert coder.press("silence", 12 * S).is_refused


def test_a_start_is_moved_back_by_the_delay_while_playing_only() -> None:
    coder = Coder(ways=Ways(delay=Micros(400_000)))
    coder.press("reflection", 5 * S, playing=True)
    coder.press("reflection", 8 * S)
    coder.press("silence", 10 * S, playing=True)
    coder.press("silence", 12 * S, playing=True)
    assert coder.marks == [
        ("reflection", 4_600_000, 4_600_000),
        ("reflection", 8 * S, 8 * S),
        ("silence", 9_600_000, 12 * S),
    ]


def test_the_delay_does_not_reach_before_the_region_or_into_a_tag() -> None:
    ways = Ways(delay=Micros(2 * S))
    coder = Coder(a_session(a_tag("a", "talk", 10 * S, 20 * S), region=(5 * S, 50 * S)), ways)
    coder.press("noise", 6 * S, playing=True)
    coder.press("silence", 21 * S, playing=True)
    assert coder.runs == [("noise", 5 * S), ("silence", 20 * S)]


def test_the_delay_does_not_reach_back_over_an_excluded_moment() -> None:
    coder = Coder(a_session(a_tag("a", "question", 10 * S)), Ways(delay=Micros(2 * S)))
    coder.press("reflection", 11 * S, playing=True)
    assert coder.marks[-1] == ("reflection", 11 * S, 11 * S)


def test_the_delay_leaves_no_gap_in_a_sequence_and_ends_nothing_before_it_began() -> None:
    coder = Coder(ways=replace(ROW, delay=Micros(S)))
    coder.press("hers", 5 * S, playing=True)
    coder.press("his", 8 * S, playing=True)
    coder.press("hers", 8_500_000, playing=True)
    assert coder.marks == [("hers", 4 * S, 7 * S), ("his", 7 * S, 7_500_000)]
    paused = Coder(ways=replace(ROW, delay=Micros(S)))
    paused.press("hers", 5 * S)
    paused.press("his", 5_500_000, playing=True)
    assert paused.marks == [("hers", 5 * S, 5_500_000)]


def test_nothing_is_marked_outside_the_region() -> None:
    coder = Coder(a_session(region=(10 * S, 20 * S)))
    assert coder.press("reflection", 9 * S).is_refused
    assert coder.press("reflection", 20 * S).is_refused
    coder.press("silence", 15 * S)
    coder.press("silence", 30 * S)
    assert coder.marks == [("silence", 15 * S, 20 * S)]


def test_the_regions_end_ends_what_runs() -> None:
    coder = Coder(a_session(region=(10 * S, 20 * S)))
    coder.press("silence", 15 * S)
    coder.press("noise", 16 * S)
    coder.do(end_of_region)
    assert coder.marks == [("silence", 15 * S, 20 * S), ("noise", 16 * S, 20 * S)]


def test_closing_the_film_ends_what_runs_and_gives_up_what_has_no_length() -> None:
    coder = Coder()
    coder.press("silence", 5 * S)
    coder.press("noise", 9 * S)
    coder.stop(9 * S)
    assert (coder.marks, coder.runs) == ([("silence", 5 * S, 9 * S)], [])


def test_another_codebook_gives_up_what_it_lacks() -> None:
    coder = Coder()
    coder.press("silence", S)
    coder.press("noise", 2 * S)
    book = replace(BOOK, codes=tuple(one for one in BOOK.codes if one.id != "silence"))
    assert [one.code_id for one in coder.tapping.revised(book).running] == ["noise"]
    renamed = coder.tapping.renamed("noise", "loud")
    assert [one.code_id for one in renamed.running] == ["silence", "loud"]
    assert renamed.fresh == "loud"


def test_a_second_key_is_about_what_was_marked_last() -> None:
    coder = Coder()
    coder.press("reflection", S)
    coder.do(lambda now, hand: choose(now, hand, "depth", "high"))
    assert coder.tags[0].attributes == {"depth": "high"}
    coder.do(lambda now, hand: choose(now, hand, "depth", "high"))
    assert coder.tags[0].attributes == {}
    coder.press("calm", 2 * S)
    coder.do(lambda now, hand: choose(now, hand, "depth", "low"))
    coder.do(lambda now, hand: assign(now, hand, "c"))
    coder.press("calm", 3 * S)
    assert (coder.tags[1].attributes, coder.tags[1].participant) == ({"depth": "low"}, "c")
    assert coder.tags[0].attributes == {}


def test_a_second_key_reaches_back_for_a_time_only() -> None:
    coder = Coder(ways=Ways(grace=Micros(3 * S)))
    coder.press("reflection", S)
    late = coder.do(lambda now, hand: choose(now, hand, "depth", "high", Micros(5 * S)))
    assert late.is_refused
    coder.do(lambda now, hand: choose(now, hand, "depth", "high", Micros(4 * S)))
    assert coder.tags[0].attributes == {"depth": "high"}


def test_taking_back_deletes_the_last_tag_and_rewinds_before_it() -> None:
    coder = Coder(ways=Ways(rewind=Micros(2 * S)))
    coder.press("reflection", S)
    coder.press("reflection", 9 * S)
    assert coder.take_back().rewind == 7 * S
    assert coder.take_back().rewind == 0
    assert coder.marks == []
    assert coder.take_back().is_refused
    coder.undo()
    coder.undo()
    assert len(coder.marks) == 2


def test_taking_back_finds_the_tag_made_last_before_this_sitting() -> None:
    early = replace(a_tag("z", "noise", S, 2 * S), created="2026-01-01T00:00:00Z")
    late = replace(a_tag("a", "noise", S, 2 * S), created="2026-01-01T00:00:09Z")
    coder = Coder(a_session(early, late))
    coder.take_back()
    assert [tag.id for tag in coder.tags] == ["z"]


def test_taking_back_a_turn_lets_the_one_before_run_on() -> None:
    coder = Coder(ways=ROW)
    coder.press("hers", S)
    coder.press("his", 4 * S)
    coder.take_back()
    assert (coder.marks, coder.runs) == ([], [("hers", S)])
    coder.press("his", 5 * S)
    assert coder.marks == [("hers", S, 5 * S)]


def test_giving_up_leaves_nothing_and_can_be_undone() -> None:
    coder = Coder()
    coder.press("silence", S)
    coder.do(give_up)
    assert coder.runs == []
    coder.undo()
    assert coder.runs == [("silence", S)]


def test_undoing_a_tag_lets_its_stretch_run_again_beside_what_began_since() -> None:
    coder = Coder()
    coder.press("silence", S)
    ended = coder.press("silence", 2 * S)
    onward = press(coder.tapping, coder.hand, "noise", Micros(3 * S), playing=False).after
    assert {one.code_id for one in ended.undone(onward).running} == {"silence", "noise"}


@pytest.mark.parametrize("code", ["old", "gone"])
def test_codes_that_take_no_tags_are_refused(code: str) -> None:
    assert Coder().press(code, S).is_refused


def test_a_finished_pass_takes_no_marks() -> None:
    session = a_session(a_tag("a", "noise", S, 2 * S))
    done = PassEvent(Milestone.FINISHED, "2026-01-03T00:00:00Z")
    session = replace(session, passes=(replace(session.passes[0], history=(done,)),))
    coder = Coder(session)
    assert "finished" in coder.press("reflection", S).said
    assert "finished" in coder.take_back().said
    assert coder.session is session


def test_a_mark_finds_its_place_among_many_tags() -> None:
    tags = (a_tag(f"t{n:06}", "talk", n * 900, n * 900 + 500) for n in range(20_000))
    session: Session = a_session(*tags)
    book = replace(BOOK, codes=(*BOOK.codes, Code("extra", "Extra")))
    session = replace(session, codebook=book, region=Interval(Micros(0), Micros(10**9)))
    coder = Coder(session)
    coder.press("silence", 90 * S)
    coder.press("silence", 91 * S)
    assert coder.marks[-1] == ("silence", 90 * S, 91 * S)
