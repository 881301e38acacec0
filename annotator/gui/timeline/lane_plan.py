"""Tells which lanes the timeline has and to which of them a tag belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session

OTHER = "Other"
NOBODY = "Nobody in particular"
OWN = "Your pass"


class LaneBy(Enum):
    """What the tags of a lane have in common."""

    GROUP = "group"
    PARTICIPANT = "participant"
    PASS = "pass"  # noqa: S105 a coding pass, not a password


@dataclass(frozen=True, slots=True)
class LaneHead:
    """What stands at the left of a lane.

    `codes` are its code ids in the order of the codebook, empty where a lane may hold any code.
    The tags of a lane that is not `own` belong to somebody else and can only be looked at.
    """

    key: str
    name: str
    codes: tuple[str, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class LanePlan:
    """The lanes there are from the start, and by what tags are told apart."""

    by: LaneBy = LaneBy.GROUP
    heads: tuple[LaneHead, ...] = ()
    group_of: Mapping[str, str] = field(default_factory=dict)
    own_pass: str = ""

    def key_of(self, code_id: str, participant: str, pass_id: str) -> str:
        """Give the key of the lane for a tag of this code, participant and pass."""
        if self.by is LaneBy.GROUP:
            return self.group_of.get(code_id, "")
        return participant if self.by is LaneBy.PARTICIPANT else pass_id

    def head_for(self, key: str) -> LaneHead:
        """Make the head of a lane that a tag needs and that was not foreseen."""
        if self.by is LaneBy.GROUP:
            return LaneHead(key, OTHER)
        if self.by is LaneBy.PARTICIPANT:
            return LaneHead(key, key or NOBODY)
        return LaneHead(key, OWN if key == self.own_pass else key, own=key == self.own_pass)


def plan_by_group(book: Codebook | None) -> LanePlan:
    """Give a lane to each group that has codes, and one to the codes without a group."""
    if book is None:
        return LanePlan()
    groups = {group.id for group in book.groups}
    group_of = {code.id: code.group if code.group in groups else "" for code in book.codes}
    named = ((group.id, group.name) for group in book.groups)
    heads = [
        LaneHead(key, name, codes)
        for key, name in (*named, ("", OTHER))
        if (codes := tuple(code_id for code_id, group in group_of.items() if group == key))
    ]
    return LanePlan(LaneBy.GROUP, tuple(heads), group_of)


def plan_by_participant(session: Session, tags: Iterable[Tag]) -> LanePlan:
    """Give a lane to each participant, and one to what nobody in particular does."""
    heads = [LaneHead(one.id, one.label) for one in session.participants]
    if not heads or any(not tag.participant for tag in tags):
        heads.append(LaneHead("", NOBODY))
    return LanePlan(LaneBy.PARTICIPANT, tuple(heads))


def plan_by_pass(session: Session, own_pass: str, seen: frozenset[str]) -> LanePlan:
    """Give a lane to the pass that is coded, which comes first, and to each other one in `seen`."""
    own = [one for one in session.passes if one.id == own_pass]
    others = [one for one in session.passes if one.id in seen and one.id != own_pass]
    is_alone = not any(one.coder == own[0].coder for one in others) if own else True
    name = OWN if not own else own[0].coder if is_alone else _pass_name(own[0])
    heads = [LaneHead(own_pass, name)]
    heads += [LaneHead(one.id, _pass_name(one), own=False) for one in others]
    return LanePlan(LaneBy.PASS, tuple(heads), own_pass=own_pass)


def _pass_name(one: CodingPass) -> str:
    return f"{one.coder} ({one.purpose.value})"
