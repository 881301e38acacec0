"""Whatever is done to a codebook can be taken back, is kept by the journal, and loses no tag."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from annotator import editing
from annotator.model import Session
from annotator.model.change import apply_changes
from annotator.model.rules import session_problems
from annotator.storage.codec_change import decode_change, encode_change
from annotator.storage.codec_text import read_json, write_compact
from tests.support.book_edits import book_edit
from tests.support.edits import sessions


@st.composite
def cases(draw: st.DrawFn) -> tuple[Session, list[editing.Edit]]:
    session = draw(sessions())
    done: list[editing.Edit] = []
    present = session
    for _ in range(draw(st.integers(1, 4))):
        edit = book_edit(draw, present)
        if edit is not None:
            done.append(edit)
            present = edit.apply(present)
    return session, done


@given(cases())
def test_all_of_it_is_taken_back_and_done_again_to_equality(
    case: tuple[Session, list[editing.Edit]],
) -> None:
    session, done = case
    assume(done)
    history = [session]
    for edit in done:
        history.append(edit.apply(history[-1]))
    for edit, before, after in zip(
        reversed(done), reversed(history[:-1]), reversed(history[1:]), strict=True
    ):
        assert edit.revert(after) == before
        assert edit.apply(before) == after


@given(cases())
def test_a_session_in_order_stays_in_order(case: tuple[Session, list[editing.Edit]]) -> None:
    session, done = case
    assert session_problems(session) == []
    for edit in done:
        session = edit.apply(session)
        assert session_problems(session) == [], edit.label


@given(cases())
def test_the_journal_replays_it(case: tuple[Session, list[editing.Edit]]) -> None:
    session, done = case
    assume(done)
    written = [write_compact(encode_change(one)) for edit in done for one in edit.changes]
    after = session
    for edit in done:
        after = edit.apply(after)
    assert apply_changes(session, [decode_change(read_json(line)) for line in written]) == after


@given(sessions(), st.data())
def test_a_move_that_deletes_nothing_keeps_each_tag_and_answer(
    session: Session, data: st.DataObject
) -> None:
    book = session.codebook
    kept = data.draw(st.sets(st.sampled_from([code.id for code in book.codes])))
    codes = tuple(replace(code, parent="") for code in book.codes if code.id in kept)
    other = replace(book, version="2", codes=codes, ratings=(), scores=())
    move = editing.plan_move(session, other)
    after = move.edit.apply(session)
    assert move.deleted == 0
    for one, now in zip(session.passes, after.passes, strict=True):
        assert [(tag.id, tag.start, tag.end) for tag in now.tags] == [
            (tag.id, tag.start, tag.end) for tag in one.tags
        ]
        assert [answer.value for answer in now.ratings] == [answer.value for answer in one.ratings]
