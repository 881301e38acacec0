"""Every edit can be done, taken back and done again, and leaves the session in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Session, tag_order
from tests.support.edits import edits, sessions


@given(st.data())
def test_apply_revert_apply_comes_back_to_equality(data: st.DataObject) -> None:
    session = data.draw(sessions())
    edit = data.draw(edits(session))
    after = edit.apply(session)
    assert edit.revert(after) == session
    assert edit.apply(edit.revert(after)) == after
    assert edit.label


@given(st.data())
def test_a_history_of_edits_unwinds_to_the_beginning(data: st.DataObject) -> None:
    beginning = data.draw(sessions())
    history = [beginning]
    done = []
    for _ in range(data.draw(st.integers(1, 8))):
        edit = data.draw(edits(history[-1]))
        done.append(edit)
        history.append(edit.apply(history[-1]))
    assert_in_order(history[-1])
    for edit, before, after in zip(
        reversed(done), reversed(history[:-1]), reversed(history[1:]), strict=True
    ):
        assert edit.revert(after) == before


def assert_in_order(session: Session) -> None:
    for coding_pass in session.passes:
        places = [tag_order(tag) for tag in coding_pass.tags]
        assert places == sorted(places)
    assert list(session.excluded) == sorted(session.excluded)
