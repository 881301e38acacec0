"""One clip cut and masked, as another process does it: all that it needs travels along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import GivenUpError
from annotator.jobs.clip_masking import (
    Covering,
    FilmMasks,
    cover_of,
    covers_of,
    mixed_pitch,
    track_pitch,
)
from annotator.jobs.processes import Line
from annotator.jobs.progress import CancelledError
from annotator.media.bleeping import Cover, bleeps_over
from annotator.media.clips.composition import Composition
from annotator.media.clips.cutting import cut
from annotator.media.clips.subtitles import Subtitle
from annotator.media.clips.wishes import (
    Changes,
    CutResult,
    CutWish,
    Fades,
    Form,
    Mode,
    Size,
    SoundChange,
)
from annotator.media.face_masks import AS_PLANNED, Fills
from annotator.media.lettering.words import Overlay
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_masks import SoundMask
from annotator.media.voice_shift import drawn
from annotator.model import Interval, Micros
from annotator.model.participant import Mask
from annotator.model.sound_plans import NamesAs

ANY_SIZE, NO_FADES = Size(), Fades()

LOOKING = 0.5
"""So much of the time goes into looking for faces, where that is to be done."""


@dataclass(frozen=True, slots=True)
class CutJob:
    """A clip to be cut from `start` up to `end` of a recording, in the recording's own time.

    `masks` is what is covered; `voices` are the stretches in which voices are disguised, None for
    all, and `names` those in which a name is said, in the recording's time. There must be no file
    at `target` yet. With a `composition` all times are the session's, and it tells what is seen
    and heard in place of `source` and `track`. `known` saves reading the recording through, and
    `looked_at` looking for faces; `fills` says with what is covered.
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
    composition: Composition | None = None
    overlay: Overlay | None = None
    subtitles: tuple[Subtitle, ...] = ()
    mode: Mode = Mode.EXACT
    known: Survey | None = None
    voices: tuple[Interval, ...] | None = None
    names_as: NamesAs = NamesAs.BEEP
    looked_at: tuple[FilmMasks, ...] = ()
    fills: Fills = AS_PLANNED

    @property
    def looks(self) -> bool:
        """Whether faces are looked for before it is cut."""
        is_seen = self.form.has_picture and Mask.PICTURE not in self.masks
        return is_seen and Mask.FACES in self.masks


def cut_one(job: CutJob, line: Line) -> CutResult:
    """Cut a clip, masked as it should be.

    Raises MediaError where there is no clip in the end, and CancelledError; no file is left then.
    """
    whole, begin = Watch(line.progress, line.cancelled), LOOKING if job.looks else 0.0
    try:
        wish = CutWish(
            job.source,
            job.start,
            job.end,
            job.target,
            job.form,
            job.track,
            job.size,
            replace(changes_of(job, whole.stage(0, begin)), overlay=job.overlay),
            job.composition,
            job.mode,
            job.subtitles,
        )
        return cut(wish, whole.stage(begin, 1), job.known, job.threads)
    except GivenUpError as error:
        raise CancelledError from error


def changes_of(job: CutJob, watch: Watch) -> Changes:
    """Plan all masks of a clip, in each of its recordings.

    Raises MediaError where one cannot be read, GivenUpError where it was cancelled.
    """
    span, several = Interval(job.start, job.end), job.composition
    sound = sound_of(job) if job.form.has_sound else None
    covering = Covering(job.masks, job.looked_at, job.fills)
    if not job.form.has_picture:
        return Changes(None, sound, job.fades)
    if several is None:
        cover = cover_of(job.source, span, covering, watch, job.known)
        return Changes(cover, sound, job.fades)
    return Changes(None, sound, job.fades, covers_of(several, span, covering, watch))


def sound_of(job: CutJob) -> SoundChange | None:
    """Give what masks a clip's sound; raises MediaError where it cannot be read."""
    voice = names = None
    if Mask.VOICE in job.masks and job.voices != ():
        spoken = [Interval(job.start, job.end)] if job.voices is None else job.voices
        pitch = (
            track_pitch(job.source, job.track, spoken)
            if job.composition is None
            else mixed_pitch(job.composition, spoken)
        )
        voice = Disguise(job.voices, drawn(pitch))
    if Mask.NAMES in job.masks and job.names:
        names = bleeps_over(job.names, Cover(job.names_as.value))
    return SoundMask(voice, names) if voice or names else None
