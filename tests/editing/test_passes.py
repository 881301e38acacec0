"""Coding passes: begun for a purpose, finished, reopened, shown to others and sealed by that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.editing.blinding import has_finished, hidden_passes, is_independent
from annotator.editing.guarding import why_closed
from annotator.editing.passes import begin_pass, finish_pass, reopen_pass
from annotator.errors import EditError
from annotator.model import UNNAMED, CodingPass, Purpose, Rating, Session, Unblinding
from annotator.storage.codec import decode_session, encode_session
from annotator.storage.codec_change import decode_change, encode_change
from annotator.storage.codec_text import read_json, write_compact
from tests.support.tapping import a_session, a_tag

S = 1_000_000
NOON = "2026-01-02T12:00:00Z"


def two_coders(purpose: Purpose = Purpose.PRIMARY) -> Session:
    session = begin_pass(a_session(), "A", purpose, "a", NOON).apply(a_session())
    session = begin_pass(session, "B", Purpose.DOUBLE, "b", NOON).apply(session)
    for pass_id in ("a", "b"):
        tag = a_tag(f"{pass_id}1", "noise", S, 2 * S)
        session = editing.add_tag(session, pass_id, tag).apply(session)
    return session


def coded(session: Session, pass_id: str) -> CodingPass:
    found = session.coding_pass(pass_id)
    assert found is not None
    return found


def finished(session: Session, *pass_ids: str) -> Session:
    for pass_id in pass_ids:
        session = finish_pass(session, pass_id, NOON).apply(session)
    return session


def test_a_pass_is_begun_for_a_purpose() -> None:
    session = two_coders()
    assert [(one.coder, one.purpose) for one in session.passes] == [
        ("A", Purpose.PRIMARY),
        ("B", Purpose.DOUBLE),
    ]
    trained = begin_pass(session, " A ", Purpose.TRAINING, "t", NOON).apply(session)
    assert (trained.passes[2].coder, trained.passes[2].started) == ("A", NOON)


@pytest.mark.parametrize(
    ("coder", "purpose", "told"),
    [
        ("  ", Purpose.DOUBLE, "needs a coder"),
        ("B", Purpose.DOUBLE, "has a double pass"),
        ("C", Purpose.PRIMARY, "has the primary pass"),
        ("b", Purpose.TRAINING, "Use that very name"),
        ("C", Purpose.CONSENSUS, "two finished passes"),
    ],
)
def test_a_pass_that_would_confuse_is_not_begun(coder: str, purpose: Purpose, told: str) -> None:
    with pytest.raises(EditError, match=told):
        begin_pass(two_coders(), coder, purpose, "new", NOON)


def test_a_finished_pass_stays_as_it_is() -> None:
    session = finished(two_coders(), "a")
    one = coded(session, "a")
    assert (one.finished, coded(session, "b").finished) == (NOON, "")
    tag = one.tags[0]
    changes = (
        lambda: editing.add_tag(session, "a", a_tag("x", "noise", 5 * S, 6 * S)),
        lambda: editing.delete_tags(session, "a", [tag]),
        lambda: editing.annotate_tag(session, "a", tag, "x", NOON),
        lambda: editing.rate(session, "a", Rating("empathy", 3)),
    )
    for change in changes:
        with pytest.raises(EditError, match="Reopen it"):
            change()
    with pytest.raises(EditError, match="finished already"):
        finish_pass(session, "a", NOON)


def test_finishing_can_be_undone_until_somebody_elses_pass_was_seen() -> None:
    session = two_coders()
    edit = finish_pass(session, "a", NOON)
    assert edit.revert(edit.apply(session)) == session
    assert len(edit.changes) == 1  # and not the pass with all its tags


def test_marks_without_a_name_keep_a_pass_from_being_finished() -> None:
    session = two_coders()
    session = editing.add_tag(session, "a", a_tag("u", UNNAMED, 5 * S, 6 * S)).apply(session)
    with pytest.raises(EditError, match="1 mark has no name"):
        finish_pass(session, "a", NOON)
    named = editing.recode_tag(session, "a", coded(session, "a").tags[1], "calm", NOON)
    assert coded(finished(named.apply(session), "a"), "a").finished


def test_reopening_wants_a_reason_and_is_kept() -> None:
    session = finished(two_coders(), "a")
    with pytest.raises(EditError, match="Say why"):
        reopen_pass(session, "a", NOON, " ")
    session = reopen_pass(session, "a", "2026-01-03T00:00:00Z", "last minute missed").apply(session)
    assert why_closed(session, "a") == ""
    session = finish_pass(session, "a", "2026-01-04T00:00:00Z").apply(session)
    assert [(one.event.value, one.reason) for one in coded(session, "a").history] == [
        ("finished", ""),
        ("reopened", "last minute missed"),
        ("finished", ""),
    ]
    with pytest.raises(EditError, match="not finished"):
        reopen_pass(session, "b", NOON, "why")


def test_a_coder_sees_her_own_pass_until_she_has_finished_and_asks() -> None:
    session = two_coders()

    def seen(session: Session) -> list[str]:
        return [one.id for one in editing.visible_passes(session, "A", blind=True)]

    assert seen(session) == ["a"]
    assert len(editing.visible_passes(session, "A", blind=False)) == 2
    with pytest.raises(EditError, match="until you have finished"):
        editing.unblind(session, "A", "b", NOON)
    session = finished(session, "a")
    assert [one.id for one in hidden_passes(session, "A")] == ["b"]
    session = editing.unblind(session, "A", "b", NOON).apply(session)
    assert seen(session) == ["a", "b"]
    assert session.unblindings == (Unblinding("A", "b", NOON, finished=True),)
    with pytest.raises(EditError, match="not hidden"):
        editing.unblind(session, "A", "b", NOON)
    assert [one.id for one in hidden_passes(session, "B")] == ["a"]


def test_being_shown_a_pass_cannot_be_undone() -> None:
    session = finished(two_coders(), "a")
    edit = editing.unblind(session, "A", "b", NOON)
    assert edit.is_lasting
    with pytest.raises(EditError, match="cannot be undone"):
        edit.revert(edit.apply(session))
    both = editing.joined("both", edit, editing.set_title(session, "x"))
    assert both.is_lasting


def test_a_pass_is_sealed_once_another_was_seen() -> None:
    session = finished(two_coders(), "a")
    session = editing.unblind(session, "A", "b", NOON).apply(session)
    assert is_independent(session, coded(session, "a"))
    assert "consensus" in why_closed(session, "a")
    with pytest.raises(EditError, match="stays as it is"):
        reopen_pass(session, "a", NOON, "I changed my mind")


def test_a_training_pass_may_be_reopened_to_learn_from_another() -> None:
    session = finished(two_coders(Purpose.TRAINING), "a")
    session = editing.unblind(session, "A", "b", NOON).apply(session)
    session = reopen_pass(session, "a", NOON, "to learn").apply(session)
    assert why_closed(session, "a") == ""


def test_seen_too_early_a_pass_goes_on_and_is_not_independent() -> None:
    session = two_coders()
    session = editing.unblind(session, "A", "b", NOON, "supervisor asked").apply(session)
    assert session.unblindings[0].finished is False
    assert not is_independent(session, coded(session, "a"))
    assert is_independent(session, coded(session, "b"))
    assert why_closed(session, "a") == ""
    assert not has_finished(session, "A")


def test_whoever_looks_before_coding_is_not_independent_later() -> None:
    session = two_coders()
    session = editing.unblind(session, "C", "a", NOON, "leads the study").apply(session)
    session = begin_pass(session, "C", Purpose.DOUBLE, "c", NOON).apply(session)
    assert not is_independent(session, coded(session, "c"))


def test_a_consensus_is_nobodys_own_pass() -> None:
    consensus = CodingPass("k", "C", Purpose.CONSENSUS, NOON)
    session = replace(two_coders(), passes=(consensus, *two_coders().passes))
    assert session.pass_of("C") is None
    assert not is_independent(session, consensus)


def test_it_is_all_in_the_file_and_in_the_journal() -> None:
    session = finished(two_coders(), "a")
    edits = [
        editing.unblind(session, "A", "b", NOON, "why"),
        finish_pass(session, "b", NOON, "done"),
    ]
    after = session
    for edit in edits:
        for change in edit.changes:
            assert decode_change(read_json(write_compact(encode_change(change)))) == change
        after = edit.apply(after)
    assert decode_session(encode_session(after)) == after
