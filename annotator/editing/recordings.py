"""Edits of a session's recordings."""

from __future__ import annotations

from annotator.editing.edit import Edit, index_in
from annotator.errors import EditError
from annotator.model.change import Member, MemberChange
from annotator.model.recording import Recording
from annotator.model.session import Session


def add_recording(session: Session, recording: Recording) -> Edit:
    """Add a film or sound file at the end of the list; raises EditError where its id is taken."""
    if any(one.id == recording.id for one in session.recordings):
        raise EditError(f'The session already has a recording "{recording.id}".')
    change = MemberChange(Member.RECORDING, len(session.recordings), None, recording)
    return Edit("add recording", (change,))


def replace_recording(session: Session, old: Recording, new: Recording) -> Edit:
    """Change a recording's path, role, offset or facts."""
    index = index_in(session.recordings, old)
    return Edit("change recording", (MemberChange(Member.RECORDING, index, old, new),))


def remove_recording(session: Session, recording: Recording) -> Edit:
    """Take a recording out of the session; its file stays where it is."""
    index = index_in(session.recordings, recording)
    return Edit("remove recording", (MemberChange(Member.RECORDING, index, recording, None),))
