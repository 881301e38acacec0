"""Keys about what was marked last: its attributes, its participant, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotator.editing.edit import Edit
from annotator.editing.guarding import why_closed
from annotator.editing.hand import Hand
from annotator.editing.marking import RunningSpan
from annotator.editing.tags import delete_tags
from annotator.editing.tapping import Step, Tapping, refused
from annotator.editing.ways import rivals_of
from annotator.model.codebook import Code
from annotator.model.coding import Origin, Tag, tag_order
from annotator.model.time import ZERO, Interval, Micros

_NOTHING_MADE = "Nothing has been tagged yet that this could be about."


def choose(
    tapping: Tapping, hand: Hand, attribute: str, choice: str, moment: Micros | None = None
) -> Step:
    """Give the mark made last an attribute; the same choice again takes it away.

    `moment` is the frame on screen, None where the time that may pass does not matter.
    """
    target = _target(tapping, hand)
    if target is None:
        return refused(tapping, _NOTHING_MADE)
    code = hand.code(_code_id(target))
    found = _named_choice(code, attribute, choice)
    if code is None or not found:
        name = code.name if code else _code_id(target)
        return refused(tapping, f"{name} has no such attribute.")
    given = dict(target.attributes)
    if given.get(attribute) == choice:
        del given[attribute]
    else:
        given[attribute] = choice
    return _with_attributes(tapping, hand, target, given, moment, f"{code.name}: {found}")


def assign(tapping: Tapping, hand: Hand, participant: str, moment: Micros | None = None) -> Step:
    """Give the mark made last to a participant, or to nobody where `participant` is empty."""
    target = _target(tapping, hand)
    if target is None:
        return refused(tapping, _NOTHING_MADE)
    person = hand.session.participant(participant)
    if participant and person is None:
        return refused(tapping, "The session has no such participant.")
    if _would_clash(tapping, hand, target, participant):
        told = f"{hand.name_of(_code_id(target))} is excluded there by another tag of this person."
        return refused(tapping, told)
    told = f"{hand.name_of(_code_id(target))}: {person.label if person else 'nobody'}"
    if isinstance(target, RunningSpan):
        after = tapping.changed(target, replace(target, participant=participant))
        return Step(tapping, after, Edit(told, ()), told)
    return _replaced(tapping, hand, replace(target, participant=participant), moment, told)


def take_back(tapping: Tapping, hand: Hand) -> Step:
    """Take back the mark made last, and tell where to rewind to, a little before it began.

    A running stretch is given up; where it had ended another of its sequence, that one runs on.
    Otherwise the last tag that this coder made is deleted.
    """
    span = tapping.running_span(tapping.fresh)
    if span is not None:
        return _span_taken_back(tapping, hand, span)
    tag = last_made(tapping, hand)
    if tag is None:
        return refused(tapping, "There is no tag of yours to take back.")
    if why_not := why_closed(hand.session, hand.pass_id):
        return refused(tapping, why_not)
    edit = delete_tags(hand.session, hand.pass_id, [tag])
    made = tuple(one for one in tapping.made if one != tag.id)
    after = replace(tapping, made=made)
    told = f"{hand.name_of(tag.code)} taken back"
    label = f"take back {hand.name_of(tag.code)}"
    return Step(tapping, after, Edit(label, edit.changes), told, rewind=_before(hand, tag.start))


def last_made(tapping: Tapping, hand: Hand) -> Tag | None:
    """Find the tag that was made last and is still there.

    Of tags made before this sitting, the one stamped last; None where the coder made none.
    """
    for tag_id in reversed(tapping.made):
        tag = hand.tag(tag_id)
        if tag is not None:
            return tag
    own = (tag for tag in hand.tags if tag.origin is Origin.CODER)
    return max(own, key=lambda tag: (tag.created, *tag_order(tag)), default=None)


def _target(tapping: Tapping, hand: Hand) -> RunningSpan | Tag | None:
    span = tapping.running_span(tapping.fresh)
    if span is not None:
        return span
    return hand.tag(tapping.made[-1]) if tapping.made else None


def _code_id(target: RunningSpan | Tag) -> str:
    return target.code_id if isinstance(target, RunningSpan) else target.code


def _named_choice(code: Code | None, attribute: str, choice: str) -> str:
    for one in code.attributes if code else ():
        for option in one.choices:
            if (one.id, option.id) == (attribute, choice):
                return f"{one.name} {option.name}"
    return ""


def _with_attributes(
    tapping: Tapping,
    hand: Hand,
    target: RunningSpan | Tag,
    given: Mapping[str, str],
    moment: Micros | None,
    told: str,
) -> Step:
    if isinstance(target, RunningSpan):
        after = tapping.changed(target, replace(target, attributes=given))
        return Step(tapping, after, Edit(told, ()), told)
    return _replaced(tapping, hand, replace(target, attributes=given), moment, told)


def _replaced(tapping: Tapping, hand: Hand, new: Tag, moment: Micros | None, told: str) -> Step:
    """Change the tag made last, where not too much of the film lies between."""
    grace = hand.ways.grace
    if moment is not None and grace is not None and abs(moment - new.end) > grace:
        return refused(tapping, "The last tag lies too far back for that: select it first.")
    if why_not := why_closed(hand.session, hand.pass_id):
        return refused(tapping, why_not)
    old = hand.tag(new.id)
    if old is None:
        return refused(tapping, _NOTHING_MADE)
    label = f"change {hand.name_of(new.code)}"
    return Step(tapping, tapping, Edit(label, hand.changing(old, new)), told)


def _would_clash(tapping: Tapping, hand: Hand, target: RunningSpan | Tag, participant: str) -> bool:
    code = hand.code(_code_id(target))
    if code is None:
        return False
    if isinstance(target, Tag):
        found = hand.rivals(code, participant, target.interval)
        return any(tag.id != target.id and tag.interval.overlaps(target.interval) for tag in found)
    rivals = rivals_of(hand.session.codebook, hand.ways, code)
    at = Interval(target.start, target.start)
    return any(
        one != target and rivals.forbid(one.code_id, one.participant, participant)
        for one in tapping.running
    ) or any(tag.interval.contains(target.start) for tag in hand.rivals(code, participant, at))


def _span_taken_back(tapping: Tapping, hand: Hand, span: RunningSpan) -> Step:
    left = tapping.without([span])
    name = hand.name_of(span.code_id)
    told, rewind = f"{name} taken back", _before(hand, span.start)
    ended = _ended_by(tapping, hand, span)
    if ended is None:
        return Step(tapping, left, Edit(f"take back {name}", ()), told, rewind=rewind)
    if why_not := why_closed(hand.session, hand.pass_id):
        return refused(tapping, why_not)
    edit = delete_tags(hand.session, hand.pass_id, [ended])
    again = RunningSpan(
        ended.code,
        ended.start,
        ended.start,
        participant=ended.participant,
        attributes=ended.attributes,
    )
    made = tuple(one for one in left.made if one != ended.id)
    after = replace(left, made=made).begun(again)
    told = f"{told}; {hand.name_of(ended.code)} runs on"
    return Step(tapping, after, Edit(f"take back {name}", edit.changes), told, rewind=rewind)


def _ended_by(tapping: Tapping, hand: Hand, span: RunningSpan) -> Tag | None:
    """Find the tag of a sequence that a running stretch of it followed without a gap."""
    code = hand.code(span.code_id)
    if code is None:
        return None
    in_row = rivals_of(hand.session.codebook, hand.ways, code).always
    tag = hand.tag(tapping.made[-1]) if tapping.made else None
    if tag is None or tag.end != span.start or tag.code not in in_row:
        return None
    return tag


def _before(hand: Hand, moment: Micros) -> Micros:
    return Micros(max(ZERO, moment - hand.ways.rewind))
