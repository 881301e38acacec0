"""Edits of transcripts: what they do, what they refuse, and that the journal keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.editing import Edit
from annotator.errors import EditError
from annotator.model import Cue, Micros, Session, Transcript
from annotator.model.rules import session_problems
from annotator.storage.codec_change import decode_change, encode_change
from annotator.storage.codec_text import read_json, write_compact
from tests.support.edits import a_pass, a_session

S = 1_000_000
SAID = ((0, "T", "Hello there."), (2, "C", "Hello."), (3, "T", "What brings you?"), (4, "", "Hm."))
TALK = Transcript(
    "talk",
    tuple(
        Cue(f"c{number}", Micros(at * S), Micros((at + 1) * S), text, speaker)
        for number, (at, speaker, text) in enumerate(SAID)
    ),
)


def with_talk() -> Session:
    return replace(a_session(a_pass()), transcripts=(TALK,))


def done(edit: Edit, session: Session) -> Transcript:
    """Do an edit as it comes back from the journal, and undo it; give the transcript after it."""
    kept = Edit(
        edit.label,
        tuple(decode_change(read_json(write_compact(encode_change(one)))) for one in edit.changes),
    )
    assert kept == edit
    after = edit.apply(session)
    assert edit.revert(after) == session
    assert session_problems(after) == []
    return after.transcripts[0]


def test_a_transcript_comes() -> None:
    session = a_session(a_pass())
    edit = editing.add_transcript(session, TALK)
    assert done(edit, session) == TALK
    after = edit.apply(session)
    with pytest.raises(EditError, match="already has a transcript"):
        editing.add_transcript(after, TALK)
    stranger = replace(TALK, id="x", cues=(replace(TALK.cues[0], participant="p9"),))
    with pytest.raises(EditError, match=r'no participant "p9".*p1, p2'):
        editing.add_transcript(session, stranger)


def test_a_label_is_assigned_to_a_participant_everywhere() -> None:
    session = with_talk()
    after = done(editing.assign_speaker(session, "talk", "T", "p1"), session)
    assert [cue.participant for cue in after.cues] == ["p1", "", "p1", ""]
    assert after.participant_of("T") == "p1"
    assert [cue.speaker for cue in after.cues] == ["T", "C", "T", ""]
    with pytest.raises(EditError, match="Nobody in this transcript"):
        editing.assign_speaker(session, "talk", "X", "p1")
    with pytest.raises(EditError, match="no participant"):
        editing.assign_speaker(session, "talk", "T", "p9")


def test_a_cue_given_to_another_speaker_gets_that_ones_participant() -> None:
    session = with_talk()
    session = editing.assign_speaker(session, "talk", "T", "p1").apply(session)
    cue = session.transcripts[0].cues[1]
    after = done(editing.set_cue_speaker(session, "talk", cue, " T "), session)
    assert (after.cues[1].speaker, after.cues[1].participant) == ("T", "p1")


def test_a_cue_is_corrected_moved_split_and_merged() -> None:
    session = with_talk()
    hello = TALK.cues[0]
    after = done(editing.set_cue_text(session, "talk", hello, " Hello, you. "), session)
    assert after.cues[0].text == "Hello, you."
    moved = done(editing.retime_cue(session, "talk", hello, Micros(9 * S), Micros(10 * S)), session)
    assert [cue.id for cue in moved.cues] == ["c1", "c2", "c3", "c0"]
    split = done(editing.split_cue(session, "talk", hello, 1, "new"), session)
    assert [cue.text for cue in split.cues[:2]] == ["Hello", "there."]
    joined = done(editing.merge_cues(session, "talk", [TALK.cues[3], TALK.cues[2]]), session)
    assert (joined.cues[-1].text, joined.cues[-1].id) == ("What brings you? Hm.", "c2")


def test_what_does_not_fit_is_refused_in_words() -> None:
    session = with_talk()
    hello = TALK.cues[0]
    with pytest.raises(EditError, match="needs a text"):
        editing.set_cue_text(session, "talk", hello, " \n ")
    with pytest.raises(EditError, match="no longer part"):
        editing.set_cue_text(session, "gone", hello, "Hi.")
    stale = replace(hello, text="older")
    with pytest.raises(EditError, match="The cue to change is not where"):
        editing.set_cue_text(session, "talk", stale, "Hi.").apply(session)


@pytest.mark.parametrize(
    ("label", "person"), [("Therapist", "p1"), ("c07", "p2"), ("P2", "p2"), ("Anna", "")]
)
def test_labels_that_tell_plainly_who_speaks(label: str, person: str) -> None:
    cue = replace(TALK.cues[0], speaker=label)
    found = editing.participants_by_label(with_talk(), replace(TALK, cues=(cue,)))
    assert found.cues[0].participant == person


def test_the_rules_see_what_is_wrong_with_a_transcript() -> None:
    hello = TALK.cues[0]
    wrong = replace(TALK, cues=(hello, replace(hello, participant="p9")))
    session = replace(with_talk(), transcripts=(wrong, TALK))
    assert [problem.path for problem in session_problems(session)] == [
        "transcripts[1].id",
        "transcripts[0].cues[1].id",
        "transcripts[0].cues[1].participant",
    ]
