"""Which clip's masks are looked at, and in which stretch of which film."""

from __future__ import annotations

from pathlib import Path

from annotator.gui.clips.working import Asked, Plan
from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import PlannedClip
from annotator.model.participant import Mask
from annotator.model.time import Interval, Micros
from annotator.storage.paths import recording_path


def has_faces(one: PlannedClip) -> bool:
    """Tell whether faces will be looked for in a clip."""
    return one.allowed is not None and Mask.FACES in one.masks and Mask.PICTURE not in one.masks


def to_look_at(asked: Asked, plan: Plan, row: int) -> tuple[Path, Interval] | None:
    """Give film and stretch, in its own time, of the chosen clip or else the first with faces.

    Of several recordings it is the leading one. None where no faces are masked.
    """
    clips = [*plan.clips[row : row + 1], *plan.clips] if row >= 0 else plan.clips
    one = next(filter(has_faces, clips), None)
    seen = viewed(asked.session, asked.choice.how.view).seen
    if one is None or not seen or not asked.choice.how.form.has_picture:
        return None
    lead, span = seen[0], one.stretch.interval
    start = Micros(max(span.start - lead.offset, 0))
    own = Interval(start, Micros(max(span.end - lead.offset, start)))
    return (recording_path(asked.path, lead), own) if own.length > 0 else None
