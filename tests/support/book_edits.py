"""Edits of a session's codebook by way of a draft, and random ones that fit it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from annotator import editing
from annotator.editing.book_draft import (
    Draft,
    added,
    changed,
    draft_edit,
    drafted,
    members,
    removed,
    shifted,
)
from annotator.errors import EditError
from annotator.model import (
    Attribute,
    Choice,
    Code,
    CodeKind,
    Group,
    Micros,
    RatingItem,
    Score,
    Session,
)
from annotator.model.book_compare import Member, Part
from annotator.model.proposing import next_colour_beside, next_id

if TYPE_CHECKING:
    from annotator.editing import Edit

DEPTH = Attribute("depth", "Depth", (Choice("low", "Low", "1"), Choice("high", "High")))
LENGTHS = st.builds(
    editing.Lengths, st.sampled_from([None, Micros(1), Micros(1_000_000)]), st.booleans()
)
names = st.sampled_from(["Warm", "Cool", "Open question", "Ärger", "class"])


def place_in(draft: Draft, part: Part, one: str) -> int:
    """Give the place of a member of a draft by its id."""
    return [member.id for member in members(draft.book, part)].index(one)


def with_new_id(session: Session, old_id: str, new_id: str) -> Edit:
    """Make the edit that gives a code another id."""
    draft = drafted(session.codebook)
    at = place_in(draft, Part.CODE, old_id)
    draft = changed(draft, Part.CODE, at, replace(draft.book.codes[at], id=new_id))
    return draft_edit(session, draft)


def book_edit(draw: st.DrawFn, session: Session) -> Edit | None:
    """Draw an edit of the codebook; None where what was drawn is refused."""
    try:
        if draw(st.booleans()):
            return _move(draw, session)
        draft = drafted(session.codebook)
        for _ in range(draw(st.integers(1, 3))):
            step = draw(st.sampled_from([_add, _change, _remove, _shift, _details]))
            draft = step(draw, draft)
        return draft_edit(session, draft)
    except EditError:
        return None


def _some(draw: st.DrawFn, draft: Draft) -> tuple[Part, int]:
    """Draw a member: its list and its place in there."""
    part = draw(st.sampled_from([part for part in Part if members(draft.book, part)]))
    return part, draw(st.integers(0, len(members(draft.book, part)) - 1))


def _fresh(draw: st.DrawFn, draft: Draft) -> str:
    taken = (one.id for part in Part for one in members(draft.book, part))
    return next_id(draw(names), set(taken))


def _add(draw: st.DrawFn, draft: Draft) -> Draft:
    fresh, name, part = _fresh(draw, draft), draw(names), draw(st.sampled_from(Part))
    colour, kind = next_colour_beside(["#0072b2"]), draw(st.sampled_from(CodeKind))
    made: dict[Part, Member] = {
        Part.GROUP: Group(fresh, name),
        Part.CODE: Code(fresh, name, colour=colour, kind=kind),
        Part.RATING: RatingItem(fresh, name),
        Part.SCORE: Score(fresh, name, draft.book.codes[0].id if draft.book.codes else "1"),
    }
    index = draw(st.integers(0, len(members(draft.book, part))))
    return added(draft, part, made[part], index)


def _change(draw: st.DrawFn, draft: Draft) -> Draft:
    part, index = _some(draw, draft)
    old = members(draft.book, part)[index]
    new = replace(old, id=draw(st.sampled_from([old.id, _fresh(draw, draft)])), name=draw(names))
    if isinstance(new, Code):
        kind, deep = draw(st.sampled_from(CodeKind)), replace(DEPTH, id="deep")
        attributes = draw(st.sampled_from([new.attributes, (DEPTH,), (deep,), ()]))
        new = replace(new, kind=kind, attributes=attributes, definition=draw(names))
    elif isinstance(new, RatingItem):
        new = replace(new, maximum=draw(st.sampled_from([2, 5, 9])))
    return changed(draft, part, index, new)


def _goes(draw: st.DrawFn, ids: list[str]) -> editing.TagsGo:
    recoded = st.sampled_from(ids).map(editing.recoded)
    return draw(st.one_of(st.just(editing.DELETED), st.just(editing.RETIRED), recoded))


def _remove(draw: st.DrawFn, draft: Draft) -> Draft:
    part, index = _some(draw, draft)
    others = [one.id for at, one in enumerate(members(draft.book, part)) if at != index]
    if part in {Part.CODE, Part.RATING} and others:
        return removed(draft, part, index, _goes(draw, others))
    return removed(draft, part, index)


def _shift(draw: st.DrawFn, draft: Draft) -> Draft:
    part, index = _some(draw, draft)
    return shifted(draft, part, index, draw(st.integers(0, len(members(draft.book, part)) - 1)))


def _details(draw: st.DrawFn, draft: Draft) -> Draft:
    return replace(draft, book=replace(draft.book, name=draw(names), notice=draw(names)))


def _move(draw: st.DrawFn, session: Session) -> Edit:
    """Move to a book in which some codes are gone, others are of another kind or scale."""
    book = session.codebook
    kept = tuple(code for code in book.codes if draw(st.booleans())) or book.codes[:1]
    codes = tuple(
        replace(code, kind=draw(st.sampled_from(CodeKind)), parent="", exclusive_with=())
        for code in kept
    )
    ratings = tuple(
        replace(item, maximum=draw(st.sampled_from([item.maximum, 2.0])), default=None, anchors=())
        for item in book.ratings
        if draw(st.booleans())
    )
    other = replace(book, version="next", codes=codes, ratings=ratings, scores=())
    ids = [code.id for code in codes if not code.retired] or [codes[0].id]
    chosen = {code.id: _goes(draw, ids) for code in book.codes if draw(st.booleans())}
    choices = editing.MoveChoices(chosen, {}, draw(LENGTHS))
    return editing.plan_move(session, other, choices).edit
