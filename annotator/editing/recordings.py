"""Edits of a session's recordings."""

from __future__ import annotations

from dataclasses import fields

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


def merged(first: Edit, second: Edit) -> Edit | None:
    """Make one edit of two in a row where both move the same thing of the same recording.

    A recording that is moved frame by frame is so brought back in one step. None where the two
    are different things.
    """
    ours, theirs = _only_change(first), _only_change(second)
    if ours is None or theirs is None or ours.after != theirs.before:
        return None
    if _changed(ours) != _changed(theirs):
        return None
    return Edit(second.label, (MemberChange(ours.member, ours.index, ours.before, theirs.after),))


def _only_change(edit: Edit) -> MemberChange | None:
    """Give the one change of an edit, if it makes another recording of one."""
    change = edit.changes[0] if len(edit.changes) == 1 else None
    if not isinstance(change, MemberChange) or change.member is not Member.RECORDING:
        return None
    return None if change.before is None or change.after is None else change


def _changed(change: MemberChange) -> set[str]:
    """Name what differs between a recording before and after."""
    names = (field.name for field in fields(Recording))
    return {name for name in names if getattr(change.before, name) != getattr(change.after, name)}
