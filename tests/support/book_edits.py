"""Random edits of a session's codebook that fit it, for properties that hold of every edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from annotator import editing
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
from annotator.model.proposing import next_colour_beside, next_id

if TYPE_CHECKING:
    from annotator.editing import Edit

LENGTHS = st.builds(
    editing.Lengths, st.sampled_from([None, Micros(1), Micros(1_000_000)]), st.booleans()
)
names = st.sampled_from(["Warm", "Cool", "Open question", "Ärger", "class"])
places = st.integers(0, 5)


def book_edit(draw: st.DrawFn, session: Session) -> Edit | None:
    """Draw an edit of the codebook; None where what was drawn is refused."""
    maker: Callable[[st.DrawFn, Session], Edit] = draw(
        st.sampled_from([_add, _change_code, _attributes, _remove, _reorder, _others, _move])
    )
    try:
        return maker(draw, session)
    except EditError:
        return None


def _fresh(draw: st.DrawFn, session: Session) -> str:
    book = session.codebook
    taken = {code.id for code in book.codes} | {item.id for item in book.ratings}
    return next_id(draw(names), taken | {score.id for score in book.scores})


def _code(draw: st.DrawFn, session: Session) -> Code:
    return draw(st.sampled_from(session.codebook.codes))


def _add(draw: st.DrawFn, session: Session) -> Edit:
    fresh, name, place = _fresh(draw, session), draw(names), draw(st.none() | places)
    colour = next_colour_beside(["#0072b2"])
    kind = draw(st.sampled_from(CodeKind))
    makers = (
        lambda: editing.add_code(session, Code(fresh, name, colour=colour, kind=kind), place),
        lambda: editing.add_group(session, Group(f"group {fresh}", name), place),
        lambda: editing.add_rating(session, RatingItem(fresh, name), place),
        lambda: editing.add_score(session, Score(fresh, name, _code(draw, session).id), place),
    )
    return draw(st.sampled_from(makers))()


def _change_code(draw: st.DrawFn, session: Session) -> Edit:
    old = _code(draw, session)
    new = replace(
        old,
        id=draw(st.sampled_from([old.id, _fresh(draw, session)])),
        name=draw(names),
        kind=draw(st.sampled_from(CodeKind)),
        definition=draw(names),
    )
    return editing.change_code(session, old.id, new, draw(LENGTHS))


def _attributes(draw: st.DrawFn, session: Session) -> Edit:
    code = _code(draw, session)
    attribute = Attribute("depth", "Depth", (Choice("low", "Low", "1"), Choice("high", "High")))
    if not code.attributes:
        return editing.add_attribute(session, code.id, attribute)
    makers = (
        lambda: editing.change_attribute(session, code.id, "depth", replace(attribute, id="deep")),
        lambda: editing.remove_attribute(session, code.id, code.attributes[0].id, from_tags=True),
        lambda: editing.move_attribute(session, code.id, code.attributes[0].id, 0),
    )
    return draw(st.sampled_from(makers))()


def _goes(draw: st.DrawFn, ids: list[str]) -> editing.TagsGo:
    recoded = st.sampled_from(ids).map(editing.recoded)
    return draw(st.one_of(st.just(editing.DELETED), st.just(editing.RETIRED), recoded))


def _remove(draw: st.DrawFn, session: Session) -> Edit:
    book = session.codebook
    code_goes = _goes(draw, [code.id for code in book.codes])
    makers = [
        lambda: editing.remove_code(session, _code(draw, session).id, code_goes, draw(LENGTHS))
    ]
    if book.ratings:
        item = draw(st.sampled_from(book.ratings))
        goes = _goes(draw, [one.id for one in book.ratings])
        makers.append(lambda: editing.remove_rating(session, item.id, goes))
    if book.groups:
        group = draw(st.sampled_from(book.groups))
        makers.append(lambda: editing.remove_group(session, group.id))
    if book.scores:
        score = draw(st.sampled_from(book.scores))
        makers.append(lambda: editing.remove_score(session, score.id))
    return draw(st.sampled_from(makers))()


def _reorder(draw: st.DrawFn, session: Session) -> Edit:
    book, place = session.codebook, draw(places)
    makers = [lambda: editing.move_code(session, _code(draw, session).id, place)]
    if book.groups:
        makers.append(lambda: editing.move_group(session, book.groups[0].id, place))
    if book.ratings:
        makers.append(lambda: editing.move_rating(session, book.ratings[-1].id, place))
    if book.scores:
        makers.append(lambda: editing.move_score(session, book.scores[-1].id, place))
    return draw(st.sampled_from(makers))()


def _others(draw: st.DrawFn, session: Session) -> Edit:
    book, fresh = session.codebook, _fresh(draw, session)
    details = replace(book, name=draw(names), notice=draw(names), codes=())
    makers = [
        lambda: editing.change_details(session, details),
        lambda: editing.exclude_each_other(session, [code.id for code in book.codes[:2]]),
        lambda: editing.retire_code(session, _code(draw, session).id),
    ]
    if book.groups:
        old = book.groups[0]
        group = replace(old, id=f"group {fresh}")
        makers.append(lambda: editing.change_group(session, old.id, group))
    if book.ratings:
        item = book.ratings[0]
        new = replace(item, id=fresh, maximum=draw(st.sampled_from([2, 5, 9])))
        makers.append(lambda: editing.change_rating(session, item.id, new))
    if book.scores:
        score = book.scores[0]
        makers.append(lambda: editing.change_score(session, score.id, replace(score, note="Ours")))
    return draw(st.sampled_from(makers))()


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
