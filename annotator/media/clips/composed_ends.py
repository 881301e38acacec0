"""The first and the last picture of a clip of several recordings, without making the clip."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import MediaError
from annotator.media.clips.composed_frames import ComposedFrames
from annotator.media.clips.composing import open_composed
from annotator.media.clips.composition import Composition
from annotator.media.clips.wishes import CutWish, Form
from annotator.media.frame import Frame
from annotator.model import Interval, Micros


@dataclass(frozen=True, slots=True)
class ComposedEnds:
    """Pictures with their times on the session's clock, and how many the clip has in all."""

    first: Frame
    last: Frame
    count: int


def composed_ends(composition: Composition, span: Interval) -> ComposedEnds:
    """Put together the pictures at the ends of a clip as it will be written, but for its masks.

    Raises MediaError where none of the recordings has a picture, where one cannot be decoded, or
    where the clip reaches beyond all of them.
    """
    with ExitStack() as stack:
        frames = _opened(composition, span, stack)
        first, ticks = frames.first, frames.stretch.ticks
    moment = Micros(span.start + ticks[-1])
    if len(ticks) == 1:
        return ComposedEnds(first, first, 1)
    with ExitStack() as stack:  # opened where it begins, so that nothing between is decoded
        frames = _opened(composition, Interval(moment, span.end), stack)
        return ComposedEnds(first, frames.first, len(ticks))


def _opened(composition: Composition, span: Interval, stack: ExitStack) -> ComposedFrames:
    silent = Form.SHEET
    wish = CutWish(Path(), span.start, span.end, Path(), silent, composition=composition)
    frames = open_composed(wish, composition, stack).frames
    if frames is None:
        raise MediaError("None of the recordings has a picture.")
    return frames
