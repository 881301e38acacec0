"""Edits of a consensus: a pass of its own made by choosing between two, which stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotator.editing.blinding import visible_passes
from annotator.editing.edit import Edit, index_in
from annotator.editing.guarding import require_open
from annotator.editing.tags import add_tag, delete_tags
from annotator.errors import EditError
from annotator.model.change import Change, Member, MemberChange
from annotator.model.coding import CodingPass, Origin, Purpose, Tag, tag_order
from annotator.model.comparison import Comparison, Difference
from annotator.model.matching import ConsensusOf, Decision, Verdict
from annotator.model.session import Session
from annotator.model.time import Interval

_OVERRULING = frozenset({Verdict.NEITHER, Verdict.OWN})


@dataclass(frozen=True, slots=True)
class Pen:
    """How what is written into a consensus is marked: fresh ids, and the time in UTC."""

    new_id: Callable[[], str]
    now: Callable[[], str]


@dataclass(frozen=True, slots=True)
class OwnTag:
    """What a consensus has in place of both tags: a code, a stretch, and whose doing it is."""

    code: str
    interval: Interval
    participant: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a difference is to be settled; `own` is what there is instead, for that verdict alone."""

    verdict: Verdict
    own: tuple[OwnTag, ...] = ()
    note: str = ""


def begin_consensus(
    session: Session, comparison: Comparison, coder: str, pass_id: str, pen: Pen
) -> Edit:
    """Begin the consensus of two compared passes, with all that they agree on taken over.

    An agreed tag has the first pass's times, and the second's note where the first has none.
    Raises EditError where a pass is not finished, where its tags are not to be seen by the coder
    yet, or where there is a consensus of the two already.
    """
    compared = [_require_pass(session, one) for one in (comparison.first, comparison.second)]
    _require_ready(session, compared, coder)
    taken = tuple(sorted((_agreed(pair, pen) for pair in comparison.agreed), key=tag_order))
    of = ConsensusOf(comparison.first, comparison.second, comparison.matching)
    made = CodingPass(pass_id, coder, Purpose.CONSENSUS, pen.now(), taken, consensus=of)
    change = MemberChange(Member.PASS, len(session.passes), None, made)
    return Edit("begin consensus", (change,))


def settle(
    session: Session, pass_id: str, difference: Difference, ruling: Ruling, pen: Pen
) -> Edit:
    """Settle a difference, or settle it anew.

    Raises EditError where the verdict asks for a tag that is not there, or an own tag does not
    fit the session.
    """
    consensus = _require_consensus(session, pass_id)
    old = decision_on(consensus, difference)
    undone = unsettle(session, pass_id, difference) if old else Edit("", ())
    after = undone.apply(session)
    tags = _chosen(difference, ruling, pen)
    settled = _settled(after, pass_id, difference.sources, ruling, tags, pen)
    return Edit("settle a difference", (*undone.changes, *settled))


def overrule(session: Session, pass_id: str, tag: Tag, ruling: Ruling, pen: Pen) -> Edit:
    """Take a tag out that both passes agree on, or put another in its place, and keep why.

    Raises EditError where the tag was not taken over from both, or where the verdict is neither
    `NEITHER` nor `OWN`.
    """
    if not _was_agreed(tag, _require_consensus(session, pass_id)):
        raise EditError("This is no tag that both passes agree on.")
    if ruling.verdict not in _OVERRULING:
        raise EditError("Both passes have this tag already.")
    gone = delete_tags(session, pass_id, [tag])
    sources = tuple(sorted(tag.sources))
    own = tuple(_own(one, sources, pen) for one in ruling.own)
    settled = _settled(gone.apply(session), pass_id, sources, ruling, own, pen)
    return Edit("overrule an agreed tag", (*gone.changes, *settled))


def unsettle(session: Session, pass_id: str, difference: Difference) -> Edit:
    """Leave a difference open again, and take out what had been chosen.

    Raises EditError where it is not settled.
    """
    consensus = _require_consensus(session, pass_id)
    decision = decision_on(consensus, difference)
    if decision is None:
        raise EditError("This difference is not settled yet.")
    changes: list[Change] = []
    tags = [tag for tag in consensus.tags if tag.id in decision.tags]
    if tags:
        changes += delete_tags(session, pass_id, tags).changes
    index = index_in(consensus.decisions, decision)
    changes.append(MemberChange(Member.DECISION, index, decision, None, pass_id))
    return Edit("leave a difference open", tuple(changes))


def bring_up_to_date(session: Session, pass_id: str, comparison: Comparison, pen: Pen) -> Edit:
    """Take over what the two passes agree on and the consensus lacks, and drop what is stale.

    That is for when a compared pass was changed after all: agreed tags whose sources have gone,
    or are a difference now, go, and so do decisions on what is no difference any more, with their
    tags. The edit has no changes where all is as it should be.
    """
    consensus = _require_consensus(session, pass_id)
    wanted = {_ids(pair): pair for pair in comparison.agreed}
    there = {tuple(sorted(tag.sources)) for tag in consensus.tags if _was_agreed(tag, consensus)}
    stale = _stale_decisions(consensus, comparison)
    of_stale = {tag_id for one in stale for tag_id in one.tags}
    gone = [
        tag
        for tag in consensus.tags
        if tag.id in of_stale
        or (_was_agreed(tag, consensus) and tuple(sorted(tag.sources)) not in wanted)
    ]
    changes: list[Change] = []
    if gone:
        changes += delete_tags(session, pass_id, gone).changes
    for one in reversed(stale):
        index = index_in(consensus.decisions, one)
        changes.append(MemberChange(Member.DECISION, index, one, None, pass_id))
    decided = {one.sources for one in consensus.decisions if one not in stale}
    for key in sorted(wanted.keys() - there - decided):
        changes += add_tag(session, pass_id, _agreed(wanted[key], pen)).changes
    return Edit("bring the consensus up to date", tuple(changes))


def open_differences(consensus: CodingPass, comparison: Comparison) -> tuple[Difference, ...]:
    """Give the differences that are still to be settled, in order of time."""
    settled = {one.sources for one in consensus.decisions}
    return tuple(one for one in comparison.differences if one.sources not in settled)


def decision_on(consensus: CodingPass, difference: Difference) -> Decision | None:
    """Find how a difference was settled; None while it is open."""
    sources = difference.sources
    return next((one for one in consensus.decisions if one.sources == sources), None)


def _stale_decisions(consensus: CodingPass, comparison: Comparison) -> list[Decision]:
    """Find the decisions on what differs no more; that an agreed tag was overruled still holds."""
    present = {one.sources for one in comparison.differences}
    agreed = {_ids(pair) for pair in comparison.agreed}
    return [
        one
        for one in consensus.decisions
        if one.sources not in present
        and (one.sources not in agreed or one.verdict not in _OVERRULING)
    ]


def _was_agreed(tag: Tag, consensus: CodingPass) -> bool:
    """Tell whether a tag was taken over because both passes had it."""
    if tag.origin is not Origin.CONSENSUS or len(tag.sources) < len(("first", "second")):
        return False
    return all(tag.id not in one.tags for one in consensus.decisions)


def _ids(pair: tuple[Tag, Tag]) -> tuple[str, ...]:
    return tuple(sorted(tag.id for tag in pair))


def _agreed(pair: tuple[Tag, Tag], pen: Pen) -> Tag:
    first, second = pair
    return _copied(replace(first, note=first.note or second.note), (first.id, second.id), pen)


def _copied(tag: Tag, sources: tuple[str, ...], pen: Pen) -> Tag:
    """Copy a tag into a consensus; the copy has an id and a stamp of its own."""
    stamp = pen.now()
    return replace(
        tag,
        id=pen.new_id(),
        origin=Origin.CONSENSUS,
        created=stamp,
        modified=stamp,
        sources=sources,
    )


def _settled(
    session: Session,
    pass_id: str,
    sources: tuple[str, ...],
    ruling: Ruling,
    tags: tuple[Tag, ...],
    pen: Pen,
) -> tuple[Change, ...]:
    """Give the changes that put tags in and keep the decision that they follow from."""
    added = tuple(change for tag in tags for change in add_tag(session, pass_id, tag).changes)
    ids = tuple(tag.id for tag in tags)
    decision = Decision(sources, ruling.verdict, ids, ruling.note, pen.now())
    index = len(_require_consensus(session, pass_id).decisions)
    return (*added, MemberChange(Member.DECISION, index, None, decision, pass_id))


def _chosen(difference: Difference, ruling: Ruling, pen: Pen) -> tuple[Tag, ...]:
    if ruling.own and ruling.verdict is not Verdict.OWN:
        raise EditError("Tags of your own are for when you choose neither coder's.")
    if ruling.verdict is Verdict.OWN:
        if not ruling.own:
            raise EditError("Say what the consensus is to have instead.")
        return tuple(_own(one, difference.sources, pen) for one in ruling.own)
    wanted = {
        Verdict.FIRST: (difference.first,),
        Verdict.SECOND: (difference.second,),
        Verdict.BOTH: (difference.first, difference.second),
    }.get(ruling.verdict, ())
    tags = tuple(tag for tag in wanted if tag is not None)
    if len(tags) < len(wanted):
        raise EditError("This coder has no tag here.", "Choose the other's, or neither.")
    return tuple(_copied(tag, (tag.id,), pen) for tag in tags)


def _own(one: OwnTag, sources: tuple[str, ...], pen: Pen) -> Tag:
    stamp = pen.now()
    return Tag(
        id=pen.new_id(),
        code=one.code,
        start=one.interval.start,
        end=one.interval.end,
        participant=one.participant,
        note=one.note,
        origin=Origin.CONSENSUS,
        created=stamp,
        modified=stamp,
        sources=sources,
    )


def _require_ready(session: Session, compared: Sequence[CodingPass], coder: str) -> None:
    seen = visible_passes(session, coder, blind=True)
    for one in compared:
        if not one.finished:
            raise EditError(
                f"The pass of {one.coder} is not finished.", "Finish both passes first."
            )
        if one not in seen:
            raise EditError(f"The pass of {one.coder} is hidden from you.", "Have it shown first.")
    pair = {one.id for one in compared}
    for one in session.passes:
        if one.consensus and {one.consensus.first, one.consensus.second} == pair:
            raise EditError("There is a consensus of these two passes already.", "Go on with it.")


def _require_pass(session: Session, pass_id: str) -> CodingPass:
    found = session.coding_pass(pass_id)
    if found is None:
        raise EditError("This coding pass is no longer part of the session.")
    return found


def _require_consensus(session: Session, pass_id: str) -> CodingPass:
    found = _require_pass(session, pass_id)
    if found.consensus is None:
        raise EditError("This coding pass is not a consensus.")
    require_open(session, pass_id)
    return found
