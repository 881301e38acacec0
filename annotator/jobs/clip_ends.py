"""The first and last frame of a planned clip as they will be written: masked, with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.errors import MediaError
from annotator.jobs.clip_bench import ClipBench
from annotator.jobs.clip_cutting import CutJob, changes_of
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_planning import ClipFilm
from annotator.jobs.clip_view import Viewed, viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.mask_reviewing import find_masks
from annotator.jobs.progress import Part, Progress
from annotator.media.clips.clip_ends import ClipEnds, clip_ends
from annotator.media.clips.stamps import Stamp, stamp_of
from annotator.media.clips.wishes import Form
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey, survey
from annotator.model import Interval, Session
from annotator.model.participant import Mask
from annotator.storage.paths import recording_path

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
    """Finds the ends of one clip after another; keeps what it read of films and found in them."""

    _known: dict[Path, tuple[Stamp, Survey]] = field(default_factory=dict)
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
        bench = ClipBench(ask.session, ask.session_path, view, self._films(ask, view), ask.wish)
        job = bench.job(ask.planned, Path())
        found = map(self._found.get, self.to_search(job))
        return replace(job, looked_at=(*job.looked_at, *filter(None, found)))

    def to_search(self, job: CutJob) -> tuple[ToSearch, ...]:
        """Tell where faces must be looked for before the clip can be shown as it will be."""
        return tuple(
            ToSearch(path, span, stamp_of(path), self._surveyed(path))
            for path, span in job.searched
        )

    def ends(self, job: CutJob) -> ClipEnds:
        """Give the ends of a clip; where faces are still to be looked for they are bare.

        Raises MediaError where there would be no such clip, UndrawableError where its words have
        no room.
        """
        masks = job.masks - ({Mask.FACES} if job.searched else set())
        silent = replace(job.wish, form=Form.SHEET)  # else its voices would be listened to
        changes = changes_of(replace(job, wish=silent, masks=masks), Watch())
        return clip_ends(replace(job.wish, changes=changes), job.known)

    def _films(self, ask: EndsAsk, view: Viewed) -> tuple[ClipFilm, ...]:
        paths = [recording_path(ask.session_path, one) for one in view.recordings]
        return tuple(
            ClipFilm(one, path, self._surveyed(path), stamp_of(path))
            for one, path in zip(view.recordings, paths, strict=True)
        )

    def _surveyed(self, path: Path) -> Survey:
        """Read a file through once, as long as nobody changes it."""
        if not path.is_file():
            raise MediaError(f"{path.name} is not there.", "Say where it is now.")
        stamp = stamp_of(path)
        before = self._known.get(path)
        if before is None or before[0] != stamp:
            self._known[path] = before = (stamp, survey(path))
        return before[1]
