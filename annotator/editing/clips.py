"""Edits of a session's clips: they come, change, go, and stand in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.editing.edit import Edit, index_in
from annotator.editing.frame_grid import FrameGrid
from annotator.errors import EditError
from annotator.model.change import Change, Member, MemberChange
from annotator.model.clip import Clip, Pause
from annotator.model.session import Session
from annotator.model.time import Micros


def add_clips(session: Session, clips: Sequence[Clip]) -> Edit:
    """Add clips after those there are; raises EditError where an id is taken or stands twice."""
    taken = {one.id for one in session.clips}
    changes: list[Change] = []
    for clip in clips:
        if clip.id in taken:
            raise EditError(f'The session already has a clip "{clip.id}".')
        taken.add(clip.id)
        changes.append(MemberChange(Member.CLIP, len(session.clips) + len(changes), None, clip))
    label = "add clip" if len(clips) == 1 else f"add {len(clips)} clips"
    return Edit(label, tuple(changes))


def change_clip(session: Session, old: Clip, new: Clip) -> Edit:
    """Put another clip in the place of one; its id stays.

    The edit has no changes where nothing is different.
    """
    if new == old:
        return Edit("change clip", ())
    index = index_in(session.clips, old)
    return Edit("change clip", (MemberChange(Member.CLIP, index, old, replace(new, id=old.id)),))


def trim_clip(session: Session, clip: Clip, start: Micros, end: Micros) -> Edit:
    """Let a clip begin and end elsewhere, no further out than the region or its old bounds.

    The edit has no changes where it begins and ends there already. Raises EditError where it
    would have no length.
    """
    region = session.region
    first = max(start, min(region.start, clip.start))
    last = min(end, max(region.end, clip.end))
    if last <= first:
        raise EditError(
            "A clip cannot end before it starts.", "Choose a later end or an earlier start."
        )
    if (first, last) == (clip.start, clip.end):
        return Edit("trim clip", ())
    changed = change_clip(session, clip, replace(clip, start=first, end=last))
    return replace(changed, label="trim clip")


def nudge_clip(
    session: Session, clip: Clip, by: int, frame_times: Sequence[Micros], *, at_end: bool
) -> Edit:
    """Move the start or the end of a clip by so many frames; negative numbers go back.

    Frame times are in order, on the session's clock; there may be none. Raises EditError where
    it cannot go there.
    """
    grid = FrameGrid(frame_times, session.duration)
    start, end = clip.start, clip.end
    if at_end:
        end = grid.stepped(end, by)
    else:
        start = grid.stepped(start, by)
    edit = trim_clip(session, clip, start, end) if start < end else Edit("trim clip", ())
    if not edit.changes:
        raise EditError("It cannot go any further that way.")
    return edit


def shift_clip(session: Session, clip: Clip, start: Micros, end: Micros) -> Edit:
    """Let a clip show another stretch as long as its own, inside the region or its old bounds.

    Its pauses stay at the moments of the film that they belong to. The edit has no changes where
    it lies there already. Raises EditError where it would reach further out.
    """
    if start < min(session.region.start, clip.start) or end > max(session.region.end, clip.end):
        raise EditError("It cannot go any further that way.")
    return replace(trim_clip(session, clip, start, end), label="shift clip")


def step_clip(session: Session, clip: Clip, by: int, frame_times: Sequence[Micros]) -> Edit:
    """Move a whole clip by so many frames; negative numbers go back.

    Frame times are in order, on the session's clock; there may be none. Raises EditError where
    it cannot go there.
    """
    grid = FrameGrid(frame_times, session.duration)
    start, end = grid.stepped(clip.start, by), grid.stepped(clip.end, by)
    if start == clip.start or end == clip.end:
        raise EditError("It cannot go any further that way.")
    return shift_clip(session, clip, start, end)


def add_pause(session: Session, clip: Clip, time: Micros) -> Edit:
    """Let the film stop at a moment of a clip, with nothing asked yet.

    Raises EditError where the moment is outside the clip, or it stops there already.
    """
    if not clip.interval.contains(time):
        raise EditError("This moment is outside the clip.", "Go to a moment of the clip first.")
    if any(pause.time == time for pause in clip.pauses):
        raise EditError("The clip pauses here already.")
    pauses = sorted((*clip.pauses, Pause(time)), key=lambda pause: pause.time)
    return _with_pauses(session, clip, pauses, "add pause")


def ask_at_pause(session: Session, clip: Clip, place: int, question: str) -> Edit:
    """Ask something at a pause of a clip, told by its place among them, counted from 0."""
    pauses = [*clip.pauses]
    pauses[place] = replace(pauses[place], question=question)
    return _with_pauses(session, clip, pauses, "ask at pause")


def remove_pause(session: Session, clip: Clip, place: int) -> Edit:
    """Let the film run on at a pause of a clip, told by its place among them, counted from 0."""
    pauses = (*clip.pauses[:place], *clip.pauses[place + 1 :])
    return _with_pauses(session, clip, pauses, "remove pause")


def _with_pauses(session: Session, clip: Clip, pauses: Sequence[Pause], label: str) -> Edit:
    edit = change_clip(session, clip, replace(clip, pauses=tuple(pauses)))
    return replace(edit, label=label)


def remove_clips(session: Session, clips: Sequence[Clip]) -> Edit:
    """Remove clips from the session; files that were written stay where they are."""
    places = sorted((index_in(session.clips, clip) for clip in clips), reverse=True)
    changes = tuple(MemberChange(Member.CLIP, at, session.clips[at], None) for at in places)
    return Edit("remove clip" if len(clips) == 1 else f"remove {len(clips)} clips", changes)


def move_clips(session: Session, clips: Sequence[Clip], to: int) -> Edit:
    """Let clips be shown one after another from a place, counted from 0, of the order without them.

    They keep the order in which they stood. Raises EditError where there is no such place. The
    edit has no changes where they stand there.
    """
    places = sorted(index_in(session.clips, clip) for clip in clips)
    if not 0 <= to <= len(session.clips) - len(places):
        raise EditError("There is no such place among the clips.", "Choose one that is shown.")
    label = "move clip" if len(places) == 1 else f"move {len(places)} clips"
    if places == list(range(to, to + len(places))):
        return Edit(label, ())
    moved = [session.clips[place] for place in places]
    gone = zip(reversed(places), reversed(moved), strict=True)
    return Edit(
        label,
        (
            *(MemberChange(Member.CLIP, place, clip, None) for place, clip in gone),
            *(MemberChange(Member.CLIP, to + at, None, clip) for at, clip in enumerate(moved)),
        ),
    )
