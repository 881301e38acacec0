"""The session's codebook as a whole, exchanged for another that knows all codes in use."""

from __future__ import annotations

from annotator.editing.edit import Edit
from annotator.errors import EditError
from annotator.model.change import FieldChange
from annotator.model.codebook import Codebook
from annotator.model.coding import UNNAMED
from annotator.model.session import Session


def set_codebook(session: Session, book: Codebook) -> Edit:
    """Put another codebook in place; raises EditError where it lacks a code that tags use."""
    known = {UNNAMED, *(code.id for code in book.codes)}
    used = {tag.code for one in session.passes for tag in one.tags}
    if missing := sorted(used - known):
        raise EditError(
            f"Tags of this session use codes that {book.name} lacks: {', '.join(missing)}.",
            "Give these tags another code first.",
        )
    return Edit("change codebook", (FieldChange(session.codebook, book),))
