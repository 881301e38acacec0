"""What masks a clip needs to know of its recordings: where faces are, how high voices are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from annotator.errors import FilmGoneError
from annotator.media.audio import open_audio
from annotator.media.clips.composing import open_mix
from annotator.media.clips.composition import Composition, Take
from annotator.media.clips.source_sound import SoundReader
from annotator.media.clips.wishes import PictureChange
from annotator.media.covering import Cover
from annotator.media.face_masks import AS_PLANNED, Fills, MaskPlan
from annotator.media.face_planning import plan_faces
from annotator.media.fingerprints import fingerprint
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey, survey
from annotator.media.timebase import samples_at
from annotator.media.video import open_video
from annotator.media.voice_shift import pitch_of
from annotator.model import ZERO, Interval, Micros
from annotator.model.participant import Mask
from annotator.model.spans import shared, shifted
from annotator.model.time import SECOND

_LISTENED = Micros(60 * SECOND)
_COVERING = frozenset({Mask.PICTURE, Mask.FACES})


@dataclass(frozen=True, slots=True)
class FilmMasks:
    """What is covered of faces in one film, as a person has looked at it.

    `recording` is the id that the film has in a session; empty where it is of none.
    """

    path: Path
    plan: MaskPlan
    recording: str = ""

    def watches(self, span: Interval) -> bool:
        """Tell whether all of a stretch of the film was looked through."""
        watched = self.plan.watched
        return watched.start <= span.start and span.end <= watched.end

    def serves(self, path: Path, span: Interval) -> bool:
        """Tell whether just this film was looked through in all of a stretch."""
        return path == self.path and self.watches(span)


@dataclass(frozen=True, slots=True)
class Covering:
    """What is to be covered in pictures, and with what.

    Where a plan in `looked_at` is for a stretch it is taken, else faces are looked for.
    """

    masks: Collection[Mask]
    looked_at: Sequence[FilmMasks] = ()
    fills: Fills = AS_PLANNED


def cover_of(
    path: Path, span: Interval, covering: Covering, watch: Watch, known: Survey | None = None
) -> PictureChange | None:
    """Plan what covers the pictures of a recording in a stretch of its own time.

    `known` saves reading the file through. None where there is nothing to cover. Raises
    MediaError where it cannot be read, FilmGoneError where it is not the film any more that masks
    were made of, GivenUpError where it was cancelled.
    """
    if not _COVERING & frozenset(covering.masks):
        return None
    read = known or survey(path)
    if read.video is None:
        return None
    if Mask.PICTURE in covering.masks:
        with open_video(path, read) as video:
            facts = video.recording
        whole = Interval(ZERO, facts.duration)
        size = (facts.video.width, facts.video.height) if facts.video else (1, 1)
        return Cover(covering.fills.filled(MaskPlan(size, whole, asked=(whole,))))
    seen = next((one.plan for one in covering.looked_at if one.serves(path, span)), None)
    plan = seen or plan_faces(path, span.start, span.end, watch, known=read)
    if plan.film not in ("", fingerprint(path)):
        raise FilmGoneError(
            f"“{path.name}” was changed since its masks were made.",
            "Look for faces again, or put the film back that they were made of.",
        )
    return Cover(covering.fills.filled(plan))


def covers_of(
    composition: Composition, span: Interval, covering: Covering, watch: Watch
) -> tuple[PictureChange | None, ...]:
    """Do as `cover_of` for each recording of a composition, in a stretch of the session."""
    count = len(composition.takes)
    covers = []
    for number, (take, own) in enumerate(own_spans(composition, span)):
        part = watch.stage(number / count, (number + 1) / count)
        known = composition.survey_of(take.path)
        covers.append(cover_of(take.path, own, covering, part, known) if own else None)
    return tuple(covers)


def own_spans(composition: Composition, span: Interval) -> Iterator[tuple[Take, Interval | None]]:
    """Yield each recording that is seen with a stretch of the session in its own time.

    None where it shows nothing then. Raises MediaError where one cannot be read.
    """
    for take in composition.takes:
        yield take, _own_span(take, composition.survey_of(take.path), span)


def _own_span(take: Take, known: Survey, span: Interval) -> Interval | None:
    """Give a stretch of the session in a film's own time; None where it shows nothing then."""
    if known.video is None:
        return None
    with open_video(take.path, known) as video:
        length = video.duration
    own = shared(shifted([span], Micros(-take.offset)), [Interval(ZERO, length)])
    return own[0] if own else None


def track_pitch(path: Path, track: int | None, spans: Sequence[Interval]) -> float | None:
    """Measure how high the voices of a track are in some stretches; None where none is heard."""
    if track is None:
        return None
    with open_audio(path, track) as sound:
        return _pitch(sound, spans)


def mixed_pitch(composition: Composition, spans: Sequence[Interval]) -> float | None:
    """Do as `track_pitch` with all that is heard of a composition."""
    with ExitStack() as stack:
        known = {one.path: one for one in composition.known}
        mix = open_mix(composition.heard, known, stack)
        return None if mix is None else _pitch(mix, spans)


def _pitch(sound: SoundReader, spans: Sequence[Interval]) -> float | None:
    """Listen to the first minute of what is said."""
    left, heard = int(_LISTENED), []
    for span in spans:
        end = min(span.end, Micros(span.start + left))
        first, last = samples_at(span.start, sound.rate), samples_at(end, sound.rate)
        heard.append(sound.read_samples(first, last).T)
        left -= end - span.start
    return pitch_of(np.concatenate(heard, axis=1), sound.rate) if heard else None
