"""The coding passes of a session as lines to choose from."""

from __future__ import annotations

from annotator.editing.blinding import visible_passes
from annotator.model.coding import CodingPass
from annotator.model.session import Session

NEW_PASS = ""
"""Stands for the coder's own pass where it begins with her first tag."""


def pass_choices(session: Session, coder: str, *, blind: bool = False) -> list[tuple[str, str]]:
    """List the passes as id and words, the coder's own first and marked "you".

    In blind mode those of others that were not shown to her are left out. Where she has none
    yet, a line for the one that will begin stands first, with `NEW_PASS`.
    """
    own = [one for one in session.passes if one.coder == coder]
    seen = visible_passes(session, coder, blind=blind)
    others = [one for one in seen if one.coder != coder]
    new = [] if own else [(NEW_PASS, f"Coder {coder} · new · you")]
    return [
        *new,
        *((one.id, f"{_words(one)} · you") for one in own),
        *((one.id, _words(one)) for one in others),
    ]


def _words(one: CodingPass) -> str:
    finished = " · finished" if one.finished else ""
    return f"Coder {one.coder} · {one.purpose.value}{finished}"
