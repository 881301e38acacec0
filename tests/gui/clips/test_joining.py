"""While a reel is made, the table of clips tells how far each clip of it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.choices import Writes
from annotator.gui.clips.list import STATE
from annotator.gui.clips.working import Making, made_line
from annotator.gui.tasks import Watcher
from annotator.jobs.reels import MadeReel
from annotator.model import Mask
from tests.support.clip_making import Opening, choose, clipping, make, settle


@pytest.mark.parametrize(
    ("writes", "on_the_way"), [(Writes.REEL, ""), (Writes.BOTH, "Made · in the reel: ")]
)
def test_each_clip_moves_as_it_is_joined(
    qtbot: QtBot, program: Program, opened: Opening, writes: Writes, on_the_way: str
) -> None:
    opened()
    window = choose(qtbot, program)
    where = window.fields.where
    where.writes.setCurrentIndex(where.writes.findData(writes.value))
    settle(qtbot, program)
    model = window.clips.model
    seen: list[set[str]] = [set(), set()]

    def take() -> None:
        for row, states in enumerate(seen):
            states.add(str(model.index(row, STATE).data()))

    clipping(program).dialog.clips.model.dataChanged.connect(take)
    make(qtbot, program)
    for states in seen:
        assert any(one.startswith(on_the_way) and one.endswith("%") for one in states)
        assert any(one.lower().endswith("in the reel") for one in states)
    assert "Waiting" in seen[1]


def test_of_a_clip_in_a_reel_is_told_what_is_masked_in_all_of_it(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    choose(qtbot, program)
    plan = clipping(program)._plan
    assert plan is not None
    one = plan[1].clips[0]
    joined = replace(one, masks=frozenset({Mask.PICTURE}))
    making = Making(plan[0], Watcher(), lambda _made: None, reel=MadeReel((joined,)))
    assert (one.masked, made_line(one, making).masks) == ("", "picture")
