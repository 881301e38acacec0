"""What cannot be reshaped is refused in plain words, and nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.editing import Edit
from annotator.editing.reshaping import (
    Edge,
    Where,
    end_at,
    merge_tags,
    nudge_tags,
    retime_tags,
    split_tags,
    start_at,
)
from annotator.errors import EditError
from annotator.model import Micros, Milestone, PassEvent, Tag
from tests.support.edits import a_pass, a_session

TEN, TWENTY = Micros(10_000_000), Micros(20_000_000)
ONE = Tag("t1", "silence", TEN, TWENTY)
FAR = Tag("t2", "silence", Micros(50_000_000), Micros(60_000_000))
MOMENT = Tag("t3", "reflection", TEN, TEN)
LATER = Tag("t4", "reflection", TWENTY, TWENTY)
WHERE = Where(a_session(a_pass("p", ONE, FAR, MOMENT, LATER)), "p", "now")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: split_tags(WHERE, [ONE], TEN, lambda: "n"), "playhead"),
        (lambda: split_tags(WHERE, [MOMENT], TEN, lambda: "n"), "playhead"),
        (lambda: merge_tags(WHERE, [ONE]), "nothing to merge"),
        (lambda: merge_tags(WHERE, [ONE, MOMENT]), "different codes"),
        (lambda: merge_tags(WHERE, [ONE, replace(FAR, participant="p1")]), "participants"),
        (lambda: merge_tags(WHERE, [MOMENT, LATER]), "only stretches"),
        (lambda: start_at(WHERE, [ONE], TWENTY), "after it ends"),
        (lambda: end_at(WHERE, [ONE], TEN), "before it starts"),
        (lambda: nudge_tags(WHERE, [ONE], Edge.START, 1, [TEN, TWENTY]), "any further"),
        (lambda: nudge_tags(WHERE, [ONE], Edge.BOTH, -1, [TEN, TWENTY]), "any further"),
        (lambda: retime_tags(WHERE, [(ONE, TWENTY, TEN)]), "before it starts"),
        (lambda: retime_tags(WHERE, [(ONE, TEN, TEN)]), "before it starts"),
    ],
)
def test_refusals(make: Callable[[], Edit], words: str) -> None:
    with pytest.raises(EditError, match=words):
        make()


def test_a_finished_pass_is_not_reshaped() -> None:
    done = replace(a_pass("p", ONE), history=(PassEvent(Milestone.FINISHED, "2026"),))
    place = Where(a_session(done), "p", "now")
    with pytest.raises(EditError, match="finished"):
        split_tags(place, [ONE], Micros(15_000_000), lambda: "n")
