"""The smallest changes a session can undergo, each of which can be turned round.

An edit is made of these, and the journal keeps these: what happened to a session is the list
of its changes, in order.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from annotator.errors import EditError
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, PassEvent, Rating, Tag, tag_order
from annotator.model.matching import Decision
from annotator.model.participant import Participant
from annotator.model.recording import Recording
from annotator.model.session import ExcludedSpan, Session, Unblinding
from annotator.model.time import Interval


class Member(StrEnum):
    """The lists of a session whose members come, go and are replaced."""

    RECORDING = "recording"
    EXCLUDED = "excluded"
    PARTICIPANT = "participant"
    PASS = "pass"  # noqa: S105 a coding pass, not a password
    RATING = "rating"
    EVENT = "event"
    DECISION = "decision"
    UNBLINDING = "unblinding"


@dataclass(frozen=True, slots=True)
class TagChange:
    """A tag of a pass comes (`before` None), goes (`after` None) or is replaced."""

    pass_id: str
    before: Tag | None
    after: Tag | None

    def reversed(self) -> TagChange:
        """Give the change that takes this one back."""
        return TagChange(self.pass_id, self.after, self.before)


MemberValue = (
    Recording | ExcludedSpan | Participant | CodingPass | Rating | PassEvent | Decision | Unblinding
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MemberChange:
    """A member of one of the session's lists comes, goes or is replaced at `index`.

    A pass carries its tags along. `pass_id` is set where the list is that of a pass: ratings,
    the events of its history, decisions.
    """

    member: Member
    index: int
    before: MemberValue | None
    after: MemberValue | None
    pass_id: str = ""

    def reversed(self) -> MemberChange:
        """Give the change that takes this one back."""
        return MemberChange(self.member, self.index, self.after, self.before, self.pass_id)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A single value of the session is replaced: its title, its region or its codebook."""

    before: str | Interval | Codebook
    after: str | Interval | Codebook

    def reversed(self) -> FieldChange:
        """Give the change that takes this one back."""
        return FieldChange(self.after, self.before)


Change = TagChange | MemberChange | FieldChange


def apply_changes(session: Session, changes: Iterable[Change]) -> Session:
    """Make the session that results from the changes, in order.

    Raises EditError where a change does not fit the session; the session given stays as it is.
    """
    for (kind, pass_id), run in groupby(changes, _run_key):
        if kind is TagChange:
            tag_changes = [change for change in run if isinstance(change, TagChange)]
            session = _apply_tags(session, pass_id, tag_changes)
            continue
        for change in run:
            if isinstance(change, MemberChange):
                session = _apply_member(session, change)
            elif isinstance(change, FieldChange):
                session = _apply_field(session, change)
    return session


def _run_key(change: Change) -> tuple[type, str]:
    return (type(change), change.pass_id if isinstance(change, TagChange) else "")


def _apply_tags(session: Session, pass_id: str, changes: Iterable[TagChange]) -> Session:
    coding_pass = session.coding_pass(pass_id)
    if coding_pass is None:
        raise EditError("The coding pass of this tag is not part of the session.")
    tags = list(coding_pass.tags)
    for change in changes:
        before, after = change.before, change.after
        if before is not None and after is not None and tag_order(before) == tag_order(after):
            tags[_index_of(tags, before)] = after  # in its place: quick where thousands change
            continue
        if before is not None:
            del tags[_index_of(tags, before)]
        if after is not None:
            insort(tags, after, key=tag_order)
    return _with_pass(session, replace(coding_pass, tags=tuple(tags)))


def _index_of(tags: list[Tag], tag: Tag) -> int:
    place = bisect_left(tags, tag_order(tag), key=tag_order)
    if place == len(tags) or tags[place] != tag:
        raise EditError("The tag to change is not where the change expects it.")
    return place


def _with_pass(session: Session, coding_pass: CodingPass) -> Session:
    passes = tuple(coding_pass if one.id == coding_pass.id else one for one in session.passes)
    return replace(session, passes=passes)


def _apply_member(session: Session, change: MemberChange) -> Session:
    match change.member:
        case Member.RECORDING:
            return replace(session, recordings=_spliced(session.recordings, change, Recording))
        case Member.EXCLUDED:
            return replace(session, excluded=_spliced(session.excluded, change, ExcludedSpan))
        case Member.PARTICIPANT:
            return replace(
                session, participants=_spliced(session.participants, change, Participant)
            )
        case Member.PASS:
            return replace(session, passes=_spliced(session.passes, change, CodingPass))
        case Member.UNBLINDING:
            return replace(session, unblindings=_spliced(session.unblindings, change, Unblinding))
        case Member.RATING | Member.EVENT | Member.DECISION:
            return _with_pass(session, _apply_in_pass(session.coding_pass(change.pass_id), change))


def _apply_in_pass(coding_pass: CodingPass | None, change: MemberChange) -> CodingPass:
    if coding_pass is None:
        raise EditError(f"The coding pass of this {change.member} is not part of the session.")
    if change.member is Member.RATING:
        return replace(coding_pass, ratings=_spliced(coding_pass.ratings, change, Rating))
    if change.member is Member.EVENT:
        return replace(coding_pass, history=_spliced(coding_pass.history, change, PassEvent))
    return replace(coding_pass, decisions=_spliced(coding_pass.decisions, change, Decision))


def _spliced(members: tuple[T, ...], change: MemberChange, kind: type[T]) -> tuple[T, ...]:
    """Give the list with the member come, gone or replaced at the change's index."""
    index = change.index
    gone = () if change.before is None else (change.before,)
    if members[index : index + len(gone)] != gone or not 0 <= index <= len(members):
        raise EditError("What is to be changed is not where the change expects it.")
    come = tuple(one for one in (change.after,) if isinstance(one, kind))
    if change.after is not None and not come:
        raise EditError("What is to be put in does not belong in this list.")
    return (*members[:index], *come, *members[index + len(gone) :])


def _apply_field(session: Session, change: FieldChange) -> Session:
    after = change.after
    if isinstance(after, Codebook):
        present: object = session.codebook
        changed = replace(session, codebook=after)
    elif isinstance(after, Interval):
        present = session.region
        changed = replace(session, region=after)
    else:
        present = session.title
        changed = replace(session, title=after)
    if present != change.before:
        raise EditError("What is to be changed is no longer what the change expects.")
    return changed
