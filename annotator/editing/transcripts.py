"""Edits of transcripts: whole ones come, and cues are corrected, cut, joined, assigned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.editing.edit import Edit, index_in
from annotator.errors import EditError
from annotator.model.change import Change, CueChange, Member, MemberChange
from annotator.model.participant import Participant
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript, cue_order
from annotator.model.words import cut, joined, retimed, reworded


def add_transcript(session: Session, transcript: Transcript) -> Edit:
    """Add a transcript.

    Raises EditError where the id is taken, or where a cue names a participant that is not part
    of the session.
    """
    if session.transcript(transcript.id) is not None:
        raise EditError(f'The session already has a transcript "{transcript.id}".')
    for person in {cue.participant for cue in transcript.cues}:
        _require_participant(session, person)
    index = len(session.transcripts)
    return Edit("add transcript", (MemberChange(Member.TRANSCRIPT, index, None, transcript),))


def replace_transcript(session: Session, old: Transcript, new: Transcript) -> Edit:
    """Put a transcript in the place of another, such as one with another language; its id stays."""
    index = index_in(session.transcripts, old)
    kept = replace(new, id=old.id)
    return Edit("change transcript", (MemberChange(Member.TRANSCRIPT, index, old, kept),))


def set_cue_text(session: Session, transcript_id: str, cue: Cue, text: str) -> Edit:
    """Correct what a cue says; words that stay keep their times.

    Raises EditError where nothing is left of the text.
    """
    new = reworded(cue, text)
    if not new.text:
        raise EditError("A cue needs a text.", "Write what was said, or leave the cue as it was.")
    return _changed(session, transcript_id, "correct cue", [(cue, new)])


def retime_cue(session: Session, transcript_id: str, cue: Cue, start: Micros, end: Micros) -> Edit:
    """Move the ends of a cue; its words go along, and stay within it.

    Raises EditError where the end would lie before the start.
    """
    return _changed(session, transcript_id, "move cue", [(cue, retimed(cue, start, end))])


def set_cue_speaker(session: Session, transcript_id: str, cue: Cue, speaker: str) -> Edit:
    """Give a cue the label of another speaker, and the participant that label is assigned to."""
    speaker = " ".join(speaker.split())
    person = _transcript(session, transcript_id).participant_of(speaker)
    new = replace(cue, speaker=speaker, participant=person)
    return _changed(session, transcript_id, "change speaker", [(cue, new)])


def assign_speaker(session: Session, transcript_id: str, speaker: str, participant: str) -> Edit:
    """Say which participant a label stands for, in all cues of the transcript; empty for nobody.

    The empty label stands for the cues that have none. The edit has no changes where that is so
    already. Raises EditError where the participant is not part of the session, or where nobody
    in the transcript is called so.
    """
    _require_participant(session, participant)
    cues = [cue for cue in _transcript(session, transcript_id).cues if cue.speaker == speaker]
    if not cues:
        raise EditError(f'Nobody in this transcript is called "{speaker}".')
    pairs = [(cue, replace(cue, participant=participant)) for cue in cues]
    return _changed(session, transcript_id, f"assign {speaker or 'speaker'}", pairs)


def assign_everywhere(session: Session, speaker: str, participant: str) -> Edit:
    """Say which participant a label stands for, in all transcripts of the session.

    Raises EditError where the participant is not part of the session, or where nobody in any
    transcript is called so.
    """
    there = [one for one in session.transcripts if speaker in one.speakers]
    if not there:
        known = ", ".join(
            dict.fromkeys(s for one in session.transcripts for s in one.speakers if s)
        )
        raise EditError(
            f"Nobody in the transcript is called “{speaker}”.", f"It has: {known or 'no speakers'}."
        )
    edits = [assign_speaker(session, one.id, speaker, participant) for one in there]
    return Edit(edits[0].label, tuple(change for edit in edits for change in edit.changes))


def split_cue(session: Session, transcript_id: str, cue: Cue, word: int, new_id: str) -> Edit:
    """Cut a cue in two before the word of that number, counted from 0.

    Raises EditError where nothing would be left on one side.
    """
    first, second = cut(cue, word, new_id)
    changes = (CueChange(transcript_id, cue, first), CueChange(transcript_id, None, second))
    _transcript(session, transcript_id)
    return Edit("split cue", changes)


def merge_cues(session: Session, transcript_id: str, cues: Sequence[Cue]) -> Edit:
    """Make one cue of several.

    Raises EditError where they are fewer than two, or of different speakers.
    """
    _transcript(session, transcript_id)
    ordered = sorted(cues, key=cue_order)
    whole = joined(ordered)
    gone: tuple[Change, ...] = tuple(CueChange(transcript_id, cue, None) for cue in ordered[1:])
    return Edit("merge cues", (CueChange(transcript_id, ordered[0], whole), *gone))


def participants_by_label(session: Session, transcript: Transcript) -> Transcript:
    """Assign the speakers of a new transcript whose label tells plainly who they are.

    That is the label, id or role of one participant alone, without regard to case: "Therapist"
    where the session has one therapist.
    """
    people = {label: _called(session.participants, label) for label in transcript.speakers}
    cues = (
        replace(cue, participant=people[cue.speaker])
        if people[cue.speaker] and not cue.participant
        else cue
        for cue in transcript.cues
    )
    return replace(transcript, cues=tuple(cues))


def beyond_film(session: Session, transcript: Transcript) -> list[str]:
    """Tell in one line how many cues begin after the end of the last recording; none where none."""
    ends = [one.offset + one.duration for one in session.recordings]
    count = sum(cue.start >= max(ends) for cue in transcript.cues) if ends else 0
    told = "1 cue lies" if count == 1 else f"{count} cues lie"
    return [f"{told} beyond the film's end (kept)"] if count else []


def unassigned(transcript: Transcript) -> list[str]:
    """Tell in one line which speakers no participant stands for; none where all are known."""
    labels = [one for one in transcript.speakers if one and not transcript.participant_of(one)]
    named = ", ".join(f"“{one}”" for one in labels)
    return [f"Which participant {named} is, is not told."] if labels else []


def _called(people: Sequence[Participant], label: str) -> str:
    wanted = label.casefold()
    for names in (
        [(one.id, (one.id, one.label)) for one in people],
        [(one.id, (one.role.value,)) for one in people],
    ):
        fitting = [name for name, words in names if wanted in {word.casefold() for word in words}]
        if wanted and fitting:
            return fitting[0] if len(fitting) == 1 else ""
    return ""


def _changed(
    session: Session, transcript_id: str, label: str, pairs: Sequence[tuple[Cue, Cue]]
) -> Edit:
    _transcript(session, transcript_id)
    different = ((old, new) for old, new in pairs if old != new)
    return Edit(label, tuple(CueChange(transcript_id, old, new) for old, new in different))


def _transcript(session: Session, transcript_id: str) -> Transcript:
    transcript = session.transcript(transcript_id)
    if transcript is None:
        raise EditError("This transcript is no longer part of the session.", "Choose it again.")
    return transcript


def _require_participant(session: Session, participant: str) -> None:
    if participant and session.participant(participant) is None:
        known = ", ".join(one.id for one in session.participants) or "none yet"
        raise EditError(f'The session has no participant "{participant}".', f"It has: {known}.")
