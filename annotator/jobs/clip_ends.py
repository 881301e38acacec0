"""The first and last frame of a planned clip as they will be written: masked, with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.jobs.clip_bench import ClipBench
from annotator.jobs.clip_cutting import CutJob, changes_of
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_planning import clip_films
from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.mask_reviewing import find_masks
from annotator.jobs.progress import Part, Progress
from annotator.media.clips.clip_ends import ClipEnds, clip_ends
from annotator.media.clips.known import surveyed
from annotator.media.clips.stamps import Stamp, stamp_of
from annotator.media.clips.wishes import Form
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey
from annotator.model import Interval, Session
from annotator.model.participant import Mask

MOST_KEPT = 16
"""Of so many stretches it is remembered where faces were found."""


@dataclass(frozen=True, slots=True)
class EndsAsk:
    """A clip of a session whose ends are wanted, and how it would be made."""

    session: Session
    session_path: Path
    planned: PlannedClip
    wish: ClipsWish


@dataclass(frozen=True, slots=True)
class ToSearch:
    """A stretch of a film, in its own time, in which faces are to be looked for."""

    path: Path
    span: Interval
    stamp: Stamp
    known: Survey = field(compare=False, repr=False)


FoundFaces = Mapping[ToSearch, FilmMasks]
"""What covers the faces that were found."""


def find_faces(stretches: Sequence[ToSearch], watcher: Progress) -> FoundFaces:
    """Look for the faces in stretches of films, as is done before a clip is cut.

    Raises MediaError where one cannot be read or what knows faces is missing, CancelledError.
    """
    found, count = {}, len(stretches)
    for at, one in enumerate(stretches):
        part = Part(watcher, at / count, (at + 1) / count)
        found[one] = FilmMasks(one.path, find_masks(one.path, one.span, part, one.known))
    return found


@dataclass(slots=True)
class EndsDesk:
    """Finds the ends of one clip after another; keeps where faces were found."""

    _found: dict[ToSearch, FilmMasks] = field(default_factory=dict)

    def keep(self, found: FoundFaces) -> None:
        """Remember where faces were found, as long as that is not long ago."""
        self._found |= found
        for key in [*self._found][:-MOST_KEPT]:
            del self._found[key]

    def job(self, ask: EndsAsk) -> CutJob | None:
        """Give the work that a clip is, None where it has no picture.

        Faces that were found need not be looked for again in it. Raises MediaError where a film
        is not there or cannot be read, AnnotatorError where the session has no such recording.
        """
        view = viewed(ask.session, ask.wish.view)
        if not ask.wish.form.has_picture or not view.seen or view.seen[0].video is None:
            return None
        films = clip_films(view, ask.session_path)
        bench = ClipBench(ask.session, ask.session_path, view, films, ask.wish)
        job = bench.job(ask.planned, Path())
        found = map(self._found.get, self.to_search(job))
        return replace(job, looked_at=(*job.looked_at, *filter(None, found)))

    def to_search(self, job: CutJob) -> tuple[ToSearch, ...]:
        """Tell where faces must be looked for before the clip can be shown as it will be."""
        stamped = ((path, span, stamp_of(path)) for path, span in job.searched)
        return tuple(ToSearch(path, span, stamp, surveyed(stamp)) for path, span, stamp in stamped)


def ends_of(job: CutJob, *, bare: bool) -> ClipEnds:
    """Give the ends of a clip; where faces are still to be looked for they must be `bare`.

    Raises MediaError where there would be no such clip, UndrawableError where its words have no
    room.
    """
    masks = job.masks - ({Mask.FACES} if bare else set())
    silent = replace(job.wish, form=Form.SHEET)  # else its voices would be listened to
    changes = changes_of(replace(job, wish=silent, masks=masks), Watch())
    return clip_ends(replace(job.wish, changes=changes), job.known)
