"""What keeps a coding pass as it was: a finished one is not changed, a seen one not reopened."""

from __future__ import annotations

from annotator.errors import EditError
from annotator.model.coding import CodingPass, Purpose
from annotator.model.session import Session


def why_closed(session: Session, pass_id: str) -> str:
    """Say why nothing in a pass may change, in plain words; empty where all may.

    A pass that is not begun yet may be begun.
    """
    coding_pass = session.coding_pass(pass_id)
    if coding_pass is None or not coding_pass.finished:
        return ""
    if is_sealed(session, coding_pass):
        return (
            f"This pass of {coding_pass.coder} is finished, and its coder has seen another's since,"
            " so it stays as it is. Corrections belong in a consensus."
        )
    return f"This pass of {coding_pass.coder} is finished. Reopen it to change it."


def require_open(session: Session, pass_id: str) -> None:
    """Raise EditError where nothing in a pass may change."""
    if why_not := why_closed(session, pass_id):
        raise EditError(why_not)


def is_sealed(session: Session, coding_pass: CodingPass) -> bool:
    """Tell whether a finished pass can never be reopened.

    It was coded independently, and its coder has seen another's pass since. A training pass may
    be reopened, and a consensus is made with both in sight.
    """
    if not coding_pass.finished or coding_pass.purpose in {Purpose.TRAINING, Purpose.CONSENSUS}:
        return False
    return any(one.coder == coding_pass.coder and one.finished for one in session.unblindings)
