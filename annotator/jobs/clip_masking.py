"""What masks a clip: covers for the pictures of each recording, and what changes its sound."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

from annotator.media.audio import open_audio
from annotator.media.bleeping import bleeps_over
from annotator.media.clips.composing import open_mix
from annotator.media.clips.composition import Composition, Take
from annotator.media.clips.source_sound import SoundReader
from annotator.media.clips.wishes import PictureChange, SoundChange
from annotator.media.covering import Cover
from annotator.media.face_masks import MaskPlan
from annotator.media.face_planning import plan_faces
from annotator.media.sound_stream import Watch
from annotator.media.timebase import samples_at
from annotator.media.video import probe
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_masks import SoundMask
from annotator.media.voice_shift import drawn, pitch_of
from annotator.model import Interval, Micros
from annotator.model.participant import Mask
from annotator.model.time import SECOND

_LISTENED = Micros(60 * SECOND)


def cover_of(
    path: Path, span: Interval, masks: Collection[Mask], watch: Watch
) -> PictureChange | None:
    """Plan what covers the pictures of a recording in a stretch of its own time.

    Raises MediaError where it cannot be read, GivenUpError where it was cancelled.
    """
    if Mask.PICTURE in masks:
        facts = probe(path)
        whole = Interval(Micros(0), facts.duration)
        size = (facts.video.width, facts.video.height) if facts.video else (1, 1)
        return Cover(MaskPlan(size, whole, asked=(whole,)))
    if Mask.FACES in masks:
        return Cover(plan_faces(path, span.start, span.end, watch))
    return None


def covers_of(
    composition: Composition, span: Interval, masks: Collection[Mask], watch: Watch
) -> tuple[PictureChange | None, ...]:
    """Do as `cover_of` for each recording of a composition, in a stretch of the session."""
    count = len(composition.takes)
    spans = [_own_span(take, span) for take in composition.takes]
    return tuple(
        None if own is None else cover_of(take.path, own, masks, _part(watch, number, count))
        for number, (take, own) in enumerate(zip(composition.takes, spans, strict=True))
    )


def _part(whole: Watch, number: int, count: int) -> Watch:
    """Watch one of so many equal parts of the work, told as a part of the whole."""
    return Watch(lambda done: whole.progress((number + done) / count), whole.cancelled)


def _own_span(take: Take, span: Interval) -> Interval | None:
    """Give a stretch of the session in a recording's own time; None where it does not run."""
    length = probe(take.path).duration
    start = Micros(max(span.start - take.offset, 0))
    end = Micros(min(span.end - take.offset, length))
    return Interval(start, end) if start < end else None


def sound_mask(
    masks: Collection[Mask], names: Collection[Interval], pitch: float | None
) -> SoundChange | None:
    """Give what masks a clip's sound; `pitch` is that of its voices in hertz, if it is known."""
    voice = Disguise(shift=drawn(pitch)) if Mask.VOICE in masks else None
    bleeps = bleeps_over(tuple(names)) if Mask.NAMES in masks and names else None
    return SoundMask(voice, bleeps) if voice or bleeps else None


def track_pitch(path: Path, track: int | None, span: Interval) -> float | None:
    """Measure how high the voices of a track are; None where none is heard."""
    if track is None:
        return None
    with open_audio(path, track) as sound:
        return _pitch(sound, span)


def mixed_pitch(composition: Composition, span: Interval) -> float | None:
    """Measure how high the voices of a composition are; None where none is heard."""
    with ExitStack() as stack:
        mix = open_mix(composition.heard, {}, stack)
        return None if mix is None else _pitch(mix, span)


def _pitch(sound: SoundReader, span: Interval) -> float | None:
    end = min(span.end, Micros(span.start + _LISTENED))
    first, last = samples_at(span.start, sound.rate), samples_at(end, sound.rate)
    return pitch_of(sound.read_samples(first, last).T, sound.rate)
