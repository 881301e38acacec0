"""Put another codebook in place and carry tags and answers over to it, as one edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.editing.edit import Edit
from annotator.editing.guarding import why_closed
from annotator.errors import EditError
from annotator.model.change import Change, FieldChange, Member, MemberChange, TagChange
from annotator.model.codebook import Codebook, CodeKind
from annotator.model.coding import CodingPass, Rating, Tag
from annotator.model.problem import Problem
from annotator.model.rules import codebook_problems
from annotator.model.session import Session

TagStep = Callable[[Tag], Tag | None]
"""Gives a tag as it is under the new book: the same one, another, or None where it goes."""

RatingStep = Callable[[Rating], Rating | None]
"""The same for an answer to a rating."""

_SHOWN = 3


def carried(
    session: Session,
    label: str,
    book: Codebook,
    tag_step: TagStep,
    rating_step: RatingStep,
) -> Edit:
    """Make the edit that puts a book in place and takes tags and answers through the steps.

    Tags that go are no longer the evidence of any answer. Raises EditError where the book has a
    fault that the one before had not, where a tag or an answer would not fit it, or where
    something in a finished pass would go or get another time; codes may change there too, since
    they do so everywhere alike.
    """
    _require_no_new_fault(session.codebook, book)
    changes: list[Change] = []
    if book != session.codebook:
        changes.append(FieldChange(session.codebook, book))
    kinds = {code.id: code.kind for code in book.codes}
    for one in session.passes:
        tag_changes = tuple(_tag_changes(one, kinds, tag_step))
        gone = {change.before.id for change in tag_changes if change.before and not change.after}
        rating_changes = tuple(_rating_changes(one, book, rating_step, gone))
        if any(map(_takes_away, tag_changes)) or any(each.after is None for each in rating_changes):
            _require_open(session, one)
        changes += (*tag_changes, *rating_changes)
    return Edit(label, tuple(changes))


def _tag_changes(
    one: CodingPass, kinds: Mapping[str, CodeKind], step: TagStep
) -> Iterator[TagChange]:
    for tag in one.tags:
        after = step(tag)
        if after is not None:
            _require_fitting(after, kinds)
        if after is not tag and after != tag:
            yield TagChange(one.id, tag, after)


def _takes_away(change: TagChange) -> bool:
    """Tell whether a change takes away something that a coder said: tag, time or attribute."""
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    is_moved = (before.start, before.end) != (after.start, after.end)
    return is_moved or len(after.attributes) < len(before.attributes)


def _require_open(session: Session, one: CodingPass) -> None:
    if why_not := why_closed(session, one.id):
        raise EditError(why_not, "What is retired stays as it is there.")


def _require_fitting(tag: Tag, kinds: Mapping[str, CodeKind]) -> None:
    if not tag.is_named:
        return
    kind = kinds.get(tag.code)
    if kind is None:
        raise EditError(
            f'There are tags of the code "{tag.code}", which the codebook would lack.',
            "Say where these tags go.",
        )
    if kind is CodeKind.SPAN and tag.start == tag.end:
        raise EditError(
            f'There are tags that mark a moment, and "{tag.code}" marks stretches.',
            "Let it mark moments, or give these tags a code that does.",
        )


def _rating_changes(
    one: CodingPass, book: Codebook, step: RatingStep, gone: Collection[str]
) -> Iterator[MemberChange]:
    """Give the changes of a pass's answers, from the last to the first so that places stay.

    Tags that are `gone` no longer speak for any.
    """
    after = [_without(step(rating), gone) for rating in one.ratings]
    left = [rating for rating in after if rating is not None]
    _require_answers(left, book)
    for index in reversed(range(len(after))):
        if after[index] != one.ratings[index]:
            yield MemberChange(Member.RATING, index, one.ratings[index], after[index], one.id)


def _without(rating: Rating | None, gone: Collection[str]) -> Rating | None:
    if rating is None or not any(one in gone for one in rating.evidence):
        return rating
    return replace(rating, evidence=tuple(one for one in rating.evidence if one not in gone))


def _require_answers(ratings: Iterable[Rating], book: Codebook) -> None:
    counts: Counter[str] = Counter()
    for rating in ratings:
        item = book.rating(rating.item)
        counts[rating.item] += 1
        if item is None:
            raise EditError(
                f'There are answers to the rating "{rating.item}", which the codebook would lack.',
                "Say where these answers go.",
            )
        if not item.allows(rating.value):
            raise EditError(
                f'An answer of {rating.value:g} to "{item.name}" would not be on its scale, '
                f"{item.minimum:g} to {item.maximum:g}.",
                "Say where this answer goes.",
            )
        if counts[rating.item] > 1:
            raise EditError(
                f'One pass would hold two answers to "{item.name}".',
                "Let one of the two ratings go elsewhere.",
            )


def _require_no_new_fault(before: Codebook, after: Codebook) -> None:
    """Raise EditError where a book has a fault that the one before had not."""
    old = Counter(_told(problem) for problem in codebook_problems(before))
    new: list[Problem] = []
    for problem in codebook_problems(after):
        told = _told(problem)
        if old[told]:
            old[told] -= 1
        else:
            new.append(problem)
    if new:
        shown = "; ".join(str(problem) for problem in new[:_SHOWN])
        more = f"; and {len(new) - _SHOWN} more" if len(new) > _SHOWN else ""
        raise EditError(f"The codebook would not be in order: {shown}{more}.")


def _told(problem: Problem) -> tuple[str, str]:
    """Give a problem without its place in a list, which may change when another member goes."""
    return re.sub(r"\[\d+\]", "[]", problem.path), re.sub(r"\[\d+\]", "[]", problem.message)
