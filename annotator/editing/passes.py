"""Edits of coding passes: begun with a purpose, finished, reopened."""

from __future__ import annotations

from annotator.editing.edit import Edit
from annotator.editing.guarding import is_sealed, why_closed
from annotator.errors import EditError
from annotator.model.change import Member, MemberChange
from annotator.model.coding import CodingPass, Milestone, PassEvent, Purpose
from annotator.model.session import Session


def usual_purpose(session: Session) -> Purpose:
    """Tell what a new pass is for: the first is the primary one, any other double coding."""
    taken = any(one.purpose is Purpose.PRIMARY for one in session.passes)
    return Purpose.DOUBLE if taken else Purpose.PRIMARY


def begin_pass(session: Session, coder: str, purpose: Purpose, pass_id: str, now: str) -> Edit:
    """Begin a coder's pass for a purpose, which is chosen here and now.

    A coder has one pass for each purpose, and a session one primary pass. Raises EditError where
    that would not hold, where the coder has no name, or where the id is taken.
    """
    name = coder.strip()
    if not name:
        raise EditError("A coding pass needs a coder.", "Say who codes, by a name or a code.")
    if purpose is Purpose.CONSENSUS:
        raise EditError("A consensus is made of two finished passes.", "Compare two of them first.")
    own = next((one for one in session.passes if one.coder.casefold() == name.casefold()), None)
    if own is not None and own.coder != name:
        raise EditError(f'A coder "{own.coder}" is here already.', "Is it you? Use that very name.")
    for one in session.passes:
        if one.purpose is purpose and one.coder == name:
            raise EditError(f"{name} has a {purpose} pass here already.", "Go on with that one.")
        if one.purpose is purpose is Purpose.PRIMARY:
            raise EditError(f"{one.coder} has the primary pass here.", "Choose double coding.")
    return add_pass(session, CodingPass(pass_id, name, purpose, now))


def finish_pass(session: Session, pass_id: str, now: str, reason: str = "") -> Edit:
    """Say that a pass is finished; nothing in it changes from then on, unless it is reopened.

    Raises EditError where it is finished already, holds marks without a name, or is not there.
    """
    coding_pass = _pass(session, pass_id)
    if coding_pass.finished:
        raise EditError("This pass is finished already.")
    unnamed = sum(not tag.is_named for tag in coding_pass.tags)
    if unnamed:
        told = "1 mark has" if unnamed == 1 else f"{unnamed} marks have"
        raise EditError(f"{told} no name yet.", "Name them or delete them, then finish.")
    return _milestone(coding_pass, PassEvent(Milestone.FINISHED, now, reason), "finish pass")


def reopen_pass(session: Session, pass_id: str, now: str, reason: str) -> Edit:
    """Let a finished pass be changed again, which its history tells.

    Raises EditError where it is not finished, where no reason is given, or where its coder has
    seen another's pass since: its tags would no longer be independent.
    """
    coding_pass = _pass(session, pass_id)
    if not coding_pass.finished:
        raise EditError("This pass is not finished.")
    if is_sealed(session, coding_pass):
        raise EditError(why_closed(session, pass_id))
    if not reason.strip():
        raise EditError("Say why the pass is reopened; the session keeps the reason.")
    return _milestone(coding_pass, PassEvent(Milestone.REOPENED, now, reason), "reopen pass")


def _milestone(coding_pass: CodingPass, event: PassEvent, label: str) -> Edit:
    index = len(coding_pass.history)
    change = MemberChange(Member.EVENT, index, None, event, coding_pass.id)
    return Edit(f"{label} of {coding_pass.coder}", (change,))


def _pass(session: Session, pass_id: str) -> CodingPass:
    found = session.coding_pass(pass_id)
    if found is None:
        raise EditError("This coding pass is not part of the session.")
    return found


def add_pass(session: Session, coding_pass: CodingPass) -> Edit:
    """Begin a coding pass; raises EditError where the id is taken."""
    if session.coding_pass(coding_pass.id) is not None:
        raise EditError(f'The session already has a coding pass "{coding_pass.id}".')
    change = MemberChange(Member.PASS, len(session.passes), None, coding_pass)
    return Edit(f"begin coding pass of {coding_pass.coder}", (change,))
