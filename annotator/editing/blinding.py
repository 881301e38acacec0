"""What a coder may see of others' passes, and the record of what she was shown."""

from __future__ import annotations

from collections.abc import Container

from annotator.editing.edit import Edit
from annotator.errors import EditError
from annotator.model.change import Member, MemberChange
from annotator.model.clip import Clip
from annotator.model.coding import CodingPass, Purpose
from annotator.model.session import Session, Unblinding


def visible_passes(session: Session, coder: str, *, blind: bool) -> tuple[CodingPass, ...]:
    """Give the passes that a coder may see: all, or in blind mode her own and those shown to her.

    Another's pass is shown by `unblind`, which is for when she has finished hers.
    """
    if not blind:
        return session.passes
    shown = {one.pass_id for one in session.unblindings if one.coder == coder}
    return tuple(one for one in session.passes if one.coder == coder or one.id in shown)


def hidden_passes(session: Session, coder: str) -> tuple[CodingPass, ...]:
    """Give the passes that a coder does not see in blind mode."""
    seen = visible_passes(session, coder, blind=True)
    return tuple(one for one in session.passes if one not in seen)


def visible_clips(session: Session, coder: str, *, blind: bool) -> tuple[Clip, ...]:
    """Give the clips that a coder may see, in their order.

    In blind mode one that was made of a hidden pass's tags is hidden as they are, since it tells
    where they are and what they are called.
    """
    if not blind or not session.clips:
        return session.clips
    shown = {tag_id for clip in session.clips for tag_id in clip.tags}
    passes = hidden_passes(session, coder)
    hidden = {tag.id for one in passes for tag in one.tags if tag.id in shown}
    return tuple(clip for clip in session.clips if hidden.isdisjoint(clip.tags))


def has_finished(session: Session, coder: str) -> bool:
    """Tell whether a coder has coded the session and finished every pass of hers.

    A consensus does not count: it is made with others' passes in sight.
    """
    own = [one for one in session.passes if one.coder == coder]
    independent = [one for one in own if one.purpose is not Purpose.CONSENSUS]
    return bool(independent) and all(one.finished for one in independent)


def is_independent(session: Session, coding_pass: CodingPass) -> bool:
    """Tell whether a pass was coded without its coder having been shown another's.

    That is known of passes made in blind mode alone; a consensus never is.
    """
    if coding_pass.purpose is Purpose.CONSENSUS:
        return False
    return all(one.finished for one in session.unblindings if one.coder == coding_pass.coder)


def unblind(session: Session, coder: str, pass_id: str, now: str, reason: str = "") -> Edit:
    """Show a coder another's pass, and keep for good that she was shown it.

    The edit is lasting. Raises EditError where there is nothing hidden to show, or where her own
    pass is not finished and no reason is given to show it all the same; from then on her pass
    does not count as independent.
    """
    if all(one.id != pass_id for one in hidden_passes(session, coder)):
        raise EditError("This coding pass is not hidden from you.")
    finished = has_finished(session, coder)
    if not finished and not reason.strip():
        raise EditError(
            "Others' passes are hidden until you have finished yours.",
            "Finish it first, or give the reason why it has to be seen now.",
        )
    record = Unblinding(coder, pass_id, now, finished, reason.strip())
    change = MemberChange(Member.UNBLINDING, len(session.unblindings), None, record)
    return Edit("show another's pass", (change,), is_lasting=True)


def sights(session: Session, coder: str, pass_ids: Container[str], now: str) -> tuple[Edit, ...]:
    """Show a coder those of the passes that she was not shown yet; each edit follows the last.

    Raises EditError where she has not finished her own, and so would have to give a reason.
    """
    made: list[Edit] = []
    for one in hidden_passes(session, coder):
        if one.id in pass_ids:
            made.append(unblind(session, coder, one.id, now))
            session = made[-1].apply(session)
    return tuple(made)
