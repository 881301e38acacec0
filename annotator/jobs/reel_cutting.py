"""One reel made and masked, as another process does it: all that it needs travels along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import GivenUpError
from annotator.jobs.clip_cutting import CutJob, changes_of
from annotator.jobs.processes import Line
from annotator.jobs.progress import CancelledError
from annotator.media.clips.joining import join
from annotator.media.clips.reel_wishes import Part, ReelWish, Scene, Still
from annotator.media.clips.subtitles import Subtitle
from annotator.media.clips.wishes import CutResult, CutWish, Fades, Form, Size
from annotator.media.lettering.words import Overlay
from annotator.media.sound_stream import Watch
from annotator.model import ZERO, Micros
from annotator.model.participant import Mask

_LOOKING = 0.5
"""So much of the time goes into looking for faces, where that is to be done."""


@dataclass(frozen=True, slots=True)
class LegJob:
    """A part of a clip in the time by which it is cut, and what is shown over it."""

    start: Micros
    end: Micros
    stands: Micros = ZERO
    asked: str = ""
    overlay: Overlay | None = None


@dataclass(frozen=True, slots=True)
class ClipJob:
    """A clip of a reel: how it is cut and masked as a whole, and its parts."""

    cut: CutJob
    legs: tuple[LegJob, ...]


@dataclass(frozen=True, slots=True)
class ReelJob:
    """A reel to be made; there must be no file at `target` yet."""

    parts: tuple[Still | ClipJob, ...]
    target: Path
    form: Form
    size: Size
    watermark: str = ""
    subtitles: tuple[Subtitle, ...] = ()


def join_all(job: ReelJob, line: Line) -> CutResult:
    """Make a reel, its clips masked as they should be.

    Raises MediaError where there is no reel in the end, and CancelledError; no file is left then.
    """
    clips = [part.cut for part in job.parts if isinstance(part, ClipJob)]
    begin = _LOOKING if any(map(_looks, clips)) else 0.0
    try:
        looking = Watch(lambda done: line.progress(done * begin), line.cancelled)
        parts = tuple(_parts(job, looking))
        wish = ReelWish(parts, job.target, job.form, job.size, job.watermark, job.subtitles)
        watch = Watch(lambda done: line.progress(begin + done * (1 - begin)), line.cancelled)
        result = join(wish, watch)
    except GivenUpError as error:
        raise CancelledError from error
    if result is None:
        raise CancelledError
    return result


def _looks(job: CutJob) -> bool:
    return Mask.FACES in job.masks and Mask.PICTURE not in job.masks


def _parts(job: ReelJob, watch: Watch) -> Iterator[Part]:
    """Plan the masks of each clip, once for all of its parts."""
    count = sum(isinstance(part, ClipJob) for part in job.parts)
    number = 0
    for part in job.parts:
        if isinstance(part, Still):
            yield part
            continue
        yield from _scenes(part, _share(watch, number, count))
        number += 1


def _share(whole: Watch, number: int, count: int) -> Watch:
    """Watch one of so many equal parts of the work, told as a part of the whole."""
    return Watch(lambda done: whole.progress((number + done) / count), whole.cancelled)


def _scenes(clip: ClipJob, watch: Watch) -> Iterator[Scene]:
    cut, changes = clip.cut, changes_of(clip.cut, watch)
    last = len(clip.legs) - 1
    for at, leg in enumerate(clip.legs):
        fades = Fades(
            changes.fades.come_in if at == 0 else ZERO, changes.fades.go_out if at == last else ZERO
        )
        wish = CutWish(
            cut.source,
            leg.start,
            leg.end,
            cut.target,
            cut.form,
            cut.track,
            changes=replace(changes, fades=fades, overlay=leg.overlay),
            composition=cut.composition,
        )
        yield Scene(wish, leg.stands, leg.asked)
