"""Edits of coding passes and of the ratings in them."""

from __future__ import annotations

from dataclasses import replace

from annotator.editing.edit import Edit, index_in
from annotator.errors import EditError
from annotator.model.change import Member, MemberChange
from annotator.model.coding import CodingPass, Purpose, Rating
from annotator.model.session import Session


def usual_purpose(session: Session) -> Purpose:
    """Tell what a new pass is for: the first is the primary one, any other double coding."""
    taken = any(one.purpose is Purpose.PRIMARY for one in session.passes)
    return Purpose.DOUBLE if taken else Purpose.PRIMARY


def add_pass(session: Session, coding_pass: CodingPass) -> Edit:
    """Begin a coding pass; raises EditError where the id is taken."""
    if session.coding_pass(coding_pass.id) is not None:
        raise EditError(f'The session already has a coding pass "{coding_pass.id}".')
    change = MemberChange(Member.PASS, len(session.passes), None, coding_pass)
    return Edit(f"begin coding pass of {coding_pass.coder}", (change,))


def replace_pass(session: Session, old: CodingPass, new: CodingPass) -> Edit:
    """Change a pass's coder or purpose; its tags and ratings stay as they are."""
    kept = replace(new, id=old.id, tags=old.tags, ratings=old.ratings)
    change = MemberChange(Member.PASS, index_in(session.passes, old), old, kept)
    return Edit("change coding pass", (change,))


def remove_pass(session: Session, coding_pass: CodingPass) -> Edit:
    """Remove a pass with all that is in it."""
    change = MemberChange(Member.PASS, index_in(session.passes, coding_pass), coding_pass, None)
    return Edit(f"remove coding pass of {coding_pass.coder}", (change,))


def rate(session: Session, pass_id: str, rating: Rating) -> Edit:
    """Give or change a rating of the region.

    Raises EditError where the codebook has no such rating or has retired it, or where the value
    is outside its scale.
    """
    item = next((one for one in session.codebook.ratings if one.id == rating.item), None)
    if item is None:
        raise EditError(f'The codebook has no rating "{rating.item}".')
    if item.retired:
        raise EditError(f'The rating "{item.name}" is retired; it takes no more answers.')
    if not item.minimum <= rating.value <= item.maximum:
        span = f"{item.minimum:g} to {item.maximum:g}"
        raise EditError(f"{rating.value:g} is not on the scale of {item.name}.", f"Give {span}.")
    ratings = _ratings(session, pass_id)
    old = next((one for one in ratings if one.item == rating.item), None)
    index = len(ratings) if old is None else ratings.index(old)
    change = MemberChange(Member.RATING, index, old, rating, pass_id)
    return Edit(f"rate {item.name}", (change,))


def clear_rating(session: Session, pass_id: str, rating: Rating) -> Edit:
    """Take a rating back."""
    index = index_in(_ratings(session, pass_id), rating)
    change = MemberChange(Member.RATING, index, rating, None, pass_id)
    return Edit("clear rating", (change,))


def _ratings(session: Session, pass_id: str) -> tuple[Rating, ...]:
    coding_pass = session.coding_pass(pass_id)
    if coding_pass is None:
        raise EditError("This coding pass is no longer part of the session.")
    return coding_pass.ratings
