from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.editing import Edit
from annotator.model import Look, Micros, Recording, Session
from tests.support.sessions import plain_session

SESSION = plain_session(1)
FILM = SESSION.recordings[0]


def changed(session: Session, **values: object) -> tuple[Session, Edit]:
    old = session.recordings[0]
    edit = editing.replace_recording(session, old, replace(old, **values))
    return edit.apply(session), edit


def test_moves_of_one_recording_become_one_step() -> None:
    once, first = changed(SESSION, offset=Micros(40_000))
    twice, second = changed(once, offset=Micros(80_000))
    both = editing.merged(first, second)
    assert both is not None
    assert both.apply(SESSION) == twice
    assert both.revert(twice) == SESSION


@pytest.mark.parametrize("values", [{"look": Look(turn=90)}, {"path": "other.mp4"}])
def test_other_things_stay_steps_of_their_own(values: dict[str, object]) -> None:
    once, first = changed(SESSION, offset=Micros(40_000))
    _, second = changed(once, **values)
    assert editing.merged(first, second) is None


def test_what_is_added_or_tagged_is_not_merged() -> None:
    other = Recording("r2", "b.mp4", FILM.role, Micros(0), FILM.duration, "x")
    add = editing.add_recording(SESSION, other)
    session = add.apply(SESSION)
    _, move = changed(session, offset=Micros(1))
    assert editing.merged(add, move) is None
    assert editing.merged(move, add) is None
