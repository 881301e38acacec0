"""Where marks made by keys go: the pass, what stands there already, and how tags are stamped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from annotator.editing.passes import add_pass, usual_purpose
from annotator.editing.tags import add_tag
from annotator.editing.ways import USUAL_WAYS, Ways, code_of, rivals_of
from annotator.model.change import Change, TagChange
from annotator.model.codebook import Code, Speaker
from annotator.model.coding import CodingPass, Origin, Tag
from annotator.model.session import Session
from annotator.model.time import Interval, Micros

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

Finder = Callable[[str], Tag | None]
"""Finds a tag of the pass by id."""

Beside = Callable[[Interval], Iterable[Tag]]
"""Finds the tags of the pass at a stretch of time, in order."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The session as it is, the pass to mark in, and who marks.

    `new_id` gives a fresh id at each call, `now` the time in UTC, ISO 8601. `find` finds a tag of
    the pass by id, and `beside` those that share a moment with a stretch or stand at its ends, in
    order of time; both may be given where there is a quicker way than to look at all tags. The
    pass begins with its first tag.
    """

    session: Session
    pass_id: str
    coder: str
    new_id: Callable[[], str]
    now: Callable[[], str]
    ways: Ways = USUAL_WAYS
    find: Finder | None = None
    beside: Beside | None = None

    @property
    def tags(self) -> Sequence[Tag]:
        """The tags of the pass, in order of time."""
        coding_pass = self.session.coding_pass(self.pass_id)
        return coding_pass.tags if coding_pass else ()

    def code(self, code_id: str) -> Code | None:
        """Find a code by id, that of marks without a name among them."""
        return code_of(self.session.codebook, code_id)

    def name_of(self, code_id: str) -> str:
        """Name a code for people."""
        code = self.code(code_id)
        return code.name if code else code_id

    def tag(self, tag_id: str) -> Tag | None:
        """Find a tag of the pass by id; None where it is gone."""
        if self.find is not None:
            return self.find(tag_id)
        return next((tag for tag in self.tags if tag.id == tag_id), None)

    def usual_participant(self, code: Code) -> str:
        """Give the one participant that a code speaks of; empty where that is not clear."""
        return speaker_of(code, self.session)

    def rivals(self, code: Code, participant: str, stretch: Interval) -> Iterator[Tag]:
        """Give the tags at or beside a stretch that rule out the code there, in order of time."""
        rivals = rivals_of(self.session.codebook, self.ways, code)
        if not rivals.always and not rivals.of_one_person:
            return
        for tag in self.tags_at(stretch):
            if rivals.forbid(tag.code, tag.participant, participant):
                yield tag

    def tags_at(self, stretch: Interval) -> Iterable[Tag]:
        """Give the tags that share a moment with a stretch or stand at its ends, in order."""
        if self.beside is not None:
            return self.beside(stretch)
        start, tags = stretch.start, self.tags
        begun = bisect_right(tags, stretch.end, key=lambda tag: tag.start)
        return [tag for tag in tags[:begun] if tag.end >= start]

    def fresh_tag(
        self,
        code: Code,
        stretch: Interval,
        participant: str = "",
        attributes: Mapping[str, str] = NO_ATTRIBUTES,
    ) -> Tag:
        """Make a tag with an id and a stamp of its own."""
        stamp = self.now()
        return Tag(
            id=self.new_id(),
            code=code.id,
            start=stretch.start,
            end=stretch.end,
            participant=participant,
            attributes=dict(attributes),
            origin=Origin.CODER,
            created=stamp,
            modified=stamp,
        )

    def adding(self, tags: tuple[Tag, ...]) -> tuple[Change, ...]:
        """Give the changes that add tags, and begin the pass where there is none yet.

        Raises EditError where a tag does not fit the session or the pass is finished.
        """
        changes = tuple(
            change for tag in tags for change in add_tag(self.session, self.pass_id, tag).changes
        )
        if not changes or self.session.coding_pass(self.pass_id) is not None:
            return changes
        purpose = usual_purpose(self.session)
        begun = CodingPass(self.pass_id, self.coder, purpose, self.now())
        return add_pass(self.session, begun).changes + changes

    def changing(self, old: Tag, new: Tag) -> tuple[Change, ...]:
        """Give the change that puts a tag in another's place, stamped as changed now."""
        return (TagChange(self.pass_id, old, replace(new, modified=self.now())),)

    def region_room(self, anchor: Micros, moment: Micros) -> Interval | None:
        """Give what lies in the region between two moments; None where that has no length."""
        region = self.session.region
        start = max(min(anchor, moment), region.start)
        end = min(max(anchor, moment), region.end)
        return Interval(start, end) if start < end else None


def speaker_of(code: Code, session: Session) -> str:
    """Give the id of the one participant a code speaks of; empty where that is not clear."""
    if code.speaker not in {Speaker.THERAPIST, Speaker.CLIENT}:
        return ""
    fitting = [one.id for one in session.participants if one.role.value == code.speaker.value]
    return fitting[0] if len(fitting) == 1 else ""
