"""Answering bins: one code for each, or ticks."""

from __future__ import annotations

import pytest

from annotator.editing.bins import set_bin, tick
from annotator.editing.edit import Edit
from annotator.errors import EditError
from annotator.model import Micros
from annotator.model.bins import Bin, bin_states, bins_of
from annotator.storage.codec import decode_session, encode_session
from tests.support.tapping import Coder, a_session, a_tag

S = 1_000_000
GRID = bins_of(a_session(), Micros(30 * S))


def done(coder: Coder, edit: Edit) -> None:
    before = coder.session
    coder.session = edit.apply(before)
    assert edit.revert(coder.session) == before


def codes(coder: Coder, place: Bin) -> tuple[str, ...]:
    states = bin_states(GRID, coder.tags)
    return next(state.codes for state in states if state.bin == place)


def test_one_code_for_each_bin() -> None:
    coder = Coder()
    done(coder, set_bin(coder.hand, GRID[0], "calm"))
    done(coder, set_bin(coder.hand, GRID[3], "tense"))
    assert (codes(coder, GRID[0]), codes(coder, GRID[3])) == (("calm",), ("tense",))
    assert coder.tags[1].interval == GRID[3].interval
    assert set_bin(coder.hand, GRID[0], "calm").changes == ()
    done(coder, set_bin(coder.hand, GRID[0], "tense"))
    assert codes(coder, GRID[0]) == ("tense",)
    done(coder, set_bin(coder.hand, GRID[0], ""))
    assert codes(coder, GRID[0]) == ()
    assert set_bin(coder.hand, GRID[0], "").changes == ()


def test_ticks_stand_beside_each_other_and_go_again() -> None:
    coder = Coder()
    for code in ("calm", "reflection"):
        done(coder, tick(coder.hand, GRID[1], code))
    assert codes(coder, GRID[1]) == ("calm", "reflection")
    done(coder, tick(coder.hand, GRID[1], "calm"))
    assert codes(coder, GRID[1]) == ("reflection",)


def test_one_code_of_a_set_leaves_the_others() -> None:
    coder = Coder()
    done(coder, tick(coder.hand, GRID[1], "noise"))
    mood = {"calm", "tense"}
    done(coder, set_bin(coder.hand, GRID[1], "calm", mood))
    done(coder, set_bin(coder.hand, GRID[1], "tense", mood))
    assert codes(coder, GRID[1]) == ("noise", "tense")


def test_tags_that_are_no_answers_are_left_alone() -> None:
    coder = Coder(a_session(a_tag("t", "calm", 0, 30 * S)))
    done(coder, set_bin(coder.hand, GRID[0], "tense"))
    assert len(coder.tags) == 2
    assert codes(coder, GRID[0]) == ("tense",)


def test_answers_are_known_again_in_the_file() -> None:
    coder = Coder()
    done(coder, set_bin(coder.hand, GRID[2], "calm"))
    again = decode_session(encode_session(coder.session))
    assert bin_states(GRID, again.passes[0].tags)[2].codes == ("calm",)


@pytest.mark.parametrize("code", ["gone", "old"])
def test_codes_that_take_no_tags_are_refused(code: str) -> None:
    with pytest.raises(EditError):
        tick(Coder().hand, GRID[0], code)
