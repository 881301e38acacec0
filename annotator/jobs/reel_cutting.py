"""One reel made and masked, as another process does it: all that it needs travels along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import GivenUpError
from annotator.jobs.clip_cutting import LOOKING, CutJob, changes_of, drawn_shift
from annotator.jobs.processes import Line
from annotator.jobs.progress import CancelledError
from annotator.media.clips.chapters import Chapter
from annotator.media.clips.joining import join
from annotator.media.clips.reel_wishes import Part, ReelWish, Scene, Still
from annotator.media.clips.subtitles import Subtitle
from annotator.media.clips.wishes import CutResult, Fades, Form, Size
from annotator.media.lettering.words import Overlay
from annotator.media.sound_stream import Watch
from annotator.media.voice_shift import VoiceShift
from annotator.model import ZERO, Micros


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
    chapters: tuple[Chapter, ...] = ()

    @property
    def looking(self) -> float:
        """How much of the work goes into looking for faces, from 0 to 1."""
        looks = any(part.cut.looks for part in self.parts if isinstance(part, ClipJob))
        return LOOKING if looks else 0.0


def join_all(job: ReelJob, line: Line) -> CutResult:
    """Make a reel, its clips masked as they should be.

    Raises MediaError where there is no reel in the end, and CancelledError; no file is left then.
    """
    whole, begin = Watch(line.progress, line.cancelled), job.looking
    try:
        parts = tuple(_parts(job, whole.stage(0, begin)))
        words = (job.watermark, job.subtitles, job.chapters)
        return join(ReelWish(parts, job.target, job.form, job.size, *words), whole.stage(begin, 1))
    except GivenUpError as error:
        raise CancelledError from error


def _parts(job: ReelJob, watch: Watch) -> Iterator[Part]:
    """Plan the masks of each clip, once for all of its parts, and one voice for all of them."""
    clips = [part.cut for part in job.parts if isinstance(part, ClipJob)]
    shift, count, number = drawn_shift(clips), len(clips), 0
    for part in job.parts:
        if isinstance(part, Still):
            yield part
            continue
        yield from _scenes(part, watch.stage(number / count, (number + 1) / count), shift)
        number += 1


def _scenes(clip: ClipJob, watch: Watch, shift: VoiceShift | None) -> Iterator[Scene]:
    cut, changes = clip.cut.wish, changes_of(clip.cut, watch, shift)
    last = len(clip.legs) - 1
    for at, leg in enumerate(clip.legs):
        fades = Fades(
            changes.fades.come_in if at == 0 else ZERO, changes.fades.go_out if at == last else ZERO
        )
        shown = replace(changes, fades=fades, overlay=leg.overlay)
        wish = replace(cut, start=leg.start, end=leg.end, changes=shown)
        yield Scene(wish, leg.stands, leg.asked)
