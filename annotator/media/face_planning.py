"""Looks through a stretch of film for faces, once, and plans what is to be covered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.errors import FilmGoneError, MediaError
from annotator.media.face_finder import FaceFinder
from annotator.media.face_masks import MaskPlan
from annotator.media.face_plans import planned
from annotator.media.face_search import search_faces
from annotator.media.face_tracks import HELD, JOINED
from annotator.media.faces import CenterFace
from annotator.media.fingerprints import fingerprint
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey
from annotator.media.video import Video, open_video
from annotator.model import ZERO, Interval, Micros

CONTEXT = Micros(HELD + JOINED)
"""So much before and after the stretch is looked through too: who is there is known sooner."""


def plan_faces(
    path: Path | str,
    start: Micros,
    end: Micros,
    watch: Watch | None = None,
    finder: FaceFinder | None = None,
    known: Survey | None = None,
) -> MaskPlan:
    """Look through a film from one moment to another and plan to cover every face found.

    Each frame is read once; `known` saves reading the file's packets again. Raises MediaError
    where the film cannot be read, the stretch holds no frame, or nothing that finds faces is
    installed; FilmGoneError where it is changed meanwhile, GivenUpError where it was cancelled.
    """
    finding, film = finder or CenterFace(), fingerprint(path)
    with open_video(path, known, memory=0) as video:  # they come in order, none twice
        frames = _frames(video, start, end)
        searched = search_faces(video, frames, finding, watch or Watch())
        times = video.frame_times
        begin = times[frames.start] if frames.start else ZERO  # before the first there is nothing
        after = times[frames.stop] if frames.stop < len(times) else _past(video)
        watched = Interval(begin, after)
        size = video.facts.width, video.facts.height
    if fingerprint(path) != film:
        raise FilmGoneError(
            f"“{Path(path).name}” was changed while faces were looked for.",
            "Wait until whatever changes it is done, then try once more.",
        )
    return replace(planned(searched, watched, size, finding.name), film=film)


def _frames(video: Video, start: Micros, end: Micros) -> range:
    """Number the frames on screen in a stretch and those about it."""
    if not 0 <= start < end or start >= video.duration:
        raise MediaError("The stretch to be masked lies outside the film.")
    first = video.index_at(Micros(start - CONTEXT))
    return range(first, video.index_at(Micros(end + CONTEXT - 1)) + 1)


def _past(video: Video) -> Micros:
    return Micros(max(video.duration, video.frame_times[-1]) + 1)
