"""Which clip's masks are looked at, in which recordings, and how far that is for all clips."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from annotator.gui.clips.choices import Asked
from annotator.gui.clips.working import Plan
from annotator.gui.masks.page import Reviewed, ToReview
from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import PlannedClip
from annotator.model.counts import counted
from annotator.model.participant import Mask
from annotator.model.recording import Recording
from annotator.model.time import Interval, Micros, to_clock
from annotator.storage.paths import recording_path


def _masks_faces(one: PlannedClip) -> bool:
    return Mask.FACES in one.masks and Mask.PICTURE not in one.masks


def chosen(plan: Plan, row: int) -> tuple[tuple[ToReview, ...], tuple[tuple[str, str], ...]]:
    """Give all recordings seen in the chosen clip, or else in the first with faces.

    With them comes whose faces these can be, by id and in words. A clip that is refused can be
    chosen, as it may be for what its masks show. Empty where no faces are masked.
    """
    masked = [at for at, one in enumerate(plan.clips) if _masks_faces(one)]
    at = row if row in masked else next(iter(masked), None)
    if at is None:
        return (), ()
    asked = plan.sources[at]
    people = tuple((one.id, one.label or one.id) for one in asked.session.participants)
    return _seen_in(asked, plan.clips[at], _told(plan, at)), people


def _told(plan: Plan, at: int) -> str:
    """Say which clip it is, as the table of clips does, and its place among several."""
    span, many = plan.clips[at].stretch.interval, len(plan.clips)
    when = f"{to_clock(span.start)} – {to_clock(span.end)}"
    return f"{when} · clip {at + 1:,} of {many:,}" if many > 1 else when


def looked_words(plan: Plan, reviewed: Sequence[Reviewed]) -> str:
    """Say of how many clips the masks were looked at, and how much is left; else nothing.

    A clip counts where every recording that is seen in it does.
    """
    whole = some = left = 0
    for clip, asked in zip(plan.clips, plan.sources, strict=True):
        recordings = _seen_in(asked, clip) if _masks_faces(clip) else ()
        found = [
            next((r.left_in(one) for r in reviewed if r.serves(one)), None) for one in recordings
        ]
        if all(one is None for one in found):
            continue
        doubts = sum(1 if one is None else one for one in found)
        whole, some, left = whole + (not doubts), some + bool(doubts), left + doubts
    told = []
    if whole:
        told.append(f"The masks of {counted(whole, 'clip')} were looked at and will be used.")
    if some:
        told.append(
            f"The masks of {counted(some, 'clip')}{' more' if whole else ''} will be used; "
            f"{counted(left, 'moment')} in them {'is' if left == 1 else 'are'} left to look at."
        )
    return " ".join(told)


def _seen_in(asked: Asked, clip: PlannedClip, told: str = "") -> tuple[ToReview, ...]:
    """Give the recordings that show something in a clip, the leading one first.

    `told` says which clip it is.
    """
    if not asked.choice.how.form.has_picture:
        return ()
    seen = viewed(asked.session, asked.choice.how.view).seen
    found = ((one, _own_span(one, clip.stretch.interval)) for one in seen)
    return tuple(
        ToReview(
            one.id,
            f"{one.role.value}: {PurePosixPath(one.path).name}",
            recording_path(asked.path, one),
            span,
            told,
        )
        for one, span in found
        if span is not None
    )


def _own_span(recording: Recording, clip: Interval) -> Interval | None:
    """Give a clip in a recording's own time; None where it shows nothing then."""
    start = max(clip.start - recording.offset, 0)
    end = min(clip.end - recording.offset, recording.duration)
    return Interval(Micros(start), Micros(end)) if start < end else None
