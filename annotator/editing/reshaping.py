"""Edits of where tags lie: split, merge, begin or end elsewhere, one frame on or back, many moved.

Frame times are handed in, in order, on the session's clock; there may be none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from annotator.editing.edit import Edit, joined
from annotator.editing.frame_grid import FrameGrid
from annotator.editing.guarding import require_open
from annotator.editing.tags import replace_tag
from annotator.editing.ways import code_of
from annotator.errors import EditError
from annotator.model.change import Change, Member, MemberChange, TagChange
from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import ZERO, Micros

_NO_STRETCH = "The playhead stands in none of the selected tags."


class Edge(Enum):
    """What of a tag is nudged."""

    START = "start"
    END = "end"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Where:
    """The pass that is reshaped, and the time (ISO 8601, UTC) its tags are marked as modified."""

    session: Session
    pass_id: str
    modified: str


Times = tuple[Micros, Micros]


def retime_tags(where: Where, tags: Iterable[tuple[Tag, Micros, Micros]], label: str = "") -> Edit:
    """Give tags new starts and ends in one step; a tag that has them already is left alone.

    Raises EditError where a tag would end before it starts, or a stretch would have no length.
    """
    moved = [(tag, (start, end)) for tag, start, end in tags if (start, end) != _times(tag)]
    return _retimed(where, moved, label or f"move {_counted(where, [tag for tag, _ in moved])}")


def split_tags(
    where: Where, tags: Sequence[Tag], moment: Micros, new_id: Callable[[], str]
) -> Edit:
    """Cut the tags that hold a moment in two there; the first half stays the tag it was.

    The second half has all that the first has, but its note. Raises EditError where no tag
    holds the moment within it.
    """
    cut = [tag for tag in tags if tag.start < moment < tag.end]
    if not cut:
        raise EditError(_NO_STRETCH, "Go to where a selected stretch is to be cut.")
    edits: list[Edit] = []
    for tag in cut:
        first = replace(tag, end=moment, modified=where.modified)
        second = replace(
            tag, id=new_id(), start=moment, note="", created=where.modified, modified=where.modified
        )
        edits.append(replace_tag(where.session, where.pass_id, tag, first))
        edits.append(Edit("", (TagChange(where.pass_id, None, second),)))
    return joined(f"split {_counted(where, cut)}", *edits)


def merge_tags(where: Where, tags: Sequence[Tag]) -> Edit:
    """Make one tag of several of the same code, from the first start to the last end.

    Of a single tag, all that touch it and are of its code and participant are merged with it.
    The first stays the tag it was, takes up the notes of the others, and becomes the evidence
    that they were. Raises EditError where there is nothing to merge, or where they differ in
    code or participant, or are moments.
    """
    found = sorted(tags, key=lambda tag: (tag.start, tag.end, tag.id))
    if len(found) == 1:
        found = _touching(where, found[0])
    _require_alike(found)
    first, *others = found
    one = replace(
        first,
        end=max(tag.end for tag in found),
        note="\n".join(dict.fromkeys(tag.note for tag in found if tag.note)),
        attributes=_shared(found),
        sources=tuple(dict.fromkeys(source for tag in found for source in tag.sources)),
        modified=where.modified,
    )
    gone: list[Change] = list(_evidence_moved(where, {tag.id for tag in others}, first.id))
    gone += [TagChange(where.pass_id, tag, None) for tag in others]
    kept = replace_tag(where.session, where.pass_id, first, one)
    return joined(f"merge {_counted(where, found)}", Edit("", tuple(gone)), kept)


def start_at(where: Where, tags: Sequence[Tag], moment: Micros) -> Edit:
    """Let tags start at a moment; a tag that marks a moment is moved there.

    Of several, those that end before it are left alone. Raises EditError where none can.
    """
    wanted = [(tag, (moment, moment if tag.is_instant else tag.end)) for tag in tags]
    able = [(tag, times) for tag, times in wanted if _can_be(tag, times)]
    if not able:
        raise EditError("A tag cannot start after it ends.", "Go to before its end.")
    return _retimed(where, able, f"start {_counted(where, [tag for tag, _ in able])}")


def end_at(where: Where, tags: Sequence[Tag], moment: Micros) -> Edit:
    """Let tags end at a moment; one that marks a moment becomes a stretch.

    Of several, those that start after it are left alone. Raises EditError where none can.
    """
    wanted = [(tag, (tag.start, moment)) for tag in tags]
    able = [(tag, times) for tag, times in wanted if _can_be(tag, times)]
    if not able:
        raise EditError("A tag cannot end before it starts.", "Go to after its start.")
    return _retimed(where, able, f"end {_counted(where, [tag for tag, _ in able])}")


def nudge_tags(
    where: Where, tags: Sequence[Tag], edge: Edge, by: int, frame_times: Sequence[Micros]
) -> Edit:
    """Move an edge of tags, or all of them, by so many frames; negative numbers go back.

    A stretch keeps at least one frame, and nothing leaves the film; what cannot move stays.
    Raises EditError where nothing can.
    """
    grid = FrameGrid(frame_times, where.session.duration)
    wanted = [(tag, _nudged(grid, tag, edge, by)) for tag in tags]
    moved = [(tag, times) for tag, times in wanted if times != _times(tag)]
    if not moved:
        raise EditError("It cannot go any further that way.")
    return _retimed(where, moved, f"nudge {_counted(where, [tag for tag, _ in moved])}")


def _nudged(grid: FrameGrid, tag: Tag, edge: Edge, by: int) -> Times:
    start, end = grid.stepped(tag.start, by), grid.stepped(tag.end, by)
    if tag.is_instant:
        return start, start
    if edge is Edge.START:
        return (start, tag.end) if start < tag.end else _times(tag)
    if edge is Edge.END:
        return (tag.start, end) if end > tag.start else _times(tag)
    can_move = start != tag.start and end != tag.end and start < end
    return (start, end) if can_move else _times(tag)


def _times(tag: Tag) -> Times:
    return tag.start, tag.end


def _can_be(tag: Tag, times: Times) -> bool:
    """Tell whether a tag can lie there: no stretch loses its length."""
    return times[0] < times[1] or (tag.is_instant and times[0] == times[1])


def _retimed(where: Where, moved: Iterable[tuple[Tag, Times]], label: str) -> Edit:
    edits = []
    for tag, (start, end) in moved:
        if end < start or (end == start and not tag.is_instant):
            raise EditError("A tag cannot end before it starts.", "Choose a later end.")
        new = replace(tag, start=start, end=end, modified=where.modified)
        edits.append(replace_tag(where.session, where.pass_id, tag, new))
    return joined(label, *edits)


def _touching(where: Where, tag: Tag) -> list[Tag]:
    """Give a tag and all of its code and participant that touch it, or one that does."""
    coding_pass = where.session.coding_pass(where.pass_id)
    alike = [
        one
        for one in (coding_pass.tags if coding_pass is not None else ())
        if one.code == tag.code and one.participant == tag.participant
    ]
    runs: list[list[Tag]] = []
    end = ZERO
    for one in alike:
        if runs and one.start <= end:
            runs[-1].append(one)
        else:
            runs.append([one])
        end = max(end, one.end) if len(runs[-1]) > 1 else one.end
    return next((run for run in runs if tag in run), [tag])


def _require_alike(tags: Sequence[Tag]) -> None:
    if len(tags) <= 1:
        raise EditError(
            "There is nothing to merge it with: no tag of the same code touches it.",
            "Select several tags of one code.",
        )
    if len({tag.code for tag in tags}) > 1:
        raise EditError("Tags of different codes cannot be merged.", "Select tags of one code.")
    if len({tag.participant for tag in tags}) > 1:
        raise EditError(
            "These tags belong to different participants.", "Give them all to one of them first."
        )
    if all(tag.is_instant for tag in tags) and len({tag.start for tag in tags}) > 1:
        raise EditError("Moments cannot be merged, only stretches.", "Delete the ones too many.")


def _shared(tags: Sequence[Tag]) -> Mapping[str, str]:
    """Give the attributes of the first, and what only the others have."""
    found: dict[str, str] = {}
    for tag in tags:
        for attribute, choice in tag.attributes.items():
            found.setdefault(attribute, choice)
    return found


def _evidence_moved(where: Where, gone: set[str], kept: str) -> Iterable[MemberChange]:
    """Let one tag be the evidence that others were."""
    coding_pass = where.session.coding_pass(where.pass_id)
    for index, rating in enumerate(coding_pass.ratings if coding_pass is not None else ()):
        evidence = tuple(dict.fromkeys(kept if one in gone else one for one in rating.evidence))
        if evidence != rating.evidence:
            new = replace(rating, evidence=evidence)
            yield MemberChange(Member.RATING, index, rating, new, where.pass_id)


def _counted(where: Where, tags: Sequence[Tag]) -> str:
    """Name one tag by its code, and several by their number."""
    require_open(where.session, where.pass_id)
    if len(tags) != 1:
        return f"{len(tags)} tags"
    code = code_of(where.session.codebook, tags[0].code)
    return code.name if code is not None else tags[0].code
