"""One clip cut and masked, as another process does it: all that it needs travels along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.errors import GivenUpError
from annotator.jobs.processes import Line
from annotator.jobs.progress import CancelledError
from annotator.media.audio import open_audio
from annotator.media.bleeping import bleeps_over
from annotator.media.clips.cutting import cut
from annotator.media.clips.wishes import (
    Changes,
    CutResult,
    CutWish,
    Fades,
    Form,
    PictureChange,
    Size,
    SoundChange,
)
from annotator.media.covering import Cover
from annotator.media.face_masks import MaskPlan
from annotator.media.face_planning import plan_faces
from annotator.media.sound_stream import Watch
from annotator.media.video import probe
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_masks import SoundMask
from annotator.media.voice_shift import drawn, pitch_of
from annotator.model import Interval, Micros
from annotator.model.participant import Mask
from annotator.model.time import SECOND

ANY_SIZE, NO_FADES = Size(), Fades()

_LISTENED = Micros(60 * SECOND)
_LOOKING = 0.5
"""So much of the time goes into looking for faces, where that is to be done."""


@dataclass(frozen=True, slots=True)
class CutJob:
    """A clip to be cut from `start` up to `end` of a recording, in the recording's own time.

    `masks` is what is covered of everybody; `names` are the stretches in which a name is said, in
    the recording's time. There must be no file at `target` yet.
    """

    source: Path
    start: Micros
    end: Micros
    target: Path
    form: Form = Form.MP4
    size: Size = ANY_SIZE
    fades: Fades = NO_FADES
    masks: frozenset[Mask] = frozenset()
    names: tuple[Interval, ...] = ()
    track: int | None = 0
    threads: int = 0


def cut_one(job: CutJob, line: Line) -> CutResult:
    """Cut a clip, masked as it should be.

    Raises MediaError where there is no clip in the end, and CancelledError; no file is left then.
    """
    looks = Mask.FACES in job.masks and Mask.PICTURE not in job.masks and job.form.has_picture
    begin = _LOOKING if looks else 0.0
    try:
        pictures = _covering(job, Watch(lambda done: line.progress(done * begin), line.cancelled))
        wish = CutWish(
            job.source,
            job.start,
            job.end,
            job.target,
            job.form,
            job.track,
            job.size,
            Changes(pictures, _sound(job), job.fades),
        )
        watch = Watch(lambda done: line.progress(begin + done * (1 - begin)), line.cancelled)
        result = cut(wish, watch, threads=job.threads)
    except GivenUpError as error:
        raise CancelledError from error
    if result is None:
        raise CancelledError
    return result


def _covering(job: CutJob, watch: Watch) -> PictureChange | None:
    if not job.form.has_picture:
        return None
    if Mask.PICTURE in job.masks:
        facts = probe(job.source)
        whole = Interval(Micros(0), facts.duration)
        size = (facts.video.width, facts.video.height) if facts.video else (1, 1)
        return Cover(MaskPlan(size, whole, asked=(whole,)))
    if Mask.FACES in job.masks:
        return Cover(plan_faces(job.source, job.start, job.end, watch))
    return None


def _sound(job: CutJob) -> SoundChange | None:
    voice = Disguise(shift=drawn(_pitch(job))) if Mask.VOICE in job.masks else None
    names = bleeps_over(job.names) if Mask.NAMES in job.masks and job.names else None
    return SoundMask(voice, names) if voice or names else None


def _pitch(job: CutJob) -> float | None:
    """Measure how high the voices of a clip are; None where none is heard."""
    if job.track is None:
        return None
    with open_audio(job.source, job.track) as sound:
        samples = sound.read(job.start, min(job.end, Micros(job.start + _LISTENED)))
        return pitch_of(samples.T, sound.rate)
