"""Edits of a codebook's groups, ratings and scores, and of what it says of itself."""

from __future__ import annotations

from dataclasses import replace

from annotator.editing.book_codes import with_id_changed
from annotator.editing.book_lists import found, with_added, with_exchanged, with_shifted, without
from annotator.editing.book_uses import scores_naming, uses_of_rating
from annotator.editing.carrying import RatingStep, answer_as_it_is, as_it_is, carried
from annotator.editing.edit import Edit
from annotator.editing.fates import Fate, TagsGo
from annotator.errors import EditError
from annotator.model.change import FieldChange
from annotator.model.codebook import Codebook, Group, RatingItem, Score
from annotator.model.coding import Rating
from annotator.model.session import Session

_GROUP, _RATING, _SCORE = "group", "rating", "score"


def change_details(session: Session, new: Codebook) -> Edit:
    """Take over what another book says of itself; the lists stay.

    That is id, version, name, unit, notice, shortest silence, length of the sample and what a
    newer program wrote there. Raises EditError where it would not be in order.
    """
    book = session.codebook
    details = replace(
        new, groups=book.groups, codes=book.codes, ratings=book.ratings, scores=book.scores
    )
    return carried(session, "change codebook", details)


def with_version(edit: Edit, version: str) -> Edit:
    """Let the codebook that an edit puts in place have this version."""
    changes = tuple(
        FieldChange(one.before, replace(one.after, version=version))
        if isinstance(one, FieldChange) and isinstance(one.after, Codebook)
        else one
        for one in edit.changes
    )
    return Edit(edit.label, changes)


def add_group(session: Session, group: Group, index: int | None = None) -> Edit:
    """Add a group, at the end where `index` is None."""
    book = session.codebook
    groups = with_added(book.groups, group, index)
    return carried(session, f"add group {group.name}", replace(book, groups=groups))


def move_group(session: Session, group_id: str, index: int) -> Edit:
    """Let a group stand at another place of the list."""
    book = session.codebook
    groups = with_shifted(book.groups, group_id, index, _GROUP)
    return carried(session, "move group", replace(book, groups=groups))


def change_group(session: Session, group_id: str, new: Group) -> Edit:
    """Put a changed group in the place of an old one; another id is carried to what is in it."""
    book = session.codebook
    groups = with_exchanged(book.groups, group_id, new, _GROUP)
    regrouped = _regrouped(replace(book, groups=groups), group_id, new.id)
    return carried(session, f"change group {new.name}", regrouped)


def remove_group(session: Session, group_id: str, to: str = "") -> Edit:
    """Take a group out; what is in it goes to another group, or is in none where `to` is empty."""
    book = session.codebook
    group = found(book.groups, group_id, _GROUP)
    groups = without(book.groups, group_id, _GROUP)
    regrouped = _regrouped(replace(book, groups=groups), group_id, to)
    return carried(session, f"remove group {group.name}", regrouped)


def _regrouped(book: Codebook, old_id: str, new_id: str) -> Codebook:
    if old_id == new_id:
        return book

    def changed(one: str) -> str:
        return new_id if one == old_id else one

    return replace(
        book,
        codes=tuple(replace(code, group=changed(code.group)) for code in book.codes),
        ratings=tuple(replace(item, group=changed(item.group)) for item in book.ratings),
    )


def add_rating(session: Session, item: RatingItem, index: int | None = None) -> Edit:
    """Add a rating, at the end where `index` is None."""
    book = session.codebook
    ratings = with_added(book.ratings, item, index)
    return carried(session, f"add rating {item.name}", replace(book, ratings=ratings))


def move_rating(session: Session, item_id: str, index: int) -> Edit:
    """Let a rating stand at another place of the list."""
    book = session.codebook
    ratings = with_shifted(book.ratings, item_id, index, _RATING)
    return carried(session, "move rating", replace(book, ratings=ratings))


def change_rating(session: Session, item_id: str, new: RatingItem) -> Edit:
    """Put a changed rating in the place of an old one; another id is carried to the answers.

    Raises EditError where an answer that was given would not be on the new scale.
    """
    book = session.codebook
    ratings = with_exchanged(book.ratings, item_id, new, _RATING)
    changed = replace(book, ratings=ratings)
    if new.id != item_id:
        changed = with_id_changed(changed, item_id, new.id)

    def step(answer: Rating) -> Rating:
        return replace(answer, item=new.id) if answer.item == item_id else answer

    return carried(session, f"change rating {new.name}", changed, as_it_is, step)


def remove_rating(session: Session, item_id: str, answers: TagsGo | None = None) -> Edit:
    """Take a rating out of the book.

    Where it was answered, `answers` says where the answers go; `Fate.RETIRE` keeps the rating
    for them. Raises EditError where there are answers and it does not say, or where a score
    names the rating.
    """
    book = session.codebook
    item = found(book.ratings, item_id, _RATING)
    count = uses_of_rating(session, item_id).count
    if count and answers is None:
        raise EditError(
            f'"{item.name}" was answered {count} time{"s" if count > 1 else ""}.',
            "Say where the answers go: to another rating, or nowhere; or retire the rating.",
        )
    if answers is not None and answers.fate is Fate.RETIRE:
        edit = change_rating(session, item_id, replace(item, retired=True))
        return Edit(f"retire rating {item.name}", edit.changes)
    if scores := scores_naming(session, item_id):
        raise EditError(
            f'"{item.name}" is part of a score: {", ".join(scores)}.',
            "Change that formula first, or retire the rating.",
        )
    rest = replace(book, ratings=without(book.ratings, item_id, _RATING))
    step = _answers_step(item_id, answers) if answers else answer_as_it_is
    return carried(session, f"remove rating {item.name}", rest, as_it_is, step)


def _answers_step(item_id: str, goes: TagsGo) -> RatingStep:
    def step(answer: Rating) -> Rating | None:
        if answer.item != item_id:
            return answer
        return None if goes.fate is Fate.DELETE else replace(answer, item=goes.to)

    return step


def add_score(session: Session, score: Score, index: int | None = None) -> Edit:
    """Add a score, at the end where `index` is None; raises EditError where it names no code."""
    book = session.codebook
    scores = with_added(book.scores, score, index)
    return carried(session, f"add score {score.name}", replace(book, scores=scores))


def move_score(session: Session, score_id: str, index: int) -> Edit:
    """Let a score stand at another place of the list."""
    book = session.codebook
    scores = with_shifted(book.scores, score_id, index, _SCORE)
    return carried(session, "move score", replace(book, scores=scores))


def change_score(session: Session, score_id: str, new: Score) -> Edit:
    """Put a changed score in the place of an old one."""
    book = session.codebook
    scores = with_exchanged(book.scores, score_id, new, _SCORE)
    return carried(session, f"change score {new.name}", replace(book, scores=scores))


def remove_score(session: Session, score_id: str) -> Edit:
    """Take a score out of the book."""
    book = session.codebook
    score = found(book.scores, score_id, _SCORE)
    scores = without(book.scores, score_id, _SCORE)
    return carried(session, f"remove score {score.name}", replace(book, scores=scores))
