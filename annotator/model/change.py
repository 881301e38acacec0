"""The smallest changes a session can undergo, each of which can be turned round.

An edit is made of these, and the journal keeps these: what happened to a session is the list
of its changes, in order.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from annotator.errors import EditError
from annotator.model.clip import Clip
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, PassEvent, Rating, Tag, tag_order
from annotator.model.long_row import LONG, LongRow
from annotator.model.matching import Decision
from annotator.model.participant import Participant
from annotator.model.recording import Recording
from annotator.model.session import ExcludedSpan, Session, Unblinding
from annotator.model.time import Interval
from annotator.model.transcript import Cue, Transcript, cue_order


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
    TRANSCRIPT = "transcript"
    CLIP = "clip"


@dataclass(frozen=True, slots=True)
class TagChange:
    """A tag of a pass comes (`before` None), goes (`after` None) or is replaced."""

    pass_id: str
    before: Tag | None
    after: Tag | None

    def reversed(self) -> TagChange:
        """Give the change that takes this one back."""
        return TagChange(self.pass_id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class CueChange:
    """A cue of a transcript comes (`before` None), goes (`after` None) or is replaced."""

    transcript_id: str
    before: Cue | None
    after: Cue | None

    def reversed(self) -> CueChange:
        """Give the change that takes this one back."""
        return CueChange(self.transcript_id, self.after, self.before)


MANY = 50
"""Where more than one in so many changes, all are copied once rather than one by one."""

MemberValue = (
    Recording
    | ExcludedSpan
    | Participant
    | CodingPass
    | Rating
    | PassEvent
    | Decision
    | Unblinding
    | Transcript
    | Clip
)
T = TypeVar("T")
Timed = TypeVar("Timed", Tag, Cue)
Order = Callable[[Timed], tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class MemberChange:
    """A member of one of the session's lists comes, goes or is replaced at `index`.

    A pass carries its tags along, a transcript its cues. `pass_id` is set where the list is that
    of a pass: ratings, the events of its history, decisions.
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


Change = TagChange | CueChange | MemberChange | FieldChange


def apply_changes(session: Session, changes: Iterable[Change]) -> Session:
    """Make the session that results from the changes, in order.

    Raises EditError where a change does not fit the session; the session given stays as it is.
    """
    for (kind, owner_id), run in groupby(changes, _run_key):
        if kind is TagChange:
            tag_changes = [change for change in run if isinstance(change, TagChange)]
            session = _apply_tags(session, owner_id, tag_changes)
            continue
        if kind is CueChange:
            cue_changes = [change for change in run if isinstance(change, CueChange)]
            session = _apply_cues(session, owner_id, cue_changes)
            continue
        for change in run:
            if isinstance(change, MemberChange):
                session = _apply_member(session, change)
            elif isinstance(change, FieldChange):
                session = _apply_field(session, change)
    return session


def _run_key(change: Change) -> tuple[type, str]:
    match change:
        case TagChange(owner_id) | CueChange(owner_id):
            return (type(change), owner_id)
    return (type(change), "")


def _apply_tags(session: Session, pass_id: str, changes: Iterable[TagChange]) -> Session:
    coding_pass = session.coding_pass(pass_id)
    if coding_pass is None:
        raise EditError("The coding pass of this tag is not part of the session.")
    ends = [(change.before, change.after) for change in changes]
    tags = _followed(coding_pass.tags, ends, tag_order, "tag")
    return _with_pass(session, replace(coding_pass, tags=tags))


def _apply_cues(session: Session, transcript_id: str, changes: Iterable[CueChange]) -> Session:
    transcript = session.transcript(transcript_id)
    if transcript is None:
        raise EditError("The transcript of this cue is not part of the session.")
    ends = [(change.before, change.after) for change in changes]
    cues = _followed(transcript.cues, ends, cue_order, "cue")
    changed = replace(transcript, cues=tuple(cues))
    others = (changed if one.id == transcript_id else one for one in session.transcripts)
    return replace(session, transcripts=tuple(others))


def _followed(
    members: Sequence[Timed],
    changes: Sequence[tuple[Timed | None, Timed | None]],
    order: Order[Timed],
    name: str,
) -> tuple[Timed, ...] | LongRow[Timed]:
    """Give members in order after each of the changes, told as what was and what is."""
    if len(members) >= LONG and len(changes) * MANY < len(members):
        row = members if isinstance(members, LongRow) else LongRow(members)
        for change in changes:
            row = _followed_one(row, change, order, name)
        return row
    after_all = list(members)
    for before, after in changes:
        if before is not None and after is not None and order(before) == order(after):
            # in its place: quick where thousands change
            after_all[_index_of(after_all, before, order, name)] = after
            continue
        if before is not None:
            del after_all[_index_of(after_all, before, order, name)]
        if after is not None:
            insort(after_all, after, key=order)
    return tuple(after_all)


def _followed_one(
    row: LongRow[Timed], change: tuple[Timed | None, Timed | None], order: Order[Timed], name: str
) -> LongRow[Timed]:
    before, after = change
    if before is not None:
        number, index = row.place(order(before), order)
        if row.at(number, index) != before:
            raise _misfit(name)
        if after is not None and order(before) == order(after):
            return row.spliced(number, index, 1, (after,))
        row = row.spliced(number, index, 1, ())
    return row.spliced(*row.place(order(after), order), 0, (after,)) if after is not None else row


def _index_of(members: list[Timed], member: Timed, order: Order[Timed], name: str) -> int:
    place = bisect_left(members, order(member), key=order)
    if place == len(members) or members[place] != member:
        raise _misfit(name)
    return place


def _misfit(name: str) -> EditError:
    return EditError(f"The {name} to change is not where the change expects it.")


def _with_pass(session: Session, coding_pass: CodingPass) -> Session:
    passes = tuple(coding_pass if one.id == coding_pass.id else one for one in session.passes)
    return replace(session, passes=passes)


_OF_A_PASS = frozenset({Member.RATING, Member.EVENT, Member.DECISION})


def _apply_member(session: Session, change: MemberChange) -> Session:
    if change.member in _OF_A_PASS:
        return _with_pass(session, _apply_in_pass(session.coding_pass(change.pass_id), change))
    return _apply_in_session(session, change)


def _apply_in_session(session: Session, change: MemberChange) -> Session:
    match change.member:
        case Member.RECORDING:
            made = replace(session, recordings=_spliced(session.recordings, change, Recording))
        case Member.EXCLUDED:
            made = replace(session, excluded=_spliced(session.excluded, change, ExcludedSpan))
        case Member.PARTICIPANT:
            people = _spliced(session.participants, change, Participant)
            made = replace(session, participants=people)
        case Member.PASS:
            made = replace(session, passes=_spliced(session.passes, change, CodingPass))
        case Member.UNBLINDING:
            made = replace(session, unblindings=_spliced(session.unblindings, change, Unblinding))
        case Member.CLIP:
            made = replace(session, clips=_spliced(session.clips, change, Clip))
        case _:
            made = replace(session, transcripts=_spliced(session.transcripts, change, Transcript))
    return made


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
