"""One clip cut and masked, as another process does it: all that it needs travels along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import GivenUpError
from annotator.jobs.clip_masking import (
    Covering,
    FilmMasks,
    cover_of,
    covers_of,
    mixed_pitch,
    own_spans,
    track_pitch,
)
from annotator.jobs.processes import Line
from annotator.jobs.progress import CancelledError
from annotator.media.bleeping import Cover, bleeps_over
from annotator.media.clips.cutting import cut
from annotator.media.clips.wishes import (
    Changes,
    CutResult,
    CutWish,
    SoundChange,
)
from annotator.media.face_masks import AS_PLANNED, Fills
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_masks import SoundMask
from annotator.media.voice_shift import VoiceShift, drawn
from annotator.model import Interval
from annotator.model.participant import Mask
from annotator.model.sound_plans import NamesAs

LOOKING = 0.5
"""So much of the time goes into looking for faces, where that is to be done."""


@dataclass(frozen=True, slots=True)
class CutJob:
    """A clip to be cut, and what masks it.

    `wish` tells all but the masks. `voices` are the stretches in which voices are disguised, None
    for all, and `names` those in which a name is said, in the wish's time. `known` saves reading
    the recording through, and `looked_at` looking for faces; `fills` says with what is covered.
    """

    wish: CutWish
    masks: frozenset[Mask] = frozenset()
    voices: tuple[Interval, ...] | None = None
    names: tuple[Interval, ...] = ()
    names_as: NamesAs = NamesAs.BEEP
    looked_at: tuple[FilmMasks, ...] = ()
    fills: Fills = AS_PLANNED
    known: Survey | None = None
    threads: int = 0

    @property
    def looks(self) -> bool:
        """Whether faces are looked for before it is cut."""
        is_seen = self.wish.form.has_picture and Mask.PICTURE not in self.masks
        return is_seen and Mask.FACES in self.masks

    @property
    def searched(self) -> tuple[tuple[Path, Interval], ...]:
        """In which films faces are looked for, and where in their own time.

        Those whose masks were looked at are left out. Raises MediaError where one cannot be read.
        """
        if not self.looks:
            return ()
        wish = self.wish
        shown: list[tuple[Path, Interval | None]] = [(wish.source, wish.span)]
        if wish.composition is not None:
            found = own_spans(wish.composition, wish.span)
            shown = [(take.path, own) for take, own in found]
        return tuple(
            (path, own)
            for path, own in dict.fromkeys(shown)
            if own and not any(one.serves(path, own) for one in self.looked_at)
        )


def cut_one(job: CutJob, line: Line) -> CutResult:
    """Cut a clip, masked as it should be.

    Raises MediaError where there is no clip in the end, and CancelledError; no file is left then.
    """
    whole, begin = Watch(line.progress, line.cancelled), LOOKING if job.looks else 0.0
    try:
        wish = replace(job.wish, changes=changes_of(job, whole.stage(0, begin)))
        return cut(wish, whole.stage(begin, 1), job.known, job.threads)
    except GivenUpError as error:
        raise CancelledError from error


def changes_of(job: CutJob, watch: Watch, shift: VoiceShift | None = None) -> Changes:
    """Plan all masks of a clip, in each of its recordings, beside what else is changed.

    `shift` is by how much voices are moved; it is drawn where it is None. Raises MediaError where
    a recording cannot be read, GivenUpError where it was cancelled.
    """
    wish, span = job.wish, job.wish.span
    covering = Covering(job.masks, job.looked_at, job.fills)
    changes = replace(wish.changes, sound=sound_of(job, shift) if wish.form.has_sound else None)
    if not wish.form.has_picture:
        return changes
    if wish.composition is None:
        cover = cover_of(wish.source, span, covering, watch, job.known)
        return replace(changes, pictures=cover)
    return replace(changes, takes=covers_of(wish.composition, span, covering, watch))


def sound_of(job: CutJob, shift: VoiceShift | None = None) -> SoundChange | None:
    """Give what masks a clip's sound; raises MediaError where it cannot be read.

    `shift` is as for `changes_of`.
    """
    voice = names = None
    if _disguised(job):
        voice = Disguise(job.voices, shift or drawn_shift([job]))
    if Mask.NAMES in job.masks and job.names:
        names = bleeps_over(job.names, Cover(job.names_as.value))
    return SoundMask(voice, names) if voice or names else None


def drawn_shift(jobs: Sequence[CutJob]) -> VoiceShift | None:
    """Draw by how much voices are moved in all clips of one export, by their pitch in all of them.

    The clips are of the same recordings. None where no voice is disguised; raises MediaError
    where the sound cannot be read.
    """
    spoken = [span for job in jobs for span in _disguised(job)]
    if not spoken:
        return None
    wish = jobs[0].wish
    pitch = (
        track_pitch(wish.source, wish.track, spoken)
        if wish.composition is None
        else mixed_pitch(wish.composition, spoken)
    )
    return drawn(pitch)


def _disguised(job: CutJob) -> tuple[Interval, ...]:
    """Give the stretches in which voices are disguised, in the time of the wish."""
    if Mask.VOICE not in job.masks:
        return ()
    return (job.wish.span,) if job.voices is None else job.voices
