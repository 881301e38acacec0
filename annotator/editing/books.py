"""Edits of the session's codebook, carried through to the tags that use it."""

from __future__ import annotations

from dataclasses import replace

from annotator.editing.edit import Edit
from annotator.errors import EditError
from annotator.model.change import FieldChange, TagChange
from annotator.model.codebook import Codebook
from annotator.model.formula import renamed_in
from annotator.model.session import Session


def set_codebook(session: Session, book: Codebook) -> Edit:
    """Put another codebook in place; raises EditError where it lacks a code that tags use."""
    known = {code.id for code in book.codes}
    used = {tag.code for one in session.passes for tag in one.tags}
    if missing := sorted(used - known):
        raise EditError(
            f"Tags of this session use codes that {book.name} lacks: {', '.join(missing)}.",
            "Give these tags another code first.",
        )
    return Edit("change codebook", (FieldChange(session.codebook, book),))


def rename_code(session: Session, old_id: str, new_id: str) -> Edit:
    """Give a code another id, in the codebook and in every tag.

    Raises EditError where the codebook has no such code, or has one of the new id already.
    """
    book = session.codebook
    if book.code(old_id) is None:
        raise EditError(f'The codebook has no code "{old_id}".')
    if book.code(new_id) is not None:
        raise EditError(f'The codebook already has a code "{new_id}".')
    tags = tuple(
        TagChange(one.id, tag, replace(tag, code=new_id))
        for one in session.passes
        for tag in one.tags
        if tag.code == old_id
    )
    change = FieldChange(book, _with_code_renamed(book, old_id, new_id))
    return Edit(f"rename code {old_id}", (change, *tags))


def _with_code_renamed(book: Codebook, old_id: str, new_id: str) -> Codebook:
    def renamed(one: str) -> str:
        return new_id if one == old_id else one

    codes = tuple(
        replace(
            code,
            id=renamed(code.id),
            parent=renamed(code.parent),
            exclusive_with=tuple(renamed(one) for one in code.exclusive_with),
        )
        for code in book.codes
    )
    scores = tuple(
        replace(score, formula=renamed_in(score.formula, old_id, new_id)) for score in book.scores
    )
    return replace(book, codes=codes, scores=scores)
