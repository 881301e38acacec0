"""Edits of the ratings in a coding pass, with their notes and the tags that speak for them."""

from __future__ import annotations

from dataclasses import replace

from annotator.editing.edit import Edit, index_in
from annotator.editing.guarding import require_open
from annotator.errors import EditError
from annotator.model.change import Member, MemberChange
from annotator.model.codebook import RatingItem
from annotator.model.coding import CodingPass, Rating
from annotator.model.session import Session


def rate(session: Session, pass_id: str, rating: Rating) -> Edit:
    """Give or change a rating of the region, with its note and its evidence.

    Raises EditError where the codebook has no such rating or has retired it, where the value is
    not on its scale, where a tag of the evidence is not in the pass, or where that is finished.
    """
    require_open(session, pass_id)
    item = _item(session, rating.item)
    if item.retired:
        raise EditError(f'The rating "{item.name}" is retired; it takes no more answers.')
    if not item.allows(rating.value):
        raise EditError(f"{rating.value:g} is not on the scale of {item.name}.", _scale(item))
    coding_pass = _pass(session, pass_id)
    ids = {tag.id for tag in coding_pass.tags} if rating.evidence else set()
    if not ids.issuperset(rating.evidence):
        raise EditError("A tag that is to speak for the rating is not in this pass.")
    old = rating_of(coding_pass, rating.item)
    index = len(coding_pass.ratings) if old is None else coding_pass.ratings.index(old)
    change = MemberChange(Member.RATING, index, old, rating, pass_id)
    return Edit(f"rate {item.name}", (change,))


def clear_rating(session: Session, pass_id: str, rating: Rating) -> Edit:
    """Take a rating back; raises EditError where the pass is finished."""
    require_open(session, pass_id)
    index = index_in(_pass(session, pass_id).ratings, rating)
    change = MemberChange(Member.RATING, index, rating, None, pass_id)
    return Edit("clear rating", (change,))


def note_rating(session: Session, pass_id: str, item: str, note: str) -> Edit:
    """Write the note of a rating; raises EditError as `rate` does, or where none is given yet."""
    given = _given(session, pass_id, item)
    edit = rate(session, pass_id, replace(given, note=note))
    return Edit(f"note on {_item(session, item).name}", edit.changes)


def link_evidence(session: Session, pass_id: str, item: str, tag_id: str) -> Edit:
    """Let a tag speak for a rating; raises EditError as `rate` does, or where none is given yet."""
    given = _given(session, pass_id, item)
    if tag_id in given.evidence:
        raise EditError("This tag speaks for that rating already.")
    edit = rate(session, pass_id, replace(given, evidence=(*given.evidence, tag_id)))
    return Edit(f"link evidence to {_item(session, item).name}", edit.changes)


def unlink_evidence(session: Session, pass_id: str, item: str, tag_id: str) -> Edit:
    """Let a tag no longer speak for a rating; raises EditError where it does not."""
    given = _given(session, pass_id, item)
    if tag_id not in given.evidence:
        raise EditError("This tag does not speak for that rating.")
    left = tuple(one for one in given.evidence if one != tag_id)
    edit = rate(session, pass_id, replace(given, evidence=left))
    return Edit(f"unlink evidence from {_item(session, item).name}", edit.changes)


def rating_of(coding_pass: CodingPass, item: str) -> Rating | None:
    """Find the answer to a rating in a pass; None where there is none."""
    return next((one for one in coding_pass.ratings if one.item == item), None)


def _given(session: Session, pass_id: str, item: str) -> Rating:
    found = rating_of(_pass(session, pass_id), item)
    if found is None:
        raise EditError(f"{_item(session, item).name} is not rated yet.", "Give the number first.")
    return found


def _item(session: Session, item: str) -> RatingItem:
    found = session.codebook.rating(item)
    if found is None:
        raise EditError(f'The codebook has no rating "{item}".')
    return found


def _scale(item: RatingItem) -> str:
    step = f" in steps of {item.step:g}" if item.step else ""
    return f"Give {item.minimum:g} to {item.maximum:g}{step}."


def _pass(session: Session, pass_id: str) -> CodingPass:
    found = session.coding_pass(pass_id)
    if found is None:
        raise EditError("This coding pass is no longer part of the session.")
    return found
